import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { AutomaticMapping } from '../../../nodes/VoisoLeads/fields/mapAutomatically.ts';
import { toLead } from '../../../nodes/VoisoLeads/fields/toLead.ts';
import { AUTOMATICALLY } from './sent.mts';

/** What is found in an item under the names of fields. */
function found(json: IDataObject) {
	const raw = new AutomaticMapping().map(json);
	const { phone_number, country_code, name, priority, active } = raw;
	const { source_system, source_url, context_headers, other_phone_numbers } = raw;
	const fields = { phone_number, country_code, name, priority, active, source_system, source_url };
	const all = { ...fields, context_headers, other_phone_numbers };
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const read = (json: IDataObject) => toLead(new AutomaticMapping().map(json), {}, AUTOMATICALLY);

describe('several columns for one field', () => {
	it('takes the better name, wherever it stands, and keeps the others to try', () => {
		const expected = { phone_number: '1', other_phone_numbers: ['2', '3'] };
		expect(found({ phone: '3', phone_number: '1', Mobile: '2' })).toEqual(expected);
		expect(found({ Mobile: '2', phone_number: '1', phone: '3' })).toEqual(expected);
	});

	it('takes the item’s order for names that mean the same', () => {
		expect(found({ PHONE: '1', Phone: '2' }).phone_number).toBe('1');
		expect(found({ Phone: '2', PHONE: '1' }).phone_number).toBe('2');
	});

	it.each([null, '', '  ', 'N/A', 'n/a', '#N/A', '-', '—', 'null', 'None', '-None-', 'unknown'])(
		'passes over %j',
		(empty) => {
			const json = {
				Name: empty,
				'Customer Name': 'Ada',
				Priority: empty,
				'Lead Priority': 5,
				Source: 'web',
				'Lead Source': empty,
				phone_number: empty,
				Phone: '1',
			};
			expect(found(json)).toEqual({
				phone_number: '1',
				name: 'Ada',
				priority: 5,
				source_system: 'web',
			});
		},
	);

	it.each([
		'NA',
		'undefined',
		'[not provided]',
		'(blank)',
		'#REF!',
		'k.A.',
		'Unbekannt',
		'?',
		'#1001',
	])('takes %j for no name', (empty) => {
		expect(found({ 'Full Name': empty, 'First Name': 'Ada' })).toEqual({ name: 'Ada' });
		expect(found({ Name: empty })).toEqual({});
	});

	it.each([
		'Na',
		'Null',
		'No',
		'Nan',
		'Nona Ne',
		'李',
		'Ørsted',
		"O'Neil",
		'Unknown Pleasures Inc',
	])('takes %j for a name', (name) => {
		expect(found({ Name: name })).toEqual({ name });
	});

	it('does not pass over false and 0', () => {
		const json = { active: false, isActive: true, priority: 0, 'Lead Priority': 5 };
		expect(found(json)).toEqual({ active: false, priority: 0 });
	});

	it('keeps what stands instead of a number, for the reason', () => {
		expect(found({ Mobile: 'N/A', Phone: '' })).toEqual({ phone_number: 'N/A' });
		expect(read({ Phone: 'ask Bob' })).toMatchObject({ phone: 'ask Bob' });
	});
});

describe('a number that can’t be used', () => {
	it('gives way to another one, with a warning', () => {
		expect(read({ Mobile: '1.20256E+10', Phone: '12', 'Home Phone': '+12025550143' })).toEqual({
			lead: { phone_number: '12025550143' },
			warning: expect.stringContaining('1.20256E+10'),
		});
	});

	it('is named when no other can be used', () => {
		expect(read({ Mobile: '1.20256E+10', Phone: '12' })).toMatchObject({
			phone: '1.20256E+10',
			reason: expect.stringContaining('1.20256E+10'),
		});
	});
});

describe('a weak name', () => {
	it('counts only where there is no better one', () => {
		expect(found({ number: '10450002', phone: '' })).toEqual({});
		expect(found({ number: '10450002', billing: { phone: '+12025550143' } })).toEqual({
			phone_number: '+12025550143',
		});
		expect(found({ number: '12025550143' })).toEqual({ phone_number: '12025550143' });
		expect(found({ contact: '12025550143', id: 1 })).toEqual({ phone_number: '12025550143' });
	});

	it('is no column for phone numbers', () => {
		const mapping = new AutomaticMapping();
		mapping.map({ number: '12025550143' });
		expect(mapping.columns.hasPhoneColumn).toBe(false);
		mapping.map({ number: '12025550143', phone: '' });
		expect(mapping.columns.hasPhoneColumn).toBe(true);
	});
});

it('a name that speaks of a phone is a column for phone numbers, if a weak one', () => {
	const mapping = new AutomaticMapping();
	expect(mapping.map({ 'Store Phone': '1', Phone: '' }).phone_number).toBeUndefined();
	const only = new AutomaticMapping();
	expect(only.map({ 'Store Phone': '1' }).phone_number).toBe('1');
	expect(only.columns.hasPhoneColumn).toBe(true);
});

describe('items of one shape after another', () => {
	it('are looked at for their own values', () => {
		const mapping = new AutomaticMapping();
		const phone = (json: IDataObject) => mapping.map(json).phone_number;
		expect(phone({ Phone: '', Mobile: '1' })).toBe('1');
		expect(phone({ Phone: '2', Mobile: '' })).toBe('2');
		expect(phone({ Mobile: '', Phone: '3' })).toBe('3');
	});

	it('are kept apart, however many there are', () => {
		const mapping = new AutomaticMapping();
		for (let shape = 0; shape < 5000; shape++) {
			const json = { [`column${shape}`]: 'x', Mobile: `${shape + 1}` };
			expect(mapping.map(json).phone_number).toBe(`${shape + 1}`);
		}
	});

	it('leave nothing in memory but a bounded part of their names', () => {
		setFlagsFromString('--expose-gc');
		const collect = runInNewContext('gc') as () => void;
		const mapping = new AutomaticMapping();
		const item = (place: number) => {
			const names = Array.from(
				{ length: 20 },
				(_, name) => `${place} ${name} ${'x'.repeat(50_000)}`,
			);
			return { ...Object.fromEntries(names.map((name) => [name, 1])), [`Phone ${place}`]: '1' };
		};
		mapping.map(item(-1));
		collect();
		const before = process.memoryUsage().heapUsed;
		for (let place = 0; place < 60; place++) mapping.map(item(place));
		mapping.map({ phone: '1' });
		collect();
		expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
		expect(mapping.columns.report().ignored.join('').length).toBeLessThan(20_000);
	});
});

describe('a name in parts', () => {
	it.each<[IDataObject, string]>([
		[{ 'First Name': 'Ada', 'Last Name': 'Lovelace' }, 'Ada Lovelace'],
		[{ Surname: ' Lovelace ', given_name: ' Ada ' }, 'Ada Lovelace'],
		[{ firstname: 'Ada', lastname: null }, 'Ada'],
		[{ firstname: '', lastname: 'Lovelace' }, 'Lovelace'],
		[{ 'Full Name': 'Ada King', 'First Name': 'Ada', 'Last Name': 'Lovelace' }, 'Ada King'],
		[{ Name: ' ', 'First Name': 'Ada', 'Last Name': 'Lovelace' }, 'Ada Lovelace'],
		[{ Name: 'Ada King', 'First Name': 'Ada', 'Last Name': 'Lovelace' }, 'Ada King'],
		[{ NAME: 'Ada', LAST_NAME: 'Lovelace' }, 'Ada Lovelace'],
		[{ Name: 'Lovelace', Vorname: 'Ada' }, 'Ada Lovelace'],
		[{ name: 'Ada Lovelace', first_name: 'Ada' }, 'Ada Lovelace'],
		[{ name: 'Lovelace, Ada', first_name: 'ada' }, 'Lovelace, Ada'],
		[{ 'Customer Name': 'Ada Lovelace', first_name: 'Augusta' }, 'Ada Lovelace'],
		[{ firstname: ['Ada'], lastname: { value: 'Lovelace' } }, 'Ada Lovelace'],
		[{ name: { first: 'Ada', last: 'Lovelace' } }, 'Ada Lovelace'],
		[{ 'First Name': 'Ada', 'Middle Name': 'Augusta', 'Last Name': 'King' }, 'Ada King'],
	])('%j is %s', (json, name) => {
		expect(found(json)).toEqual({ name });
	});

	it('is none of a company', () => {
		expect(found({ Company: 'Engines Ltd', 'Account Name': 'Engines' })).toEqual({});
	});
});

describe('source', () => {
	it.each([
		[{ source: { system: 'crm', url: 'u' } }, { source_system: 'crm', source_url: 'u' }],
		[{ Source: { System: 'crm', URL: 'u' } }, { source_system: 'crm', source_url: 'u' }],
		[
			{ source: { url: 'u' }, sourceSystem: 'crm' },
			{ source_system: 'crm', source_url: 'u' },
		],
		[
			{ source: { system: 'a', url: 'u' }, source_system: 'b' },
			{ source_system: 'b', source_url: 'u' },
		],
		[{ source: { system: 'a' }, source_system: '' }, { source_system: 'a' }],
		[{ source: {} }, {}],
		[{ source: 'crm' }, { source_system: 'crm' }],
		[
			{ source: 'crm', contactURL: 'u' },
			{ source_system: 'crm', source_url: 'u' },
		],
		[{ source: ['crm'] }, { source_system: 'crm' }],
	])('%j is %j', (json, expected) => {
		expect(found(json)).toEqual(expected);
	});

	it('takes nothing from a prototype', () => {
		const source = Object.create({ system: 'crm' }) as Record<string, string>;
		expect(found({ source })).toEqual({});
	});
});

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is no field', (key) => {
	const json = JSON.parse(`{${JSON.stringify(key)}:{"phone":"1","name":"x"}}`) as IDataObject;
	expect(Object.keys(json)).toEqual([key]);
	expect(found(json)).toEqual({});
});

