/** An answer that Voiso might give, word by word. */
export interface Wording {
	status: number;
	body: unknown;
}

const errors = (status: number, field: string, ...messages: string[]): Wording => ({
	status,
	body: { errors: { [field]: messages } },
});
const error = (status: number, text: string): Wording => ({ status, body: { error: text } });

/** How Voiso may say that it still works on the previous call; no page shows the exact text. */
export const BUSY_ANSWERS: readonly Wording[] = [
	error(429, 'Too many requests'),
	errors(409, 'base', 'Previous import is still being processed'),
	errors(422, 'base', 'Another import is in progress'),
	errors(409, 'campaign', 'is busy'),
	errors(422, 'leads', 'Import already running for this campaign'),
	errors(422, 'campaign', 'Please wait at least 2 seconds between requests'),
	error(409, 'Conflict'),
	errors(422, 'status', 'is processing, try again later'),
	error(422, 'Unprocessable Entity'),
	errors(409, 'leads_import', 'The last request has not finished yet'),
	errors(409, 'base', 'Concurrent imports for a campaign are not allowed'),
	errors(422, 'phone_number', 'Another import is in progress'),
	error(503, 'Import in progress'),
	error(423, 'Locked'),
	error(425, 'Too Early'),
	error(408, 'Request Timeout'),
];

/** How Voiso may say that a campaign takes no leads. */
export const STATE_ANSWERS: readonly Wording[] = [
	errors(422, 'campaign', 'must be a live campaign'),
	errors(409, 'base', 'Campaign is stopped'),
	errors(422, 'status', 'does not allow new leads'),
	error(400, 'Bad Request'),
	errors(409, 'campaign', 'is completed'),
];

/** A 422 from which nobody can tell what it means. */
export const UNCLEAR_ANSWERS: readonly Wording[] = [
	errors(422, 'base', 'is invalid'),
	{ status: 422, body: {} },
	error(422, 'Unprocessable Entity'),
	{ status: 422, body: '' },
	{ status: 409, body: { errors: 'Conflict' } },
	{ status: 422, body: { errors: ['Something is not right'] } },
];

/** What a response may hold that nobody expects; none of it names a number that was sent. */
export const HOSTILE_SUCCESSES: readonly string[] = [
	'{"leads_import":{"created":[{"toString":1},null,[],{"phone_number":{"a":1}}],"rejected":{"x":1}}}',
	'{"leads_import":null,"created":"x","rejected":7}',
	'{"__proto__":{"created":["x"]},"constructor":{"updated":[{}]}}',
	'[[{}]]',
	'null',
	'"created"',
];
export const HOSTILE_REJECTIONS: readonly Wording[] = [
	{ status: 422, body: '{"errors":{"base":[{"toString":1}]}}' },
	{ status: 409, body: '{"errors":{"constructor":{"valueOf":null},"__proto__":[]}}' },
	{ status: 422, body: '{"errors":[{"toString":null},[[[]]]]}' },
	{ status: 409, body: '{"error":{"toString":1},"message":[{}]}' },
];

/** `Retry-After` headers and the ms they mean: undefined where there is nothing to obey. */
export const RETRY_AFTERS: ReadonlyArray<{
	name: string;
	header: (epoch: number) => string | undefined;
	ms: (epoch: number) => number | undefined;
}> = [
	{ name: 'none', header: () => undefined, ms: () => undefined },
	{ name: 'seconds', header: () => '3', ms: () => 3000 },
	{ name: 'zero', header: () => '0', ms: () => 0 },
	{ name: 'long', header: () => '45', ms: () => 45_000 },
	{
		name: 'date',
		header: (epoch) => new Date(epoch + 8000).toUTCString(),
		// The response's own date has whole seconds, too.
		ms: () => 8000,
	},
	{ name: 'pastDate', header: (epoch) => new Date(epoch - 60_000).toUTCString(), ms: () => 0 },
	{ name: 'garbage', header: () => 'soon', ms: () => undefined },
	{ name: 'negative', header: () => '-5', ms: () => undefined },
	{ name: 'tooLong', header: () => '3600', ms: () => 3_600_000 },
	{ name: 'absurd', header: () => '9'.repeat(30), ms: () => Number.POSITIVE_INFINITY },
];
