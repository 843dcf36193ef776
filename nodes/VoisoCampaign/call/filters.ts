import {
	NodeOperationError,
	tryToParseDateTime,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { readId } from '../../shared/api/ids';
import { agentOf, simplifyCall, fieldsOf } from '../../shared/call/simplifyCall';
import type { ChosenCampaign } from '../../shared/campaign/resolver';
import { toText } from '../../shared/text';
import type { NamedUser } from '../user/userIds';
import type { Cdr, CdrQuery } from './cdrs';

/** What Voiso's dialer has called the outcomes of calls [legacy]. */
const DISPOSITIONS = [
	{ name: 'Abandoned', value: 'abandoned' },
	{ name: 'Answered', value: 'answered' },
	{ name: 'Answered by Voicemail', value: 'answered_by_VM' },
	{ name: 'Busy', value: 'busy' },
	{ name: 'Dialer Abandoned', value: 'dialer_abandoned' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Machine Answered', value: 'machine_answered' },
	{ name: 'Missed', value: 'missed' },
	{ name: 'No Answer', value: 'no_answer' },
	{ name: 'Rejected', value: 'rejected' },
	{ name: 'System Abandoned', value: 'system_abandoned' },
	{ name: 'System Reject', value: 'system_reject' },
];

export const filtersProperty: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Disposition',
			name: 'disposition',
			type: 'multiOptions',
			options: DISPOSITIONS,
			default: [],
			description: "How the call ended up. Use an expression for a value that isn't listed.",
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 447700900123',
			description: 'Only return calls from or to this number, with country code',
		},
		{
			displayName: 'Started After',
			name: 'startedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only return calls that started at this time or later',
		},
		{
			displayName: 'Started Before',
			name: 'startedBefore',
			type: 'dateTime',
			default: '',
			description: 'Only return calls that started before this time',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Call', value: 'call' },
				{ name: 'Conversation', value: 'conversation' },
				{ name: 'HLR Lookup', value: 'hlr_lookup' },
				{ name: 'SMS', value: 'sms' },
			],
			default: 'call',
			description: 'Type of record to return',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			placeholder: 'e.g. 42 or ann@example.com',
			description: 'Only return calls of this user: an ID or email address',
		},
	],
};

/** Which calls are wanted. */
export interface CallFilters {
	campaign?: ChosenCampaign;
	dispositions: string[];
	/** Digits with country code. */
	phoneNumber?: string;
	/** Milliseconds since 1970: started then or later, and before. */
	from?: number;
	before?: number;
	type?: string;
	users: NamedUser[];
}

/** The filters of an item but for the campaign, whose users are looked up by `findUsers`. */
export async function readFilters(
	context: IExecuteFunctions,
	itemIndex: number,
	findUsers: (value: unknown, itemIndex: number) => Promise<NamedUser[]>,
): Promise<CallFilters> {
	const given = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const type = toText(given.type ?? 'call').trim();
	const phoneNumber = digits(given.phoneNumber);
	const from = readTime(context, given.startedAfter, 'Started After', itemIndex);
	const before = readTime(context, given.startedBefore, 'Started Before', itemIndex);
	return {
		dispositions: [given.disposition ?? []]
			.flat()
			.map((each) => toText(each).trim())
			.filter((text) => text !== ''),
		users: await findUsers(given.user, itemIndex),
		...(phoneNumber !== '' && { phoneNumber }),
		...(from !== undefined && { from }),
		...(before !== undefined && { before }),
		...(type !== '' && type !== 'any' && { type }),
	};
}

/** @throws NodeOperationError for what is no date and time */
function readTime(
	context: IExecuteFunctions,
	value: unknown,
	name: string,
	itemIndex: number,
): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	try {
		return tryToParseDateTime(value, context.getTimezone()).toMillis();
	} catch {
		throw new NodeOperationError(context.getNode(), `'${name}' isn't a date and time`, {
			description: `It is ${toText(value)}. Use ISO 8601, such as 2026-01-31T09:00:00.`,
			itemIndex,
		});
	}
}

/** One filter: how Voiso is asked for it, and how a record is checked. */
interface Condition {
	/** Its name in the editor. */
	name: string;
	/** Whether Voiso documents these parameters, or their names are a guess; `no`: it isn't asked. */
	asked: 'documented' | 'guessed' | 'no';
	parameters: Array<[name: string, value: string]>;
	/** Whether a record fits; undefined where it doesn't show the field. */
	fits: (cdr: Cdr) => boolean | undefined;
}

/** The filters as Voiso takes them. */
export function toQuery(filters: CallFilters): CdrQuery {
	const conditions = toConditions(filters);
	const parametersOf = (asked: Condition['asked']) =>
		conditions.filter((each) => each.asked === asked).flatMap(({ parameters }) => parameters);
	return { documented: parametersOf('documented'), guessed: parametersOf('guessed') };
}

/**
 * Applies the filters again to what came, where a record shows the field: Voiso may ignore a parameter. A record
 * that doesn't show it counts, unless Voiso wasn't asked, refused the filter or, as other records prove, ignores it.
 */