it('does not follow what is too deep or leads back to itself', () => {
	const circle: IDataObject = { name: 'Ada' };
	circle.data = circle;
	circle.phone = [circle];
	expect(found(circle)).toEqual({ name: 'Ada' });
	let deep: IDataObject = { phone: '1' };
	for (let depth = 0; depth < 50_000; depth++) deep = { data: deep, phone: [[deep]], name: [deep] };
	expect(found(deep)).toEqual({});
});

it('says what it did with the columns', () => {
	const mapping = new AutomaticMapping();
	const row = { Mobile: '1', Phone: '2', 'Last Name': 'B', 'First Name': 'A', Company: 'C' };
	for (let lead = 0; lead < 3; lead++) mapping.map(row);
	mapping.map({ ...row, Mobile: '', phone_code: '44', City: 'London' });
	mapping.map({ billing: { phone: '3', city: 'London' }, Priority: '', number: '4', Name: 'A B' });
	expect(mapping.columns.report()).toEqual({
		used: [
			{ field: 'phone_number', column: 'Mobile', leads: 3 },
			{ field: 'phone_number', column: 'Phone', leads: 1 },
			{ field: 'phone_number', column: 'billing.phone', leads: 1 },
			{ field: 'country_code', column: 'phone_code', leads: 1 },
			{ field: 'name', column: 'Name', leads: 1 },
			{ field: 'name', column: 'First Name', leads: 4 },
			{ field: 'name', column: 'Last Name', leads: 4 },
		],
		ignored: ['Company', 'City', 'billing.city', 'number', 'Priority'],
	});
});

