import fc from 'fast-check';
import {
	getCountries,
	getCountryCallingCode,
	isPossiblePhoneNumber,
	parsePhoneNumberFromString,
} from 'libphonenumber-js';
import type { IDataObject } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { leadFields } from '../../../nodes/VoisoLeads/fields/leadFields.ts';
import { AutomaticMapping } from '../../../nodes/VoisoLeads/fields/mapAutomatically.ts';
import { readPhone } from '../../../nodes/VoisoLeads/fields/phoneNumber.ts';
import { type RawLead, toLead } from '../../../nodes/VoisoLeads/fields/toLead.ts';
import { BY_HAND } from './sent.mts';

const digits = fc.stringMatching(/^[1-9][0-9]{6,14}$/);
/** With the calling code of some country, possible, and without anything that is not dialed from abroad. */
const possible = fc
	.tuple(fc.constantFrom(...getCountries()), fc.stringMatching(/^[0-9]{4,12}$/))
	.map(([country, rest]) => getCountryCallingCode(country) + rest)
	.filter((number) => {
		const read = parsePhoneNumberFromString(`+${number}`);
		const isAsItStands = read?.number === `+${number}` && read.isPossible();
		return isAsItStands && /^[1-9]\d{6,14}$/.test(number) && !/^[01]/.test(read.nationalNumber);
	});
const separators = fc.array(
	fc.constantFrom(' ', '-', '.', '(', ')', '\u00A0', '\u2013', '\u200B'),
	{
		maxLength: 3,
	},
);
const country = fc.option(fc.constantFrom(...getCountries()), { nil: undefined });
const anything = fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true });
const phoneLike = fc.string({
	unit: fc.constantFrom(..."0123456789+-. ()[]xXe,;#/'\n０٣"),
	maxLength: 30,
});
const raw = fc.record<RawLead>(
	{
		phone_number: fc.oneof(digits, phoneLike, anything),
		name: fc.oneof(fc.string({ unit: 'binary' }), anything),
		priority: fc.oneof(fc.integer(), fc.string(), anything),
		active: fc.oneof(fc.constantFrom('yes', 'NO', 1, 'x'), anything),
		source_system: anything,
		source_url: fc.oneof(fc.webUrl(), fc.string(), anything),
		context_headers: fc.oneof(
			fc.dictionary(fc.constantFrom('X-A', 'x-a', 'X-B', 'B', '__proto__'), fc.string()),
			fc.array(fc.record({ name: fc.constantFrom('X-A', 'X-B', 'B'), value: anything })),
			anything,
		),
	},
	{ requiredKeys: [] },
);

it('digits come out as they went in, whatever stands between, before and after them', () => {
	fc.assert(
		fc.property(
			possible,
			fc.constantFrom('+', '00', "'+", 'tel:+', 'p:+'),
			country,
			fc.array(separators, { minLength: 16, maxLength: 16 }),
			(number, prefix, defaultCountry, gaps) => {
				const dressed = [...number].map((digit, at) => digit + (gaps[at]?.join('') ?? '')).join('');
				fc.pre(!/\d{7}[.]\d{1,2}$/.test(dressed) && !/\(\s*0\s*\)/.test(dressed));
				const read = readPhone(prefix + dressed, { defaultCountry });
				expect(read).toEqual({ ok: true, value: number });
			},
		),
	);
});

it('digits that libphonenumber calls possible are taken without a plus, when no national number is so long', () => {
	fc.assert(
		fc.property(possible, (number) => {
			fc.pre(number.length > 11);
			expect(readPhone(number)).toEqual({ ok: true, value: number });
		}),
	);
});

it('what comes out is a possible number, and is read as itself', () => {
	const cells = fc.oneof(phoneLike, digits, possible, anything);
	fc.assert(
		fc.property(cells, country, country, (value, defaultCountry, countryCode) => {
			const result = readPhone(value, { defaultCountry, countryCode });
			if (!result.ok) {
				expect(result.reason).toMatch(/\S/);
				return;
			}
			expect(result.value).toMatch(/^[1-9]\d{6,14}$/);
			expect(isPossiblePhoneNumber(`+${result.value}`)).toBe(true);
			expect(readPhone(`+${result.value}`)).toEqual({ ok: true, value: result.value });
		}),
		{ numRuns: 5000 },
	);
});