export class CallFilter {
	/** Records that can't be judged and were left out. */
	leftOut = 0;

	/** Names of filters of which nothing shows whether Voiso has applied them. */
	unproven: string[] = [];

	private readonly conditions: Condition[];

	/** Conditions that Voiso doesn't check itself. */
	private readonly unheeded: Set<Condition>;

	constructor(filters: CallFilters) {
		this.conditions = toConditions(filters);
		this.unheeded = new Set(this.conditions.filter(({ asked }) => asked === 'no'));
	}

	/** How many of these records fit, as far as is known yet. */
	count(cdrs: readonly Cdr[]): number {
		return cdrs.filter((cdr) => this.fits(cdr)).length;
	}

	/** The records that fit, when all have been seen. */
	apply(cdrs: readonly Cdr[], tookGuesses: boolean): Cdr[] {
		const guessed = this.conditions.filter(({ asked }) => asked === 'guessed');
		if (!tookGuesses) for (const condition of guessed) this.unheeded.add(condition);
		const fitting = cdrs.filter((cdr) => this.fits(cdr));
		const certain = fitting.filter(
			(cdr) => ![...this.unheeded].some(({ fits }) => fits(cdr) === undefined),
		);
		this.leftOut = fitting.length - certain.length;
		this.unproven = guessed
			.filter(({ fits }) => certain.length > 0 && certain.every((cdr) => fits(cdr) === undefined))
			.map(({ name }) => name);
		return certain;
	}

	private fits(cdr: Cdr): boolean {
		return this.conditions.every((condition) => {
			const isFit = condition.fits(cdr);
			if (isFit === false) this.unheeded.add(condition);
			return isFit !== false;
		});
	}
}

function toConditions({
	campaign,
	dispositions,
	phoneNumber,
	from,
	before,
	type,
	users,
}: CallFilters): Condition[] {
	const conditions: Condition[] = [];
	const addTime = (
		name: string,
		comparison: string,
		limit: number,
		isIn: (at: number) => boolean,
	) =>
		conditions.push({
			name,
			asked: 'documented',
			parameters: [[`started_at[${comparison}]`, new Date(limit).toISOString()]],
			fits: (cdr) => known(startOf(cdr), isIn),
		});
	if (from !== undefined) addTime('Started After', 'gte', from, (at) => at >= from);
	if (before !== undefined) addTime('Started Before', 'lt', before, (at) => at < before);
	if (type !== undefined) {
		conditions.push({
			name: 'Type',
			asked: 'documented',
			parameters: [['type', type]],
			fits: (cdr) => known(textOf(cdr.type), (each) => each === type),
		});
	}
	if (dispositions.length > 0) {
		const isOne = dispositions.length === 1;
		const wanted = new Set(dispositions.map(plain));
		conditions.push({
			name: 'Disposition',
			asked: isOne ? 'documented' : 'guessed',
			parameters: dispositions.map((each) => [isOne ? 'disposition' : 'disposition[]', each]),
			fits: (cdr) =>
				known(textOf(simplifyCall(cdr).disposition), (each) => wanted.has(plain(each))),
		});
	}
	if (campaign) {
		conditions.push({
			name: 'Campaign',
			asked: 'guessed',
			parameters: [['campaign_id', campaign.id]],
			fits: (cdr) => known(readId(simplifyCall(cdr).campaign_id), (id) => id === campaign.id),
		});
	}
	const [user] = users;
	if (user) {
		const keys = new Set(users.map(({ key }) => key));
		conditions.push({
			name: 'User',
			asked: users.length === 1 ? 'documented' : 'no',
			parameters: [['user_id', String(user.id)]],
			fits: (cdr) => {
				const call = { ...fieldsOf(cdr.data), ...cdr };
				const id = readId(agentOf(call).id ?? call.user_id);
				return known(id, (each) => keys.has(each.toLowerCase()));
			},
		});
	}
	if (phoneNumber !== undefined) {
		conditions.push({
			name: 'Phone Number',
			asked: 'guessed',
			parameters: [['phone_number', phoneNumber]],
			fits: (cdr) => {
				const call = { ...fieldsOf(cdr.data), ...cdr };
				const numbers = NUMBER_FIELDS.map((field) => digits(call[field])).filter(
					(text) => text !== '',
				);
				return numbers.length === 0 ? undefined : numbers.includes(phoneNumber);
			},
		});
	}
	return conditions;
}

const NUMBER_FIELDS = [
	'called_number',
	'calling_number',
	'contact_number',
	'phone_number',
] as const;

/** When a call started, in ms since 1970; undefined where the record doesn't say. */
export function startOf(cdr: Cdr): number | undefined {
	const time = Date.parse(simplifyCall(cdr).started_at ?? '');
	return Number.isNaN(time) ? undefined : time;
}

function known<Value>(value: Value | undefined, test: (value: Value) => boolean) {
	return value === undefined ? undefined : test(value);
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `no_answer` for "No answer": Voiso may have codes or labels. */
function plain(disposition: string): string {
	return disposition.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

function digits(value: unknown): string {
	return toText(value).replace(/\D/g, '').replace(/^00/, '');
}
