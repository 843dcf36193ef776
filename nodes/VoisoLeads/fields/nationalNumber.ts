import {
	isSupportedCountry,
	parsePhoneNumberFromString,
	type PhoneNumber,
} from 'libphonenumber-js';

// The one file that imports libphonenumber-js: the build bundles the library into it, because a
// verified node has no runtime dependencies. It imports nothing else, so that nothing else is bundled.

/** Whether this is an ISO 3166 two-letter country code that has phone numbers, in any case. */
export function isCountry(code: string): boolean {
	return isSupportedCountry(code.trim().toUpperCase());
}

/**
 * The digits with country code of a number as it is dialled in `country`, or `undefined` when it is
 * possible neither there nor, as it stands, as an international one. *Possible* is about the number of
 * digits; *valid* numbers are not asked for, because carriers hand out numbers before any metadata
 * knows them. Validity only chooses between two possible readings.
 *
 * @param digits the number's digits, no plus
 * @param country ISO 3166 code; one for which `isCountry` is false gives `undefined`
 */
export function nationalToInternational(digits: string, country: string): string | undefined {
	const defaultCountry = country.trim().toUpperCase();
	if (!isSupportedCountry(defaultCountry)) return undefined;
	const national = possible(parsePhoneNumberFromString(digits, { defaultCountry, extract: false }));
	if (national?.isValid() === true) return digitsOf(national);
	const international = possible(parsePhoneNumberFromString(`+${digits}`, { extract: false }));
	if (international?.isValid() === true) return digitsOf(international);
	const best = national ?? international;
	return best === undefined ? undefined : digitsOf(best);
}

/**
 * The digits of an international number written with its trunk zero, as in `+44 (0)7911 123456`: the
 * zero goes where the country dials it inside only (GB) and stays where it is part of the number (IT).
 *
 * @param digits country code, the zero and the rest, no plus
 */
export function dropTrunkZero(digits: string): string | undefined {
	const number = possible(parsePhoneNumberFromString(`+${digits}`, { extract: false }));
	return number === undefined ? undefined : digitsOf(number);
}

function possible(number: PhoneNumber | undefined): PhoneNumber | undefined {
	return number?.isPossible() === true ? number : undefined;
}

function digitsOf(number: PhoneNumber): string {
	return number.number.slice(1);
}
