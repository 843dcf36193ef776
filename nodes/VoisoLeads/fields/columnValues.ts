import { isObject } from '../../shared/api/problem';
import { toText } from './values';

/** An object of the input. */
export type Bag = Readonly<Record<string, unknown>>;

/** How deep lists and objects within each other are looked into. */
export const DEEPEST = 4;

/** What stands for no value in exports: nothing but marks, `N/A`, `null`, `-None-`, `[not provided]`, `#REF!`, … */
const NO_VALUE =
	/^[^\p{L}\p{N}]*(?:[Nn]\/[Aa]|[Nn]\.[Aa]|NA|null|NULL|[Nn]one|NONE|nil|NIL|nan|NaN|NAN|undefined|[Uu]nknown|UNKNOWN|[Nn]ot (?:[Aa]vailable|[Pp]rovided|[Ss]et|[Gg]iven)|[Nn]o [Nn]ame|[Kk]\. ?[Aa]|[Kk]eine Angabe|[Uu]nbekannt|[Ii]nconnue?|[Dd]esconocid[ao]|[Dd]esconhecid[ao]|[Ss]conosciut[ao]|[Oo]nbekend|[Nn]ieznan[ey]|TBD)?[^\p{L}\p{N}]*$|^#[A-Z0-9/]+[!?]$|^\((?:blank|empty)\)$/u;

const LONGEST_NO_VALUE = 30;

const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isDigit = (code: number) => code >= 49 && code <= 57;
/** The characters of ASCII with which something that stands for nothing can begin: N/A, unknown, -, … */
const SUSPECT = new Set(Array.from('nNuUkKiIdDsSoOT', (letter) => letter.charCodeAt(0)));

/** Whether a value says something. */
export function isGiven(value: unknown): boolean {
	if (typeof value !== 'string') return value !== undefined && value !== null;
	const first = value.charCodeAt(0);
	if (isDigit(first) || (isLetter(first) && !SUSPECT.has(first))) return true;
	return value.length > LONGEST_NO_VALUE || !NO_VALUE.test(value);
}

/** A name has a letter at least, as against Shopify's `#1001`. */
export function isName(value: unknown): value is string {
	return (
		typeof value === 'string' &&
		(isLetter(value.charCodeAt(0)) || /\p{L}/u.test(value)) &&
		isGiven(value)
	);
}

/** Whether it can be a phone number at all; a zero is none. */
export function hasDigits(value: unknown): boolean {
	if (typeof value === 'string') {
		const first = value.charCodeAt(value.startsWith('+') ? 1 : 0);
		return isDigit(first) || /[1-9]|(?=[^\0-\x7F])\p{N}/u.test(value);
	}
	return (typeof value === 'number' || typeof value === 'bigint') && Number(value) !== 0;
}

/** The value itself; of a list its first, of `{ value }` that one; of other objects nothing, unless they are dates. */
export function plainValue(value: unknown, depth = DEEPEST): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (depth === 0) return undefined;
	if (Array.isArray(value)) {
		for (const entry of value) {
			const first = plainValue(entry, depth - 1);
			if (isGiven(first)) return first;
		}
		return undefined;
	}
	if (toText(value) !== undefined) return value;
	return plainValue(ownValue(value, VALUE_KEYS), depth - 1);
}

const NAME_KEYS = ['name', 'key', 'label', 'field', 'title', 'question'];
const VALUE_KEYS = ['value', 'values', 'VALUE', 'answer'];

function ownValue(holder: object, keys: readonly string[]): unknown {
	const key = keys.find((each) => Object.hasOwn(holder, each));
	return key === undefined ? undefined : Reflect.get(holder, key);
}

/** An object's fields; a list of names and values, as in Meta's `field_data`, becomes one. */
export function fieldsOf(value: unknown): Bag | undefined {
	if (isObject(value)) return value;
	if (!Array.isArray(value)) return undefined;
	const entries = value.flatMap((entry): Array<[string, unknown]> => {
		const name = isObject(entry) ? ownValue(entry, NAME_KEYS) : undefined;
		return typeof name === 'string' ? [[name, ownValue(entry, VALUE_KEYS)]] : [];
	});
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Whether this is, or says that it is, the number of a fax or a pager. */
export function isForMachines(value: unknown): boolean {
	if (typeof value === 'string') return /fax|pager/i.test(value);
	return (
		isObject(value) &&
		Object.values(value).some((each) => typeof each === 'string' && isForMachines(each))
	);
}

const PRIMARY_KEY = /^(?:is_?)?(?:primary|default|preferred|main)$/i;
const YES = new Set<unknown>([true, 1, '1', 'true', 'Y', 'yes']);

/** Whether an entry of a list is marked as the main one; Google keeps the mark in `metadata`. */
export function isPrimary(entry: unknown): boolean {
	if (!isObject(entry)) return false;
	const marks = isObject(entry.metadata) ? { ...entry, ...entry.metadata } : entry;
	return Object.entries(marks).some(([key, value]) => YES.has(value) && PRIMARY_KEY.test(key));
}
