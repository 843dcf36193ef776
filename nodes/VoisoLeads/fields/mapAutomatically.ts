import type { IDataObject } from 'n8n-workflow';
import { readColumnName, type Meaning, type Part } from './columnNames';
import {
	type Bag,
	DEEPEST,
	fieldsOf,
	hasDigits,
	isForMachines,
	isGiven,
	isName,
	isPrimary,
	plainValue,
} from './columnValues';
import type { LeadFieldName } from './leadFields';
import { isEmpty } from './reading';
import type { RawLead } from './toLead';

/** What automatic mapping did with the columns of all leads. */
export interface MappingReport {
	/** The columns that gave values, by field; those of one field as they are preferred. */
	used: MappedColumn[];
	/** The columns that gave none, in the order in which they came; at most a hundred. */
	ignored: string[];
}

/** For example `{ field: 'phone_number', column: 'Mobile', leads: 2310 }`. */
export interface MappedColumn {
	/** Several columns can be parts of one name. */
	field: LeadFieldName | 'country_code';
	/** The column's name; within a nested object as in `billing.phone`. */
	column: string;
	/** How many leads it gave a value. */
	leads: number;
}

/** A column that stands for something. */
interface Column extends Meaning {
	/** The key in the object that it stands in. */
	key: string;
	/** With the keys of the objects around it. */
	name: string;
	leads: number;
	/** The keys that say what kind of number this is, as beside Google's `Phone 1 - Value`. */
	labels: readonly string[] | undefined;
}

/** An object of the input by its keys: the columns for each part, the one to prefer first. */
type Shape = Record<Part, Column[]> & {
	/** Nested objects to look into. */
	containers: Array<{ key: string; place: Place }>;
};

/** Where objects stand: the items themselves, or what is under one key of theirs. */
interface Place {
	/** The keys that lead there, a dot behind each. */
	path: string;
	/** The shape that was seen last: nearly always that of the next object as well. */
	last?: { keys: readonly string[]; shape: Shape };
}

interface KnownColumn {
	column: Column | undefined;
	containerRank: number | undefined;
}

/** What was found of one lead so far. */
interface Found extends RawLead {
	other_phone_numbers: unknown[] | undefined;
	hasPhoneColumn: boolean;
	/** What a phone column holds instead of a number. */
	noPhone: unknown;
	wholeName: FoundName | undefined;
	firstName: FoundName | undefined;
	lastName: FoundName | undefined;
}

interface FoundName {
	text: string;
	column: Column;
}

/** All in one literal: fields that are added one by one take room and time of their own. */
const nothingFound = (): Found => ({
	phone_number: undefined,
	other_phone_numbers: undefined,
	country_code: undefined,
	name: undefined,
	priority: undefined,
	active: undefined,
	source_system: undefined,
	source_url: undefined,
	context_headers: undefined,
	hasPhoneColumn: false,
	noPhone: undefined,
	wholeName: undefined,
	firstName: undefined,
	lastName: undefined,
});

/** Each part and the field that it is of. */
export const FIELD_OF: Readonly<Record<Part, MappedColumn['field']>> = {
	phone_number: 'phone_number',
	weak_phone_number: 'phone_number',
	country_code: 'country_code',
	name: 'name',
	first_name: 'name',
	last_name: 'name',
	priority: 'priority',
	active: 'active',
	source_system: 'source_system',
	source_url: 'source_url',
	context_headers: 'context_headers',
};
const PARTS = Object.keys(FIELD_OF) as Part[];

/** Keys of a number in full, within an object that has it in other forms too. */
const WITH_COUNTRY_CODE = /e\.?164|canonical|sanitized|international(?!.*(?:code|prefix))/i;
const MOST_REPORTED = 100;
const LONGEST_REPORTED = 100;
const MOST_CONTAINERS = 20;
/** Google Contacts joins several numbers of one kind by it. */
const GOOGLE_SEPARATOR = ' ::: ';
/** More than anybody has, so that a hostile list takes no time. */
const MOST_PHONES = 10;
const MOST_COLUMNS = 1000;

/** What is kept by name for one execution; bounded, so that endless names don't fill the memory. */
class NameCache<Value> {
	private static readonly mostEntries = 2000;

	private static readonly mostCharacters = 500_000;

	private static readonly longestName = 20_000;

	private readonly values = new Map<string, Value>();

	private characters = 0;

	/** The value kept for the name, else a new one. */
	get(name: string, make: () => Value): Value {
		const known = this.values.get(name);
		if (known !== undefined) return known;
		const value = make();
		if (name.length > NameCache.longestName) return value;
		this.characters += name.length;
		if (this.values.size >= NameCache.mostEntries || this.characters > NameCache.mostCharacters) {
			this.values.clear();
			this.characters = name.length;
		}
		this.values.set(name, value);
		return value;
	}
}

/**
 * Finds the fields of leads by the names of their columns, see `readColumnName`. Of several columns for one
 * field, the first that holds something is taken, in the order of preference; `N/A`, `-`, `null` and the
 * like count as nothing. One object serves all leads of an execution.
 */
