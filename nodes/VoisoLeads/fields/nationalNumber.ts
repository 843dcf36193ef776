import {
	type CountryCode,
	getCountryCallingCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
	type PhoneNumber,
} from 'libphonenumber-js';

// The one file that imports libphonenumber-js: the build bundles the library into it, because a
// verified node has no runtime dependencies. It imports nothing else, so that nothing else is bundled.

/** More digits than this, after the trunk zero, nearly always begin with a country code. */
const LONGEST_NATIONAL = 10;
/** Brazil's mobile numbers have 11, and 55 is an area code there as well as the country's. */
const LONGEST_IN_BRAZIL = 11;

/** Whether this is an ISO 3166 two-letter country code that has phone numbers, in any case. */
export function isCountry(code: string): boolean {
	return isSupportedCountry(code.trim().toUpperCase());
}

/**
 * The digits with country code of a number without `+` or `00`: as it is dialled in `country`, where
 * that many digits are *possible*; that it is *valid* is not asked for, because carriers hand out
 * numbers before any metadata knows them. A number that cannot be one of `country`, or is long and far
 * likelier to be an international one, is taken as it stands.
 *
 * @param digits the number's digits, no plus
 * @param country ISO 3166 code; one for which `isCountry` is false gives `undefined`
 */
export function nationalToInternational(digits: string, country: string): string | undefined {
	const code = country.trim().toUpperCase();
	if (!isSupportedCountry(code)) return undefined;
	const national = possible(
		parsePhoneNumberFromString(digits, { defaultCountry: code, extract: false }),
	);
	const long = digits.length > LONGEST_NATIONAL && !digits.startsWith('0');
	if (national !== undefined && !long) return digitsOf(national);
	const asItStands = possible(parsePhoneNumberFromString(`+${digits}`, { extract: false }));
	const standsValid = asItStands?.number === `+${digits}` && asItStands.isValid();
	const standsLikelier =
		standsValid && (national?.isValid() !== true || tooLongForNational(digits, code));
	if (national !== undefined && !standsLikelier) return digitsOf(national);
	return standsValid || (long && asItStands !== undefined) ? digits : undefined;
}

/**
 * Whether a number that begins with the country's own code is longer than what is dialled inside the
 * country after the trunk zero. The metadata cannot say: it counts 13 digits as possible in Germany.
 */
function tooLongForNational(digits: string, country: CountryCode): boolean {
	const longest = country === 'BR' ? LONGEST_IN_BRAZIL : LONGEST_NATIONAL;
	return digits.length > longest && digits.startsWith(getCountryCallingCode(country));
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
