import { describe, expect, it } from 'vitest';
import { leadFields, type LeadFieldName } from '../../../nodes/VoisoLeads/fields/leadFields.ts';
import { type RawLead, toLead } from '../../../nodes/VoisoLeads/fields/toLead.ts';
import { readLead } from '../../../nodes/VoisoLeads/read.ts';
import type { LeadOperation } from '../../../nodes/VoisoLeads/types.ts';
import { withPolluted } from '../fixtures.mts';
import { AUTOMATICALLY, BY_HAND, phone_number, refusal, sent } from './sent.mts';

/** As n8n's expressions hand over a Luxon DateTime. */
const dateTime = { isLuxonDateTime: true, toISO: () => '2024-05-01T10:00:00.000+02:00' };

const EMPTY = [undefined, null, '', ' ', ' \t\r\n', '\u00A0'];

describe.each(['name', 'priority', 'active', 'source_system', 'source_url', 'context_headers'])(
	'%s',
	(name) => {
		it.each(EMPTY)('%j is left out', (value) => {
			expect(sent({ [name]: value })).toEqual({});
		});
	},
);

describe.each([
	['name', (text: string) => ({ name: text })],
	['source_system', (text: string) => ({ source: { system: text } })],
] as const)('%s', (name, as) => {
	it.each([
		['Ada Lovelace', 'Ada Lovelace'],
		['  Ada  Lovelace ', 'Ada  Lovelace'],
		['Ada\r\nLovelace', 'Ada Lovelace'],
		['Ada  King\nLovelace', 'Ada  King Lovelace'],
		['Ada \t Lovelace\n', 'Ada Lovelace'],
		['Ada\u0000\u0007Lovelace\u2028King', 'Ada Lovelace King'],
		['Ada \uD83D', 'Ada \uFFFD'],
		['Zoë 😀 李', 'Zoë 😀 李'],
		[42, '42'],
		[0, '0'],
		[10.5, '10.5'],
		[7n, '7'],
		[true, 'true'],
		[false, 'false'],
		[new Date(Date.UTC(2024, 4, 1)), '2024-05-01T00:00:00.000Z'],
		[dateTime, '2024-05-01T10:00:00.000+02:00'],
	])('%s is sent as %s', (value, text) => {
		expect(sent({ [name]: value })).toEqual(as(text));
	});

	it.each(['Zo\uFFFD', 'Ada \uD83D'])('says that a character of %j was lost', (value) => {
		const lead = toLead({ phone_number, [name]: value }, {}, AUTOMATICALLY);
		expect(lead).toMatchObject({ lead: as(value.toWellFormed()) });
		expect(lead.warning).toContain('\uFFFD');
	});

	it('is left out when nothing but control characters is in it', () => {
		expect(sent({ [name]: '\u0000\u0001' })).toEqual({});
	});

	it.each([
		[{ first: 'Ada' }, 'an object'],
		[['Ada'], 'an array'],
		[Number.NaN, 'NaN'],
		[Infinity, 'Infinity'],
		[new Date('never'), 'a date'],
		[{ isLuxonDateTime: true, toISO: (): null => null }, 'an object'],
		[{ isLuxonDateTime: true, toISO: 'soon' }, 'an object'],
		[{ isLuxonDateTime: true }, 'an object'],
		[{ toISO: dateTime.toISO }, 'an object'],
		[() => 'Ada', 'a function'],
		[Symbol('Ada'), 'a symbol'],
	])('%s is refused as %s', (value, kind) => {
		expect(sent({ [name]: value })).toEqual(refusal(name, `got ${kind}`));
	});
});

