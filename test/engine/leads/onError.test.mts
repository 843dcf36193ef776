import type { IDataObject, OnError } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/index.mts';
import {
	behindBothOutputs,
	campaign,
	FAILED,
	GOOD,
	importLeads,
	LEADS,
	newCampaign,
	people,
	phone,
	quick,
	reportOf,
	startQuickSandbox,
	storedNumbers,
	strike,
	type Import,
} from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
afterAll(async () => await sandbox.close());

const BATCHES = 5;
const BATCH_SIZE = 2;
const LEADS_IN_ALL = BATCHES * BATCH_SIZE;

const input = people(LEADS_IN_ALL);
const indexesOf = (batches: number[]) =>
	input.flatMap((_, index) => (batches.includes(Math.floor(index / BATCH_SIZE)) ? [index] : []));
const otherThan = (failed: number[]) =>
	input.flatMap((_, index) => (failed.includes(index) ? [] : [index]));

/**
 * A campaign that fails for certain batches. With a `maxWait` of 0 each batch is one request, in order,
 * until one is tried again.
 */
function failingCampaign(batches: number[]): number {
	const id = newCampaign(sandbox);
	for (const [place, batch] of batches.entries()) {
		// Those that strike earlier are not seen by the later ones.
		const skip = batch - place;
		strike(sandbox, id, { kind: 'status', status: 503, times: 1, skip });
	}
	return id;
}

const run = async (id: number, onError: OnError, more: Partial<Import> = {}) =>
	await importLeads({
		sandbox,
		input,
		...more,
		options: { ...quick, batchSize: BATCH_SIZE, maxWait: 0, ...more.options },
		parameters: { campaign: campaign(id), ...more.parameters },
		node: { onError, ...more.node },
	});

const cases: Array<[string, number[]]> = [
	['the first batch', [0]],
	['a middle batch', [2]],
	['the last batch', [4]],
	['the first and the last batch', [0, 4]],
	['two batches apart', [1, 3]],
];

describe.each(cases)('when %s fails', (_, batches) => {
	const failed = indexesOf(batches);
	const good = otherThan(failed);

	it('Stop Workflow: the error says which batch, which items and what is in already', async () => {
		const id = failingCampaign(batches);
		const { error, items } = await run(id, 'stopWorkflow');

		const [first = 0] = batches;
		const range = `items ${first * BATCH_SIZE} to ${first * BATCH_SIZE + 1}`;
		const more = batches.length > 1 ? ' and 2 leads of other batches' : '';
		expect(error?.message).toContain(`Batch ${first + 1} did not get through in 1 try`);
		expect(error?.message).toContain(`This concerns 2 leads in ${range}${more}.`);
		expect(error?.message).toContain(`${good.length} leads are already in the campaign.`);
		expect(error?.description).toContain('Running it again is safe');
		expect(items(LEADS)).toEqual([]);
		expect(storedNumbers(sandbox, id)).toEqual(good.map((place) => phone(place)));
	});

	it('Continue: every item has its outcome, in order and paired', async () => {
		const id = failingCampaign(batches);
		const { items } = await run(id, 'continueRegularOutput');

		expect(items(LEADS).map(({ pairedItem }) => pairedItem)).toEqual(
			input.map((_each, item) => ({ item })),
		);
		for (const [index, { json }] of items(LEADS).entries()) {
			expect(json.phone_number).toBe(phone(index));
			if (good.includes(index)) expect(json).toMatchObject({ status: 'created' });
			else expect(json).toMatchObject({ error: expect.stringContaining('(status 503)') });
			expect(json.status === undefined).toBe(failed.includes(index));
		}
	});

	it('Continue (using error output): both branches lead back to their items', async () => {
		const id = failingCampaign(batches);
		const { json } = await run(id, 'continueErrorOutput', behindBothOutputs);

		expect(json(GOOD)).toEqual(
			good.map((index) =>
				expect.objectContaining({ index, phone: phone(index), status: 'created' }),
			),
		);
		expect(json(FAILED)).toEqual(
			failed.map((index) =>
				expect.objectContaining({
					index,
					phone: phone(index),
					error: expect.stringContaining('(status 503)'),
				}),
			),
		);
		expect(json(LEADS, 1)).toEqual(
			failed.map((index) => ({
				...input[index],
				error: expect.stringContaining('did not get through'),
				details: { phone_number: phone(index), campaign_id: id },
			})),
		);
	});

	it('Retry On Fail: what failed is sent again, what was accepted is not', async () => {
		const id = failingCampaign(batches);
		const { json, error } = await run(id, 'stopWorkflow', {
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});

		expect(error).toBeUndefined();
		expect(json(LEADS).map(({ status }) => status)).toEqual(input.map(() => 'created'));
		expect(reportOf(sandbox, id).leadsSent).toBe(LEADS_IN_ALL + failed.length);
		expect(storedNumbers(sandbox, id)).toHaveLength(LEADS_IN_ALL);
	});
});

