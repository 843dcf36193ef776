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

/** The filters as Voiso takes them. */
export function toQuery(filters: CallFilters): CdrQuery {
	const { campaign, dispositions, phoneNumber, from, before, type, users } = filters;
	const documented: Array<[string, string]> = [];
	const guessed: Array<[string, string]> = [];
	if (from !== undefined) documented.push(['started_at[gte]', new Date(from).toISOString()]);
	if (before !== undefined) documented.push(['started_at[lt]', new Date(before).toISOString()]);
	if (type !== undefined) documented.push(['type', type]);
	const [disposition, ...others] = dispositions;
	if (disposition !== undefined && others.length === 0)
		documented.push(['disposition', disposition]);
	else for (const each of dispositions) guessed.push(['disposition[]', each]);
	const [user, ...otherUsers] = users;
	if (user && otherUsers.length === 0) documented.push(['user_id', String(user.id)]);
	if (campaign) guessed.push(['campaign_id', campaign.id]);
	if (phoneNumber !== undefined) guessed.push(['phone_number', phoneNumber]);
	return { documented, guessed };
}

/** Whether a record fits; undefined where it doesn't show the field. */
type Check = (cdr: Cdr) => boolean | undefined;

/**
 * Applies the filters again to what came, where a record shows the field: Voiso may ignore a parameter. A record
 * that doesn't show it counts, unless the others prove that Voiso ignores the filter, or refused it.
 */
export class CallFilter {
	/** Records that can't be judged and were left out. */
	leftOut = 0;

	private readonly checks: Check[];

	/** Checks that Voiso doesn't make itself. */
	private readonly unheeded = new Set<Check>();

	constructor(filters: CallFilters) {
		this.checks = toChecks(filters);
	}

	/** How many of these records fit, as far as is known yet. */
	count(cdrs: readonly Cdr[]): number {
		return cdrs.filter((cdr) => this.fits(cdr)).length;
	}

	/** The records that fit, when all have been seen. */
	apply(cdrs: readonly Cdr[], tookGuesses: boolean): Cdr[] {
		if (!tookGuesses) for (const check of this.checks) this.unheeded.add(check);
		this.count(cdrs);
		return cdrs.filter((cdr) => {
			if (!this.fits(cdr)) return false;
			const isOpen = this.checks.some(
				(check) => this.unheeded.has(check) && check(cdr) === undefined,
			);
			if (isOpen) this.leftOut++;
			return !isOpen;
		});
	}

	private fits(cdr: Cdr): boolean {
		return this.checks.every((check) => {
			const isFit = check(cdr);
			if (isFit === false) this.unheeded.add(check);
			return isFit !== false;
		});
	}
}

function toChecks({
	campaign,
	dispositions,
	phoneNumber,
	from,
	before,
	type,
	users,
}: CallFilters): Check[] {
	const checks: Check[] = [];
	const time = (cdr: Cdr) => startOf(cdr);
	if (from !== undefined) checks.push((cdr) => known(time(cdr), (at) => at >= from));
	if (before !== undefined) checks.push((cdr) => known(time(cdr), (at) => at < before));
	if (type !== undefined) checks.push((cdr) => known(textOf(cdr.type), (each) => each === type));
	if (dispositions.length > 0) {
		const wanted = new Set(dispositions.map(plain));
		checks.push((cdr) =>
			known(textOf(simplifyCall(cdr).disposition), (each) => wanted.has(plain(each))),
		);
	}
	if (campaign) {
		checks.push((cdr) => known(readId(simplifyCall(cdr).campaign_id), (id) => id === campaign.id));
	}
	if (users.length > 0) {
		const keys = new Set(users.map(({ key }) => key));
		checks.push((cdr) => {
			const call = { ...fieldsOf(cdr.data), ...cdr };
			const id = readId(agentOf(call).id ?? call.user_id);
			return known(id, (each) => keys.has(each.toLowerCase()));
		});
	}
	if (phoneNumber !== undefined) {
		checks.push((cdr) => {
			const call = { ...fieldsOf(cdr.data), ...cdr };
			const numbers = NUMBER_FIELDS.map((field) => digits(call[field])).filter(
				(text) => text !== '',
			);
			return numbers.length === 0 ? undefined : numbers.includes(phoneNumber);
		});
	}
	return checks;
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