describe('priority', () => {
	it.each([
		[1, 1],
		[1000, 1000],
		[10, 10],
		['10', 10],
		[' 10 ', 10],
		['10.0', 10],
		['10.00', 10],
		['+10', 10],
		['0010', 10],
		[10n, 10],
	])('%s is sent as %s', (value, priority) => {
		expect(sent({ priority: value })).toEqual({ priority });
	});

	it.each([
		[0, '0'],
		['0', '"0"'],
		[1001, '1001'],
		['1001', '"1001"'],
		[-1, '-1'],
		[1.5, '1.5'],
		['1.5', '"1.5"'],
		['abc', '"abc"'],
		['10,0', '"10,0"'],
		['1e2', '"1e2"'],
		['0x10', '"0x10"'],
		['1'.repeat(400), `"${'1'.repeat(60)}…"`],
		[Number.NaN, 'NaN'],
		[true, 'true'],
		[{}, 'an object'],
		[[10], 'an array'],
		[new Date(5), 'a date'],
	])('%j is refused as %s', (value, shown) => {
		expect(sent({ priority: value })).toEqual(refusal('priority', `got ${shown}`));
	});
});

describe('active', () => {
	it.each([
		true,
		'true',
		'TRUE',
		'Active',
		'enabled',
		' yes ',
		'Yes',
		'y',
		'Y',
		'on',
		'ON',
		'1',
		'1.0',
		1,
		1.0,
		1n,
	])('%s is yes', (value) => {
		expect(sent({ active: value })).toEqual({ active: true });
	});

	it.each([
		false,
		'false',
		'False',
		'Inactive',
		'disabled',
		' NO ',
		'n',
		'off',
		'Off',
		'0',
		'0.0',
		0,
		-0,
		0n,
	])('%s is no', (value) => {
		expect(sent({ active: value })).toEqual({ active: false });
	});

	it.each([
		['maybe', '"maybe"'],
		['2', '"2"'],
		[2, '2'],
		[Number.NaN, 'NaN'],
		[{}, 'an object'],
		[[true], 'an array'],
		[new Date(1), 'a date'],
	])('%j is refused as %s', (value, shown) => {
		expect(sent({ active: value })).toEqual(refusal('active', `got ${shown}`));
	});
});

describe('a lead', () => {
	it('has the whole shape of the API', () => {
		const raw = {
			phone_number: '+44 7911 123456',
			name: 'Ada',
			priority: '10',
			active: 'no',
			source_system: 'crm',
			source_url: 'https://crm.example/1',
			context_headers: [{ name: 'X-A', value: 'b' }],
		};
		expect(toLead(raw, {}, BY_HAND)).toEqual({
			lead: {
				phone_number: '447911123456',
				name: 'Ada',
				priority: 10,
				active: false,
				source: { system: 'crm', url: 'https://crm.example/1' },
				context_headers: { 'X-A': 'b' },
			},
		});
	});

	it('is read with the default country', () => {
		expect(toLead({ phone_number: '07911 123456' }, { defaultCountry: 'GB' }, BY_HAND)).toEqual({
			lead: { phone_number: '447911123456' },
		});
	});

	it('that is refused names every field that is wrong, and keeps its number as given', () => {
		expect(
			toLead({ phone_number: ' 07911 123456 ', priority: 0, active: 'x' }, {}, BY_HAND),
		).toEqual({
			phone: ' 07911 123456 ',
			reason: expect.stringMatching(/^phone_number .*; priority .*; active /),
		});
	});

	it.each([
		[{}, ''],
		[{ phone_number: null }, ''],
		[{ phone_number: 0 }, '0'],
		[{ phone_number: {} }, 'an object'],
		[{ phone_number: [1] }, 'an array'],
	])('%j without a number is refused', (raw, phone) => {
		const result = toLead(raw, {}, BY_HAND);
		expect(result).toEqual({ phone, reason: refusal('phone_number') });
	});

	it('has no field that was not given: with one, a later lead would take an earlier value away', () => {
		const empty = { name: '', priority: null, active: ' ', source_system: '', context_headers: [] };
		const result = toLead({ phone_number, ...empty }, {}, BY_HAND);
		expect(result).toStrictEqual({ lead: { phone_number } });
	});

	it('takes nothing from a prototype', () => {
		const raw = Object.create({ name: 'inherited', active: false }) as RawLead;
		raw.phone_number = phone_number;
		expect(toLead(raw, {}, BY_HAND)).toEqual({ lead: { phone_number } });
		const polluted = JSON.parse(
			`{"phone_number":"${phone_number}","__proto__":{"name":"x"},"constructor":"y"}`,
		) as RawLead;
		expect(toLead(polluted, {}, BY_HAND)).toEqual({ lead: { phone_number } });
	});
});

