import { describe, expect, it } from 'vitest';
import { people, voisoForTests } from './support.mts';

const { importLeads, sandbox } = await voisoForTests();

// What they refuse is in texts.txt.
describe('the options', () => {
	it('a number given as text counts', async () => {
		const run = await importLeads({ input: people(4), options: { batchSize: '={{ "2" }}' } });
		expect(run.error).toBeUndefined();
		expect(sandbox.report().totals.requests).toBe(2);
	});

	it('"true" and "false" count for a switch', async () => {
		const run = await importLeads({
			input: people(1),
			options: { includeInputFields: '={{ "true" }}', dryRun: '={{ "false" }}' },
		});
		expect(run.results[0]).toMatchObject({ status: 'created', index: 0 });
	});

	it.each(['={{ "UK" }}', '={{ "United Kingdom" }}', '={{ "+44" }}', 'GB', '={{ " gb " }}'])(
		'Default Country can be %s',
		async (defaultCountry) => {
			const run = await importLeads({
				input: [{ phone: '07700 900123' }],
				parameters: { defaultCountry },
			});
			expect(run.results[0]).toMatchObject({ phone_number: '447700900123' });
		},
	);

	it('Default Country can be another one for each item, and a wrong one fails its item only', async () => {
		const input = ['GB', 'DE', 'Atlantis', ''].map((country) => ({
			phone: '0171 1234567',
			country,
		}));
		const run = await importLeads({
			input,
			parameters: { defaultCountry: '={{ $json.country }}' },
			node: { onError: 'continueRegularOutput' },
		});
		const [british, german, wrong, none] = run.results;
		expect(german).toMatchObject({ phone_number: '491711234567', status: 'created' });
		expect(british?.phone_number).not.toBe(german?.phone_number);
		expect(wrong?.error).toContain("'Default Country'");
		expect(none).toMatchObject({ status: 'invalid' });
	});
});
