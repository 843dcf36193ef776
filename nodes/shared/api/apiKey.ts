import type { Result } from '../result';
import { API_KEY } from './messages';

/** The API key as it is sent, or why the text entered can't be one. */
export type ApiKey = Result<{ key: string }, { reason: string }>;

/**
 * Reads the key of a credential. Copying one often takes along a line break, or the word that stands
 * before it in an `Authorization` header.
 */
export function readApiKey(entered: unknown): ApiKey {
	const key = typeof entered === 'string' ? entered.trim().replace(/^bearer\s+/i, '') : '';
	if (key === '') return { ok: false, reason: API_KEY.empty };
	if (!/^[\x21-\x7e]+$/.test(key)) return { ok: false, reason: API_KEY.unsupportedCharacter };
	return { ok: true, key };
}
