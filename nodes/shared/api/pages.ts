import type { Result } from '../result';
import type { Connection } from './connection';
import { readId } from './ids';
import { ListBudget } from './listBudget';
import { toText } from '../text';
import { isObject, problemWithoutResponse, type ApiProblem, type ApiResult } from './problem';
import { request } from './request';

/** A row of any list: its other fields are whatever Voiso gives. */
export interface Row extends Record<string, unknown> {
	id: number | string;
}

export interface ListRequest {
	path: string;
	/** The name of the list in the response: `campaigns` or `users`. */
	key: string;
	query?: Record<string, string | number | boolean>;
}

export interface Page {
	/** The rows that have an ID which can be used. */
	rows: Row[];
	/** All rows of the response as they came; the next page begins after them. */
	all: readonly unknown[];
	/** Rows in the whole list, when the response says so. */
	total?: number;
}

/** A whole list, or why it isn't whole and what of it can be used. */
export type Listing = Result<{ rows: Row[] }, { problem: ApiProblem; rows: Row[] }>;

/** The largest page that Voiso gives. */
export const PAGE_SIZE = 100;
const MAX_READINGS = 3;
/** A list that is longer than 100,000 rows has no end. */
const MAX_PAGES = 1_000;

/** Reads one page. */
export async function readPage(
	connection: Connection,
	{ path, key, query }: ListRequest,
	{ limit, offset }: { limit: number; offset: number },
): Promise<ApiResult<{ page: Page }>> {
	const result = await request(
		connection,
		{ method: 'GET', path, query: { ...query, limit, offset } },
		{ isExpected: (body) => isObject(body) && Array.isArray(body[key]) },
	);
	return result.ok ? { ok: true, page: toPage(result.body, key) } : result;
}

/**
 * Reads a list to its end, each row once.
 *
 * Voiso cuts each page from the list as it is at that moment, so a row that comes or goes meanwhile
 * shifts the rest: some would come twice, others never. Each page therefore begins with the last row of
 * the one before. When that is another row now, or when fewer rows came than the list has, it is read
 * again, at most twice. What is then still not whole is a problem, never a shorter list; so is a list with
 * rows whose ID can't be used, since nothing can be said of them.
 *
 * @param limit the most rows wanted; all when not given
 */
export async function readList(
	connection: Connection,
	list: ListRequest,
	limit = Number.POSITIVE_INFINITY,
): Promise<Listing> {
	const seen = new Map<string, unknown>();
	let total: number | undefined;
	let kind: ListProblemKind = 'incomplete';
	const budget = new ListBudget(connection);
	for (let readings = 0; readings < MAX_READINGS && kind === 'incomplete'; readings++) {
		const reading = await readOnce(connection, list, limit, budget);
		if (!reading.ok) return { ...reading, rows: toRows([...seen.values()]) };
		const { rows, isWhole, givenUp } = reading;
		if (isWhole) return toListing(rows, limit);
		for (const [key, row] of rows) seen.set(key, row);
		total = reading.total;
		kind = givenUp ?? kind;
	}
	const rows = toRows([...seen.values()]);
	return { ok: false, problem: listProblem(kind, rows.length, total), rows };
}

function toListing(all: ReadonlyMap<string, unknown>, limit: number): Listing {
	const rows = toRows([...all.values()]);
	if (rows.length === all.size) return { ok: true, rows: rows.slice(0, limit) };
	const problem = listProblem('unusableIds', rows.length, all.size);
	return { ok: false, problem, rows: rows.slice(0, limit) };
}

type ListProblemKind = 'incomplete' | 'endless' | 'timedOut' | 'unusableIds';

function listProblem(kind: ListProblemKind, usable: number, total: number | undefined): ApiProblem {
	const rows = { usable, ...(total !== undefined && { total }) };
	return { ...problemWithoutResponse(kind), rows };
}

type ReadOnce = ApiResult<{
	/** Every row once, those without a usable ID too. */
	rows: Map<string, unknown>;
	isWhole: boolean;
	/** Why it was not read to its end. */
	givenUp?: 'endless' | 'timedOut';
	total: number | undefined;
}>;

async function readOnce(
	connection: Connection,
	list: ListRequest,
	limit: number,
	budget: ListBudget,
): Promise<ReadOnce> {
	const rows = new Map<string, unknown>();
	let hasShifted = false;
	let last: string | undefined;
	let offset = 0;
	let total: number | undefined;
	for (let pages = 1; ; pages++) {
		// One more than is missing, for the row that comes again.
		const size = Math.min(PAGE_SIZE, limit - rows.size + (last === undefined ? 0 : 1));
		const result = await readPage(connection, list, { limit: size, offset });
		if (!result.ok) return result;
		const { all } = result.page;
		const before = rows.size;
		const keys = all.map(keyOf);
		for (const [index, key] of keys.entries()) rows.set(key, all[index]);
		hasShifted ||= last !== undefined && keys[0] !== last;
		const passed = offset + all.length;
		// A total that is smaller than what came tells nothing.
		total = (result.page.total ?? -1) < passed ? undefined : result.page.total;
		if (rows.size >= limit) return { ok: true, rows, isWhole: true, total };
		// A page without a new row is the end too: a server that ignores the offset would have none.
		if (rows.size === before || passed === total) {
			const isWhole = !hasShifted && rows.size >= (total ?? 0);
			return { ok: true, rows, isWhole, total };
		}
		last = keys.length > 1 ? keys.at(-1) : undefined;
		offset = last === undefined ? passed : passed - 1;
		const givenUp = budget.spentBy(all) ?? (pages === MAX_PAGES ? 'endless' : undefined);
		if (givenUp !== undefined) return { ok: true, rows, isWhole: false, givenUp, total };
	}
}

/** What tells a row from the others of its list: its ID, or all of it when it has none. */
function keyOf(row: unknown): string {
	return isRow(row) ? idOf(row) : `#${toText(row)}`;
}

function toPage(body: unknown, key: string): Page {
	const response = isObject(body) ? body : {};
	const list: unknown = response[key];
	const all: unknown[] = Array.isArray(list) ? list : [];
	const page: Page = { rows: toRows(all), all };
	const { total } = isObject(response.metadata) ? response.metadata : {};
	const count = typeof total === 'string' && /^\d+$/.test(total) ? Number(total) : total;
	if (Number.isSafeInteger(count) && Number(count) >= 0) page.total = Number(count);
	return page;
}

/** The rows of a list in a response that have an ID which can be used; none when it is no list. */
export function toRows(list: unknown): Row[] {
	return Array.isArray(list) ? list.filter(isRow) : [];
}

/** Whether something is an object with an ID. A row whose ID can't be used is none. */
export function isRow(value: unknown): value is Row {
	return isObject(value) && readId(value.id) !== undefined;
}

/** The ID of a row in the spelling that everything is compared by. */
export function idOf({ id }: Row): string {
	return readId(id) ?? '';
}
