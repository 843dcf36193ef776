import { describe, expect, it } from 'vitest';
import { NO_COUNTRY_CODE, readPhone } from '../../../nodes/VoisoLeads/fields/phoneNumber.ts';
import phones from '../../cases/phones.json' with { type: 'json' };

/** The digits that are sent, or `invalid`. */
function sent(value: unknown, defaultCountry?: string, countryCode?: string): string {
	const result = readPhone(value, { defaultCountry, countryCode });
	return result.ok ? (result.value ?? '') : 'invalid';
}

function reasonFor(value: unknown, defaultCountry?: string): string {
	const result = readPhone(value, { defaultCountry });
	return result.ok ? `read as ${result.value}` : result.reason;
}

function warningFor(value: unknown, defaultCountry?: string): string | undefined {
	const result = readPhone(value, { defaultCountry });
	return result.ok ? result.warning : expect.unreachable(result.reason);
}

describe('numbers as people have them', () => {
	it.each(phones.cases)('$given in $country', ({ given, country, sent: expected }) => {
		expect([expected].flat()).toContain(sent(given, country));
	});
});

describe('a 0 where none is dialed', () => {
	it.each([
		['04000', 'TK', '6904000'],
		['+69004000', undefined, '6904000'],
		['06 69812345', 'IT', '390669812345'],
	])('%s in %s', (value, country, digits) => {
		expect(sent(value, country)).toBe(digits);
	});

	it('is left out with a warning', () => {
		expect(warningFor('04000', 'TK')).toMatch(/0 after \+690/);
	});
});

