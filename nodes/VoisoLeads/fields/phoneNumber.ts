import { countryName, readCountry } from './countries';
import {
	codeOf,
	resolveInternational,
	resolveNational,
	resolveWithCode,
	resolveWithoutCountry,
	type Resolved,
} from './nationalNumber';
import {
	callingCodeOf,
	national,
	digitsOf,
	PHONE_DIGITS,
	type CountryCode,
} from './numberingPlans';
import { isClean } from './plainNumber';
import { describe, isEmpty, type LeadOptions, type Reading, refuse } from './reading';
import { readWriting, type WrittenNumber } from './writtenNumber';

/** Ends the reason of each number that a default country could complete. */
export const NO_COUNTRY_CODE = "has no country code. Add it, or set 'Default Country'.";

/**
 * The digits of a phone number with its country code, as Voiso takes them, always of a number that
 * libphonenumber calls possible. `docs/phone-numbers.md` says what is understood. Never throws.
 *
 * @param value text or a whole number
 * @param options without `defaultCountry` a number needs its country code; `countryCode` comes before it
 */
export function readPhone(value: unknown, options: LeadOptions = {}): Reading<string> {
	const { defaultCountry, countryCode = '' } = options;
	// The way of nearly all numbers of a large import.
	if (typeof value === 'string') {
		const hasPlus = value.startsWith('+');
		const digits = hasPlus ? value.slice(1) : value;
		const isSure = hasPlus || (isEmpty(defaultCountry) && isEmpty(countryCode));
		if (isSure && isClean(digits)) return { ok: true, value: digits };
	}
	if (isEmpty(value)) return { ok: false, reason: 'is empty' };
	const text = textOf(value);
	if (text === undefined) return refuse('text or a whole number', value);
	const invalid = (problem: string) => ({
		ok: false as const,
		reason: `${describe(value)} ${problem}`,
	});
	const written = readWriting(text);
	if ('problem' in written) return invalid(written.problem);
	const country = readCountry(defaultCountry);
	if (country === undefined && !isEmpty(defaultCountry)) {
		return invalid(
			`can't be read: 'Default Country' is ${describe(defaultCountry)}. Use a country from the list, e.g. GB.`,
		);
	}
	const resolved = resolve(written, country, countryCode);
	if (resolved === undefined) return invalid(reasonFor(written, country, countryCode));
	const warning = resolved.warning ?? written.warning;
	return { ok: true, value: resolved.digits, ...(warning !== undefined && { warning }) };
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value);
	return isWhole && value !== 0 && value !== 0n ? String(value) : undefined;
}

function resolve(
	written: WrittenNumber,
	country: CountryCode | undefined,
	countryCode: string,
): Resolved {
	if (written.isInternational) {
		return resolveInternational(written.digits) ?? resolveForeignPrefix(written, country);
	}
	const withCode = isEmpty(countryCode) ? undefined : resolveWithCode(written, countryCode);
	if (withCode !== undefined) return withCode;
	return country === undefined ? resolveWithoutCountry(written) : resolveNational(written, country);
}

/** Some countries dial more than 00 before a country code: 0011 in Australia, 001 in Hong Kong. */
function resolveForeignPrefix(
	{ groups }: WrittenNumber,
	country: CountryCode | undefined,
): Resolved {
	const dialed = groups.join('');
	if (country === undefined || !dialed.startsWith('00')) return undefined;
	const number = national(dialed, country);
	return number && { digits: digitsOf(number) };
}

function reasonFor(
	{ digits, isInternational }: WrittenNumber,
	country: CountryCode | undefined,
	countryCode: string,
): string {
	const { min, max } = PHONE_DIGITS;
	if (digits.length > max || digits.length < min - 1) {
		return `has ${digits.length} digits. A number with its country code has ${min} to ${max}.`;
	}
	if (country !== undefined && !isInternational) {
		return `isn't a possible number of ${countryName(country)}. Check its digits, or write it with + and its country code.`;
	}
	const code = digits.startsWith('0') ? undefined : callingCodeOf(digits)?.code;
	if (isInternational && code !== undefined) {
		return `isn't a possible number with country code +${code}. Check its digits.`;
	}
	if (isInternational && !digits.startsWith('0')) {
		return 'begins with no known country code. Check its digits.';
	}
	const isUnknown = !isEmpty(countryCode) && codeOf(countryCode) === undefined;
	return isUnknown
		? `stands beside the unknown country ${describe(countryCode)} and ${NO_COUNTRY_CODE}`
		: NO_COUNTRY_CODE;
}