export class AutomaticMapping {
	/** Whether there was a column for phone numbers; one such as `Number`, which can hold others, is none. */
	hasPhoneColumn = false;

	private readonly items: Place = { path: '' };

	private readonly shapes = new NameCache<Shape>();

	private readonly columns = new NameCache<KnownColumn>();

	private readonly phoneKeys = new NameCache<{ rank: number | undefined }>();

	private readonly reported: Column[] = [];

	private readonly ignored = new Set<string>();

	/** The values of a lead as they came, with the number to call first. */
	map(json: IDataObject): RawLead {
		const found = nothingFound();
		this.collect(json, this.items, found, DEEPEST);
		if (!found.hasPhoneColumn) this.collectWeakPhones(json, this.items, found, DEEPEST);
		if (found.phone_number === undefined) found.phone_number = found.noPhone;
		found.name = nameOf(found);
		return found;
	}

	/** What was done with the columns so far. */
	report(): MappingReport {
		const used = new Map<string, MappedColumn>();
		const ignored = new Set(this.ignored);
		const columns = [...this.reported].sort(
			(one, other) => PARTS.indexOf(one.part) - PARTS.indexOf(other.part) || one.rank - other.rank,
		);
		for (const { part, name: column, leads } of columns) {
			const key = `${part} ${column}`;
			const before = used.get(key)?.leads ?? 0;
			if (leads > 0) used.set(key, { field: FIELD_OF[part], column, leads: before + leads });
			else ignored.add(column);
		}
		return { used: [...used.values()], ignored: [...ignored].slice(0, MOST_REPORTED) };
	}

	/** Adds what the object holds, then what the objects in it hold. */
	private collect(json: Bag, place: Place, found: Found, depth: number): void {
		const shape = this.shapeOf(json, place);
		if (shape.phone_number.length > 0) found.hasPhoneColumn = true;
		for (const column of shape.phone_number) this.addPhones(json, column, found);
		found.wholeName ??= nameIn(json, shape.name);
		if (found.wholeName === undefined || found.wholeName.column.isBare) {
			found.firstName ??= nameIn(json, shape.first_name);
			found.lastName ??= nameIn(json, shape.last_name);
		}
		found.country_code ??= firstIn(json, shape.country_code);
		found.priority ??= firstIn(json, shape.priority);
		found.active ??= firstIn(json, shape.active);
		found.source_system ??= firstIn(json, shape.source_system);
		found.source_url ??= firstIn(json, shape.source_url);
		found.context_headers ??= firstIn(json, shape.context_headers);
		if (depth === 0) return;
		for (const { key, place: inner } of shape.containers) {
			const nested = fieldsOf(json[key]);
			if (nested !== undefined) this.collect(nested, inner, found, depth - 1);
		}
	}

	/** Adds what columns such as `Number` hold. */
	private collectWeakPhones(json: Bag, place: Place, found: Found, depth: number): void {
		const shape = this.shapeOf(json, place);
		for (const column of shape.weak_phone_number) this.addPhones(json, column, found);
		if (depth === 0) return;
		for (const { key, place: inner } of shape.containers) {
			const nested = fieldsOf(json[key]);
			if (nested !== undefined) this.collectWeakPhones(nested, inner, found, depth - 1);
		}
	}

	private addPhones(json: Bag, column: Column, found: Found): void {
		const value = json[column.key];
		if (column.labels?.some((label) => isForMachines(json[label]))) return;
		const isFirst = found.phone_number === undefined;
		if (typeof value === 'object' && value !== null) this.addListed(value, found, DEEPEST);
		else if (typeof value === 'string' && value.includes(GOOGLE_SEPARATOR)) {
			for (const each of value.split(GOOGLE_SEPARATOR)) addPhone(each, found);
		} else addPhone(value, found);
		if (isFirst && found.phone_number !== undefined) column.leads++;
	}

	/** The numbers of a list or an object under a phone column; those that are marked as primary first. */
	private addListed(value: unknown, found: Found, depth: number): void {
		if (typeof value !== 'object' || value === null) addPhone(value, found);
		else if (depth > 0 && Array.isArray(value)) {
			const entries = value.filter((entry) => !isForMachines(entry));
			const others = entries.filter((entry) => !isPrimary(entry));
			for (const entry of [...entries.filter(isPrimary), ...others])
				this.addListed(entry, found, depth - 1);
		} else if (depth > 0) {
			const entries = Object.entries(value).flatMap(([key, entry]) => {
				const rank = this.rankInPhone(key);
				return rank === undefined ? [] : [{ rank, entry }];
			});
			entries.sort((one, other) => one.rank - other.rank);
			for (const { entry } of entries) this.addListed(entry, found, depth - 1);
		}
	}

	/** The rank of `value`, `e164`, `mobile` and the like within an object under a phone column. */
	private rankInPhone(key: string): number | undefined {
		const known = this.phoneKeys.get(key, () => {
			if (WITH_COUNTRY_CODE.test(key)) return { rank: -1 };
			const { meaning } = readColumnName(`phone ${key}`);
			return { rank: meaning?.part === 'phone_number' ? meaning.rank : undefined };
		});
		return known.rank;
	}

