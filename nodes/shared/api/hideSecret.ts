import type { HttpResult } from './http';

/** A shorter one is a word that can stand in a text for other reasons. */
const MIN_SECRET_TO_HIDE = 6;
/** A shorter part of base64 is one, too. */
const MIN_BASE64_TO_HIDE = 8;
const HIDDEN = '***';
const ENTITIES: ReadonlyMap<string, string> = new Map([
	['&', 'amp'],
	['<', 'lt'],
	['>', 'gt'],
	['"', 'quot'],
	["'", 'apos'],
	['+', 'plus'],
	['/', 'sol'],
	['=', 'equals'],
]);

/**
 * Makes a function that hides a secret in the text of a response or an event, before anybody reads it: in names
 * and values, and however it is written there: as it is, with JSON's escapes (`\/`, `\u002b`, or escaped again
 * within a text), percent-encoded, as HTML entities, in hexadecimal, or in base64.
 */
export function secretHider(secret: string): (text: string) => string {
	if (secret.length < MIN_SECRET_TO_HIDE) return (text) => text;
	const bytes = Buffer.from(secret).toString('hex');
	const written = [Array.from(secret, charPattern).join(''), bytes, ...base64Patterns(secret)];
	const pattern = new RegExp(written.join('|'), 'gi');
	return (text) => text.replace(pattern, HIDDEN);
}

/** A result whose text doesn't hold the key. */
export function withoutKey(result: HttpResult, hide: (text: string) => string): HttpResult {
	if (result.kind === 'networkError') {
		return result.reason === undefined ? result : { ...result, reason: hide(result.reason) };
	}
	return result.body === undefined ? result : { ...result, body: hide(result.body) };
}

/** All that may stand for one character. Quantifiers have limits, so that no text makes this slow. */
function charPattern(char: string): string {
	const code = char.codePointAt(0) ?? 0;
	const units = char.split('').map((unit) => `u${hex(unit.charCodeAt(0), 4)}`);
	const bytes = Array.from(Buffer.from(char), (byte) => `%(?:25){0,3}${hex(byte, 2)}`);
	const name = ENTITIES.get(char);
	const named = name === undefined ? '' : `|${name}`;
	// Escaped again, the & of an entity is one.
	const entity = `&(?:amp;){0,3}(?:#x0{0,6}${hex(code, 2)}|#0{0,6}${code}${named});`;
	const json = `\\\\{0,7}(?:${escaped(char)}|${units.join('\\\\{0,7}')})`;
	return `(?:${json}|${bytes.join('')}|${entity})`;
}

function hex(number: number, digits: number): string {
	return number.toString(16).padStart(digits, '0');
}

/** Base64 writes a text in three ways, by where it begins in a longer one. What depends on its neighbors is left out. */
function base64Patterns(secret: string): string[] {
	return [0, 1, 2]
		.map((shift) => {
			const bytes = Buffer.from('\0'.repeat(shift) + secret);
			const end = Math.floor((bytes.length * 4) / 3);
			return bytes.toString('base64').slice(Math.ceil((shift * 4) / 3), end);
		})
		.filter(({ length }) => length >= MIN_BASE64_TO_HIDE)
		.map((base64) => base64.replaceAll('+', '[+-]').replaceAll('/', '(?:\\\\{0,7}/|_)'));
}

function escaped(char: string): string {
	return char.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
