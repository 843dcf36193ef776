import type { INodeProperties } from 'n8n-workflow';
import { idValue, readId } from '../../shared/api/ids';
import { isObject } from '../../shared/api/problem';
import type { UserId } from '../../shared/api/generated/voisoApi.types';

/** The parameter that chooses users. */
export const userIdsProperty: INodeProperties = {
	displayName: 'User Names or IDs',
	name: 'userIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getUsers' },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	hint: 'An expression can give one ID, a list of IDs, or IDs with commas between them',
};

/** A user as a parameter names it. */
export interface NamedUser {
	/** The ID as it is compared: Voiso gives the same one as number or text, in capitals or not. */
	key: string;
	/** The ID as it is sent. */
	id: UserId;
}

export type UserIdsReading = { ok: true; users: NamedUser[] } | { ok: false; wrong: string };

const SEPARATORS = /[\s,;]+/;

/**
 * Reads the users that a parameter names: an ID or several in a text, a number, a list of such, or of
 * users as Voiso gives them. Each user comes once. Without a value there are none.
 */
export function readUserIds(value: unknown): UserIdsReading {
	const users = new Map<string, NamedUser>();
	for (const part of flatten(value)) {
		const id = readId(part);
		if (id === undefined) {
			return { ok: false, wrong: typeof part === 'string' ? part : JSON.stringify(part) };
		}
		const user = toUser(id);
		if (!users.has(user.key)) users.set(user.key, user);
	}
	return { ok: true, users: [...users.values()] };
}

/** The ID of a user in an answer, for comparing. */
export function userKey(id: UserId): string {
	return toUser(readId(id) ?? '').key;
}

/** Voiso numbers its users in one place and gives them UUIDs in another; the two cannot be compared. */
export function isSameKind(key: string, otherKey: string): boolean {
	return isNumeric(key) === isNumeric(otherKey);
}

function toUser(id: string): NamedUser {
	return { key: id.toLowerCase(), id: idValue(id) };
}

function isNumeric(text: string): boolean {
	return /^\d+$/.test(text);
}

function flatten(value: unknown): unknown[] {
	if (value === null || value === undefined) return [];
	if (Array.isArray(value)) return value.flatMap(flatten);
	if (isObject(value) && 'id' in value) return flatten(value.id);
	if (typeof value !== 'string') return [value];
	const text = value.trim();
	const list = text.startsWith('[') ? parseList(text) : undefined;
	return list ? list.flatMap(flatten) : text.split(SEPARATORS).filter((part) => part !== '');
}

/** A list that was put into a text, as expressions and AI agents do. */
function parseList(text: string): unknown[] | undefined {
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}
