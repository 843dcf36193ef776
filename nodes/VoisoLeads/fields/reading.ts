/**
 * What became of one raw value: the value to send (`undefined` when the field is left out because the
 * raw value was empty), or the reason it is refused. A reason is a clause without the field's name.
 */
export type Reading<T> = { ok: true; value: T | undefined } | { ok: false; reason: string };

/** The reading of an empty value, which leaves its field out. */
export const NOTHING: { ok: true; value: undefined } = { ok: true, value: undefined };

const LONGEST_SHOWN = 60;

/** Nothing was given: `null`, `undefined`, an empty text or one of blanks only. */
export function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === 'string' && value.trim() === '';
}

/** A value as a reason names it: text in quotes and cut when long, objects by their kind. */
export function describe(value: unknown): string {
	if (typeof value === 'string') {
		const shown = value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value;
		return JSON.stringify(shown);
	}
	if (Array.isArray(value)) return 'an array';
	if (value instanceof Date) return 'a date';
	if (typeof value === 'object' && value !== null) return 'an object';
	if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
	return String(value);
}

/** Refuses a value, saying what was expected and what came. */
export function refuse(expected: string, value: unknown): { ok: false; reason: string } {
	return { ok: false, reason: `must be ${expected}, got ${describe(value)}` };
}
