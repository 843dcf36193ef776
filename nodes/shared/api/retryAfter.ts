/** A longer wait is a mistake of a clock or a header; obeyed, it would block a campaign for years. */
const LONGEST_WAIT = 24 * 3_600_000;

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3): seconds or an HTTP date.
 *
 * @param now milliseconds since the epoch, to which a date is compared
 * @returns milliseconds to wait, at most a day, 0 for a date in the past, undefined when there is nothing to obey
 */
export function retryAfterMs(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string') return undefined;
	const text = header.trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Math.min(LONGEST_WAIT, Number(text) * 1000);
	// `Date.parse` takes almost anything ("-5" is a year); an HTTP date begins with a day's name.
	if (!/^[a-z]{3,9},? /i.test(text)) return undefined;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.min(LONGEST_WAIT, Math.max(0, date - now));
}
