import type { IDataObject } from 'n8n-workflow';
import type { LeadFieldName } from './leadFields';
import { isEmpty } from './reading';
import type { RawLead } from './toLead';

/** What a key of an item can stand for: a field, or a part of one. */
type Part = LeadFieldName | 'source' | 'first_name' | 'last_name';

/**
 * The names that other systems use, in the order in which they are looked at; the field's own name
 * comes before all of them. Written without case, blanks, underscores, dashes and dots, which do not
 * count. From the older Voiso API and from what HubSpot, Salesforce, Pipedrive and Zoho export.
 */
export const aliases: Readonly<Record<Part, readonly string[]>> = {
	phone_number: [
		'phonenumber',
		'phone',
		'mobilephone',
		'mobilephonenumber',
		'mobile',
		'mobilenumber',
		'cellphone',
		'cellphonenumber',
		'cell',
		'telephone',
		'telephonenumber',
		'tel',
		'contactphone',
		'contactnumber',
		'primaryphone',
		'personphone',
		'personphonework',
		'personphonemobile',
		'workphone',
		'homephone',
		'number',
	],
	name: ['name', 'contactname', 'fullname', 'leadname', 'personname', 'customername'],
	first_name: ['firstname', 'givenname', 'personfirstname'],
	last_name: ['lastname', 'surname', 'familyname', 'personlastname'],
	priority: ['priority', 'leadpriority', 'contactpriority'],
	active: ['active', 'isactive'],
	source: ['source'],
	source_system: ['sourcesystem', 'contactsource', 'leadsource', 'sourcename'],
	source_url: ['sourceurl', 'contacturl', 'leadurl', 'recordurl', 'crmurl'],
	context_headers: ['contextheaders'],
};

const MOST_SHAPES = 100;
const plans = new Map<string, Plan>();

/** For each part, the item's keys that stand for it, the one to prefer first. */
type Plan = Readonly<Record<Part, readonly string[]>>;

/**
 * Finds a lead's fields in an item by their names and aliases. Where several keys stand for one field,
 * the first that is not empty is taken: the field's own name, then the aliases in their order, and
 * keys that differ only in case, blanks or dashes in the item's order. `source` may be an object of
 * `system` and `url` or the system's name; `First Name` and `Last Name` make a name when no key gives
 * the whole one. Values are taken as they are.
 */
export function mapAutomatically(json: IDataObject): RawLead {
	const plan = planFor(json);
	const find = (part: Part): unknown => firstGiven(json, plan[part]);
	const source = find('source');
	const nested = isObject(source);
	const lead: RawLead = {
		phone_number: find('phone_number'),
		name: firstOf(find('name'), () => fullName(find('first_name'), find('last_name'))),
		priority: find('priority'),
		active: find('active'),
		source_system: firstOf(find('source_system'), () => (nested ? own(source, 'system') : source)),
		source_url: firstOf(find('source_url'), () => (nested ? own(source, 'url') : undefined)),
		context_headers: find('context_headers'),
	};
	return lead;
}

/** The keys that were planned for last: nearly always those of the next item as well. */
let last: { keys: readonly string[]; plan: Plan } | undefined;

function planFor(json: IDataObject): Plan {
	if (last === undefined || !hasKeys(json, last.keys)) {
		const keys = Object.keys(json);
		last = { keys, plan: planForShape(keys) };
	}
	return last.plan;
}

/** Whether these are the object's enumerable keys, in this order, without making a list of them. */
function hasKeys(json: IDataObject, keys: readonly string[]): boolean {
	let count = 0;
	for (const key in json) {
		if (key !== keys[count] || !Object.hasOwn(json, key)) return false;
		count++;
	}
	return count === keys.length;
}

function planForShape(keys: string[]): Plan {
	const shape = JSON.stringify(keys);
	const known = plans.get(shape);
	if (known !== undefined) return known;
	if (plans.size >= MOST_SHAPES) plans.clear();
	const plan = makePlan(keys);
	plans.set(shape, plan);
	return plan;
}

const places = new Map<string, { part: Part; rank: number }>();
for (const part of Object.keys(aliases) as Part[]) {
	aliases[part].forEach((alias, rank) => places.set(alias, { part, rank }));
}

function makePlan(keys: string[]): Plan {
	const found = new Map<Part, Array<{ key: string; rank: number }>>();
	for (const key of keys) {
		const place = places.get(key.toLowerCase().replace(/[\s_.\p{Pd}]+/gu, ''));
		if (place === undefined) continue;
		const rank = key === place.part ? -1 : place.rank;
		found.set(place.part, [...(found.get(place.part) ?? []), { key, rank }]);
	}
	const keysOf = (part: Part) =>
		(found.get(part) ?? []).sort((a, b) => a.rank - b.rank).map(({ key }) => key);
	return {
		phone_number: keysOf('phone_number'),
		name: keysOf('name'),
		first_name: keysOf('first_name'),
		last_name: keysOf('last_name'),
		priority: keysOf('priority'),
		active: keysOf('active'),
		source: keysOf('source'),
		source_system: keysOf('source_system'),
		source_url: keysOf('source_url'),
		context_headers: keysOf('context_headers'),
	};
}

function firstGiven(json: IDataObject, keys: readonly string[]): unknown {
	for (const key of keys) {
		const value = json[key];
		if (!isEmpty(value)) return value;
	}
	return undefined;
}

function firstOf(value: unknown, otherwise: () => unknown): unknown {
	return isEmpty(value) ? otherwise() : value;
}

/** One part alone is passed on as it is, so that a value that is no text is refused under its name. */
function fullName(first: unknown, last: unknown): unknown {
	if (isEmpty(first)) return last;
	if (isEmpty(last) || typeof first === 'object') return first;
	return typeof last === 'object' ? last : `${String(first).trim()} ${String(last).trim()}`;
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(holder: object, key: string): unknown {
	const entry = Object.entries(holder).find(([name]) => name.toLowerCase() === key);
	return entry?.[1];
}
