import type { IDataObject } from 'n8n-workflow';
import { Columns, type Column, type Place } from './columns';
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
import { isEmpty } from './reading';
import { NO_VALUES, type RawLead } from './toLead';

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

const NOTHING_FOUND: Readonly<Found> = {
	...NO_VALUES,
	other_phone_numbers: undefined,
	hasPhoneColumn: false,
	noPhone: undefined,
	wholeName: undefined,
	firstName: undefined,
	lastName: undefined,
};

/** Google Contacts joins several numbers of one kind by it. */
const GOOGLE_SEPARATOR = ' ::: ';
/** More than anybody has, so that a hostile list takes no time. */
const MOST_PHONES = 10;

/**
 * Finds the fields of leads by the names of their columns, see `readColumnName`. Of several columns for one
 * field, the first that holds something is taken, in the order of preference; `N/A`, `-`, `null` and the
 * like count as nothing. One object serves all leads of an execution.
 */
export class AutomaticMapping {
	readonly columns = new Columns();

	/** The values of a lead as they came, with the number to call first. */
	map(json: IDataObject): RawLead {
		const found: Found = { ...NOTHING_FOUND };
		this.collect(json, this.columns.items, found, DEEPEST);
		if (!found.hasPhoneColumn) this.collectWeakPhones(json, this.columns.items, found, DEEPEST);
		if (found.phone_number === undefined) found.phone_number = found.noPhone;
		found.name = nameOf(found);
		return found;
	}

	/** Adds what the object holds, then what the objects in it hold. */
	private collect(json: Bag, place: Place, found: Found, depth: number): void {
		const shape = this.columns.shapeOf(json, place);
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
		const shape = this.columns.shapeOf(json, place);
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
				const rank = this.columns.rankInPhone(key);
				return rank === undefined ? [] : [{ rank, entry }];
			});
			entries.sort((one, other) => one.rank - other.rank);
			for (const { entry } of entries) this.addListed(entry, found, depth - 1);
		}
	}
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