describe('a lead with several numbers', () => {
	it.each([
		['the first', phone_number, ['447700900002'], phone_number, false],
		['the next that can be used', '12', ['x', phone_number, '447700900002'], phone_number, true],
		['the next that can be used', '', [phone_number], phone_number, true],
	])('is called at %s: %j, %j', (_, first, other_phone_numbers, called, isWarned) => {
		const result = toLead({ phone_number: first, other_phone_numbers }, {}, AUTOMATICALLY);
		expect(result).toMatchObject({ lead: { phone_number: called } });
		expect('warning' in result).toBe(isWarned);
	});

	it('is refused for its first when none can be used', () => {
		const raw = { phone_number: '12', other_phone_numbers: ['x', ''] };
		const { phone_number: first } = raw;
		const alone = toLead({ phone_number: first }, {}, AUTOMATICALLY);
		expect(toLead(raw, {}, AUTOMATICALLY)).toEqual(alone);
		expect(alone).toMatchObject({ phone: first, reason: expect.not.stringMatching(/^$/) });
	});
});

/** Without the period at its end. */
const open = (sentence: string) => (sentence.endsWith('.') ? sentence.slice(0, -1) : sentence);

/** What is wrong with one field, when it was mapped by hand, without the field's name. */
function wrongWith(name: LeadFieldName, value: unknown, defaultCountry?: string): string {
	const options = defaultCountry === undefined ? {} : { defaultCountry };
	const result = toLead({ phone_number, [name]: value }, options, BY_HAND);
	return 'reason' in result ? result.reason.slice(name.length + 1) : '';
}

describe('what is said of several fields', () => {
	/** In the order of the fields, each value with a period. */
	const wrong: Array<[LeadFieldName, unknown]> = [
		['priority', '1.5x'],
		['active', 'per.haps'],
		['source_system', { 'a.b': 1 }],
		['source_url', 'ftp://crm.example'],
	];
	const raw = { phone_number, ...Object.fromEntries(wrong) };

	it('is one reason, which has all of them', () => {
		const reasons = wrong.map(([name, value]) => `${name} ${open(wrongWith(name, value))}`);
		expect(new Set(reasons).size).toBe(wrong.length);
		expect(toLead(raw, {}, BY_HAND)).toEqual({ phone: phone_number, reason: reasons.join('; ') });
	});

	it('is one sentence each, where the first has two of its own', () => {
		const two = wrongWith('phone_number', '12');
		expect(two).toMatch(/\. .+\.$/);
		const priority = wrongWith('priority', '1.5x');
		expect(toLead({ phone_number: '12', priority: '1.5x' }, {}, BY_HAND)).toEqual({
			phone: '12',
			reason: `phone_number ${open(two)}; priority ${open(priority)}`,
		});
	});

	it('is one warning, with a sentence for each', () => {
		const sentences = wrong.map(
			([name, value]) => `${name} was left out: it ${open(wrongWith(name, value))}.`,
		);
		expect(toLead(raw, {}, AUTOMATICALLY).warning).toBe(sentences.join(' '));
	});

	it.each(['12', '1.5', 'x'])('tells why another number than %j is called', (first) => {
		const options = { defaultCountry: 'TK' };
		const warningOf = (lead: RawLead) => toLead(lead, options, AUTOMATICALLY).warning;
		const because = open(wrongWith('phone_number', first, 'TK'));
		const sentence = `Another number of this lead is called, because ${because}.`;
		expect(warningOf({ phone_number: first, other_phone_numbers: [`+${phone_number}`] })).toBe(
			sentence,
		);
		const unusual = warningOf({ phone_number: '04000' });
		expect(unusual).toBeDefined();
		expect(warningOf({ phone_number: first, other_phone_numbers: ['04000'] })).toBe(
			`${sentence} ${unusual}`,
		);
	});
});

