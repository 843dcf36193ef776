import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/index.mts';
import { importLeads, people, quick, startQuickSandbox, type Import } from './support.mts';
import { failureOf } from './failure.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const unasked = () => expect(sandbox.report().totals.requests).toBe(0);
const failure = async (more: Partial<Import>) => await failureOf(sandbox, more);

describe('the options', () => {
	it.each([
		['batchSize', 0, 'Batch Size is 0, which is not possible', 'leads from 1 to 1000'],
		['batchSize', 1001, 'Batch Size is 1001, which is not possible', 'leads from 1 to 1000'],
		['batchSize', 2.5, 'Batch Size is 2.5, which is not possible', 'leads from 1 to 1000'],
		['batchSize', '={{ "many" }}', 'Batch Size is "many", which is not possible', '1 to 1000'],
		['minimumInterval', -1, 'Minimum Interval is -1, which', 'milliseconds from 0'],
		['maxWait', 86401, 'Max Wait is 86401, which', 'seconds from 0 to 86400'],
		['defaultCountry', 'England', 'Default Country is "England"', 'two letters of ISO 3166'],
		[
			'output',
			'={{ "all" }}',
			'Output is "all", which is not possible',
			'perLead, problems, summary',
		],
		['rejectedLeads', '={{ "fail" }}', 'Rejected Leads is "fail"', 'output, error'],
	])('%s of %j is refused before any request', async (name, value, message, description) => {
		const error = await failure({ options: { [name]: value } });
		expect(error.message).toContain(message);
		expect(error.description).toContain(description);
		unasked();
	});

	it('a number given as text counts', async () => {
		const run = await importLeads({
			sandbox,
			input: people(4),
			options: { ...quick, batchSize: '={{ "2" }}' },
		});
		expect(run.error).toBeUndefined();
		expect(sandbox.report().totals.requests).toBe(2);
	});

	it('a scope that is neither of the two is not guessed', async () => {
		const { message } = await failure({
			parameters: { operation: 'deactivate', scope: '={{ "everywhere" }}' },
		});
		expect(message).toBe('Stop Calling In is "everywhere", which is not possible');
		unasked();
	});
});
