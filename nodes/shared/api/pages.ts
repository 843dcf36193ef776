import type { Connection } from './connection';
import { isObject, type Problem } from './problem';
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

export type Listing = { ok: true; rows: Row[] } | { ok: false; problem: Problem };

/** The largest page that Voiso gives. */
export const PAGE_SIZE = 100;
const MAX_READINGS = 3;

/** Reads one page. */
export async function readPage(
	connection: Connection,
	{ path, key, query }: ListRequest,
	{ limit, offset }: { limit: number; offset: number },
): Promise<{ ok: true; page: Page } | { ok: false; problem: Problem }> {
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
 * Voiso's pages are cut from the list as it is at that moment, so a row that is added or removed
 * meanwhile shifts the rest: rows come twice, which the IDs show, or are passed over, which the
 * total shows. Then the list is read again for those that are missing, at most twice.
 *
 * @param limit the most rows wanted; all when not given
 */
export async function readList(
	connection: Connection,
	list: ListRequest,
	limit = Number.POSITIVE_INFINITY,
): Promise<Listing> {
	const found = new Map<string, Row>();
	for (let readings = 0; readings < MAX_READINGS && found.size < limit; readings++) {
		const before = found.size;
		const end = await readOnce(connection, list, limit, found);
		if (!end.ok) return end;
		if (found.size >= end.total || found.size === before) break;
	}
	return { ok: true, rows: [...found.values()].slice(0, limit) };
}

async function readOnce(
	connection: Connection,
	list: ListRequest,
	limit: number,
	found: Map<string, Row>,
): Promise<{ ok: true; total: number } | { ok: false; problem: Problem }> {
	let offset = 0;
	const seen = new Set<string>();
	for (;;) {
		// Of a list that is read again, rows that are known come first: only a first page can be short.
		const size = offset === 0 ? Math.min(PAGE_SIZE, limit) : PAGE_SIZE;
		const result = await readPage(connection, list, { limit: size, offset });
		if (!result.ok) return result;
		const { rows, read, total } = result.page;
		const before = seen.size;
		for (const row of rows) {
			const id = String(row.id);
			seen.add(id);
			if (!found.has(id)) found.set(id, row);
		}
		offset += read;
		// A page without a new row ends it too: a server that ignores the offset would have no end.
		const isEnd = seen.size === before || (total !== undefined && offset >= total);
		if (isEnd || found.size >= limit) return { ok: true, total: total ?? seen.size };
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

export function isRow(value: unknown): value is Row {
	return isObject(value) && (typeof value.id === 'number' || typeof value.id === 'string');
}
