import type { Lie } from './call.mts';

/** One page of a list in the envelope of the API; `limit` and `offset` have been checked. */
export function page(
	plural: string,
	rows: Row[],
	query: Record<string, unknown>,
	lie?: Lie,
): Record<string, unknown> {
	const offset = Number(query.offset ?? 0);
	const limit = Number(query.limit ?? 100);
	const shown = rowsOf(rows, offset, limit, lie);
	const total = lie?.how === 'largerTotal' ? rows.length + 150 : rows.length;
	return {
		[plural]: shown,
		metadata: { total: lie?.how === 'endless' ? offset + 2 * limit : total },
	};
}

interface Row {
	id?: unknown;
}

/** The rows of a page, as far as the list tells the truth. */
function rowsOf(rows: Row[], offset: number, limit: number, lie: Lie | undefined): Row[] {
	switch (lie?.how) {
		case 'emptyPages':
			return offset === 0 ? rows.slice(0, limit) : [];
		case 'ignoredOffset':
			return rows.slice(0, limit);
		case 'shifting': {
			// At each reading it begins elsewhere.
			const start = (lie.reading * 37) % Math.max(1, rows.length);
			return [...rows.slice(start), ...rows.slice(0, start)].slice(offset, offset + limit);
		}
		case 'endless':
			return Array.from({ length: limit }, (_, index) => ({
				...rows[0],
				id: 1_000_000 + offset + index,
			}));
		default:
			return rows.slice(offset, offset + limit);
	}
}
