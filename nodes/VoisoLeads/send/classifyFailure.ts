import type { ApiProblem } from '../../shared/api/problem';
import type { RetryDecision } from './types';

/** How Voiso may word that a call came too early; no page shows the exact text. */
const BUSY =
	/in progress|process(?:ing|ed)|busy|too (?:early|soon|many|fast)|try again|previous|another (?:import|request)|wait|not (?:yet )?(?:finished|complete)|import\w* (?:is |already )*running|locked|concurrent|rate limit/i;
/** What can be said about an import only, even where the field that it is said of is one of a lead. */
const SURELY_BUSY =
	/\b(?:another|previous|last|earlier) (?:import|request|upload)|\bimports? (?:(?:is|are|still|already|being|currently) )*(?:in progress|running|process)/i;
/** How Voiso may word that the campaign takes no leads. */
const STATE =
	/\blive\b|\bstatus\b|\bstate\b|stopp(?:ed|ing)|completed|archived|deleted|draft|not (?:active|allowed|support)/i;
/** The fields of a lead, alone (`phone_number`), within a list (`3.name`, `leads[3].name`) or nested. */
const LEAD_FIELD =
	/(?:^|[./[\]])(?:phone_number|phone|name|source|system|url|priority|active|context_headers?|\d+)(?:$|[./[\]])/i;

const ALWAYS: Partial<Record<ApiProblem['kind'], RetryDecision>> = {
	stopped: 'stopped',
	rateLimited: 'busy',
	serverError: 'retry',
	unreadable: 'retry',
	noConnection: 'retry',
	timedOut: 'retry',
	unauthorized: 'final',
	forbidden: 'final',
	notFound: 'final',
	methodNotAllowed: 'final',
	refused: 'final',
	redirected: 'final',
	insecure: 'final',
	blocked: 'final',
	notSent: 'final',
};

/** Final failures that say the same of every campaign, such as that of the key. */
export const CONCERNS_ALL_CAMPAIGNS: ReadonlySet<ApiProblem['kind']> = new Set([
	'unauthorized',
	'unknownHost',
	'insecure',
	'redirected',
	'blocked',
	'notSent',
]);

/**
 * Decides what a failed lead call means. Voiso documents 409 and 422 for conflicts and validation
 * and says that a call which comes too early "is rejected", but not with which status; so these
 * two are told apart by what the answer says. An unclear one counts as busy: it is retried
 * until `maxWait` is over, because dropping leads on a guess is the worse mistake.
 *
 * @param reached whether the cluster has answered before in this execution; if it never has, a
 * host name that does not exist is a typing mistake rather than a passing fault
 */
export function classifyFailure(problem: ApiProblem, reached: boolean): RetryDecision {
	const always = ALWAYS[problem.kind];
	if (always !== undefined) return always;
	if (problem.kind === 'unknownHost') return reached ? 'retry' : 'final';
	if (problem.status === 413) return 'split';
	if (SURELY_BUSY.test(problem.apiMessage)) return 'busy';
	const aboutLead = Object.keys(problem.fields).some((field) => LEAD_FIELD.test(field));
	if (problem.kind === 'invalid' && aboutLead) return 'split';
	if (BUSY.test(problem.apiMessage)) return 'busy';
	return STATE.test(problem.apiMessage) ? 'final' : 'busy';
}

/**
 * The leads that an answer names, by their place in the call (`{"errors":{"12.name":[…]}}`) or by
 * their number in a message.
 *
 * @param phones the numbers of the call, in order
 * @returns places in the call, ascending; none when the answer names nobody
 */
export function namedLeads(problem: ApiProblem, phones: readonly string[]): number[] {
	const named = new Set<number>();
	// A response can hold a million numbers.
	const places = new Map(phones.map((phone, place) => [phone, place]));
	for (const [field, messages] of Object.entries(problem.fields)) {
		const place = /(?:^|[./[])(\d{1,4})(?:$|[./\]])/.exec(field)?.[1];
		if (place !== undefined && Number(place) < phones.length) named.add(Number(place));
		for (const digits of messages.join(' ').match(/\d{7,15}/g) ?? []) {
			const index = places.get(digits);
			if (index !== undefined) named.add(index);
		}
	}
	return [...named].sort((a, b) => a - b);
}
