/** What came of something, or why nothing did: `{ ok: true, page }` or `{ ok: false, problem }`. */
export type Result<Good extends object, Bad extends object> =
	({ ok: true } & Good) | ({ ok: false } & Bad);
