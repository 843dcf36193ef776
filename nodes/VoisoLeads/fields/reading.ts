import type { Result } from '../../shared/result';
/** Settings that decide how a lead is read. */
export interface LeadOptions {
	/** ISO 3166 code of the country whose people write their numbers without a country code. */
	defaultCountry?: string | undefined;
	/** Country calling code that stands beside the number in its row, such as `44` or `+44`. */
	countryCode?: string | undefined;
}

/**
 * The result of reading one raw value: the value to send (`undefined` when the raw value was empty, so
 * that the field is left out), or the reason it can't be used, a clause without the field's name. A
 * warning is one sentence that says what was assumed or is unusual.
 */
export type Reading<T> = Result<{ value: T | undefined; warning?: string }, { reason: string }>;

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