describe('a number with its country code', () => {
	it.each([
		['digits', '447911123456'],
		['a plus', '+447911123456'],
		['00', '00447911123456'],
		['a plus and 00', '+00447911123456'],
		['011, as Americans dial', '011 44 7911 123456'],
		['blanks around it', '  447911123456\t'],
		['blanks, dashes, dots and brackets', '+44 (7911) 12-34.56'],
		['underscores, apostrophes and tildes', "+44_7911'123~456"],
		['square brackets', '[+44] 7911 123456'],
		['a bracket round plus and code', '(+44) 7911 123456'],
		['a bracket round the code', '(44) 7911 123456'],
		['00 in brackets', '(00 44) 7911 123456'],
		['no-break and thin spaces', '+44\u00A07911\u202F123\u2009456'],
		['typographic dashes', '+44\u20107911\u2011123\u2013456\u2212'],
		['the marks a phone puts round a copied number', '\u202A+44 7911 123456\u202C'],
		['a byte order mark', '\uFEFF447911123456'],
		['zero-width and soft hyphens', '44\u200B7911\u00AD123456'],
		['a plus behind it, as in text from right to left', '447911123456+'],
		['a line break within', '+44 7911\n123456'],
		['full-width digits and plus', '＋４４７９１１１２３４５６'],
		['full-width brackets', '+44（7911）123456'],
		['Arabic digits', '٤٤٧٩١١١٢٣٤٥٦'],
		['Persian digits', '۴۴۷۹۱۱۱۲۳۴۵۶'],
		['Devanagari digits', '+४४७९१११२३४५६'],
		['Bengali digits', '৪৪৭৯১১১২৩৪৫৬'],
		['Thai digits', '๔๔๗๙๑๑๑๒๓๔๕๖'],
		['mathematical digits', '𝟒𝟒𝟕𝟗𝟏𝟏𝟏𝟐𝟑𝟒𝟓𝟔'],
		["a spreadsheet's apostrophe", "'447911123456"],
		["a spreadsheet's curly apostrophe and a plus", '’+44 7911 123456'],
		['a JavaScript number', 447911123456],
		['a bigint', 447911123456n],
	])('is read from %s', (_, value) => {
		expect(readPhone(value)).toEqual({ ok: true, value: '447911123456' });
	});

	it.each([
		['AU', '+61 0412 345 678', '61412345678'],
		['AE', '+971 050 123 4567', '971501234567'],
		['SA', '00966 0501234567', '966501234567'],
		['GB', '+44 (0)7911 123456', '447911123456'],
		['GB', '0044 ( 0 ) 7911 123456', '447911123456'],
		['GB', '44(0)7911123456', '447911123456'],
		['DE', '+49 (0) 30 / 1234567', '49301234567'],
		['DE', '+49-(030)-1234567', '49301234567'],
		['IN', '+91 098102 34567', '919810234567'],
		['TR', '+90 0532 123 45 67', '905321234567'],
		['NG', '+234 0803 123 4567', '2348031234567'],
		['ZA', '+27 (082) 123 4567', '27821234567'],
		['NZ', '+64 (0)21 123 4567', '64211234567'],
		['UA', '+380 (067) 123-45-67', '380671234567'],
		['EG', '+20 010 1234 5678', '201012345678'],
		// Other trunk prefixes than 0.
		['RU', '+7 8 495 123 45 67', '74951234567'],
		['HU', '+36 06 20 123 4567', '36201234567'],
		['US', '+1 1 202 555 0143', '12025550143'],
		['AR', '+54 11 15-2345-6789', '5491123456789'],
		['BR', '+55 0 11 91234-5678', '5511912345678'],
		['BR', '+55 015 11 91234-5678', '5511912345678'],
	])('%s: the trunk prefix of %s goes', (_, value, digits) => {
		expect(readPhone(value)).toEqual({ ok: true, value: digits });
		expect(readPhone(value, { defaultCountry: 'FR' })).toEqual({ ok: true, value: digits });
	});

	it.each([
		['IT', '+39 02 1234 5678', '390212345678'],
		['IT', '+39 (0)6 1234 5678', '390612345678'],
		['CI', '+225 07 12 34 56 78', '2250712345678'],
		['CG', '+242 06 555 5555', '242065555555'],
		['SM', '+378 0549 886377', '3780549886377'],
	])('%s: the zero of %s stays', (_, value, digits) => {
		expect(readPhone(value)).toEqual({ ok: true, value: digits });
	});

	it.each([
		['+34 (0)612 345 678', '34612345678'],
		['+420 0601 123 456', '420601123456'],
		['+45 0 20 12 34 56', '4520123456'],
		['+52 1 55 1234 5678', '525512345678'],
		['5215512345678', '525512345678'],
	])('what nobody dials in %s goes with a warning', (value, digits) => {
		expect(readPhone(value)).toEqual({ ok: true, value: digits, warning: expect.any(String) });
	});

	it.each([
		['p:+12025550143', 'US', '12025550143'],
		['tel:+12025550143', 'DE', '12025550143'],
		['tel:12025550143', undefined, '12025550143'],
		['callto:+12025550143', undefined, '12025550143'],
		['callto://+12025550143', undefined, '12025550143'],
		['whatsapp:+12025550143', undefined, '12025550143'],
		['sip:+12025550143@voip.example.com', undefined, '12025550143'],
		['12025550143@c.us', undefined, '12025550143'],
		['12025550143@s.whatsapp.net', undefined, '12025550143'],
		['https://wa.me/12025550143', undefined, '12025550143'],
		['Tel.: +49 30 123456', undefined, '4930123456'],
		['Tel. No.: +49 30 123456', undefined, '4930123456'],
		['Phone number: +12025550143', undefined, '12025550143'],
		['Mobile phone +12025550143', undefined, '12025550143'],
		['M: +12025550143', undefined, '12025550143'],
		['(mobile) +12025550143', undefined, '12025550143'],
		['+12025550143 (mobile)', undefined, '12025550143'],
		['+12025550143 Work', undefined, '12025550143'],
		['Teléfono: +34 612 345 678', undefined, '34612345678'],
		['тел.: +7 495 123-45-67', undefined, '74951234567'],
		['Ann Lee: +12025550143', undefined, '12025550143'],
		['📞 +1 202 555 0143', undefined, '12025550143'],
		['☎️ 020 7946 0000', 'GB', '442079460000'],
		['Telefon 0171 1234567', 'DE', '491711234567'],
	])('is read from %s in %s', (value, country, digits) => {
		expect(readPhone(value, { defaultCountry: country })).toEqual({ ok: true, value: digits });
	});

	it.each([
		'="12025550143"',
		'=12025550143',
		'=+12025550143',
		'"12025550143"',
		"'12025550143'",
		'“+12025550143”',
		'«12025550143»',
		'<+12025550143>',
		'["+12025550143"]',
		'`12025550143`',
		'12025550143;',
		'12025550143.0',
		'12025550143.00',
		'12025550143,0',
		'12,025,550,143',
		'1.2025550143E+10',
		'1,2025550143E+10',
		'1.2025550143e10',
		'1.20255501430E+10',
		'+1.2025550143E+10',
	])('is taken out of what a spreadsheet or a file makes of it: %s', (value) => {
		expect(readPhone(value)).toEqual({ ok: true, value: '12025550143' });
	});

	it.each(['-12025550143', '\u221212025550143', '=-12025550143', -12025550143, -12025550143n])(
		'loses the minus of a formula: %s',
		(value) => {
			expect(readPhone(value)).toEqual({
				ok: true,
				value: '12025550143',
				warning: expect.any(String),
			});
		},
	);

	it.each([
		['+49 30/123456', undefined, '4930123456'],
		['030/123456', 'DE', '4930123456'],
		['(0171)/1234567', 'DE', '491711234567'],
		['+49 33203/12345', undefined, '493320312345'],
		['02/123.45.67', 'BE', '3221234567'],
		['20.30.40.50', 'DK', '4520304050'],
		['01.23.45.67.89', 'FR', '33123456789'],
		["079'123'45'67", 'CH', '41791234567'],
	])('has the separators of its country: %s', (value, country, digits) => {
		expect(sent(value, country)).toBe(digits);
	});
});

