import fc from 'fast-check';
import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	parsePhoneNumberFromString,
} from 'libphonenumber-js';
import metadata from 'libphonenumber-js/metadata.max.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { WRITTEN_WITHOUT_TRUNK_PREFIX } from '../../../nodes/VoisoLeads/fields/nationalNumber.ts';
import { national } from '../../../nodes/VoisoLeads/fields/numberingPlans.ts';
import {
	hasTrunkPrefix,
	isClean,
	isKnown,
	plainNational,
} from '../../../nodes/VoisoLeads/fields/plainNumber.ts';
import { exampleNumbers } from '../../phones/matrix.mts';

const codes = [
	...Object.keys(metadata.country_calling_codes),
	...Object.keys(metadata.nonGeographic),
];
const rest = fc.stringMatching(/^[0-9]{3,14}$/);

/** Whether libphonenumber calls these digits a possible number and changes nothing about them. */
function isPossibleAsItStands(digits: string): boolean {
	const number = parsePhoneNumberFromString(`+${digits}`, { extract: false });
	return number?.number === `+${digits}` && number.isPossible();
}

describe('a clean number', () => {
	it('is one that libphonenumber calls possible as it stands', () => {
		for (const code of codes) {
			fc.assert(
				fc.property(rest, (national) => {
					if (isClean(code + national)) expect(isPossibleAsItStands(code + national)).toBe(true);
				}),
			);
		}
	});

	it('is nearly every number that a country has, so that these take no time', () => {
		const clean = exampleNumbers.filter(({ full }) => isClean(full));
		expect(clean.length / exampleNumbers.length).toBeGreaterThan(0.95);
		expect(exampleNumbers.filter(({ full }) => !isKnown(full))).toEqual([]);
	});

	it.each([
		'',
		'44',
		'+447911123456',
		'44 7911 123456',
		'4479111234567',
		'440791112345',
		'abc',
		'999123456789',
	])('is not %j', (text) => {
		expect(isClean(text)).toBe(false);
	});
});

it('a plain national number is what libphonenumber makes of it, in every country', () => {
	let plain = 0;
	const compare = (digits: string, country: CountryCode) => {
		const found = plainNational(digits, country);
		if (found === undefined) return;
		plain++;
		expect(`${country} ${digits} +${found}`).toBe(
			`${country} ${digits} ${national(digits, country)?.number}`,
		);
	};
	for (const { country, national, short, full } of exampleNumbers) {
		for (const digits of [national.replace(/\D/g, ''), short, full, `0${full}`]) {
			for (const other of [country, 'GB', 'US', 'DE', 'BR', 'JP', 'AU'] as const) {
				compare(digits, other);
			}
		}
	}
	for (const country of getCountries()) {
		fc.assert(
			fc.property(rest, (digits) => {
				compare(digits, country);
				compare(`0${digits}`, country);
			}),
			{ numRuns: 30 },
		);
	}
	expect(plain).toBeGreaterThan(1000);
});

it('the countries whose people write no trunk prefix are those that libphonenumber formats so', () => {
	const hasOptionalPrefix = (country: CountryCode) => {
		const main = metadata.country_calling_codes[getCountryCallingCode(country)]?.[0] ?? country;
		const formats: unknown = metadata.countries[main]?.[4];
		return Array.isArray(formats) && formats.some((format: unknown[]) => Boolean(format[4]));
	};
	const isWrittenWithout = (country: CountryCode) => {
		const mobile = exampleNumbers.find((number) => number.country === country);
		return mobile?.national.replace(/\D/g, '') === mobile?.short;
	};
	const found = getCountries().filter(
		(country) =>
			hasTrunkPrefix(country) && (hasOptionalPrefix(country) || isWrittenWithout(country)),
	);
	expect(found).toEqual([...WRITTEN_WITHOUT_TRUNK_PREFIX].sort());
});