	private shapeOf(json: Bag, place: Place): Shape {
		const { last } = place;
		if (last !== undefined && hasKeys(json, last.keys)) return last.shape;
		const keys = Object.keys(json);
		const name = place.path + JSON.stringify(keys);
		const shape = this.shapes.get(name, () => this.newShape(json, keys, place.path));
		place.last = { keys, shape };
		return shape;
	}

	private newShape(json: Bag, keys: readonly string[], path: string): Shape {
		const shape: Shape = {
			phone_number: [],
			weak_phone_number: [],
			country_code: [],
			name: [],
			first_name: [],
			last_name: [],
			priority: [],
			active: [],
			source_system: [],
			source_url: [],
			context_headers: [],
			containers: [],
		};
		const containers: Array<{ key: string; rank: number }> = [];
		for (const key of keys) {
			const { column, containerRank: rank } = this.columnFor(path, key);
			if (column !== undefined) shape[column.part].push(column);
			if (rank !== undefined && containers.length < MOST_CONTAINERS) containers.push({ key, rank });
			// `Contact` and the like: a column where it holds no object.
			if (column === undefined && isPlain(json[key])) this.ignore(path + key);
		}
		containers.sort((one, other) => one.rank - other.rank);
		for (const { key } of containers) {
			shape.containers.push({ key, place: { path: `${path}${key}.` } });
		}
		for (const part of PARTS) shape[part].sort((one, other) => one.rank - other.rank);
		if (shape.phone_number.length > 0 || shape.weak_phone_number.some(({ isPhone }) => isPhone)) {
			this.hasPhoneColumn = true;
		}
		return shape;
	}

	private columnFor(path: string, key: string): KnownColumn {
		const name = path + key;
		return this.columns.get(name, () => {
			const { meaning, containerRank } = readColumnName(name);
			if (meaning === undefined) {
				if (containerRank === undefined) this.ignore(name);
				return { column: undefined, containerRank };
			}
			const labels = key.endsWith(' - Value')
				? [key.replace(/Value$/, 'Label'), key.replace(/Value$/, 'Type')]
				: undefined;
			const column = { ...meaning, key, name, labels, leads: 0 };
			if (this.reported.length < MOST_COLUMNS) this.reported.push(column);
			return { column, containerRank };
		});
	}

	private ignore(name: string): void {
		if (this.ignored.size < MOST_REPORTED) this.ignored.add(name.slice(0, LONGEST_REPORTED));
	}
}

function isPlain(value: unknown): boolean {
	return value !== undefined && value !== null && typeof value !== 'object';
}

/** Whether these are the object's enumerable keys, in this order, without making a list of them. */
function hasKeys(json: Bag, keys: readonly string[]): boolean {
	let count = 0;
	for (const key in json) {
		if (key !== keys[count] || !Object.hasOwn(json, key)) return false;
		count++;
	}
	return count === keys.length;
}

function addPhone(value: unknown, found: Found): void {
	if (!hasDigits(value)) {
		if (!isEmpty(value) && typeof value !== 'object') found.noPhone ??= value;
	} else if (found.phone_number === undefined) found.phone_number = value;
	else if (found.other_phone_numbers === undefined) found.other_phone_numbers = [value];
	else if (found.other_phone_numbers.length < MOST_PHONES) found.other_phone_numbers.push(value);
}

/** The first value that is given, as it came. */
function firstIn(json: Bag, columns: readonly Column[]): unknown {
	for (const column of columns) {
		const value =
			column.part === 'context_headers' ? json[column.key] : plainValue(json[column.key]);
		if (!isGiven(value)) continue;
		column.leads++;
		return value;
	}
	return undefined;
}

function nameIn(json: Bag, columns: readonly Column[]): FoundName | undefined {
	for (const column of columns) {
		const text = plainValue(json[column.key]);
		if (isName(text)) return { text, column };
	}
	return undefined;
}

/**
 * The whole name, or the first and the last one. Where only one of these stands beside a bare `Name`, that
 * is the other one, as in Bitrix24's `NAME` and `LAST_NAME` or in `Vorname` and `Name`, unless it holds both.
 */
function nameOf({ wholeName: name, firstName: first, lastName: last }: Found): string | undefined {
	if (name === undefined) return joined(first, last);
	const part = first ?? last;
	const isWhole = !name.column.isBare || part === undefined || (first && last);
	if (isWhole || name.text.toLowerCase().includes(part.text.trim().toLowerCase()))
		return joined(name);
	return first === undefined ? joined(name, last) : joined(first, name);
}

function joined(first: FoundName | undefined, last?: FoundName): string | undefined {
	if (first !== undefined) first.column.leads++;
	if (last !== undefined) last.column.leads++;
	if (first === undefined || last === undefined) return (first ?? last)?.text;
	return `${first.text.trim()} ${last.text.trim()}`;
}
