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

let byName: Map<string, CountryCode> | undefined;

/**
 * The ISO 3166 code of a country that a value names: `GB`, `gb`, `UK`, `United Kingdom`, `+44`, `44` or
 * `United Kingdom (GB, +44)`. A calling code that several countries share means the main one (+1 the United
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
	byName ??= new Map([
		...Object.entries(OTHER_NAMES),
		...getCountries().map((country) => [simplified(countryName(country)), country] as const),
	]);
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
