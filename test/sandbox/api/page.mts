/** One page of a list in the envelope of the API; `limit` and `offset` have been checked. */
export function page(plural: string, rows: unknown[], query: Record<string, unknown>) {
	const offset = Number(query.offset ?? 0);
	const limit = Number(query.limit ?? 100);
	return { [plural]: rows.slice(offset, offset + limit), metadata: { total: rows.length } };
}
