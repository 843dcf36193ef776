import { cdrId, cdrOf, contactStatusOf, type PlacedCall } from '../calls.mts';
import type { SandboxOptions } from '../options.mts';
import { echo } from '../rules/phoneNumbers.mts';
import type { World } from '../world.mts';
import {
	type Answer,
	badRequest,
	fieldErrors,
	forbidden,
	notFound,
	ok,
} from '../rules/answers.mts';
import type { Operation } from './call.mts';

/** A parameter of a query after it has been checked: one value, or several when it was repeated. */
type Query = Record<string, unknown>;

export const getContactStatus: Operation = ({ request: { params, query } }, { world }) => {
	const { options, store } = world;
	if (options.contactStatus !== 'on')
		return options.contactStatus === 403 ? forbidden() : notFound();
	const stored = store.find(Number(params.id));
	if (!stored) return notFound();
	const numbers = [query['contact_numbers[]']].flat().map(String);
	const contacts = numbers.flatMap((number) => {
		const status = contactStatusOf(number, stored, world);
		return status ? { ...status, contact_number: echo(number, options) } : [];
	});
	return ok({ contacts });
};

export const getCdr: Operation = ({ request: { params } }, { world }) => {
	const id = String(params.cdr_id);
	const call = world.store.calls.find((each) => String(cdrId(each, world.options)) === id);
	if (!call) return notFound();
	const cdr = cdrOf(call, world);
	return ok(world.options.cdrBody === 'wrapped' ? { cdr } : cdr);
};

export const listCdrs: Operation = ({ request: { query } }, { world }) => {
	const { options } = world;
	const guessed = ['campaign_id', 'phone_number'].filter((name) => query[name] !== undefined);
	if (options.cdrFilters === 'refused' && guessed.length > 0) {
		return fieldErrors(422, Object.fromEntries(guessed.map((name) => [name, ['is unknown']])));
	}
	const rows = rowsFor(query, world);
	const limit = Number(query.limit ?? 100);
	const cursor = readCursor(query.cursor, options);
	if (cursor) {
		const rest = rows.filter((call) => comesAfter(call, cursor, options));
		return listOf(rest.slice(0, limit), { rows, isLast: rest.length <= limit, cursor, world });
	}
	const offset = Number(query.offset ?? 0);
	if (offset >= options.offsetLimit && options.beyondOffsetLimit !== 'empty') {
		return options.beyondOffsetLimit === 400
			? badRequest()
			: fieldErrors(422, { offset: ['is too large'] });
	}
	const page = rows.slice(offset, Math.min(offset + limit, options.offsetLimit));
	return listOf(page, { rows, isLast: offset + page.length >= rows.length, world });
};

/** The calls that a query asks for, in the order of the list. */
function rowsFor(query: Query, { store, options }: World): PlacedCall[] {
	const isWanted = options.cdrFilters === 'ignored' ? () => true : filterOf(query);
	const rows = store.calls.filter(isWanted).sort(byStart);
	return options.cdrOrder === 'newest' ? rows.reverse() : rows;
}

const byStart = (a: Place, b: Place) =>
	a.started_at === b.started_at ? a.number - b.number : a.started_at < b.started_at ? -1 : 1;

function filterOf(query: Query): (call: PlacedCall) => boolean {
	const given = (...names: string[]) => names.flatMap((name) => query[name] ?? []).map(String);
	const among = (values: string[], value: unknown) =>
		values.length === 0 || values.includes(String(value));
	const time = (name: string) =>
		query[name] === undefined ? undefined : new Date(String(query[name])).toISOString();
	const types = given('type', 'type[]');
	const dispositions = given('disposition', 'disposition[]');
	const limits = (['started_at', 'ended_at'] as const).map((field) => ({
		field,
		from: time(`${field}[gte]`),
		to: time(`${field}[lt]`),
	}));
	return (call) =>
		among(types, call.type) &&
		among(dispositions, call.disposition) &&
		among(given('user_id'), call.user_id) &&
		among(given('campaign_id'), call.campaign_id) &&
		among(given('phone_number'), call.phone_number) &&
		limits.every(
			({ field, from, to }) =>
				(from === undefined || call[field] >= from) && (to === undefined || call[field] < to),
		);
}

/** Where a list goes on: after this record. */
type Place = Pick<PlacedCall, 'started_at' | 'number'>;
type Cursor = Place & { page: number };

function readCursor(text: unknown, options: SandboxOptions): Cursor | undefined {
	if (text === undefined || options.cdrCursor === 'none') return undefined;
	try {
		const cursor: Cursor = JSON.parse(Buffer.from(String(text), 'base64url').toString());
		const { cdrCursorPages: pages } = options;
		return pages > 0 && cursor.page > pages ? undefined : cursor;
	} catch {
		return undefined;
	}
}

const comesAfter = (call: PlacedCall, cursor: Cursor, { cdrOrder }: SandboxOptions) =>
	cdrOrder === 'newest' ? byStart(call, cursor) < 0 : byStart(call, cursor) > 0;

interface Listing {
	/** All calls that the query asks for. */
	rows: PlacedCall[];
	isLast: boolean;
	/** The cursor that was asked with. */
	cursor?: Cursor;
	world: World;
}

function listOf(page: PlacedCall[], { rows, isLast, cursor, world }: Listing): Answer {
	const { options } = world;
	const { cdrTotal, offsetLimit, cdrList } = options;
	const total = cdrTotal === 'capped' ? Math.min(rows.length, offsetLimit) : rows.length;
	const next = page.at(-1) ?? cursor;
	return ok({
		[cdrList]: page.map((call) => cdrOf(call, world)),
		metadata: {
			...(cdrTotal !== 'absent' && { total }),
			...nextCursor(next, (cursor?.page ?? 0) + 1, isLast, options),
		},
	});
}

function nextCursor(
	place: Place | undefined,
	page: number,
	isLast: boolean,
	{ cdrCursor }: SandboxOptions,
): { next_cursor?: string | null } {
	if (cdrCursor === 'none' || (isLast && cdrCursor === 'absentAtEnd')) return {};
	if (!place || (isLast && cdrCursor === 'nullAtEnd')) return { next_cursor: null };
	const { started_at, number } = place;
	const cursor: Cursor = { started_at, number, page };
	return { next_cursor: Buffer.from(JSON.stringify(cursor)).toString('base64url') };
}
