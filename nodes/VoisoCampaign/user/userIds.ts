import type { INodeProperties } from 'n8n-workflow';
import { idValue, readId } from '../../shared/api/ids';
import { isObject } from '../../shared/api/problem';
import type { UserId } from '../../shared/api/generated/voisoApi.types';
import type { Result } from '../../shared/result';
import { toText } from '../../shared/text';

/** The parameter that selects users. */
export const userIdsProperty: INodeProperties = {
	displayName: 'User Names or IDs',
	name: 'userIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getUsers' },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	hint: 'Expressions can return IDs or email addresses: one, an array, or a comma-separated list',
	builderHint: {
		propertyHint:
			"IDs, e.g. ['1', '4'], or email addresses: expr('{{ $json.email }}'). A user's name isn't an ID. Operation getAll of this resource lists the users of a campaign.",
	},
};

/** A user as a parameter names it. */
export interface NamedUser {
	/** The ID as it is compared: Voiso gives the same one as number or text, in capitals or not. */
	key: string;
	/** The ID as it is sent. */
	id: UserId;
}

/** A user, or an email address whose user is still to be looked up. */
export type UserReference = NamedUser | { email: string };

export type UserIdsReading = Result<
	{ references: UserReference[] },
	/** What is neither an ID nor an email address. */
	{ wrong: string }
>;

const SEPARATORS = /[,;\n]/;
const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+$/;
/** The fields of an object that say which user it is, the most certain one first. */
const ID_FIELDS = ['id', 'user_id', 'email'] as const;

/**
 * Reads the users that a parameter names: an ID or email address, several in a text, a number, an array of
 * such, or of users as Voiso and this node give them. Each comes once. Without a value there are none.
 */
export function readUserIds(value: unknown): UserIdsReading {
	const references = new Map<string, UserReference>();
	for (const part of flatten(value)) {
		const read = readPart(part);
		if (!read) return { ok: false, wrong: toText(part) };
		for (const reference of read) {
			const key = 'email' in reference ? reference.email : reference.key;
			if (!references.has(key)) references.set(key, reference);
		}
	}
	return { ok: true, references: [...references.values()] };
}

/** The user of an ID, however it is written. */
export function toUser(id: string): NamedUser {
	return { key: id.toLowerCase(), id: idValue(id) };
}

/** Voiso numbers its users in one place and gives them UUIDs in another; the two can't be compared. */
export function isSameKind(key: string, otherKey: string): boolean {
	return isNumeric(key) === isNumeric(otherKey);
}

function isNumeric(key: string): boolean {
	return /^\d+$/.test(key);
}

/** A number, or the users between two commas: IDs need no more than spaces between them. */
function readPart(part: unknown): UserReference[] | undefined {
	const words = typeof part === 'string' ? part.split(/\s+/).filter((word) => word !== '') : [part];
	const references = words.map((word): UserReference | undefined => {
		const id = readId(word);
		if (id !== undefined) return toUser(id);
		return typeof word === 'string' && EMAIL.test(word) ? { email: word.toLowerCase() } : undefined;
	});
	const found = references.filter((reference) => reference !== undefined);
	return found.length === references.length ? found : undefined;
}

function flatten(value: unknown): unknown[] {
	if (value === null || value === undefined) return [];
	if (Array.isArray(value)) return value.flatMap(flatten);
	const field = isObject(value) ? ID_FIELDS.find((name) => name in value) : undefined;
	if (isObject(value) && field) return flatten(value[field]);
	if (typeof value !== 'string') return [value];
	const list = parseList(value.trim());
	return list
		? list.flatMap(flatten)
		: value.split(SEPARATORS).filter((part) => part.trim() !== '');
}

/** An array that was put into a text, as expressions and AI agents do. */
function parseList(text: string): unknown[] | undefined {
	if (!text.startsWith('[')) return undefined;
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}
