import type { INodePropertyOptions } from 'n8n-workflow';
import {
	callingCodeOf,
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	isCountry,
} from './numberingPlans';
import { isEmpty } from './reading';

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** What people call a country beside its English name, in the form that `simplified` gives. */
const OTHER_NAMES: Readonly<Record<string, CountryCode>> = {
	america: 'US',
	england: 'GB',
	greatbritain: 'GB',
	großbritannien: 'GB',
	scotland: 'GB',
	uk: 'GB',
	usa: 'US',
	unitedstatesofamerica: 'US',
	bosnia: 'BA',
	burma: 'MM',
	capeverde: 'CV',
	caboverde: 'CV',
	congo: 'CG',
	czechrepublic: 'CZ',
	democraticrepublicofthecongo: 'CD',
	drc: 'CD',
	easttimor: 'TL',
	holland: 'NL',
	hongkong: 'HK',
	ivorycoast: 'CI',
	korea: 'KR',
	republicofkorea: 'KR',
	macau: 'MO',
	macedonia: 'MK',
	myanmar: 'MM',
	palestine: 'PS',
	republicofireland: 'IE',
	russianfederation: 'RU',
	swaziland: 'SZ',
	turkey: 'TR',
	turkiye: 'TR',
	uae: 'AE',
	viet: 'VN',
	vietnam: 'VN',
	vatican: 'VA',
};

/** The English name of a country: `United Kingdom` for `GB`. */
export function countryName(country: CountryCode): string {
	return names.of(country) ?? country;
}

/** All countries for a list of options, by name: `{ name: 'United Kingdom (GB, +44)', value: 'GB' }`. */
export function countryOptions(): INodePropertyOptions[] {
	return getCountries()
		.map((country) => ({
			name: `${countryName(country)} (${country}, +${getCountryCallingCode(country)})`,
			value: country,
		}))
		.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Of the files that have columns such as `Land` and `País`; after English, the first that has a name counts. */
const LANGUAGES = ['de', 'fr', 'es', 'pt', 'it', 'nl', 'pl'];

let byName: ReadonlyMap<string, CountryCode> | undefined;

/** All names in all languages, as `simplified` gives them. Node knows them, so that none has to ship. */
function countriesByName(): Map<string, CountryCode> {
	const others = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region' }));
	const all = new Map(Object.entries(OTHER_NAMES));
	for (const language of [names, ...others]) {
		for (const country of getCountries()) {
			const name = simplified(language.of(country) ?? country);
			if (language === names || !all.has(name)) all.set(name, country);
		}
	}
	return all;
}

/**
 * The ISO 3166 code of a country that a value names: `GB`, `gb`, `UK`, `United Kingdom`, `Deutschland`, `+44`, `44`
 * or `United Kingdom (GB, +44)`. A calling code that several countries share means the main one (+1 the United
 * States). `undefined` when it names none.
 */
export function readCountry(value: unknown): CountryCode | undefined {
	if (isEmpty(value) || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
	const text = String(value).trim();
	const listed = /\(([A-Z]{2}), \+\d+\)$/.exec(text)?.[1];
	const code = listed ?? text.toUpperCase();
	if (isCountry(code)) return code;
	const digits = /^(?:\+|00)?\s*([1-9]\d{0,2})$/.exec(text)?.[1];
	if (digits !== undefined) {
		const calling = callingCodeOf(digits);
		return calling?.code === digits ? calling.countries[0] : undefined;
	}
	byName ??= countriesByName();
	return byName.get(simplified(text));
}

/** A name by its letters only: `Côte d’Ivoire` is `cotedivoire`. */
function simplified(name: string): string {
	return name
		.toLowerCase()
		.replace(/&/g, 'and')
		.replace(/\bst\b\.?/g, 'saint')
		.replace(/^the\s+|\bsar china\b|\s*\(.*\)/g, '')
		.normalize('NFD')
		.replace(/[^\p{L}]/gu, '');
}
