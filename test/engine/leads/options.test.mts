import { describe, expect, it } from 'vitest';
import { type Import, people, voisoForTests } from './support.mts';
import { failureOf } from './failure.mts';

const voiso = await voisoForTests();
const { expectUnasked, importLeads, sandbox } = voiso;

const failure = async (more: Partial<Import>) => await failureOf(voiso, more);

describe('the options', () => {
	it.each([
		['batchSize', 0, 'Batch Size'],
		['batchSize', 1001, 'Batch Size'],
		['batchSize', 2.5, 'Batch Size'],
		['batchSize', '={{ "many" }}', 'Batch Size'],
		['minimumInterval', -1, 'Minimum Interval'],
		['minimumInterval', 2000, 'Minimum Interval'],
		['maxWait', 86401, 'Max Wait'],
		['output', '={{ "all" }}', 'Output'],
		['rejectedLeads', '={{ "fail" }}', 'Rejected Leads'],
		['includeInputFields', '={{ "maybe" }}', 'Include Input Fields'],
		['dryRun', '={{ "maybe" }}', 'Dry Run'],
	])('%s of %j is refused before any request', async (name, value, title) => {
		const error = await failure({ options: { [name]: value } });
		expect(error.message).toContain(`'${title}'`);
		expect(error.message?.length).toBeLessThanOrEqual(120);
		expect(error.description).not.toBe('');
		expectUnasked();
	});

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
