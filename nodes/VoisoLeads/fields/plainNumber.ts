import {
	type CallingCode,
	callingCodeOf,
	type CountryCode,
	getCountryCallingCode,
	PHONE_DIGITS,
	planOf,
} from './numberingPlans';

// What most numbers of a list need, in a fraction of the time that libphonenumber takes, which compiles its
// regular expressions for each number. It gives the same numbers, or none.

/** The calling codes that are marked in `clean`, with all numbers that their countries know. */
const known = new Map<CallingCode, RegExp>();

/** By the first four digits of a number: bit n is set when numbers of n digits are clean. */
const clean = new Uint16Array(10_000);

const PLAIN = /^[1-9]\d{6,14}$/;
const ZERO = 48;

/**
 * Whether these are the digits of a possible number as they stand, which begins as numbers do that its country
 * knows. A number may be possible all the same when this says no: a country may have lengths that others
 * of its code have not, or a trunk prefix may have to go.
 *
 * @param text anything
 */
export function isClean(text: string): boolean {
	if (!PLAIN.test(text)) return false;
	if (isMarked(text)) return true;
	const calling = callingCodeOf(text);
	if (calling === undefined || known.has(calling)) return false;
	knownBy(calling);
	return isMarked(text);
}

function isMarked(digits: string): boolean {
	const first =
		digits.charCodeAt(0) * 1000 +
		digits.charCodeAt(1) * 100 +
		digits.charCodeAt(2) * 10 +
		digits.charCodeAt(3) -
		ZERO * 1111;
	return (((clean[first] ?? 0) >> digits.length) & 1) === 1;
}

/** Whether digits with a calling code look like a number of a country that has it. */
export function isKnown(digits: string): boolean {
	const calling = callingCodeOf(digits);
	return calling !== undefined && knownBy(calling).test(digits.slice(calling.code.length));
}

/** What the countries of a calling code know; with the first number of the code, the clean ones are marked. */
function knownBy(calling: CallingCode): RegExp {
	let pattern = known.get(calling);
	if (pattern === undefined) {
		pattern = new RegExp(`^(?:${patternsOf(calling)})$`);
		known.set(calling, pattern);
		markClean(calling);
	}
	return pattern;
}

function patternsOf({ plans }: CallingCode): string {
	return plans.map(({ pattern }) => pattern).join('|');
}

/** Stands for any digit of a number of which only the first ones are given. */
export const UNKNOWN = 'x';

/** A pattern that matches as well where unknown digits stand for those it wants. */
export function orUnknown(pattern: string): string {
	return pattern.replace(/\{[^}]*\}|\\d|\[[^\]]*\]|\d/g, (part) =>
		part.startsWith('{') ? part : `(?:${part}|${UNKNOWN})`,
	);
}

function markClean(calling: CallingCode): void {
	const { code, plans } = calling;
	const [main] = plans;
	if (main === undefined) return;
	const canBeKnown = new RegExp(`^(?:${orUnknown(patternsOf(calling))})$`);
	const canHaveTrunk = new RegExp(`^(?:${orUnknown(main.trunkPattern)})(?<!^)`);
	const lengths = main.lengths.filter((length) => {
		const digits = code.length + length;
		const isPossible = plans.every((plan) => plan.lengths.includes(length));
		return isPossible && digits >= PHONE_DIGITS.min && digits <= PHONE_DIGITS.max;
	});
	const given = 4 - code.length;
	for (let next = 0; next < 10 ** given; next++) {
		const head = String(next).padStart(given, '0');
		for (const length of lengths) {
			const number = head.padEnd(length, UNKNOWN);
			if (!canBeKnown.test(number) || canHaveTrunk.test(number)) continue;
			const index = Number(code + head);
			clean[index] = (clean[index] ?? 0) | (1 << (code.length + length));
		}
	}
}

/** What the national numbers of a country need. */
interface NationalPlan {
	code: string;
	lengths: readonly number[];
	trunkPrefix: string | undefined;
	transforms: boolean;
	pattern: RegExp;
	trunk: RegExp;
	abroad: RegExp;
}

const nationalPlans = new Map<CountryCode, NationalPlan>();

function nationalPlanOf(country: CountryCode): NationalPlan {
	let made = nationalPlans.get(country);
	if (made === undefined) {
		const { pattern, trunkPattern, abroadPattern, ...rest } = planOf(country);
		made = {
			code: getCountryCallingCode(country),
			...rest,
			pattern: new RegExp(`^(?:${pattern})$`),
			trunk: new RegExp(`^(?:${trunkPattern})`),
			abroad: new RegExp(`^(?:${abroadPattern})`),
		};
		nationalPlans.set(country, made);
	}
	return made;
}

/**
 * A number that is dialed in a country, with its country code, where that is plain: nothing or a trunk prefix of
 * one digit stands before a clean number.
 */
export function plainNational(digits: string, country: CountryCode): string | undefined {
	const { code, pattern, trunk, abroad, lengths, transforms } = nationalPlanOf(country);
	const prefix = trunk.exec(digits)?.[0].length ?? 0;
	const number = digits.slice(prefix);
	const isPlain =
		prefix === 0 ? !digits.startsWith(code) : prefix === 1 && !transforms && !pattern.test(digits);
	if (!isPlain || !lengths.includes(number.length) || abroad.test(digits)) return undefined;
	return isClean(code + number) ? code + number : undefined;
}

/** Whether digits can be dialed in a country, other than as its own number with the country code. */
export function mayBeNational(digits: string, country: CountryCode): boolean {
	const { code, lengths, trunk } = nationalPlanOf(country);
	if (lengths.includes(digits.length)) return true;
	return trunk.test(digits) && !digits.startsWith(code);
}

/** Whether people dial a trunk prefix, such as `0`, before national numbers; the 1 of Americans is their code. */
export function hasTrunkPrefix(country: CountryCode): boolean {
	const { trunkPrefix, code } = nationalPlanOf(country);
	return trunkPrefix !== undefined && trunkPrefix !== code;
}