/** Numbers that are refused, by the kind of their reason. */
const refused: Record<string, unknown[]> = {
	empty: ['', '   ', null, undefined],
	'no text': [
		0,
		0n,
		447911123456.5,
		Number.NaN,
		Infinity,
		2 ** 53,
		true,
		{ value: '447911123456' },
		[{ value: '447911123456' }],
		new Date(0),
	],
	'an expression': ['{{ $json.phone }}', '={{ $json.phone }}', '{{$node["CRM"].json["phone"]}}'],
	'shortened by a spreadsheet': [
		'1.55512E+10',
		'6.01712345678e+12',
		'1,55512E+10',
		'1E+10',
		'4.5E-7',
	],
	'a decimal number': ['447911123456.5', '447911123456.25'],
	'a date': [
		'2024-01-15',
		'15.01.2024',
		'01/15/2024',
		'15/01/24',
		'2024/1/5',
		'2024-01-15 10:30:00',
		'2024-01-15T10:30:00.000Z',
	],
	'an IP address': ['192.168.10.100', '8.8.8.8'],
	'with an extension': [
		'+12025550143,12',
		'Call Ann 020 7946 0958 ext 12',
		'+12025550143,,12#',
		'+12025550143p12',
		'+12025550143;12',
		'+12025550143;ext=5',
		'tel:+1-202-555-0143;ext=5',
		'+1 555 123 4567 x123',
		'+1 555 123 4567 ext. 5',
		'+1 555 123 4567 Ext: 5',
		'+1 555 123 4567 extension 5',
		'+1 555 123 4567 #5',
		'+49 30 123456 Durchwahl 12',
		'+7 495 123-45-67 доб. 12',
		'+55 11 91234-5678 ramal 22',
	],
	'with letters': [
		'+44 7700 90O1Z3',
		'+44 7700 900l23',
		'+44 7700 9OO123',
		'7700900O123',
		'+44 7700 9S0 B23',
		'1-800-FLOWERS',
		'Fax: +12025550143',
		'sip:1001@pbx.example.com',
		'07911XXXXXX',
	],
	'more than one number': [
		'447911123456 / 447911123457',
		'+12025550143; +12025550144',
		'+12025550143, 12025550144',
		'+12025550143 or +12025550144',
		'+12025550143 ::: +12025550144',
		'+12025550143 +12025550144',
		'1234567\n7654321',
		'0171 1234567/68',
		'030/123456/7',
	],
	'with other characters': ['+1202555****'],
	'without digits': ['unknown', '-', '+', '#N/A'],
	'with a + in the wrong place': ['++447911123456', '44+7911123456'],
	'without a country code': [
		'07911123456',
		'+07911123456',
		'000447911123456',
		'123456',
		'999123456789012',
	],
	'with an unknown country code': ['+999123456789', '+999123', '+999123456789012'],
	'of no possible length': ['+4479111', '+4479110', '+44791112345678'],
	'too short or too long': ['12345', '00', '1234567890123456', '+99912', '+9991234567890123'],
	'far too long': ['1'.repeat(200)],
};

