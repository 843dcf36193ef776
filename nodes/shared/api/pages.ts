import type { Connection } from './connection';
import { readId } from './ids';
import { isObject, type ApiProblem } from './problem';
import { request } from './request';

/** A row of any list: its other fields are whatever Voiso gives. */
export interface Row extends Record<string, unknown> {
	id: number | string;
}

export interface ListRequest {
	path: string;
	/** The name of the list in the answer: `campaigns` or `users`. */
	key: string;
	query?: Record<string, string | number | boolean>;
}

export interface Page {
	rows: Row[];
	/** How many rows the answer had, those without an ID included: the next page begins after them. */
	read: number;
	/** Rows in the whole list, when the answer says so. */
	total?: number;
}

export type Listing = { ok: true; rows: Row[] } | { ok: false; problem: ApiProblem };

/** The largest page that Voiso gives. */
export const PAGE_SIZE = 100;
const MAX_READINGS = 3;

/** Reads one page. */
export async function readPage(
	connection: Connection,
	{ path, key, query }: ListRequest,
	{ limit, offset }: { limit: number; offset: number },
): Promise<{ ok: true; page: Page } | { ok: false; problem: ApiProblem }> {
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
 * the one before. When that is another row now, the list has shifted and is read again, at most
 * twice; if it never keeps still, everything that was seen counts.
 *
 * @param limit the most rows wanted; all when not given
 */
export async function readList(
	connection: Connection,
	list: ListRequest,
	limit = Number.POSITIVE_INFINITY,
): Promise<Listing> {
	const seen = new Map<string, Row>();
	for (let readings = 0; readings < MAX_READINGS; readings++) {
		const reading = await readOnce(connection, list, limit);
		if (!reading.ok) return reading;
		if (!reading.hasShifted) return { ok: true, rows: [...reading.rows.values()].slice(0, limit) };
		for (const [id, row] of reading.rows) seen.set(id, row);
	}
	return { ok: true, rows: [...seen.values()].slice(0, limit) };
}

type ReadOnce =
	| { ok: true; rows: Map<string, Row>; hasShifted: boolean }
	| { ok: false; problem: ApiProblem };

async function readOnce(
	connection: Connection,
	list: ListRequest,
	limit: number,
): Promise<ReadOnce> {
	const rows = new Map<string, Row>();
	let hasShifted = false;
	let last: Row | undefined;
	for (let offset = 0; ; ) {
		// One more than is missing, for the row that comes again.
		const size = Math.min(PAGE_SIZE, limit - rows.size + (last ? 1 : 0));
		const result = await readPage(connection, list, { limit: size, offset });
		if (!result.ok) return result;
		const { rows: page, read, total } = result.page;
		const before = rows.size;
		for (const row of page) rows.set(idOf(row), row);
		hasShifted ||= last !== undefined && page[0]?.id !== last.id;
		// A page without a new row is the end too: a server that ignores the offset would have none.
		const isEnd = rows.size === before || (total !== undefined && offset + read >= total);
		if (isEnd || rows.size >= limit) return { ok: true, rows, hasShifted };
		last = read > 1 ? page.at(-1) : undefined;
		offset += last ? read - 1 : read;
	}
}

function toPage(body: unknown, key: string): Page {
	const answer = isObject(body) ? body : {};
	const list: unknown = answer[key];
	const page: Page = { rows: toRows(list), read: Array.isArray(list) ? list.length : 0 };
	const total = isObject(answer.metadata) ? answer.metadata.total : undefined;
	if (typeof total === 'number' && Number.isInteger(total)) page.total = total;
	return page;
}

/** The rows of a list in an answer; none when it is no list. */
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
