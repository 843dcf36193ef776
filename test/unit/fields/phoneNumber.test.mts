import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as national from '../../../nodes/VoisoLeads/fields/nationalNumber.ts';
import { isCountry, readPhone } from '../../../nodes/VoisoLeads/fields/phoneNumber.ts';

vi.mock('../../../nodes/VoisoLeads/fields/nationalNumber.ts', { spy: true });

beforeEach(() => {
	vi.clearAllMocks();
});

function reasonFor(value: unknown, defaultCountry?: string): string {
	const result = readPhone(value, { defaultCountry });
	return result.ok ? `read as ${result.value}` : result.reason;
}

describe('a number with its country code', () => {
	it.each([
		['digits', '447911123456'],
		['a plus', '+447911123456'],
		['00', '00447911123456'],
		['blanks around it', '  447911123456\t'],
		['blanks, dashes, dots and brackets', '+44 (7911) 12-34.56'],
		['square brackets', '[+44] 7911 123456'],
		['a bracket round plus and code', '(+44) 7911 123456'],
		['00 in brackets', '(00 44) 7911 123456'],
		['no-break and thin spaces', '+44\u00A07911\u202F123\u2009456'],
		['typographic dashes', '+44\u20107911\u2011123\u2013456\u2212'],
		['the marks a phone puts round a copied number', '\u202A+44 7911 123456\u202C'],
		['a byte order mark', '\uFEFF447911123456'],
		['zero-width and soft hyphens', '44\u200B7911\u00AD123456'],
		['full-width digits and plus', '＋４４７９１１１２３４５６'],
		['full-width brackets', '+44（7911）123456'],
		['Arabic digits', '٤٤٧٩١١١٢٣٤٥٦'],
		['Persian digits', '۴۴۷۹۱۱۱۲۳۴۵۶'],
		["a spreadsheet's apostrophe", "'447911123456"],
		["a spreadsheet's curly apostrophe and a plus", '’+44 7911 123456'],
		['a JavaScript number', 447911123456],
		['a bigint', 447911123456n],
	])('is read from %s', (_, value) => {
		expect(readPhone(value)).toEqual({ ok: true, value: '447911123456' });
	});

	it.each([
		['1234567', '7 digits, the fewest'],
		['123456789012345', '15 digits, the most'],
	])('%s has %s', (value) => {
		expect(readPhone(value)).toEqual({ ok: true, value: value });
	});

	it('needs no look at the metadata, with or without a default country', () => {
		for (const value of ['+447911123456', '+44 7911 123456', '0044 7911 123456']) {
			readPhone(value, { defaultCountry: 'US' });
			readPhone(value);
		}
		readPhone('447911123456');
		expect(national.nationalToInternational).not.toHaveBeenCalled();
		expect(national.dropTrunkZero).not.toHaveBeenCalled();
		expect(national.isCountry).not.toHaveBeenCalled();
	});
});

describe('a zero in brackets', () => {
	it.each([
		['+44 (0)7911 123456', '447911123456'],
		['+44(0)7911123456', '447911123456'],
		['0044 ( 0 ) 7911 123456', '447911123456'],
		['44 (0)7911 123456', '447911123456'],
		['+49 (0) 30 1234567', '49301234567'],
		// Italians dial the zero from abroad, too.
		['+39 (0)6 1234 5678', '390612345678'],
	])('%s is %s, as the country dials', (value, digits) => {
		expect(readPhone(value)).toEqual({ ok: true, value: digits });
		expect(readPhone(value, { defaultCountry: 'FR' })).toEqual({ ok: true, value: digits });
	});

	it('is refused where no country is known', () => {
		expect(reasonFor('+999 (0)123 456')).toContain('write it without the (0)');
	});

	it('begins a national number like any other', () => {
		expect(readPhone('(0)7911 123456', { defaultCountry: 'GB' })).toEqual({
			ok: true,
			value: '447911123456',
		});
	});
});

