import { isEmpty, NOTHING, type Reading, refuse } from './reading';

const WEB_ADDRESS = /^https?:\/\/[^/]/i;
/**
 * What browsers drop or turn round silently, so that another address opens than the one that was read;
 * half a surrogate pair is no text at all.
 */
const UNSAFE = /[\s\p{Cc}\p{Cs}\\]/u;

/**
 * An absolute `http` or `https` address, sent as it was given. Stricter than other text because Voiso
 * opens it in the agent's browser: no other scheme, no user name or password in it, no blanks,
 * control characters or backslashes.
 */
export function readSourceUrl(value: unknown): Reading<string> {
	if (isEmpty(value)) return NOTHING;
	const address = typeof value === 'string' ? value.trim() : '';
	if (!WEB_ADDRESS.test(address)) {
		return refuse('a full address that starts with https:// or http://', value);
	}
	if (UNSAFE.test(address)) {
		return refuse('an address without blanks, control characters or backslashes', value);
	}
	if (!URL.canParse(address)) return refuse('an address that a browser can open', value);
	if (address.includes('@') && hasUser(new URL(address))) {
		return { ok: false, reason: 'must not hold a user name or password: agents see the address' };
	}
	return { ok: true, value: address };
}

function hasUser({ username, password }: URL): boolean {
	return username !== '' || password !== '';
}