/** A reason without the value and the numbers that it names. */
const clauseOf = (value: unknown): string =>
	reasonFor(value).replace(/^"(?:[^"]|"(?! ))*" |, got .*|\d+/g, '');

describe('what is refused, and why', () => {
	it.each(Object.entries(refused))('%s: for one reason', (_, values) => {
		expect(values.map((value) => sent(value))).toEqual(values.map(() => 'invalid'));
		expect(new Set(values.map(clauseOf)).size).toBe(1);
	});

	it('is refused for another reason in each kind', () => {
		const reasons = Object.values(refused).map(([value]) => clauseOf(value));
		expect(new Set(reasons).size).toBe(reasons.length);
	});

	it.each(Object.keys(refused))('says so: %s', (kind) => {
		expect(clauseOf(refused[kind]?.[0])).toMatch(/[a-z]{2} .*[a-z]/);
		expect(reasonFor(refused[kind]?.[0])).not.toMatch(/ [ ,]/);
	});

	it.each([
		['+999 1234567', 'DE'],
		['+999 1234567', 'AT'],
	])(
		'includes what has a + and no known country code, also where %s is possible in %s',
		(value, country) => {
			expect(sent(value, country)).toBe('invalid');
			expect(sent(value.replace('+', ''), country)).not.toBe('invalid');
		},
	);

	it.each([
		[undefined, false],
		['', false],
		['GB', false],
		['44', false],
		['Narnia', true],
		['999', true],
	])('names the country beside the number only where it is none: %j', (countryCode, isNamed) => {
		const result = readPhone('012345', { countryCode });
		const reason = result.ok ? '' : result.reason;
		expect(reason.endsWith(NO_COUNTRY_CODE)).toBe(true);
		expect(reason === `"012345" ${NO_COUNTRY_CODE}`).toBe(!isNamed);
	});

	it('has nothing to do with what is read without a warning', () => {
		expect(readPhone('+44 7911 123456')).toStrictEqual({ ok: true, value: '447911123456' });
	});

	it('names how many digits there are, and the country code', () => {
		expect(reasonFor('12345')).toMatch(/\b5\b.*\b7\b.*\b15\b/);
		expect(reasonFor('+4479110')).toContain('+44');
	});

	it.each([0, 447911123456.5, 2 ** 53, true])('names %j', (value) => {
		expect(reasonFor(value)).toMatch(new RegExp(`\\b${value}$`));
	});

	it('names the value as it was given, and cuts a long one', () => {
		expect(reasonFor("'123")).toMatch(/^"'123" .*\b3\b/);
		expect(reasonFor('x'.repeat(200)).length).toBeLessThan(120);
	});

	it.each(['XX', 'Atlantis', '__proto__', 'constructor'])('%s is no country', (country) => {
		expect(reasonFor('07911123456', country)).toContain(`"${country}"`);
	});
});

