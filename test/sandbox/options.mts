import { MINIMUM_INTERVAL } from './rules/leadCalls.mts';

/**
 * The switches of the sandbox: where no page of Voiso says what happens, each possible reading is a
 * value here. This one table gives the type, the defaults, the check over HTTP and the command line.
 */

type Plain = number | string | boolean | readonly string[];

interface Switch {
	/** The value when nothing is said; with `choices` it is the first of them. */
	initial?: Plain;
	choices?: readonly (number | string | boolean)[];
	/** Whether a number may be negative. */
	signed?: true;
	/** Whether a text is a regular expression. */
	pattern?: true;
	about: string;
}

export const switches = {
	minimumInterval: {
		initial: MINIMUM_INTERVAL,
		about: 'Pause from the end of an accepted lead call to the next start, in ms; 0 = none',
	},
	processingTime: {
		initial: 20,
		about: 'Time to work on a lead call before it is answered, in ms',
	},
	processingOutlasts: {
		initial: 0,
		about: 'Time for which a lead call is worked on after its answer, in ms',
	},
	leadsStatus: { choices: [200, 201], about: 'Status of added leads' },
	busyStatus: { choices: [409, 422, 429], about: 'Status of a lead call that comes too early' },
	busyRetryAfter: {
		choices: ['none', 'seconds', 'date'],
		about: 'Retry-After header of a lead call that comes too early',
	},
	numberEcho: {
		choices: ['asSent', 'normalised', 'number'],
		about: 'Numbers in answers: as sent, as +E.164, or as JSON numbers',
	},
	updateMethod: { choices: ['PUT', 'PATCH', 'both'], about: 'Method that updates leads' },
	wrongMethodStatus: {
		choices: [404, 405],
		about: 'Status of a method that a path does not have',
	},
	actionBody: {
		choices: ['bare', 'wrapped'],
		about: 'Campaign in the answer of start, pause and stop: bare and short, or in "campaign"',
	},
	transitions: {
		choices: ['atOnce', 'transitional'],
		about: 'Campaign status changes at once, or through pausing, stopping or processing',
	},
	transitionTime: { initial: 500, about: 'Time in a transitional status, in ms' },
	liveAndMethod: {
		choices: ['present', 'absent'],
		about: 'Whether campaigns are answered with "live" and "method"',
	},
	userIds: { choices: ['integer', 'uuid'], about: 'Type of user ids' },
	unknownUsers: {
		choices: ['leaveOut', 'refuse'],
		about: 'User ids that are unknown or assigned: left out silently, or 422',
	},
	manageImpliesRead: {
		choices: [false, true],
		about: 'Whether a key with campaigns.manage may read campaigns',
	},
	dial: {
		initial: 0,
		about: 'Calls a second that the dialer places in active campaigns; 0 = none',
	},
	reachedShare: { initial: 0.45, about: 'Share of its calls that are answered, 0 to 1' },
	webhooks: {
		initial: [] as readonly string[],
		about: 'URLs on this machine that events about its calls and agents are posted to',
	},
	webhookEvents: {
		initial: [] as readonly string[],
		about: 'Names of the events that are posted; all when none is given',
	},
	webhookSecret: { initial: 'shared-secret', about: 'Secret in these events' },
	webhookRetry: {
		initial: 500,
		about: 'Time after which an event that failed is posted again, five times in all, in ms',
	},
	callEvents: {
		choices: ['all', 'answered'],
		about: 'Calls that there are events of: all, or only those that an agent took',
	},
	contactStatus: {
		choices: ['on', 403, 404],
		about: 'Contact status: on, or the status with which it is off',
	},
	contactStatusKey: {
		choices: ['any', 'contactCenter'],
		about: 'Keys that contact status takes: scoped ones too, or the contact center’s token only',
	},
	unknownContacts: {
		choices: ['notDialed', 'null', 'leaveOut'],
		about: 'Contact status of a number that is not in the campaign: dialed false, null, or none',
	},
	resultFields: {
		choices: ['full', 'short'],
		about: 'Fields of contact statuses and CDRs: all, or the few that Voiso documents',
	},
	cdrList: { choices: ['cdrs', 'records', 'data'], about: 'Name of the list of CDRs' },
	cdrBody: { choices: ['wrapped', 'bare'], about: 'One CDR: in "cdr", or bare' },
	cdrData: {
		choices: ['nested', 'flat'],
		about: '"data" of a CDR: with objects as in an event, or in one level',
	},
	cdrIds: { choices: ['uuid', 'number'], about: 'IDs of CDRs' },
	cdrOrder: { choices: ['newest', 'oldest'], about: 'The CDR that comes first' },
	cdrFilters: {
		choices: ['applied', 'ignored', 'refused'],
		about:
			'Filters of CDRs: applied, ignored, or those whose name is a guess (campaign_id, phone_number) refused with 422',
	},
	cdrTotal: {
		choices: ['exact', 'capped', 'absent'],
		about: '"metadata.total" of CDRs: exact, at most the offset limit, or none',
	},
	cdrCursor: {
		choices: ['nullAtEnd', 'absentAtEnd', 'always', 'none'],
		about:
			'"next_cursor": null or absent with the last page, there even then, or never (a cursor that is sent is invalid)',
	},
	cdrCursorPages: {
		initial: 0,
		about:
			'Pages after which a cursor is no longer valid, which falls back to the offset; 0 = never',
	},
	offsetLimit: { initial: 10_000, about: 'CDRs that can be reached by offset' },
	beyondOffsetLimit: {
		choices: ['empty', 400, 422],
		about: 'CDRs beyond that: an empty page, or the status',
	},
	nestedIds: {
		choices: ['number', 'text'],
		about: 'Campaign and user IDs in CDRs and events',
	},
	dispositions: {
		choices: ['code', 'label'],
		about: 'Dispositions: "no_answer" or "No answer"',
	},
	recordingKey: {
		choices: ['recording', 'recording_url', 'recording_link', 'recording.url'],
		about: 'Key of the link to a recording',
	},
	recordingLifetime: {
		initial: 86_400_000,
		about: 'Time after which a link to a recording expires, in ms',
	},
	urlLimit: {
		initial: 8192,
		about: 'Characters that a URL may have, without the host; 0 = any number',
	},
	urlLimitStatus: { choices: [414, 431, 400], about: 'Status of a URL that is too long' },
	clockSkew: {
		initial: 0,
		signed: true,
		about: 'How far the clock of the server (Date, Retry-After as a date) is ahead, in ms',
	},
	poisonNumbers: {
		initial: [] as readonly string[],
		about: 'Phone numbers that make the whole lead call fail with 422',
	},
	poisonName: {
		initial: '',
		pattern: true,
		about: 'Regular expression for lead names that make the whole lead call fail with 422',
	},
	poisonDetail: {
		choices: ['lead', 'field', 'nothing'],
		about: 'What that 422 names: the lead and field ("12.name"), the field, or nothing useful',
	},
	seed: {
		initial: 1,
		about:
			'Seed of how calls go, and of the faults that come at a rate, from the next clearing of faults on',
	},
} as const satisfies Record<string, Switch>;

