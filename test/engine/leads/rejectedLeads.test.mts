import { beforeEach, describe, expect, it } from 'vitest';
import {
	behindBothOutputs,
	FAILED,
	GOOD,
	type Import,
	LEADS,
	mixed,
	people,
	phone,
	voisoForTests,
} from './support.mts';

const { importLeads, sandbox, store, strike } = await voisoForTests();
beforeEach(async () => {
	await store(3, [{ phone_number: phone(1) }]);
});

const run = async (options: Import['options'], more: Partial<Import> = {}) =>
	await importLeads({ input: mixed, ...more, options: { ...options } });

describe('rejected leads as errors', () => {
	const unreported = {
		leads_import: { created: [phone(0)], rejected: ['979123456789'], duplicates: [] },
	};

	it('leave by the error output with their data and pairing', async () => {
		strike(3, { kind: 'status', status: 200, body: unreported });
		const { json, statuses } = await run(
			{ rejectedLeads: 'error' },
			{ node: { onError: 'continueErrorOutput' }, ...behindBothOutputs },
		);

		expect(statuses).toEqual(['created', 'repeated']);
		expect(json(LEADS, 1)).toEqual([
			{
				...mixed[1],
				error: expect.stringContaining('unreported'),
				message: expect.objectContaining({ status: 'unreported', campaign_id: 3 }),
			},
			{
				...mixed[2],
				error: expect.stringContaining('rejected'),
				message: expect.objectContaining({ phone_number: '979123456789', status: 'rejected' }),
			},
			{
				...mixed[3],
				error: expect.stringContaining('phone_number "none"'),
				message: expect.objectContaining({ phone_number: 'none', status: 'invalid' }),
			},
		]);
		expect(json(GOOD).map(({ index }) => index)).toEqual([0, 4]);
		expect(json(FAILED).map(({ index }) => index)).toEqual([1, 2, 3]);
	});

	it('are not found leads, too, of an update', async () => {
		const { json } = await run(
			{ rejectedLeads: 'error' },
			{
				node: { onError: 'continueErrorOutput' },
				parameters: { operation: 'update' },
				input: people(2),
				...behindBothOutputs,
			},
		);

		expect(json(GOOD).map(({ index }) => index)).toEqual([1]);
		expect(json(FAILED)).toMatchObject([{ index: 0, error: expect.stringMatching(/\S/) }]);
	});

	it('come out beside the others with Continue, and do not hide what was accepted', async () => {
		const { results } = await run(
			{ rejectedLeads: 'error' },
			{ node: { onError: 'continueRegularOutput' } },
		);

		expect(results.map(({ status, error }) => [status, error !== undefined])).toEqual([
			['created', false],
			['duplicate', false],
			['rejected', true],
			['invalid', true],
			['repeated', false],
		]);
	});

	it('end the workflow otherwise, after all leads were sent', async () => {
		const { error } = await run({ rejectedLeads: 'error' });

		expect(error?.message).toMatch(/^2 of 5 leads\b/);
		expect(error).toMatchObject({
			context: { itemIndex: 2 },
			description: expect.stringMatching(/^Item 2: /),
		});
		expect(Object.keys(sandbox.state().leads[3] ?? {})).toContain(phone(0));
	});
});