describe('a national number without default country', () => {
	it.each([
		['(202) 555-0143', 'US'],
		['(202)5550143', 'US'],
		['202-555-0143', 'US'],
		['202.555.0143', 'US'],
		['202 555 0143', 'US'],
		['2025550143', 'US'],
		['(212) 234-5678', 'US'],
		['(800) 555-0199', 'US'],
		['(351) 234-5678', 'US'],
		['(658) 234-5678', 'US'],
		['07911 123456', 'GB'],
		['7911 123456', 'GB'],
		['(020) 7946 0000', 'GB'],
		['0171 1234567', 'DE'],
		['(11) 98765-4321', 'BR'],
		['11 98765 4321', 'BR'],
		['11987654321', 'BR'],
		['(55) 99123-4567', 'BR'],
		['8 (495) 123-45-67', 'RU'],
		['8-495-123-45-67', 'RU'],
		['98765 43210', 'IN'],
		['098765 43210', 'IN'],
		['06 12 34 56 78', 'FR'],
	])('%s is refused for want of its country, %s', (value, country) => {
		expect(reasonFor(value)).toContain(NO_COUNTRY_CODE);
		expect(sent(value, country)).toMatch(/^[1-9]\d{8,12}$/);
	});

	it.each([
		['1 (202) 555-0143', '12025550143'],
		['1-202-555-0143', '12025550143'],
		['(1) 202 555 0143', '12025550143'],
		['44 7911 123456', '447911123456'],
		['4479 11 123456', '447911123456'],
		['49171 1234567', '491711234567'],
		['(91) 98765 43210', '919876543210'],
		['65 8123 4567', '6581234567'],
		['6581234567', '6581234567'],
	])('%s has its country code', (value, digits) => {
		expect(readPhone(value)).toEqual({ ok: true, value: digits });
	});
});

