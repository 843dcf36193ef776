import { getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js/min';
import type { SandboxOptions } from '../options.mts';

/**
 * Calling code → lengths that the rest of a number can have. Looked up once, because parsing each
 * number would cost more than everything else the sandbox does with a lead.
 */
const lengthsByCallingCode = new Map<string, Set<number>>();
for (const country of getCountries()) {
	const metadata = new Metadata();
	metadata.selectNumberingPlan(country);
	const callingCode = getCountryCallingCode(country);
	const lengths = lengthsByCallingCode.get(callingCode) ?? new Set<number>();
	for (const length of metadata.numberingPlan?.possibleLengths() ?? []) lengths.add(length);
	lengthsByCallingCode.set(callingCode, lengths);
}

/** Whether it is 7 to 15 digits that begin with a country code and are as long as that country's. */
export function isPhoneNumber(number: string): boolean {
	if (!/^[1-9]\d{6,14}$/.test(number)) return false;
	return [1, 2, 3].some((length) =>
		lengthsByCallingCode.get(number.slice(0, length))?.has(number.length - length),
	);
}

/** A number as answers give it back. */
export function echo(number: string, { numberEcho }: SandboxOptions): string | number {
	const isDigits = /^\d{1,15}$/.test(number);
	if (numberEcho === 'asSent' || !isDigits) return number;
	return numberEcho === 'normalised' ? `+${number}` : Number(number);
}
