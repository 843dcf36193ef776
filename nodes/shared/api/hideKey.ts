import type { HttpResult } from './http';

/** A shorter key is a word that can stand in a response for other reasons. */
const MIN_KEY_TO_HIDE = 6;
/** A shorter part of base64 is one, too. */
const MIN_BASE64_TO_HIDE = 8;
const HIDDEN = '***';

/**
 * Makes a function that hides an API key in the text of a response, before anybody reads it: in names and
 * values, and however the key is written there: as it is, with JSON's escapes (`\/`, `\u002b`, or escaped
 * again within a text), percent-encoded, as HTML entities, or in base64.
 */
export function keyHider(key: string): (text: string) => string {
	if (key.length < MIN_KEY_TO_HIDE) return (text) => text;
	const written = [Array.from(key, charPattern).join(''), ...base64Patterns(key)];
	const pattern = new RegExp(written.join('|'), 'gi');
	return (text) => text.replace(pattern, HIDDEN);
}

/** A result whose text doesn't hold the key. */
export function withoutKey(result: HttpResult, hideKey: (text: string) => string): HttpResult {
	if (result.kind === 'networkError') {
		return result.reason === undefined ? result : { ...result, reason: hideKey(result.reason) };
	}
	return result.body === undefined ? result : { ...result, body: hideKey(result.body) };
}

/** All that may stand for one character. Quantifiers have limits, so that no text makes this slow. */
function charPattern(char: string): string {
	const hex = char.charCodeAt(0).toString(16).padStart(2, '0');
	const entity = `&#(?:x0{0,6}${hex}|0{0,6}${char.charCodeAt(0)});`;
	return `(?:\\\\{0,7}(?:${escaped(char)}|u00${hex})|%(?:25){0,3}${hex}|${entity})`;
}

/** Base64 writes a text in three ways, by where it begins in a longer one. What depends on its neighbors is left out. */
function base64Patterns(key: string): string[] {
	return [0, 1, 2]
		.map((shift) => {
			const bytes = Buffer.from('\0'.repeat(shift) + key);
			const end = Math.floor((bytes.length * 4) / 3);
			return bytes.toString('base64').slice(Math.ceil((shift * 4) / 3), end);
		})
		.filter(({ length }) => length >= MIN_BASE64_TO_HIDE)
		.map((base64) => base64.replaceAll('+', '[+-]').replaceAll('/', '(?:\\\\{0,7}/|_)'));
}

function escaped(char: string): string {
	return char.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
