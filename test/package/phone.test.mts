import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../scripts/setup/root.mjs';
import * as source from '../../nodes/VoisoLeads/fields/phoneNumber.ts';
import phones from '../cases/phones.json' with { type: 'json' };

const ENTRY = 'nodes/VoisoLeads/fields/phoneNumber';
const require = createRequire(import.meta.url);
const { bundle } = require('../../gulpfile.js') as {
	bundle: (entries: string[], folder: string) => Promise<void>;
};

let folder: string;
let shipped: typeof source;

// The file alone, bundled as for the package: what ships has it within a node.
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'voiso-bundle-'));
	await bundle([ENTRY], folder);
	shipped = require(join(folder, `${ENTRY}.js`)) as typeof source;
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** An example of each country, whole, with a digit more or less, and with what is dialed before it. */
const numbers = getCountries().flatMap((country) => {
	const example = getExampleNumber(country, examples);
	if (example === undefined) return [];
	const { countryCallingCode: code, nationalNumber: national } = example;
	return [national, `0${national}`, `8${national}`, `${code}${national}`, `+${code}0${national}`]
		.flatMap((digits) => [digits, `${digits}1`, digits.slice(0, -1)])
		.map((digits) => ({ country, digits }));
});

it('what is bundled reads the numbers of every country as the whole library does', () => {
	expect(numbers.length).toBeGreaterThan(3000);
	for (const { country, digits } of numbers) {
		for (const defaultCountry of [undefined, country, 'GB', 'DE', 'US', 'XX']) {
			const options = { defaultCountry };
			expect(shipped.readPhone(digits, options), `${digits} in ${defaultCountry}`).toEqual(
				source.readPhone(digits, options),
			);
		}
	}
});

it.each(phones.cases)('what is bundled reads $given', ({ given, country }) => {
	const options = { defaultCountry: country };
	expect(shipped.readPhone(given, options)).toEqual(source.readPhone(given, options));
});

it('it knows nothing of how numbers are written', async () => {
	const whole = await readFile(join(root, 'node_modules/libphonenumber-js/metadata.max.json'));
	const bundle = await readFile(join(folder, `${ENTRY}.js`), 'utf8');
	expect(whole.toString()).toContain('$1 $2 $3 $4');
	expect(bundle).not.toContain('$1 $2 $3 $4');
});
