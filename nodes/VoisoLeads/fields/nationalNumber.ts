import { countryName, readCountry } from './countries';
import {
	callingCodeOf,
	type CountryCode,
	digitsOf,
	getCountryCallingCode,
	international,
	isMobile,
	national,
	type PhoneNumber,
} from './numberingPlans';
import { hasTrunkPrefix, isClean, isKnown, mayBeNational, plainNational } from './plainNumber';
import type { WrittenNumber } from './writtenNumber';

/** More digits than this, after the trunk prefix, nearly always begin with a country code. */
const LONGEST_NATIONAL = 10;
/** The mobile numbers of Brazil, China and Germany have one more. */
const LONGEST_MOBILE = 11;

/** The digits with country code; `undefined` when there are none to be had. */
export type Resolved = { digits: string; warning?: string } | undefined;

/**
 * Countries that have a trunk prefix, whose people mostly write their numbers without it: libphonenumber
 * formats them so, or knows both ways. In Germany or Britain a number without its zero lost it in a
 * spreadsheet; in these it never had one.
 */
export const WRITTEN_WITHOUT_TRUNK_PREFIX: ReadonlySet<CountryCode> = new Set<CountryCode>([
	...(['AR', 'BO', 'BR', 'CN', 'CO', 'GE', 'IN', 'KI', 'KZ', 'LB', 'LI'] as const),
	...(['LT', 'MH', 'MN', 'NP', 'PE', 'RU', 'SO', 'SY', 'TR', 'VN'] as const),
]);

/** A number that begins with its country code. */
interface FullNumber {
	digits: string;
	/** Its calling code. */
	code: string;
	/** For what takes longer: whether it is valid, and its type. */
	parse: () => PhoneNumber | undefined;
	warning?: string;
}

function isValid({ parse }: FullNumber): boolean {
	return parse()?.isValid() === true;
}

/** The number that begins with its country code, without what old or careless lists have behind the code. */
function fullNumber(digits: string): FullNumber | undefined {
	const code = callingCodeOf(digits)?.code;
	if (code === undefined) return undefined;
	if (isClean(digits)) return { digits, code, parse: () => international(digits) };
	const number = international(digits);
	const next = digits[code.length];
	// Until 2019 Mexican mobile numbers had a 1 after +52; WhatsApp still has.
	const isStray = next === '0' || (code === '52' && next === '1');
	if (isStray && number?.isValid() !== true) {
		const without = international(code + digits.slice(code.length + 1));
		if (without?.isValid() === true) {
			const warning = `The ${next} after +${code} was left out, because it isn't dialed there.`;
			return { digits: digitsOf(without), code, parse: () => without, warning };
		}
	}
	return number && { digits: digitsOf(number), code, parse: () => number };
}

function resolved(number: FullNumber | undefined): Resolved {
	if (number?.warning === undefined) return number && { digits: number.digits };
	return { digits: number.digits, warning: number.warning };
}

/** A number that is written with its country code, after a + or 00. */
export function resolveInternational(digits: string): Resolved {
	return resolved(fullNumber(digits));
}

/**
 * A number without + or 00 in a list that has no default country. It has to begin with a country code, and
 * must not look like a national number: with the area code in brackets, grouped like an American one, or
 * as short as one and unknown to the country of its code.
 */
export function resolveWithoutCountry(written: WrittenNumber): Resolved {
	const { digits } = written;
	if (digits.startsWith('011')) return resolveAmericanPrefix(digits.slice('011'.length));
	const full = fullNumber(digits);
	if (full === undefined || (digits.length <= LONGEST_MOBILE && !isKnown(full.digits))) {
		return undefined;
	}
	return looksAmerican(written) || !fitsGroups(written, full) ? undefined : resolved(full);
}

/** Americans dial 011 before a country code. */
function resolveAmericanPrefix(digits: string): Resolved {
	const full = digits.length > LONGEST_NATIONAL ? fullNumber(digits) : undefined;
	return full && isValid(full) ? resolved(full) : undefined;
}

/** `202-555-0143` */
function looksAmerican({ digits, groups }: WrittenNumber): boolean {
	const isGrouped = groups.map((group) => group.length).join() === '3,3,4';
	return isGrouped && national(digits, 'US')?.isValid() === true;
}

/**
 * Whether the groups allow that a number begins with its country code: the code is a group of its own, or
 * begins the first one of a long number that its country knows. `8 495 123 45 67` is no number of Vietnam (84).
 */
function fitsGroups({ groups, beginsWithBracket }: WrittenNumber, full: FullNumber): boolean {
	const [first = ''] = groups;
	const { length } = full.code;
	if (groups.length === 1 || (first.length === length && !beginsWithBracket)) return true;
	const fits = beginsWithBracket ? first.length === length : first.length > length;
	return fits && full.digits.length > LONGEST_NATIONAL && isValid(full);
}

