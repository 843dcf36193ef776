import { getCountries, getExampleNumber, type PhoneNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { isCountry, readPhone } from '../../../nodes/VoisoLeads/fields/phoneNumber.ts';

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
};

describe('the example numbers of all countries', () => {
	it('are there', () => {
		expect(numbers.length).toBe(getCountries().length);
		expect(numbers.every(({ country }) => isCountry(country))).toBe(true);
	});

	it.each(Object.entries(withoutCode))('are read %s with their country', (_, write) => {
		const read = numbers.map(({ country, example }) =>
			readPhone(write(example), { defaultCountry: country }),
		);
		expect(read).toEqual(numbers.map(({ example }) => digitsOf(example)));
	});

	it('are read as a JavaScript number, unless a zero that was part of them is lost', () => {
		const whole = numbers.filter(({ example }) => !example.nationalNumber.startsWith('0'));
		const read = whole.map(({ country, example }) =>
			readPhone(Number(example.nationalNumber), { defaultCountry: country }),
		);
		expect(whole.length).toBeGreaterThan(230);
		expect(read).toEqual(whole.map(({ example }) => digitsOf(example)));
	});

	it.each(Object.entries(withCode))('are read %s with any default country', (_, write) => {
		for (const country of [undefined, 'US', 'DE', 'IT']) {
			const read = numbers.map(({ example }) =>
				readPhone(write(example), { defaultCountry: country }),
			);
			expect(read).toEqual(numbers.map(({ example }) => digitsOf(example)));
		}
	});
});

function digitsOf(example: PhoneNumber) {
	return { ok: true, value: example.number.slice(1) };
}
