import { describe, isEmpty, NOTHING, type Reading, refuse } from './reading';

/** The lowest and highest priority; lower is called earlier. Source: "Add leads to a campaign". */
export const PRIORITY = { min: 1, max: 1000 } as const;

/** Control characters, line and paragraph separators, and halves of a surrogate pair. */
export const UNSENDABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const BLANKS = /[\s\p{Cc}]+/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
/** What a decoder puts for bytes that are no text in its encoding. */
const LOST = '\uFFFD';
const WHOLE_NUMBER = /^\+?\d+(?:\.0+)?$/;

const YES = new Set(['true', 'yes', 'y', 'on', '1', '1.0', 'active', 'enabled']);
const NO = new Set(['false', 'no', 'n', 'off', '0', '0.0', 'inactive', 'disabled']);

/** The text of a primitive or a date; `undefined` for what has no one obvious text. */
export function toText(value: unknown): string | undefined {
	switch (typeof value) {
		case 'string':
			return value.trim();
		case 'number':
			return Number.isFinite(value) ? String(value) : undefined;
		case 'bigint':
		case 'boolean':
			return String(value);
		case 'object':
			return dateText(value);
		default:
			return undefined;
	}
}

/**
 * Any text, trimmed. Numbers, booleans and dates (ISO 8601) become text. Line breaks, tabs and other
 * control characters become one space, because the text is one line on the agent's screen.
 */
export function readText(value: unknown): Reading<string> {
	if (value === undefined || value === null) return NOTHING;
	const text = toText(value);
	if (text === undefined) return refuse('text', value);
	if (text === '') return NOTHING;
	if (!UNSENDABLE.test(text)) return withLostCharacters(text);
	const line = text
		.replace(BLANKS, (run) => (UNSENDABLE.test(run) ? ' ' : run))
		.replace(LONE_SURROGATE, LOST)
		.trim();
	return line === '' ? NOTHING : withLostCharacters(line);
}

function withLostCharacters(text: string): Reading<string> {
	if (!text.includes(LOST)) return { ok: true, value: text };
	const warning = `${describe(text)} has a ${LOST} where a character was lost. Export the list as UTF-8.`;
	return { ok: true, value: text, warning };
}

/** A whole number within `PRIORITY`, also as text (`"10"`, `"10.0"`). */
export function readPriority(value: unknown): Reading<number> {
	if (isEmpty(value)) return NOTHING;
	const number = wholeNumber(value);
	if (number === undefined || number < PRIORITY.min || number > PRIORITY.max) {
		return refuse(`a whole number from ${PRIORITY.min} to ${PRIORITY.max}`, value);
	}
	return { ok: true, value: number };
}

/** Yes or no, in any of the ways a CSV or a CRM writes it. */
export function readActive(value: unknown): Reading<boolean> {
	if (isEmpty(value)) return NOTHING;
	const word = toText(value)?.toLowerCase();
	if (word !== undefined && YES.has(word)) return { ok: true, value: true };
	if (word !== undefined && NO.has(word)) return { ok: true, value: false };
	return refuse('yes or no (true/false, 1/0, y/n, on/off)', value);
}

function wholeNumber(value: unknown): number | undefined {
	if (typeof value === 'string') {
		const text = value.trim();
		return WHOLE_NUMBER.test(text) ? Number(text) : undefined;
	}
	if (typeof value === 'bigint') return Number(value);
	return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** n8n's expressions give Luxon's `DateTime`, items that other nodes built can hold a `Date`. */
function dateText(value: object | null): string | undefined {
	if (value instanceof Date) {
		return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	}
	if (value === null || !('isLuxonDateTime' in value) || !('toISO' in value)) return undefined;
	const iso: unknown = typeof value.toISO === 'function' ? value.toISO() : undefined;
	return typeof iso === 'string' ? iso : undefined;
}