describe('with a default country', () => {
	it.each([
		['GB', '07911 123456', '447911123456'],
		['GB', '+07911 123456', '447911123456'],
		['GB', '(0)7911 123456', '447911123456'],
		// A spreadsheet that took the column for numbers dropped the zero.
		['GB', 7911123456, '447911123456'],
		['DE', '1711234567', '491711234567'],
		['AT', '6641234567', '436641234567'],
		['PK', '3001234567', '923001234567'],
		['TR', '5321234567', '905321234567'],
		['NG', '8031234567', '2348031234567'],
		['FR', '612345678', '33612345678'],
		['gb', '07911 123456', '447911123456'],
		[' GB ', '07911 123456', '447911123456'],
		['UK', '07911 123456', '447911123456'],
		['+44', '07911 123456', '447911123456'],
		['US', '(555) 123-4567', '15551234567'],
		// No area code yet, and a valid number of Denmark.
		['US', '(456) 123-4567', '14561234567'],
		['US', '1 555 123 4567', '15551234567'],
		['US', '011 44 7911 123456', '447911123456'],
		['US', '0044 7911 123456', '447911123456'],
		['AU', '0011 44 7911 123456', '447911123456'],
		['HK', '001 44 7911 123456', '447911123456'],
		['IT', '06 1234 5678', '390612345678'],
		['RU', '8 912 345-67-89', '79123456789'],
		['RU', '(495) 123-45-67', '74951234567'],
		['HU', '06 20 123 4567', '36201234567'],
		['AR', '011 15-2345-6789', '5491123456789'],
		['BR', '(55) 99123-4567', '5555991234567'],
		['IN', '98765 43210', '919876543210'],
		['IN', '091-98765-43210', '919876543210'],
		['CN', '13912345678', '8613912345678'],
		// Carriers use it, the metadata does not know it: possible is enough.
		['IL', '050-000-0000', '972500000000'],
	])('%s: %s is %s', (country, value, digits) => {
		expect(readPhone(value, { defaultCountry: country })).toEqual({ ok: true, value: digits });
	});

	it.each([
		['DE', '4915123456789'],
		['DE', '4930123456'],
		['AT', '436641234567'],
		['XK', '38343201234'],
		['ID', '6281234567890'],
		['BR', '5511961234567'],
		['IT', '393331234567'],
		['GB', '447911123456'],
		['US', '15551234567'],
	])('%s: %s has its country code already', (country, value) => {
		expect(readPhone(value, { defaultCountry: country })).toEqual({ ok: true, value });
	});

	it.each([
		['GB', '15551234567'],
		['US', '447911123456'],
		['IT', '447911123456'],
		['FR', '447911123456'],
		['ES', '12125550143'],
		['SG', '33612345678'],
	])('%s: %s is no number there and is taken as it stands', (country, value) => {
		expect(readPhone(value, { defaultCountry: country })).toEqual({ ok: true, value });
	});

	it.each([
		['DE', '447911123456'],
		['DE', '33612345678'],
		['DE', '436641234567'],
		['AT', '12125550143'],
		['DE', '447700900123'],
		['US', '4561234567'],
	])('%s: %s could be national, and is taken as it stands with a warning', (country, value) => {
		expect(readPhone(value, { defaultCountry: country })).toEqual({
			ok: true,
			value,
			warning: expect.any(String),
		});
	});

	it.each([
		['DE', '15112345678', '4915112345678'],
		['DE', '15123456789', '4915123456789'],
		['PK', '3212345678', '923212345678'],
	])(
		'%s: %s could be foreign, and is read as a mobile number with a warning',
		(country, value, digits) => {
			expect(readPhone(value, { defaultCountry: country })).toEqual({
				ok: true,
				value: digits,
				warning: expect.any(String),
			});
		},
	);

	it('a warning names both places, and is the same for all such numbers', () => {
		const warning = warningFor('447911123456', 'DE');
		expect(warning).toMatch(/United Kingdom \(\+44\).*Germany \(\+49\)/);
		expect(warningFor('447700900123', 'DE')).toBe(warning);
	});

	it.each([
		['GB', '0123', ' 4 '],
		// The zero of 061234567 is lost; so many digits are possible in Australia, but this is no number there.
		['CG', '61234567', 'Congo'],
		['GB', '079111234567', 'United Kingdom'],
		['FR', '2025550143', 'France'],
	])('%s: %s is neither', (country, value, reason) => {
		expect(reasonFor(value, country)).toContain(reason);
	});

	it('no country is meant by an empty option', () => {
		expect(sent('447911123456', '')).toBe('447911123456');
		expect(reasonFor('07911123456', ' ')).toContain(NO_COUNTRY_CODE);
	});
});

describe('with the country code beside it', () => {
	it.each([
		['44', '7700900124', '447700900124'],
		['+44', '07700 900124', '447700900124'],
		['0044', '7700900124', '447700900124'],
		['GB', '7700900124', '447700900124'],
		['United Kingdom', '7700900124', '447700900124'],
		['44', '447700900124', '447700900124'],
		['1', '2025550143', '12025550143'],
		['1', '(202) 555-0143', '12025550143'],
		['1', '12025550143', '12025550143'],
		['1-868', '291-1234', '18682911234'],
		['49', '30123456', '4930123456'],
		['49', '491711234567', '491711234567'],
		['7', '8 916 123-45-67', '79161234567'],
		['39', '0612345678', '390612345678'],
		// A number that says itself where it belongs.
		['44', '+12025550143', '12025550143'],
		// A default of the dialer, not the code of this number.
		['1', '447911123456', '447911123456'],
	])('%s: %s is %s', (code, value, digits) => {
		expect(sent(value, undefined, code)).toBe(digits);
		expect(sent(value, 'DE', code)).toBe(digits);
	});

	it.each(['', 'zzz', '0', '999'])('%j says nothing', (code) => {
		expect(sent('07700 900124', 'GB', code)).toBe('447700900124');
		expect(sent('07700 900124', undefined, code)).toBe('invalid');
	});
});
