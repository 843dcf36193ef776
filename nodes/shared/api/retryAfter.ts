/** A longer wait is a mistake of a clock or a header; obeyed, it would block a campaign for years. */
const LONGEST_WAIT = 24 * 3_600_000;

/**
 * How long a response asks to wait, by its `Retry-After` header (RFC 9110, section 10.2.3): seconds, or an
 * HTTP date. A date is one of the server's clock, so it is compared to the response's own `Date`: the clock
 * of this machine may be an hour off.
 *
 * @param now milliseconds since the epoch, for a response without a `Date`
 * @returns milliseconds to wait, at most a day, 0 for a date in the past, undefined when there is nothing to obey
 */
export function retryAfterMs(
	headers: Record<string, unknown> | undefined,
	now: number,
): number | undefined {
	const header = headers?.['retry-after'];
	const seconds = typeof header === 'string' ? header.trim() : '';
	if (/^\d+(\.\d+)?$/.test(seconds)) return Math.min(LONGEST_WAIT, Number(seconds) * 1000);
	const date = readDate(header);
	if (date === undefined) return undefined;
	return Math.min(LONGEST_WAIT, Math.max(0, date - (readDate(headers?.date) ?? now)));
}

/** Milliseconds since the epoch of an HTTP date, which begins with the name of a day. */
function readDate(header: unknown): number | undefined {
	// `Date.parse` takes almost anything: "-5" is a year.
	if (typeof header !== 'string' || !/^\s*[a-z]{3,9},? /i.test(header)) return undefined;
	// The oldest form of a date has no zone, and means UTC like the others.
	const date = Date.parse(/gmt|utc|[+-]\d{4}/i.test(header) ? header : `${header} GMT`);
	return Number.isNaN(date) ? undefined : date;
}