describe('what is refused', () => {
	it.each([
		['', 'is empty'],
		['   ', 'is empty'],
		[null, 'is empty'],
		[undefined, 'is empty'],
		[0, 'must be text or a positive whole number, got 0'],
		[-447911123456, 'must be text or a positive whole number, got -447911123456'],
		[447911123456.5, 'must be text or a positive whole number, got 447911123456.5'],
		[Number.NaN, 'must be text or a positive whole number, got NaN'],
		[Infinity, 'must be text or a positive whole number, got Infinity'],
		[2 ** 53, 'must be text or a positive whole number, got 9007199254740992'],
		[true, 'must be text or a positive whole number, got true'],
		[{ value: '447911123456' }, 'must be text or a positive whole number, got an object'],
		[[{ value: '447911123456' }], 'must be text or a positive whole number, got an array'],
		[new Date(0), 'must be text or a positive whole number, got a date'],
		['1.55512E+10', 'has lost digits in a spreadsheet: format the column as text'],
		['6.01712345678e+11', 'has lost digits in a spreadsheet'],
		['1,55512E+10', 'has lost digits in a spreadsheet'],
		['447911123456.0', 'is a decimal number: format the column as text'],
		['447911123456.00', 'is a decimal number'],
		['447911123456,0', 'is a decimal number'],
		['+1 555 123 4567 x123', 'has an extension, which cannot be dialled: take it off'],
		['+1 555 123 4567 ext. 5', 'has an extension'],
		['+1 555 123 4567 Ext: 5', 'has an extension'],
		['+1 555 123 4567 extension 5', 'has an extension'],
		['+15551234567;ext=5', 'has an extension'],
		['+1 555 123 4567 #5', 'has an extension'],
		['1-800-FLOWERS', 'has letters: write the number in digits'],
		['tel:+447911123456', 'has letters'],
		['unknown', 'has letters'],
		['-', 'has no digits'],
		['+', 'has no digits'],
		['447911123456 / 447911123457', 'has other characters than digits'],
		['4479111;4479112', 'has other characters than digits'],
		['="447911123456"', 'has other characters than digits'],
		['1234567\n7654321', 'has more than one line: give one number'],
		['+447911123456 +447911123457', 'has a plus where none belongs'],
		['++447911123456', 'has a plus where none belongs'],
		['44+7911123456', 'has a plus where none belongs'],
		['07911123456', 'has no country code: write it in full or set the option Default Country'],
		['+07911123456', 'has no country code'],
		['000447911123456', 'has no country code'],
		['00', 'has no country code'],
		['123456', 'has 6 digits: a number with country code has 7 to 15'],
		['1234567890123456', 'has 16 digits: a number with country code has 7 to 15'],
		['1'.repeat(200), 'has 200 characters: give one number'],
	])('%j %s', (value, reason) => {
		expect(reasonFor(value)).toContain(reason);
		expect(reasonFor(value, 'GB')).not.toContain('is not a country');
	});

	it('names the value as it was given, and cuts a long one', () => {
		expect(reasonFor("'123")).toBe('"\'123" has 3 digits: a number with country code has 7 to 15');
		expect(reasonFor('x'.repeat(200)).length).toBeLessThan(120);
	});
});

describe('with a default country', () => {
	it.each([
		['GB', '07911 123456', '447911123456'],
		// A spreadsheet that took the column for numbers dropped the zero.
		['GB', 7911123456, '447911123456'],
		['gb', '07911 123456', '447911123456'],
		[' GB ', '07911 123456', '447911123456'],
		['US', '(555) 123-4567', '15551234567'],
		// No area code yet, and a valid number of Denmark: ten digits are a national number in the US.
		['US', '(456) 123-4567', '14561234567'],
		['US', '1 555 123 4567', '15551234567'],
		['US', '011 44 7911 123456', '447911123456'],
		['US', '0044 7911 123456', '447911123456'],
		['IT', '06 1234 5678', '390612345678'],
		['RU', '8 912 345-67-89', '79123456789'],
		['AR', '011 15-2345-6789', '5491123456789'],
		['BR', '(55) 99123-4567', '5555991234567'],
		// Carriers use it, the metadata does not know it: possible is enough.
		['IL', '050-000-0000', '972500000000'],
	])('%s: %s is %s', (country, value, digits) => {
		expect(readPhone(value, { defaultCountry: country })).toEqual({ ok: true, value: digits });
	});

	it.each([
		['DE', '4915123456789'],
		['XK', '38343201234'],
		['ID', '6281234567890'],
		['BR', '5511961234567'],
		['GB', '447911123456'],
		['US', '15551234567'],
	])('%s: %s has its country code already', (country, value) => {
		expect(readPhone(value, { defaultCountry: country })).toEqual({ ok: true, value: value });
	});

	it.each([
		['GB', '15551234567'],
		['US', '447911123456'],
		['IT', '447911123456'],
	])('%s: %s is no number there and is taken as international', (country, value) => {
		expect(readPhone(value, { defaultCountry: country })).toEqual({ ok: true, value: value });
	});

	it.each([
		['GB', '0123'],
		// The zero of 061234567 is lost; so many digits are possible in Australia, but this is no number there.
		['CG', '61234567'],
		['GB', '079111234567'],
	])('%s: %s is neither, and is refused with the country', (country, value) => {
		expect(reasonFor(value, country)).toBe(
			`"${value}" is not a possible number in ${country}: write it with + and the country code`,
		);
	});

	it.each(['XX', 'United Kingdom', '44', '__proto__', 'constructor'])(
		'%s is no country: said for the lead, and known beforehand',
		(country) => {
			expect(isCountry(country)).toBe(false);
			expect(reasonFor('07911123456', country)).toContain(
				`needs a known default country, got "${country}"`,
			);
			expect(national.nationalToInternational('7911123456', country)).toBeUndefined();
		},
	);

	it('no country is meant by an empty option', () => {
		expect(readPhone('447911123456', { defaultCountry: '' })).toEqual({
			ok: true,
			value: '447911123456',
		});
		expect(isCountry('')).toBe(false);
	});
});