/** The calling code that a country's code, its name, or the calling code itself stands for. */
export function codeOf(countryCode: string): string | undefined {
	const country = readCountry(countryCode);
	const code = country ? getCountryCallingCode(country) : countryCode.replace(/^00|\D/g, '');
	return callingCodeOf(code) === undefined ? undefined : code;
}

/**
 * A number beside which its row has a country code: most often it is national, but the code may be in
 * it, too.
 *
 * @param countryCode such as `44`, `+44`, `1-868` or `GB`; one that means nothing gives `undefined`
 */
export function resolveWithCode({ digits }: WrittenNumber, countryCode: string): Resolved {
	const code = codeOf(countryCode);
	if (code === undefined) return undefined;
	const asNational = fullNumber(code + digits);
	const full = digits.startsWith(code) ? fullNumber(digits) : undefined;
	if (full === undefined || !isValid(full)) return resolved(asNational ?? full);
	const isFull = digits.length > LONGEST_NATIONAL || !asNational || !isValid(asNational);
	return resolved(isFull ? full : asNational);
}

/**
 * A number without + or 00 in a list of a country. It can be read as a national number, and as a full one as it
 * stands:
 *
 * - Where only one of the two is a *valid* number, or a long one that looks like one, it is that.
 * - Where both are, in a country whose people write no trunk prefix: it is national when it is a mobile
 *   number, or a fixed line of up to ten digits.
 * - Where both are, and people write a trunk prefix, but there is none: it is national when it is a
 *   mobile number (a spreadsheet dropped the zero) and the full number is none.
 *
 * A choice between two that are likely has a warning.
 */
export function resolveNational(written: WrittenNumber, country: CountryCode): Resolved {
	const { digits } = written;
	if (digits.startsWith('0')) return resolveAfterZero(digits, country);
	const isLong = digits.length > LONGEST_NATIONAL;
	const full = isLong || isKnown(digits) ? fullNumber(digits) : undefined;
	if (full === undefined || !fitsGroups(written, full)) return onlyNational(digits, country);
	const hasTrunk = isWrittenWithTrunkPrefix(country);
	const isOwn = full.code === getCountryCallingCode(country);
	if (isLong && ((isOwn && hasTrunk) || !mayBeNational(digits, country))) return resolved(full);
	const asNational = national(digits, country);
	if (asNational === undefined) return isLong || isValid(full) ? resolved(full) : undefined;
	if (digitsOf(asNational) === full.digits) return resolved(full);
	// Test numbers and new ones are unknown to the metadata, but look like those of their country.
	const isFull = isValid(full) || (isLong && isKnown(full.digits));
	if (isFull && asNational.isValid()) {
		if (hasTrunk) {
			const lostItsZero = asNational.getType() === 'MOBILE' && full.parse()?.getType() !== 'MOBILE';
			return unsure(asNational, full, lostItsZero);
		}
		const isLine = asNational.getType() === 'FIXED_LINE' && !isLong;
		return isLine || isMobile(asNational) ? { digits: digitsOf(asNational) } : resolved(full);
	}
	if (isFull) return hasTrunk || isLong ? resolved(full) : unsure(asNational, full, false);
	return isLong && !asNational.isValid()
		? unsure(asNational, full, false)
		: { digits: digitsOf(asNational) };
}

function onlyNational(digits: string, country: CountryCode): Resolved {
	const plain = plainNational(digits, country);
	if (plain !== undefined) return { digits: plain };
	const number = national(digits, country);
	// Where no 0 is dialed before a number, people of other countries write one all the same.
	return number && resolved(fullNumber(digitsOf(number)));
}

/** The national number, unless it is the country's own code that stands behind the zero: `091 98765 43210`. */
function resolveAfterZero(digits: string, country: CountryCode): Resolved {
	const isOwn = digits.startsWith(`0${getCountryCallingCode(country)}`);
	if (isOwn && national(digits, country)?.isValid() !== true) {
		const own = fullNumber(digits.slice(1));
		if (own && isValid(own)) return resolved(own);
	}
	return onlyNational(digits, country);
}

/** Whether people of a country write a trunk prefix, such as `0`, before their numbers. */
export function isWrittenWithTrunkPrefix(country: CountryCode): boolean {
	return hasTrunkPrefix(country) && !WRITTEN_WITHOUT_TRUNK_PREFIX.has(country);
}

/** One of two numbers that digits can be, with a warning unless both are of the same country. */
function unsure(asNational: PhoneNumber, full: FullNumber, isNational: boolean): Resolved {
	const codes = [asNational.countryCallingCode, full.code];
	const digits = isNational ? digitsOf(asNational) : full.digits;
	if (codes[0] === codes[1]) return { digits };
	const [one = '', other = ''] = (isNational ? codes : codes.reverse()).map(placeOf);
	const warning = `Read as a number of ${one}, but it could be one of ${other}. Write numbers with + and the country code to be sure.`;
	return { digits, warning };
}

function placeOf(callingCode: string): string {
	const country = callingCodeOf(callingCode)?.countries[0];
	return country === undefined ? `+${callingCode}` : `${countryName(country)} (+${callingCode})`;
}
