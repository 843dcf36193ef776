import { getCountries, getExampleNumber, type PhoneNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { countryOptions, readCountry } from '../../../nodes/VoisoLeads/fields/countries.ts';
import { readPhone } from '../../../nodes/VoisoLeads/fields/phoneNumber.ts';
import { exampleNumbers, measure } from '../../phones/matrix.mts';

const numbers = getCountries().flatMap((country) => {
	const example = getExampleNumber(country, examples);
	return example === undefined ? [] : [{ country, example }];
});

type Writing = (example: PhoneNumber) => string;

const withoutCode: Record<string, Writing> = {
	'in national format': (example) => example.formatNational(),
	'in national format, digits only': (example) => example.formatNational().replace(/\D/g, ''),
	'in the digits that Voiso takes': (example) => example.number.slice(1),
};

const withCode: Record<string, Writing> = {
	'in international format': (example) => example.formatInternational(),
	'as E.164': (example) => example.number,
	'with 00': (example) => `00${example.number.slice(1)}`,
	'in dots': (example) => example.formatInternational().replaceAll(' ', '.'),
	'as a link': (example) => example.getURI(),
};

describe('the example numbers of all countries', () => {
	it('are there', () => {
		expect(numbers.length).toBe(getCountries().length);
	});

	it.each(Object.entries(withoutCode))('are read %s with their country', (_, write) => {
		const read = numbers.map(({ country, example }) =>
			readPhone(write(example), { defaultCountry: country }),
		);
		expect(read).toEqual(numbers.map(({ example }) => digitsOf(example)));
	});

	it('are read as a JavaScript number, unless a zero that was part of them is lost', () => {
		const whole = numbers.filter(({ example }) => !example.nationalNumber.startsWith('0'));
		const read = whole.map(({ country, example }) => {
			const result = readPhone(Number(example.nationalNumber), { defaultCountry: country });
			return result.ok ? result.value : result.reason;
		});
		expect(whole.length).toBeGreaterThan(230);
		expect(read).toEqual(whole.map(({ example }) => example.number.slice(1)));
	});

	it.each(Object.entries(withCode))('are read %s with any default country', (_, write) => {
		for (const country of [undefined, 'US', 'DE', 'IT']) {
			const read = numbers.map(({ example }) =>
				readPhone(write(example), { defaultCountry: country }),
			);
			expect(read).toEqual(numbers.map(({ example }) => digitsOf(example)));
		}
	});

	it('are read beside their calling code, however they are written', () => {
		for (const write of Object.values(withoutCode)) {
			const read = numbers.map(({ example }) =>
				readPhone(write(example), { countryCode: `+${example.countryCallingCode}` }),
			);
			expect(read).toEqual(numbers.map(({ example }) => digitsOf(example)));
		}
	});
});

describe('every example number with every default country', () => {
	const rows = new Map(measure(readPhone).map((row) => [row.name, row]));
	const rate = (name: string, part: 'wrong' | 'refused') => {
		const row = rows.get(name) ?? expect.unreachable(name);
		return row[part] / row.total;
	};

	// docs/phone-numbers.md has the figures.
	it('is read as what it is where that can be known', () => {
		expect(exampleNumbers.length).toBeGreaterThan(470);
		for (const name of [
			'with country code, no default country',
			'with country code, own default country',
			'national, own default country',
			'national digits only, own default country',
		]) {
			expect([name, rate(name, 'wrong'), rate(name, 'refused')]).toEqual([name, 0, 0]);
		}
	});

	it('is read wrong in few cases where it can be another number as well', () => {
		expect(rate('with country code, foreign default country', 'wrong')).toBeLessThan(0.014);
		expect(rate('with country code, foreign default country', 'refused')).toBe(0);
		expect(rate('without trunk prefix, own default country', 'wrong')).toBeLessThan(0.003);
		expect(rate('national, no default country', 'wrong')).toBeLessThan(0.003);
	});
});

describe('a country', () => {
	it.each([
		['GB', 'GB'],
		[' gb ', 'GB'],
		['UK', 'GB'],
		['United Kingdom', 'GB'],
		['united kingdom', 'GB'],
		['United Kingdom (GB, +44)', 'GB'],
		['Great Britain', 'GB'],
		['+44', 'GB'],
		['44', 'GB'],
		[44, 'GB'],
		['0044', 'GB'],
		['+1', 'US'],
		['USA', 'US'],
		['U.S.A.', 'US'],
		['The Netherlands', 'NL'],
		['Holland', 'NL'],
		['Côte d’Ivoire', 'CI'],
		["Cote d'Ivoire", 'CI'],
		['Ivory Coast', 'CI'],
		['Bosnia and Herzegovina', 'BA'],
		['Trinidad & Tobago', 'TT'],
		['Saint Lucia', 'LC'],
		['St Lucia', 'LC'],
		['Hong Kong', 'HK'],
		['Turkey', 'TR'],
		['Türkiye', 'TR'],
		['Czech Republic', 'CZ'],
		['Russia', 'RU'],
		['South Korea', 'KR'],
		['UAE', 'AE'],
		['Deutschland', 'DE'],
		['Großbritannien', 'GB'],
		['Vereinigtes Königreich', 'GB'],
		['Royaume-Uni', 'GB'],
		['Etats-Unis', 'US'],
		['España', 'ES'],
		['Italia', 'IT'],
		['Brasil', 'BR'],
		['Nederland', 'NL'],
		['Polska', 'PL'],
	])('%s is %s', (value, country) => {
		expect(readCountry(value)).toBe(country);
	});

	it.each([
		'',
		'  ',
		null,
		undefined,
		'XX',
		'Atlantis',
		'999',
		'+4',
		'447',
		'+882',
		'__proto__',
		'constructor',
		{},
		['GB'],
		true,
	])('%s is none', (value) => {
		expect(readCountry(value)).toBeUndefined();
	});

	it.each(['de', 'fr', 'es', 'pt', 'it', 'nl', 'pl'])('is found by its name in %s', (language) => {
		const names = new Intl.DisplayNames([language], { type: 'region' });
		const wrong = getCountries().filter((each) => readCountry(names.of(each)) !== each);
		// Of the two halves of the island, French calls both Saint-Martin.
		expect(wrong).toEqual(language === 'fr' ? ['SX'] : []);
	});

	it('is found by what the list says, and by its name alone', () => {
		const options = countryOptions();
		expect(options.map(({ value }) => value).sort()).toEqual([...getCountries()].sort());
		expect(options).toContainEqual({ name: 'United Kingdom (GB, +44)', value: 'GB' });
		for (const { name, value } of options) {
			expect(readCountry(name)).toBe(value);
			expect(readCountry(name.replace(/ \([A-Z]{2}, .*/, ''))).toBe(value);
		}
	});
});

function digitsOf(example: PhoneNumber) {
	return { ok: true, value: example.number.slice(1) };
}
