import { describe, expect, it } from 'vitest';
import { readColumnName } from '../../../nodes/VoisoLeads/fields/columnNames.ts';
import { leadFields } from '../../../nodes/VoisoLeads/fields/leadFields.ts';
import { FIELD_OF } from '../../../nodes/VoisoLeads/fields/columns.ts';
import { sources } from '../../../scripts/guide/sources.mts';

const partOf = (name: string) => readColumnName(name).meaning?.part;
const rankOf = (name: string) => readColumnName(name).meaning?.rank ?? Number.NaN;

describe.each(sources)('$source', ({ phones, names = [], others = {} }) => {
	it('has columns for a phone number, which are preferred in the order of the guide', () => {
		const parts = new Set(phones.map(partOf));
		expect([['phone_number'], ['weak_phone_number']]).toContainEqual([...parts]);
		expect(phones.map(rankOf)).toEqual(phones.map(rankOf).sort((one, other) => one - other));
	});

	it('has columns for a name', () => {
		const parts = names.map(partOf);
		expect(parts).toEqual(parts.map(() => expect.stringMatching(/^(?:first_|last_)?name$/)));
	});

	it('has columns for other fields', () => {
		const fields = Object.keys(others).map((name) => {
			const part = partOf(name);
			return [name, part && FIELD_OF[part]];
		});
		expect(Object.fromEntries(fields)).toEqual(others);
	});
});

it.each(Object.keys(leadFields))('%s, a field’s own name, stands for it', (name) => {
	expect(partOf(name)).toBe(name);
});

describe('spelling', () => {
	it.each([
		['phone_number', ['Phone Number', 'PHONE-NUMBER', 'phoneNumber', 'PhoneNumber', 'phonenumber']],
		['phone_number', ['PHONENUMBER', 'Phone\u00A0Number', ' phone  number ', 'Phone#', 'Phone:']],
		['phone_number', ['"Phone"', '[Phone]', 'Phone *', 'Phone (required)', '1. Phone', 'phone1']],
		[
			'phone_number',
			['Téléphone', 'telephone', 'TÉLÉPHONE', 'Te\u0301le\u0301phone', 'Nº teléfono'],
		],
		['phone_number', ['Mobile Phone Number', 'mobilephonenumber', 'MobilePhone', 'Mobile_No']],
		[
			'phone_number',
			['Phone with country code', 'Tel. mit Vorwahl', 'Phone, e.g. +44 7700 900123'],
		],
		[
			'phone_number',
			['Telefon (geschäftlich)', 'Phone (mobile)', 'WhatsApp-Nummer', 'E.164 phone'],
		],
		[
			'name',
			[
				'Full Name',
				'full_name',
				'FullName',
				'fullname',
				'Vollständiger Name',
				'vollstaendiger_name',
			],
		],
		[
			'name',
			[
				'Name (as in your passport)',
				'Your name?',
				"What's your name?",
				'contactName',
				'Contact person',
			],
		],
		['first_name', ['First Name', 'firstname', 'FIRST_NAME', 'firstName', 'Given name', 'First']],
		['last_name', ['Last Name', 'lastname', 'LastName', 'Surname', 'Family name', 'last']],
		[
			'country_code',
			['country_code', 'Country Code', 'phone_code', 'dialCode', 'Phone Country Code'],
		],
		['country_code', ['Ländercode', 'Código país', 'Calling code', 'ISD Code', 'Phone country']],
		['priority', ['Priority', 'lead_priority', 'Priorität', 'PRIORIDAD']],
		['active', ['Active', 'isActive', 'is_active', 'aktiv']],
		[
			'source_system',
			['Source', 'sourceSystem', 'contactSource', 'Lead Source', 'leadsource', 'Quelle'],
		],
		['source_url', ['sourceUrl', 'contactURL', 'Lead URL', 'record_url', 'CRM Link', 'source.url']],
		['context_headers', ['contextHeaders', 'Context Headers']],
		['weak_phone_number', ['Number', 'number2', 'No.', 'Primary Number', 'Contact', 'Store Phone']],
		['weak_phone_number', ['Best number to reach you', 'Decision Maker Phone Number']],
	])('%s: %j', (part, names) => {
		expect(names.map(partOf)).toEqual(names.map(() => part));
	});
});

