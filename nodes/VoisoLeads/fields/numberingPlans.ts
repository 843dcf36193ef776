import {
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
	phoneMetadata,
	type CountryCode,
	type PhoneNumber,
} from '../libraries';

// The one file that asks libphonenumber-js. Its `max` metadata knows mobile numbers from fixed lines,
// which decides between two readings of a number; the build leaves the formats out of it.

export type { CountryCode, PhoneNumber };
export { getCountries, getCountryCallingCode };

/** How many digits a number with country code has; fifteen is the limit of ITU-T E.164. */
export const PHONE_DIGITS = { min: 7, max: 15 } as const;

/** Whether this is an ISO 3166 code, in capital letters, of a country that has phone numbers. */
export function isCountry(code: string): code is CountryCode {
	return isSupportedCountry(code);
}

/**
 * The possible number that these digits with country code are. A trunk prefix goes where the country dials
 * it inside only (+44 0…), and stays where it is part of the number (Italy).
 */
export function international(digits: string): PhoneNumber | undefined {
	const number = parsePhoneNumberFromString(`+${digits}`, { extract: false });
	if (number?.isPossible() !== true) return undefined;
	const found = digitsOf(number);
	if (found.length < PHONE_DIGITS.min || found.length > PHONE_DIGITS.max) return undefined;
	// Two trunk prefixes are none.
	return found === digits || international(found)?.number === number.number ? number : undefined;
}

/**
 * The possible number that these digits are when they are dialed in a country. That it is *valid* is not
 * asked for, because carriers hand out numbers before any metadata knows them.
 */
export function national(digits: string, defaultCountry: CountryCode): PhoneNumber | undefined {
	const number = parsePhoneNumberFromString(digits, { defaultCountry, extract: false });
	// From abroad fewer numbers are possible than within one of several countries that share a code.
	const found = number && international(digitsOf(number));
	return found?.number === number?.number ? found : undefined;
}

/** As Voiso takes it: digits with country code, no +. */
export function digitsOf(number: PhoneNumber): string {
	return number.number.slice(1);
}

export function isMobile(number: PhoneNumber): boolean {
	const type = number.getType();
	return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
}

/** How the numbers of a country are made up: regular expressions and lengths. */
export interface Plan {
	/** All national numbers, without trunk prefix. */
	pattern: string;
	fixedPattern: string;
	mobilePattern: string;
	/** How many digits national numbers have. */
	lengths: readonly number[];
	/** What is dialed before a number abroad. */
	abroadPattern: string;
	/** The digit that is dialed before a national number, such as `0`. */
	trunkPrefix: string | undefined;
	/** That digit, and what else may stand in its place. */
	trunkPattern: string;
	/** Whether digits behind the trunk prefix change when it goes. */
	transforms: boolean;
}

/** A pattern that nothing matches. */
const NOTHING = '(?!)';

/** Reads a plan from the list that the metadata has of it. */
function planFrom(listed: readonly unknown[] = []): Plan {
	const [, abroad, pattern, lengths, , prefix, , prefixPattern, transform, , , types] = listed;
	const kinds: unknown[] = Array.isArray(types) ? types : [];
	const [fixed, mobile] = kinds.map((kind) => (Array.isArray(kind) ? String(kind[0]) : NOTHING));
	return {
		pattern: String(pattern),
		fixedPattern: fixed ?? NOTHING,
		// An empty one is that of the fixed lines: nobody knows an American mobile number by its digits.
		mobilePattern: (mobile || fixed) ?? NOTHING,
		lengths: lengths as number[],
		abroadPattern: String(abroad || NOTHING),
		trunkPrefix: typeof prefix === 'string' ? prefix : undefined,
		trunkPattern: String(prefixPattern || prefix || NOTHING),
		transforms: typeof transform === 'string',
	};
}

const listedPlans: Readonly<Record<string, readonly unknown[]>> = phoneMetadata.countries;
const listedCodes: Readonly<Record<string, readonly string[]>> =
	phoneMetadata.country_calling_codes;
const codesWithoutCountry: Readonly<Record<string, readonly unknown[]>> =
	phoneMetadata.nonGeographic;

/** The plan of a country. */
export function planOf(country: CountryCode): Plan {
	return planFrom(listedPlans[country]);
}

/** A country calling code, such as `44`. */
export interface CallingCode {
	code: string;
	/** The main country first; none for satellite phones and the like. */
	countries: readonly CountryCode[];
	plans: readonly Plan[];
}

/** By the first three digits of a number. */
const callingCodes = new Array<CallingCode | undefined>(1000);
for (const [code, listed] of Object.entries(listedCodes)) {
	const countries = listed.filter(isCountry);
	addCode({ code, countries, plans: countries.map(planOf) });
}
for (const [code, plan] of Object.entries(codesWithoutCountry)) {
	addCode({ code, countries: [], plans: [planFrom(plan)] });
}

function addCode(calling: CallingCode): void {
	const first = Number(calling.code.padEnd(3, '0'));
	callingCodes.fill(calling, first, first + 10 ** (3 - calling.code.length));
}

/** The calling code that digits begin with. */
export function callingCodeOf(digits: string): CallingCode | undefined {
	return callingCodes[Number(digits.slice(0, 3).padEnd(3, '0'))];
}
