import type { Connection } from '../../shared/api/connection';
import { ListBudget } from '../../shared/api/listBudget';
import { listIn } from '../../shared/api/listIn';
import {
	problemWithoutResponse,
	isObject,
	type ApiProblem,
	type ApiResult,
	type ProblemKind,
} from '../../shared/api/problem';
import { request } from '../../shared/api/request';

/** A call detail record: `{id, type, started_at, ended_at, data}`, as far as Voiso gives it. */
export type Cdr = Record<string, unknown>;

type Parameter = [name: string, value: string];

export interface CdrQuery {
	/** Parameters by the names that Voiso documents. */
	documented: Parameter[];
	/** Parameters whose names or notation Voiso's documentation leaves open. */
	guessed: Parameter[];
}

export type CdrReading = ApiResult<{
	/** Each once, in Voiso's order. */
	cdrs: Cdr[];
	/** Whether Voiso took the parameters whose names are a guess. */
	tookGuesses: boolean;
}>;

const PATH = '/api/v4/reporting/cdrs';
/** The largest page that Voiso gives. */
const MAX_PAGE = 1_000;
/** Offset paging ends here; further records need a cursor. */
const OFFSET_LIMIT = 10_000;
/** A longer list has no end, or more than n8n can hold at once. */
const MAX_RECORDS = 500_000;
const MAX_PAGES = 10_000;
const REFUSALS: readonly ProblemKind[] = ['invalid', 'refused'];

/**
 * Reads the call detail records that a query asks for, each once, until there are enough or the list ends. A
 * list that isn't whole is a problem.
 *
 * Voiso's documentation leaves open the name of the list, the end of its cursors and what `total` counts,
 * so each page goes with the cursor and, as far as that goes, the offset: an invalid cursor falls back to it.
 *
 * @param pageSize as many as will do, at most 1,000
 * @param isEnough gets the records that each page adds
 * @see https://developers.voiso.com/reference-link/listcdrs
 */
export async function readCdrs(
	connection: Connection,
	{ documented, guessed }: CdrQuery,
	pageSize: number,
	isEnough: (added: readonly Cdr[]) => boolean,
): Promise<CdrReading> {
	const limit = Math.min(pageSize, MAX_PAGE);
	const seen = new Map<string, Cdr>();
	let tookGuesses = true;
	let cursor: string | undefined;
	let offset = 0;
	let smallestTotal: number | undefined;
	const budget = new ListBudget(connection);
	for (let pages = 0; pages < MAX_PAGES && seen.size < MAX_RECORDS; pages++) {
		const query = new URLSearchParams([...documented, ...(tookGuesses ? guessed : [])]);
		query.append('limit', String(limit));
		if (offset < OFFSET_LIMIT || cursor === undefined) query.append('offset', String(offset));
		if (cursor !== undefined) query.append('cursor', cursor);
		const result = await request(
			connection,
			{ method: 'GET', path: `${PATH}?${query}` },
			{ isExpected: (body) => cdrsIn(body) !== undefined },
		);
		if (!result.ok) {
			const isRefused = REFUSALS.includes(result.problem.kind);
			if (isRefused && offset >= OFFSET_LIMIT)
				return listProblem('incomplete', seen.size, smallestTotal);
			if (!isRefused || !tookGuesses || guessed.length === 0 || offset > 0) return result;
			tookGuesses = false;
			continue;
		}
		const page = cdrsIn(result.body) ?? [];
		const added = page.filter((cdr) => {
			const key = cdrKey(cdr);
			if (seen.has(key)) return false;
			seen.set(key, cdr);
			return true;
		});
		offset += page.length;
		const { total, nextCursor } = metadataIn(result.body);
		if (total !== undefined) smallestTotal = Math.min(total, smallestTotal ?? total);
		if (isEnough(added)) return { ok: true, cdrs: [...seen.values()], tookGuesses };
		const isCounted = total !== undefined && offset >= total;
		const isOver =
			page.length === 0 || (nextCursor === undefined && (isCounted || cursor !== undefined));
		if (isOver) {
			// Without cursors, only a larger total can tell what is beyond.
			const isCutOff =
				nextCursor === undefined &&
				cursor === undefined &&
				offset >= OFFSET_LIMIT &&
				(smallestTotal ?? 0) <= OFFSET_LIMIT;
			if (isCutOff || seen.size < (smallestTotal ?? 0))
				return listProblem('incomplete', seen.size, smallestTotal);
			return { ok: true, cdrs: [...seen.values()], tookGuesses };
		}
		// The same records again: the cursor leads nowhere.
		if (added.length === 0 && !(isCounted && offset < OFFSET_LIMIT))
			return listProblem('incomplete', seen.size, smallestTotal);
		const spent = budget.spentBy(page);
		if (spent !== undefined) return listProblem(spent, seen.size);
		cursor = nextCursor;
	}
	return listProblem('endless', seen.size);
}

/** By what a record is known: its ID, or all of it where it has none. */
export function cdrKey(cdr: Cdr): string {
	const { id } = cdr;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : JSON.stringify(cdr);
}

/** The records in a response; undefined when there is no list, or it holds something else. */
function cdrsIn(body: unknown): Cdr[] | undefined {
	const list = listIn(body, 'cdrs');
	return list?.every(isObject) ? list : undefined;
}

function metadataIn(body: unknown): { total?: number; nextCursor?: string } {
	const metadata = isObject(body) && isObject(body.metadata) ? body.metadata : {};
	const { total, next_cursor: next } = metadata;
	return {
		...(typeof total === 'number' && Number.isInteger(total) && { total }),
		...(typeof next === 'string' && next !== '' && { nextCursor: next }),
	};
}

function listProblem(
	kind: 'incomplete' | 'endless' | 'timedOut',
	usable: number,
	total?: number,
): CdrReading {
	const rows = { usable, ...(total !== undefined && { total }) };
	const problem: ApiProblem = { ...problemWithoutResponse(kind), rows };
	return { ok: false, problem };
}
