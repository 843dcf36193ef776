/** The API key as it is sent, or why the text entered cannot be one. */
export type ApiKey = { ok: true; key: string } | { ok: false; reason: string };

/**
 * Reads the key of a credential. Copying one often takes along a line break, or the word that stands
 * before it in an `Authorization` header.
 */
export function readApiKey(entered: unknown): ApiKey {
	const key = typeof entered === 'string' ? entered.trim().replace(/^bearer\s+/i, '') : '';
	if (key === '') return { ok: false, reason: 'The API key is empty' };
	if (!/^[\x21-\x7e]+$/.test(key)) {
		return { ok: false, reason: 'The API key holds a space or a letter that no key has' };
	}
	return { ok: true, key };
}

/** What to do about a key that cannot be used. */
export const API_KEY_REMEDY =
	'Copy the key from Voiso into the Voiso API credential once more. A Voiso administrator can make a new one.';
