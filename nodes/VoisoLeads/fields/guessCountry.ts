import { forEach, type Pauser } from '../../shared/pauser';
import { countryName } from './countries';
import { isWrittenWithTrunkPrefix } from './nationalNumber';
import {
	callingCodeOf,
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	planOf,
} from './numberingPlans';
import { orUnknown, UNKNOWN } from './plainNumber';
import { readWriting, type WrittenNumber } from './writtenNumber';

/** The country that most numbers of a list are national numbers of. */
export interface CountryGuess {
	/** ISO 3166 code, as 'Default Country' takes it. */
	country: CountryCode;
	/** In English. */
	name: string;
	/** How many of the numbers are national numbers of the country, and of how many. */
	matching: number;
	total: number;
}

/** As many numbers, from all over the list, tell as much as all of them. */
const MOST_COMPARED = 300;

/** Where the numbers of a list fit several countries equally well, it is more likely one of these. */
const LARGE: ReadonlySet<CountryCode> = new Set<CountryCode>([
	...([
		'AE',
		'AR',
		'AT',
		'BE',
		'CH',
		'CL',
		'CN',
		'CO',
		'CZ',
		'DK',
		'EG',
		'FI',
		'GR',
		'HK',
	] as const),
	...([
		'HU',
		'ID',
		'IE',
		'IL',
		'JP',
		'KE',
		'KR',
		'KZ',
		'MA',
		'MY',
		'NG',
		'NO',
		'NZ',
		'PE',
	] as const),
	...(['PH', 'PK', 'PT', 'RO', 'RU', 'SA', 'SE', 'SG', 'TH', 'TW', 'UA', 'VN', 'ZA'] as const),
]);
/** And still more likely one of these. */
const LARGEST: ReadonlySet<CountryCode> = new Set<CountryCode>([
	...([
		'AU',
		'BR',
		'CA',
		'DE',
		'ES',
		'FR',
		'GB',
		'IN',
		'IT',
		'MX',
		'NL',
		'PL',
		'TR',
		'US',
		'ZA',
	] as const),
]);

/**
 * Guesses the default country of a list from its numbers that have no country code: the one that leaves least
 * to chance, that is, of whose numbers these are the largest part.
 *
 * @param numbers as they were given; those that can't be read or have a country code don't count
 * @returns `undefined` when no country has most of them
 */
export async function guessCountry(
	numbers: Iterable<string>,
	pauses: Pauser,
): Promise<CountryGuess | undefined> {
	const list: WrittenNumber[] = [];
	await forEach(numbers, pauses, (number) => {
		const written = readWriting(number);
		if (!('problem' in written) && !written.isInternational) list.push(written);
	});
	const step = Math.ceil(list.length / MOST_COMPARED);
	const compared = list.filter((_, index) => index % step === 0);
	let best: CountryCode | undefined;
	let highest = 0;
	await forEach(getCountries(), pauses, (country) => {
		const score = compared.reduce((sum, written) => sum + likeness(written, country), 0);
		if (score > highest) [best, highest] = [country, score];
	});
	if (best === undefined) return undefined;
	const country = mainCountryOf(best);
	let matching = 0;
	await forEach(list, pauses, (written) => {
		if (likeness(written, country) > 0) matching++;
	});
	if (matching * 2 <= list.length) return undefined;
	return { country, name: countryName(country), matching, total: list.length };
}

/** The country to set: a small one that shares its code with a main one, as Jersey does, has the same numbers. */
function mainCountryOf(country: CountryCode): CountryCode {
	const calling = callingCodeOf(getCountryCallingCode(country));
	const isItself = likelihood(country) > 0 || calling?.code === '1';
	return isItself ? country : (calling?.countries[0] ?? country);
}

/** How much a number counts against a country that has no such number, as a power of ten. */
const MISS = 25;
/** How much less likely a country is when its people rarely write a number so. */
const UNUSUAL = 1;
/** American punctuation: `202-555-0143`. */
const AMERICAN = 2;

/** How much likelier a country is than a small one. */
function likelihood(country: CountryCode): number {
	return LARGEST.has(country) ? 0.6 : LARGE.has(country) ? 0.4 : 0;
}

/**
 * How much a number speaks for a country: the more, the fewer numbers of its kind the country has. 0 when
 * it is none of the country.
 */
function likeness({ digits, groups }: WrittenNumber, country: CountryCode): number {
	const { trunk, isWritten, isAmerican, sizes } = outlineOf(country);
	const prefix = trunk.exec(digits)?.[0].length ?? 0;
	const sizeOf = (number: string) => sizes.get(`${number.length} ${number.slice(0, HEAD)}`);
	const withPrefix = prefix > 0 ? sizeOf(digits.slice(prefix)) : undefined;
	const size = withPrefix ?? sizeOf(digits);
	if (size === undefined) return 0;
	const isShort = isWritten && withPrefix === undefined;
	const isForeign = !isAmerican && groups.map((group) => group.length).join() === '3,3,4';
	return MISS + likelihood(country) - size - (isShort ? UNUSUAL : 0) - (isForeign ? AMERICAN : 0);
}

/** What is needed of a country to see whether a number can be one of it. */
interface Outline {
	trunk: RegExp;
	/** Whether people write the trunk prefix. */
	isWritten: boolean;
	isAmerican: boolean;
	/** By length and first digits: how many such numbers there are of their kind, as a power of ten. */
	sizes: ReadonlyMap<string, number>;
}

const outlines = new Map<CountryCode, Outline>();

function outlineOf(country: CountryCode): Outline {
	let outline = outlines.get(country);
	if (outline === undefined) {
		const { fixedPattern, mobilePattern, lengths, trunkPattern } = planOf(country);
		const kinds = [fixedPattern, mobilePattern].map(
			(kind) => new RegExp(`^(?:${orUnknown(kind)})$`),
		);
		outline = {
			trunk: new RegExp(`^(?:${trunkPattern})`),
			isWritten: isWrittenWithTrunkPrefix(country),
			isAmerican: getCountryCallingCode(country) === '1',
			sizes: new Map(kinds.flatMap((kind) => lengths.flatMap((length) => sizesOf(kind, length)))),
		};
		outlines.set(country, outline);
	}
	return outline;
}

/** How many first digits are looked at: an American area code has three. */
const HEAD = 3;

function sizesOf(kind: RegExp, length: number): Array<[string, number]> {
	let heads = [''];
	for (let digits = 0; digits < HEAD; digits++) {
		heads = heads
			.flatMap((head) => [...'0123456789'].map((digit) => head + digit))
			.filter((head) => kind.test(head.padEnd(length, UNKNOWN)));
	}
	const size = length - HEAD + Math.log10(heads.length);
	return heads.map((head) => [`${length} ${head}`, size]);
}
