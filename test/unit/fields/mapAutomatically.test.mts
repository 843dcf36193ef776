import { describe, expect, it } from 'vitest';
import { leadFields, mapAutomatically, toLead } from '../../../nodes/VoisoLeads/fields/index.ts';
import { BY_HAND } from './sent.mts';
import { aliases } from '../../../nodes/VoisoLeads/fields/mapAutomatically.ts';

/** The fields that were found in an item. */
function found(json: Parameters<typeof mapAutomatically>[0]) {
	const lead = Object.entries(mapAutomatically(json));
	return Object.fromEntries(lead.filter(([, value]) => value !== undefined));
}

describe('the names of a field', () => {
	it.each(Object.keys(leadFields).map((name) => [name]))('%s is one', (name) => {
		expect(found({ [name]: 'x' })).toEqual({ [name]: 'x' });
	});

	it.each([
		['phone', 'phone_number'],
		['Phone Number', 'phone_number'],
		['phoneNumber', 'phone_number'],
		['PHONE-NUMBER', 'phone_number'],
		['Phone\u00A0Number', 'phone_number'],
		['Number', 'phone_number'],
		['Mobile', 'phone_number'],
		['MobilePhone', 'phone_number'],
		['Mobile Phone Number', 'phone_number'],
		['mobilephone', 'phone_number'],
		['Telephone', 'phone_number'],
		['Person - Phone - Work', 'phone_number'],
		['contactName', 'name'],
		['contact_name', 'name'],
		['Full Name', 'name'],
		['Full_Name', 'name'],
		['Person - Name', 'name'],
		['Name', 'name'],
		['First Name', 'name'],
		['lastname', 'name'],
		['Priority', 'priority'],
		['isActive', 'active'],
		['is_active', 'active'],
		['Active', 'active'],
		['sourceSystem', 'source_system'],
		['contactSource', 'source_system'],
		['Lead Source', 'source_system'],
		['LeadSource', 'source_system'],
		['source', 'source_system'],
		['source.system', 'source_system'],
		['contactURL', 'source_url'],
		['sourceUrl', 'source_url'],
		['source.url', 'source_url'],
		['contextHeaders', 'context_headers'],
		['Context Headers', 'context_headers'],
	])('%s is %s', (key, name) => {
		expect(found({ [key]: 'x' })).toEqual({ [name]: 'x' });
	});

	it.each(['phones', 'id', 'email', 'url', 'Website', 'constructor', 'toString', '__proto__', ''])(
		'%j is none',
		(key) => {
			const json = JSON.parse(`{${JSON.stringify(key)}:"x"}`) as Record<string, string>;
			expect(Object.keys(json)).toEqual([key]);
			expect(found(json)).toEqual({});
		},
	);

	it('stand for one field each', () => {
		const all = Object.values(aliases).flat();
		expect(new Set(all).size).toBe(all.length);
	});
});

describe('two names for one field', () => {
	it('takes its own name first, wherever it stands', () => {
		const expected = { phone_number: '1' };
		expect(found({ phone: '2', phone_number: '1', Phone_Number: '3' })).toEqual(expected);
		expect(found({ Phone_Number: '3', phone: '2', phone_number: '1' })).toEqual(expected);
	});

	it('then takes the aliases in their order, whatever the order in the item', () => {
		const phones = aliases.phone_number;
		phones.slice(1).forEach((alias, index) => {
			const better = phones[index] ?? '';
			expect(found({ [alias]: '2', [better]: '1' })).toEqual({ phone_number: '1' });
			expect(found({ [better]: '1', [alias]: '2' })).toEqual({ phone_number: '1' });
		});
	});

	it('takes the item’s order for keys that differ in case only', () => {
		expect(found({ PHONE: '1', Phone: '2' })).toEqual({ phone_number: '1' });
		expect(found({ Phone: '2', PHONE: '1' })).toEqual({ phone_number: '2' });
	});

	it.each([null, '', '  '])('passes over %j', (empty) => {
		expect(found({ phone_number: empty, Phone: empty, Mobile: '1' })).toEqual({
			phone_number: '1',
		});
	});

	it('does not pass over false and 0', () => {
		expect(found({ active: false, isActive: true, priority: 0, 'Lead Priority': 5 })).toEqual({
			active: false,
			priority: 0,
		});
	});

	it('looks at each item’s own values, though the next has the same keys', () => {
		expect(found({ Phone: '', Mobile: '1' })).toEqual({ phone_number: '1' });
		expect(found({ Phone: '2', Mobile: '1' })).toEqual({ phone_number: '2' });
		expect(found({ Mobile: '1', Phone: '3' })).toEqual({ phone_number: '3' });
	});

	it('keeps apart what many different shapes mean', () => {
		for (let shape = 0; shape < 250; shape++) {
			expect(found({ [`column${shape}`]: 'x', Mobile: `${shape}` })).toEqual({
				phone_number: `${shape}`,
			});
		}
	});
});

describe('a name in parts', () => {
	it.each([
		[{ 'First Name': 'Ada', 'Last Name': 'Lovelace' }, 'Ada Lovelace'],
		[{ Surname: ' Lovelace ', given_name: ' Ada ' }, 'Ada Lovelace'],
		[{ firstname: 'Ada', lastname: null }, 'Ada'],
		[{ firstname: '', lastname: 'Lovelace' }, 'Lovelace'],
		[{ firstname: 'Ada', lastname: 7 }, 'Ada 7'],
		[{ 'Full Name': 'Ada King', 'First Name': 'Ada', 'Last Name': 'Lovelace' }, 'Ada King'],
		[{ Name: ' ', 'First Name': 'Ada', 'Last Name': 'Lovelace' }, 'Ada Lovelace'],
	])('%j is %s', (json, name) => {
		expect(found(json)).toEqual({ name });
	});

	it.each([
		[{ firstname: { value: 'Ada' }, lastname: 'Lovelace' }, 'an object'],
		[{ firstname: 'Ada', lastname: { value: 'Lovelace' } }, 'an object'],
		[{ firstname: ['Ada'], lastname: 'Lovelace' }, 'an array'],
		[{ firstname: 'Ada', lastname: ['Lovelace'] }, 'an array'],
	])('%j is refused as %s', (json, kind) => {
		const result = toLead({ ...mapAutomatically(json), phone_number: '447911123456' }, {}, BY_HAND);
		expect(result).toMatchObject({ reason: `name must be text, got ${kind}` });
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
		[{ source: ['crm'] }, { source_system: ['crm'] }],
	])('%j is %j', (json, expected) => {
		expect(found(json)).toEqual(expected);
	});

	it('takes nothing from a prototype', () => {
		const source = Object.create({ system: 'crm' }) as Record<string, string>;
		expect(found({ source })).toEqual({});
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
	expect(toLead(mapAutomatically(lead), {}, BY_HAND)).toEqual({ lead });
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
	expect(toLead(mapAutomatically(contact), {}, BY_HAND)).toEqual({
		lead: {
			phone_number: '441234567890',
			name: 'Ada',
			priority: 5,
			active: false,
			source: { system: 'fair', url: 'https://crm.example/1' },
		},
	});
});
