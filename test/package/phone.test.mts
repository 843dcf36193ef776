import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as source from '../../nodes/VoisoLeads/fields/nationalNumber.ts';
import { root, unpack, type Unpacked } from './unpack.mts';

const FILE = 'dist/nodes/VoisoLeads/fields/nationalNumber.js';

let unpacked: Unpacked;
let shipped: typeof source;

beforeAll(async () => {
	unpacked = await unpack();
	shipped = createRequire(import.meta.url)(join(unpacked.folder, FILE)) as typeof source;
}, 60_000);

afterAll(() => unpacked?.remove());

/** An example of each country, whole, with a digit more or less, and with what is dialled before it. */
const numbers = getCountries().flatMap((country) => {
	const example = getExampleNumber(country, examples);
	if (example === undefined) return [];
	const { countryCallingCode: code, nationalNumber: national } = example;
	return [national, `0${national}`, `8${national}`, `${code}${national}`, `${code}0${national}`]
		.flatMap((digits) => [digits, `${digits}1`, digits.slice(0, -1)])
		.map((digits) => ({ country, digits }));
});

it('what is bundled reads the numbers of every country as the whole library does', () => {
	expect(numbers.length).toBeGreaterThan(3000);
	for (const { country, digits } of numbers) {
		for (const dialledIn of [country, 'GB', 'US', 'XX']) {
			expect(shipped.nationalToInternational(digits, dialledIn), `${digits} in ${dialledIn}`).toBe(
				source.nationalToInternational(digits, dialledIn),
			);
		}
		expect(shipped.dropTrunkZero(digits), digits).toBe(source.dropTrunkZero(digits));
		expect(shipped.isCountry(country)).toBe(true);
	}
});

it('it knows nothing of how numbers are written', async () => {
	const whole = await readFile(join(root, 'node_modules/libphonenumber-js/metadata.min.json'));
	const bundle = await readFile(join(unpacked.folder, FILE), 'utf8');
	expect(whole.toString()).toContain('$1 $2 $3 $4');
	expect(bundle).not.toContain('$1 $2 $3 $4');
});