it('a lead is either one that Voiso can take or refused with a reason that names a field', () => {
	fc.assert(
		fc.property(raw, country, (values, defaultCountry) => {
			const result = toLead(values, { defaultCountry }, BY_HAND);
			if ('reason' in result) {
				expect(typeof result.phone).toBe('string');
				expect(Object.keys(leadFields).some((name) => result.reason.startsWith(name))).toBe(true);
				return;
			}
			const {
				phone_number,
				priority = 1,
				active = true,
				source = {},
				context_headers = {},
				...rest
			} = result.lead;
			expect(phone_number).toMatch(/^[1-9]\d{6,14}$/);
			expect(Number.isInteger(priority) && priority >= 1 && priority <= 1000).toBe(true);
			expect(typeof active).toBe('boolean');
			expect(source.url ?? 'https://a').toMatch(/^https?:\/\//i);
			for (const text of [
				rest.name ?? 'a',
				source.system ?? 'a',
				...Object.values(context_headers),
			]) {
				expect(text).toMatch(/^\S(?:[^\p{Cc}\p{Cs}]*\S)?$/u);
			}
			for (const name of Object.keys(context_headers)) expect(name).toMatch(/^x-/i);
		}),
		{ numRuns: 2000 },
	);
});

it('a lead that is read again stays as it is', () => {
	const headers = fc.dictionary(
		fc.stringMatching(/^X-[a-z]{1,5}$/),
		fc.stringMatching(/^[ -~]{0,9}$/),
	);
	const takeable = fc.record(
		{
			phone_number: possible.filter((number) => number.length > 11),
			// What stands for nothing, such as a dash, is no value to automatic mapping.
			name: fc.string({ unit: 'binary' }).map((text) => `Ada ${text}`),
			priority: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constant('7.0')),
			active: fc.constantFrom(true, 'no', 1, ''),
			source_system: fc.oneof(
				fc.string().map((text) => `CRM ${text}`),
				fc.float({ noNaN: true, noDefaultInfinity: true }),
			),
			source_url: fc.webUrl(),
			context_headers: headers,
		},
		{ requiredKeys: ['phone_number'] },
	);
	fc.assert(
		fc.property(takeable, (values) => {
			const result = toLead(values, {}, BY_HAND);
			if ('reason' in result) expect.unreachable(result.reason);
			expect(toLead(new AutomaticMapping().map({ ...result.lead }), {}, BY_HAND)).toEqual(result);
		}),
	);
});

it('automatic mapping never throws, and takes only values of the item', () => {
	const key = fc.oneof(
		fc.constantFrom('phone', 'Phone Number', 'source', 'data', 'First Name', 'number', '__proto__'),
		fc.constantFrom('value', 'primary', 'name', 'type', 'fields', 'country_code', 'Priority'),
		fc.string(),
	);
	const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
		tree: fc.oneof(
			{ maxDepth: 5, withCrossShrink: true },
			fc.oneof(fc.jsonValue({ maxDepth: 0 }), fc.constantFrom('N/A', '+12025550143', ' ::: 1')),
			fc.array(tie('tree'), { maxLength: 4 }),
			fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
		),
	}));
	const mapping = new AutomaticMapping();
	fc.assert(
		fc.property(fc.dictionary(key, tree), (values) => {
			const json = JSON.parse(JSON.stringify(values)) as IDataObject;
			const before = JSON.stringify(json);
			const raw = mapping.map(json);
			for (const value of [raw.phone_number, raw.priority, raw.active, raw.source_url]) {
				if (value !== undefined) expect(before).toContain(JSON.stringify(value).slice(1, -1));
			}
			expect(JSON.stringify(json)).toBe(before);
			expect(mapping.map(json)).toEqual(raw);
			toLead(raw, {}, new Set());
			mapping.columns.report();
		}),
		{ numRuns: 1000 },
	);
});

it('every text that is sent is well-formed', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc
			.array(fc.constantFrom('\uD83D', '\uDE00', 'a', ' ', '\n'), { maxLength: 6 })
			.map((a) => a.join('')),
	);
	const values = fc.record({
		phone_number: digits,
		name: text,
		source_system: text,
		source_url: fc.oneof(
			text,
			text.map((end) => `https://crm.example/${end}`),
		),
		context_headers: fc.dictionary(fc.constantFrom('X-A', 'X-B'), text),
	});
	fc.assert(
		fc.property(values, (given) => {
			const result = toLead(given, {}, new Set());
			const { lead } = result as { lead: object };
			JSON.stringify(lead, (_, value: unknown) => {
				if (typeof value === 'string') expect(value.isWellFormed()).toBe(true);
				return value;
			});
		}),
	);
});