type Switches = typeof switches;
type Value<S> = S extends { choices: readonly (infer Choice)[] }
	? Choice
	: S extends { initial: infer Initial }
		? Initial extends number
			? number
			: Initial extends string
				? string
				: string[]
		: never;

/** The switches with their values; times in milliseconds. */
export type SandboxOptions = { -readonly [Name in keyof Switches]: Value<Switches[Name]> };

const table: [string, Switch][] = Object.entries(switches);

export const initialOf = ({ initial, choices }: Switch): Plain => {
	const value = initial ?? choices?.[0];
	if (value === undefined) throw new Error('A switch has neither an initial value nor choices');
	return Array.isArray(value) ? [...value] : value;
};

/** Fresh options with every switch at its default. */
export function defaultOptions(): SandboxOptions {
	// The table's own types are what Value<> is computed from.
	return Object.fromEntries(
		table.map(([name, definition]) => [name, initialOf(definition)]),
	) as SandboxOptions;
}

function schemaOf(definition: Switch) {
	if (definition.choices) return { enum: [...definition.choices] };
	const initial = initialOf(definition);
	if (typeof initial === 'number')
		return { type: 'number', ...(!definition.signed && { minimum: 0 }) };
	if (typeof initial === 'string') {
		return { type: 'string', ...(definition.pattern && { format: 'regex' }) };
	}
	return { type: 'array', items: { type: 'string' } };
}

/** JSON Schema of a change of some switches, as the control over HTTP and the command line take it. */
export const optionsSchema = {
	type: 'object',
	additionalProperties: false,
	properties: Object.fromEntries(
		table.map(([name, definition]) => [name, schemaOf(definition)] as const),
	),
};
