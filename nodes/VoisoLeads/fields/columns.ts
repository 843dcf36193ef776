import { readColumnName, type Meaning, type Part } from './columnNames';
import type { Bag } from './columnValues';
import type { LeadFieldName } from './leadFields';

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
export interface Column extends Meaning {
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
export interface Place {
	/** The keys that lead there, a dot behind each. */
	path: string;
	/** The shape that was seen last: nearly always that of the next object as well. */
	last?: { keys: readonly string[]; shape: Shape };
}

interface KnownColumn {
	column: Column | undefined;
	containerRank: number | undefined;
}

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

/** The columns of all leads of an execution, by name: what each stands for, and how many leads it gave a value. */
export class Columns {
	/** Whether there was a column for phone numbers; one such as `Number`, which can hold others, is none. */
	hasPhoneColumn = false;

	/** Where the leads themselves stand. */
	readonly items: Place = { path: '' };

	private readonly shapes = new NameCache<Shape>();

	private readonly columns = new NameCache<KnownColumn>();

	private readonly phoneKeys = new NameCache<{ rank: number | undefined }>();

	private readonly reported: Column[] = [];

	private readonly ignored = new Set<string>();

	/** The columns of an object, by its keys. */
	shapeOf(json: Bag, place: Place): Shape {
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
			// All columns have the same keys, so that V8 has one layout for them.
			const { part, rank, isPhone = false, isBare = false } = meaning;
			const column = { part, rank, isPhone, isBare, key, name, labels, leads: 0 };
			if (this.reported.length < MOST_COLUMNS) this.reported.push(column);
			return { column, containerRank };
		});
	}

	private ignore(name: string): void {
		if (this.ignored.size < MOST_REPORTED) this.ignored.add(name.slice(0, LONGEST_REPORTED));
	}

	/** The rank of `value`, `e164`, `mobile` and the like within an object under a phone column. */
	rankInPhone(key: string): number | undefined {
		const known = this.phoneKeys.get(key, () => {
			if (WITH_COUNTRY_CODE.test(key)) return { rank: -1 };
			const { meaning } = readColumnName(`phone ${key}`);
			return { rank: meaning?.part === 'phone_number' ? meaning.rank : undefined };
		});
		return known.rank;
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
}

function isPlain(value: unknown): boolean {
	return value !== undefined && value !== null && typeof value !== 'object';
}

/** Whether these are the object's enumerable keys, in this order, without making a list of them. */
function hasKeys(json: Bag, keys: readonly string[]): boolean {
	// Keys that it inherits would be among them.
	if (Object.getPrototypeOf(json) !== Object.prototype) return false;
	let count = 0;
	for (const key in json) {
		if (key !== keys[count]) return false;
		count++;
	}
	return count === keys.length;
}
