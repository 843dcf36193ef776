import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import mobileNumbers from 'libphonenumber-js/mobile/examples';
import type { readPhone } from '../../nodes/VoisoLeads/fields/phoneNumber.ts';
import { fixedLines } from './fixedLines.mts';

/** An example number of a country. */
export interface ExampleNumber {
	country: CountryCode;
	/** With country code, no plus. */
	full: string;
	/** As people write it, such as `07400 123456`. */
	national: string;
	/** Its digits without trunk prefix, as a spreadsheet leaves them. */
	short: string;
}

/** A mobile number and a fixed line of each country that has them. */
export const exampleNumbers: readonly ExampleNumber[] = getCountries().flatMap((country) =>
	[mobileNumbers[country], fixedLines[country]].flatMap((short) => {
		const full = `${getCountryCallingCode(country)}${short}`;
		const number = parsePhoneNumberFromString(`+${full}`);
		if (short === undefined || number?.isValid() !== true) return [];
		return [{ country, full, national: number.formatNational(), short }];
	}),
);

/** What became of the example numbers that were written in one way. */
export interface Row {
	name: string;
	total: number;
	/** Read as what they are; of those that can't be known, refused. */
	right: number;
	refused: number;
	/** Read as another number. */
	wrong: number;
	/** Wrong ones with a warning. */
	warned: number;
}

/** Reads every example number in every writing and with every default country. */
export function measure(read: typeof readPhone): Row[] {
	const rows = new Map<string, Row>();
	const add = (name: string, expected: string | undefined, result: ReturnType<typeof read>) => {
		const row = rows.get(name) ?? { name, total: 0, right: 0, refused: 0, wrong: 0, warned: 0 };
		rows.set(name, row);
		row.total++;
		const value = result.ok ? result.value : undefined;
		if (value === expected) row.right++;
		else if (value === undefined) row.refused++;
		else row.wrong++;
		if (value !== expected && result.ok && result.warning !== undefined) row.warned++;
	};
	for (const { country, full, national, short } of exampleNumbers) {
		const own = { defaultCountry: country };
		add('with country code, no default country', full, read(full));
		add('national, no default country', undefined, read(national));
		add('national, own default country', full, read(national, own));
		add('national digits only, own default country', full, read(national.replace(/\D/g, ''), own));
		add('without trunk prefix, own default country', full, read(short, own));
		for (const defaultCountry of getCountries()) {
			const isOwn = getCountryCallingCode(defaultCountry) === getCountryCallingCode(country);
			const name = `with country code, ${isOwn ? 'own' : 'foreign'} default country`;
			add(name, full, read(full, { defaultCountry }));
		}
	}
	return [...rows.values()];
}