it.each([
	...[
		'id',
		'Email',
		'E-mail Address',
		'Title',
		'Company',
		'City',
		'Notes',
		'Date',
		'',
		' ',
		'%',
		'🙂',
	],
	...[
		'Company Name',
		'Account Name',
		'Organization - Name',
		'Business Name',
		'ad_name',
		'form_name',
	],
	...[
		'campaign_name',
		'Form Name',
		'Product Name',
		'User Name',
		'username',
		'File Name',
		'nickname',
	],
	...['Middle Name', 'middle_initial', 'SECOND_NAME', 'Phonetic First Name', 'Company (Name)'],
	...['First contact', 'Last contacted', 'Last activity', 'First Purchase'],
	...['Fax', 'Business Fax', 'Telefax', 'Pager', "Assistant's Phone", 'Asst Phone', 'Owner Phone'],
	...[
		'Emergency Contact Phone',
		'Phone Type',
		'Phone 1 - Label',
		'Phone 1 - Type',
		'Phone Verified',
	],
	...['Is Primary Phone', 'Has Phone', 'Phone Ext', 'Phone Status', 'Mobile opt-in', 'iPhone'],
	...[
		'Order Number',
		'Customer Number',
		'Account Number',
		'VAT Number',
		'Invoice No',
		'Phone 2024',
	],
	...['Zip Code', 'Promo Code', 'Country', 'Area Code', 'Code', 'Prefix', 'Name Prefix'],
	...[
		'url',
		'Website',
		'Image URL',
		'Person Linkedin Url',
		'active_at',
		'Activity',
		'Priority Date',
	],
	...[
		'Source ID',
		'source_id',
		'Headers',
		'constructor',
		'toString',
		'__proto__',
		'x'.repeat(5000),
	],
	`${'very '.repeat(30)}long phone`,
])('%j stands for nothing', (name) => {
	expect(partOf(name)).toBeUndefined();
});

it('prefers mobile numbers, and those of the person', () => {
	const order = [
		'phone_number',
		'Primary Phone',
		'Mobile',
		'Phone',
		'Phone 1',
		'Phone 2',
		'WhatsApp',
		'Work Phone',
		'Home Phone',
		'Shipping Phone',
		'Alternate Phone',
		'Company Phone',
		'Other Company Phone',
	];
	const ranks = order.map(rankOf);
	expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
	expect(rankOf('Number')).toBeLessThan(rankOf('Store Phone'));
	expect(rankOf('Full Name')).toBeLessThan(rankOf('Name'));
	expect(rankOf('Name')).toBeLessThan(rankOf('Customer Name'));
	expect(rankOf('Billing Name')).toBeLessThan(rankOf('Shipping Name'));
	expect(rankOf('source_system')).toBeLessThan(rankOf('Lead Source'));
	expect(rankOf('Lead Source')).toBeLessThan(rankOf('Source'));
	expect(rankOf('phone_code')).toBeLessThan(rankOf('country_code'));
});

it('looks into objects of such names', () => {
	const isContainer = (name: string) => readColumnName(name).containerRank !== undefined;
	const containers = [
		'properties',
		'fields',
		'data',
		'body',
		'billing',
		'customer',
		'merge_fields',
		'name',
	];
	const others = [
		'owner',
		'account',
		'company',
		'page',
		'form',
		'user',
		'headers',
		'location',
		'org_id',
	];
	expect(containers.filter(isContainer)).toEqual(containers);
	expect(others.filter(isContainer)).toEqual([]);
});