describe('of two campaigns', () => {
	/** Every other lead goes to a campaign for which the key does not count. */
	function mixed(): { good: number; bad: number; leads: IDataObject[] } {
		const good = newCampaign(sandbox);
		const bad = newCampaign(sandbox, { live: false });
		return {
			good,
			bad,
			leads: input.map((lead, index) => ({ ...lead, to: index % 2 ? bad : good })),
		};
	}
	const parameters = { campaign: campaign('={{ $json.to }}') };

	it('one fails: Stop Workflow names it, and what is in the other', async () => {
		const { good, bad, leads } = mixed();
		const { error } = await run(good, 'stopWorkflow', { input: leads, parameters });

		expect(error?.message).toContain(`Could not add leads to campaign ${bad}: `);
		expect(error?.message).toContain(
			'This concerns 2 leads in items 1 to 3 and 3 leads of other batches. 5 leads are already in the campaign.',
		);
		expect(storedNumbers(sandbox, good)).toHaveLength(5);
	});

	it('one fails: its items leave by the error output, the others by the first', async () => {
		const { good, leads } = mixed();
		const { json } = await run(good, 'continueErrorOutput', {
			input: leads,
			parameters,
			...behindBothOutputs,
		});

		expect(json(GOOD).map(({ index }) => index)).toEqual([0, 2, 4, 6, 8]);
		expect(json(FAILED).map(({ index }) => index)).toEqual([1, 3, 5, 7, 9]);
		const errors = json(FAILED).map(({ error }) => String(error));
		expect(errors[0]).toContain('Batch 1 was not delivered.');
		expect(errors[4]).toContain('Batch 3 was therefore not sent.');
	});

	it('both fail: no item is without its error', async () => {
		const bad = newCampaign(sandbox, { live: false });
		const { json } = await run(bad, 'continueErrorOutput', {
			input: input.map((lead, index) => ({ ...lead, to: index % 2 ? bad : 99_999 })),
			parameters,
			...behindBothOutputs,
		});

		expect(json(GOOD)).toEqual([]);
		expect(json(FAILED).map(({ index }) => index)).toEqual(input.map(({ index }) => index));
	});
});

describe('Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('does not send a lead again because its outcome was negative', async () => {
		const id = newCampaign(sandbox);
		const leads = [{ phone: '9991234' }, { phone: phone(1) }, { phone: 'none' }];
		const more: Partial<Import> = { input: leads, options: { rejectedLeads: 'error' } };
		const onward = await run(id, 'continueRegularOutput', { ...more, node: retry });

		expect(onward.json(LEADS).map(({ status }) => status)).toEqual([
			'rejected',
			'created',
			'invalid',
		]);
		expect(reportOf(sandbox, id)).toMatchObject({ requests: 1, leadsSent: 2 });
	});

	it('ends after its tries with the same error when leads were not accepted', async () => {
		const id = newCampaign(sandbox);
		const { error } = await run(id, 'stopWorkflow', {
			input: [{ phone: '9991234' }, { phone: phone(1) }],
			options: { rejectedLeads: 'error' },
			node: retry,
		});

		expect(error?.message).toBe('1 of 2 leads were not accepted. Item 0: The lead is rejected');
		expect(reportOf(sandbox, id)).toMatchObject({ requests: 1, leadsSent: 2 });
	});

	it('takes negative outcomes as data by default: one try', async () => {
		const id = newCampaign(sandbox);
		const { error } = await run(id, 'stopWorkflow', { input: [{ phone: '9991234' }], node: retry });

		expect(error).toBeUndefined();
		expect(reportOf(sandbox, id).requests).toBe(1);
	});

	it('keeps created as created when the first batch fails and another try succeeds', async () => {
		const id = failingCampaign([0]);
		const { json } = await run(id, 'continueErrorOutput', { node: retry, ...behindBothOutputs });

		expect(json(GOOD).map(({ status }) => status)).toEqual(input.map(() => 'created'));
		expect(json(FAILED)).toEqual([]);
	});

	it('calls a lead unconfirmed whose answer an earlier try lost', async () => {
		const id = newCampaign(sandbox);
		strike(sandbox, id, { kind: 'reset', when: 'after', times: 1 });
		const { json } = await run(id, 'stopWorkflow', { node: retry });

		expect(json(LEADS).map(({ status }) => status)).toEqual([
			'unconfirmed',
			'unconfirmed',
			...Array.from({ length: 8 }, () => 'created'),
		]);
		expect(storedNumbers(sandbox, id)).toHaveLength(LEADS_IN_ALL);
	});

	it('keeps the additions of an upsert whose update failed', async () => {
		const id = newCampaign(sandbox);
		await run(id, 'stopWorkflow', { input: people(1) });
		strike(sandbox, id, { kind: 'status', status: 503, method: 'PUT', times: 1 });
		const { json } = await run(id, 'stopWorkflow', {
			input: people(2),
			parameters: { operation: 'upsert', campaign: campaign(id) },
			node: retry,
		});

		expect(json(LEADS).map(({ status }) => status)).toEqual(['updated', 'created']);
		expect(reportOf(sandbox, id).leadRequests.map(({ method }) => method)).toEqual([
			'POST',
			'POST',
			'PUT',
			'PUT',
		]);
	});

	it('does not remember anything for another execution', async () => {
		const id = newCampaign(sandbox);
		await run(id, 'stopWorkflow', { node: retry });
		const { json } = await run(id, 'stopWorkflow', { node: retry });

		expect(json(LEADS).map(({ status }) => status)).toEqual(input.map(() => 'duplicate'));
	});
});