it.each<LeadOperation>(['deactivate', 'getStatus'])(
	'to %s takes nothing but numbers, also where every object has more',
	async (operation) => {
		const raw: RawLead = { phone_number, name: 'Ann', priority: 3, source_url: 'https://a.test' };
		const settings = { operation, defaultCountryOf: () => undefined };
		const polluted = { name: 'Eve', priority: 1, source_system: 'x' };
		const lead = await withPolluted(polluted, () => readLead(raw, BY_HAND, 0, '3', settings));
		const active = operation === 'deactivate' ? { active: false } : {};
		expect(lead).toEqual({
			kind: 'good',
			item: 0,
			campaignId: '3',
			lead: { phone_number, ...active },
		});
	},
);

describe('an optional field that can’t be read', () => {
	const wrong: RawLead = {
		name: {},
		priority: 'High',
		active: 'perhaps',
		source_system: [],
		source_url: 'javascript:alert(1)',
		context_headers: { Tier: 'gold' },
	};

	it.each(Object.entries(wrong))(
		'%s is left out with a warning when it was found',
		(name, value) => {
			const result = toLead({ phone_number, [name]: value }, {}, AUTOMATICALLY);
			expect(result).toEqual({
				lead: { phone_number },
				warning: expect.stringMatching(new RegExp(`^${name} .+\.$`)),
			});
		},
	);

	it.each(Object.entries(wrong))('%s makes the lead invalid when it was mapped', (name, value) => {
		const mapped = new Set([name]) as typeof BY_HAND;
		expect(toLead({ phone_number, [name]: value }, {}, mapped)).toEqual({
			phone: phone_number,
			reason: refusal(name as LeadFieldName),
		});
	});

	it('leaves the others as they are; there is one sentence for each', () => {
		const raw = { phone_number, ...wrong, name: 'Ada', active: 'no' };
		const result = toLead(raw, {}, AUTOMATICALLY);
		expect(result).toMatchObject({ lead: { phone_number, name: 'Ada', active: false } });
		const left = ['priority', 'source_system', 'source_url', 'context_headers'];
		for (const name of left) expect(result.warning).toContain(`${name} `);
	});

	it('does not help a lead without a number', () => {
		expect(toLead({ phone_number: 'x', priority: 'High' }, {}, AUTOMATICALLY)).toMatchObject({
			phone: 'x',
			reason: expect.stringMatching(/^phone_number (?!.*priority)/),
			warning: expect.stringMatching(/^priority /),
		});
	});
});

describe('the table', () => {
	it('names every field with what it accepts, converts and refuses', () => {
		for (const field of Object.values(leadFields)) {
			for (const text of [field.displayName, field.help, field.accepts, field.converts]) {
				expect(text).toMatch(/\S/);
			}
			expect(field.refuses).toMatch(/\S/);
		}
	});

	it('says the range that the reader keeps', () => {
		const { min, max } = leadFields.priority.range ?? {};
		expect([min, max]).toEqual([1, 1000]);
		expect(leadFields.priority.read(min, {}).ok && leadFields.priority.read(max, {}).ok).toBe(true);
		const digits = leadFields.phone_number.range;
		const lengths = ['2908999', '491234567890123'].map((number) => {
			expect(leadFields.phone_number.read(number, {}).ok).toBe(true);
			expect(leadFields.phone_number.read(`+${number.slice(0, 6)}`, {}).ok).toBe(false);
			expect(leadFields.phone_number.read(`+${number}0123456789`, {}).ok).toBe(false);
			return number.length;
		});
		expect(lengths).toEqual([digits?.min, digits?.max]);
	});
});

describe('the country beside a number', () => {
	const read = (country_code: string) =>
		toLead({ phone_number: '0151 23456789', country_code }, {}, AUTOMATICALLY);

	it.each(['DE', '49', '+49', 'Germany', 'Deutschland', 'Allemagne', 'Niemcy'])(
		'can be %s',
		(code) => {
			expect(read(code)).toMatchObject({ lead: { phone_number: '4915123456789' } });
		},
	);

	it.each(['Narnia', 'DEU', '999'])('is named where it is none: %s', (code) => {
		const { reason } = { reason: '', ...read(code) };
		expect(reason).toContain(`"${code}"`);
		// What the hint for Default Country looks for.
		expect(reason).toContain('has no country code');
	});
});