it('names a hundred of the columns that it ignored', () => {
	const mapping = new AutomaticMapping();
	mapping.map(
		Object.fromEntries(Array.from({ length: 300 }, (_, place) => [`column ${place}`, 1])),
	);
	expect(mapping.columns.report()).toEqual({ used: [], ignored: expect.any(Array) });
	expect(mapping.columns.report().ignored).toHaveLength(100);
});

it('counts a column as ignored that has the name of an object but holds none', () => {
	const mapping = new AutomaticMapping();
	mapping.map({ billing: { phone: '15551234567' }, Customer: 'Acme', Lead: 7, data: null });
	expect(mapping.columns.report()).toMatchObject({
		used: [{ column: 'billing.phone' }],
		ignored: ['Customer', 'Lead'],
	});
});

it('reads an item that is a lead of the API into the same lead', () => {
	const lead = {
		phone_number: '15551234567',
		name: 'John Doe',
		priority: 10,
		active: true,
		source: { system: 'my_crm', url: 'https://example.com/leads/123' },
		context_headers: { 'X-Call-Context': 'discount_promo_code', 'X-Client-Order-Id': '1234' },
	};
	expect(read(lead)).toEqual({ lead });
});

it('reads a contact of the older API', () => {
	const contact = {
		phoneNumber: '441234567890',
		contactName: 'Ada',
		contactSource: 'fair',
		contactURL: 'https://crm.example/1',
		priority: '5',
		isActive: 0,
	};
	expect(read(contact)).toEqual({
		lead: {
			phone_number: '441234567890',
			name: 'Ada',
			priority: 5,
			active: false,
			source: { system: 'fair', url: 'https://crm.example/1' },
		},
	});
});
