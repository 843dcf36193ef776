/** Beginning like this, a text can stand in a path: no `..`, no lone surrogate, no other segment. */
const OPAQUE_ID = /^(?=\D*\d)[A-Za-z0-9][\w-]{0,99}$/;

/**
 * Reads the ID of a campaign or user, whoever gives it: a person, an expression or Voiso. Every ID that is
 * compared, kept or put in a path comes from here.
 *
 * @returns the ID in its one spelling, `3` for 3, `"3"` and `" 03 "`, and any other text with a digit, such as a
 *   UUID, as it is. Undefined for what is no ID: `NaN`, -5, 1.5, `"null"`, `".."`, a name, a number beyond
 *   2^53, which has lost digits by the time it is read
 */
export function readId(value: unknown): string | undefined {
	if (typeof value === 'number') return isWhole(value) ? String(value) : undefined;
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (/^\d+$/.test(text)) return readId(Number(text));
	return OPAQUE_ID.test(text) ? text : undefined;
}

/** An ID as JSON holds it: a number as Voiso gives it, unless it is another kind of text. */
export function idValue(id: string): number | string {
	return /^\d+$/.test(id) ? Number(id) : id;
}

function isWhole(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0;
}
