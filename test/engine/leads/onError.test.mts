import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import {
	behindBothOutputs,
	campaign,
	FAILED,
	GOOD,
	LEADS,
	phone,
	voisoForTests,
} from './support.mts';
import {
	BATCH_SIZE,
	failingCampaign,
	indexesOf,
	input,
	LEADS_IN_ALL,
	otherThan,
	run,
} from './failingBatches.mts';

const voiso = await voisoForTests({ sideBySide: true });
const { newCampaign, storedNumbers } = voiso;

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
		const id = failingCampaign(voiso, batches);
		const { error, items, messages } = await run(voiso, id, 'stopWorkflow');

		const [first = 0] = batches;
		const range = `items ${first * BATCH_SIZE} to ${failed.at(-1)}`;
		expect(error?.message).toContain(`campaign ${id}`);
		expect(error?.description).toMatch(new RegExp(`Batch ${first + 1} .*1 attempt`));
		expect(error?.description).toContain(`${range} (${failed.length} leads)`);
		const receipt = `${good.length} added. Not added: ${failed.length} `;
		expect(error?.description).toContain(receipt);
		expect(JSON.stringify(messages)).toContain(`Failed: ${receipt}`);
		expect(items(LEADS)).toEqual([]);
		expect(storedNumbers(id)).toEqual(good.map((place) => phone(place)));
	});

	it('Continue: every item has its outcome, in order and paired', async () => {
		const id = failingCampaign(voiso, batches);
		const { items } = await run(voiso, id, 'continueRegularOutput');

		expect(items(LEADS).map(({ pairedItem }) => pairedItem)).toEqual(
			input.map((_each, item) => ({ item })),
		);
		for (const [index, { json }] of items(LEADS).entries()) {
			expect(json.phone_number).toBe(phone(index));
			if (good.includes(index)) expect(json).toMatchObject({ status: 'created' });
			else expect(json).toMatchObject({ error: expect.stringContaining('503') });
			expect(json.status === undefined).toBe(failed.includes(index));
		}
	});

	it('Continue (using error output): both branches lead back to their items', async () => {
		const id = failingCampaign(voiso, batches);
		const { json } = await run(voiso, id, 'continueErrorOutput', behindBothOutputs);

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
					error: expect.stringContaining('503'),
				}),
			),
		);
		expect(json(LEADS, 1)).toEqual(
			failed.map((index) => ({
				...input[index],
				error: expect.stringContaining('1 attempt'),
				message: { phone_number: phone(index), campaign_id: id },
			})),
		);
	});

	it('Retry On Fail: the whole input is sent again, and nothing is added twice', async () => {
		const id = failingCampaign(voiso, batches);
		const { error, results } = await run(voiso, id, 'stopWorkflow', {
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});

		expect(error).toBeUndefined();
		const isNew = ({ status }: IDataObject) => status === 'created';
		expect(results.map(isNew)).toEqual(input.map((_, index) => failed.includes(index)));
		expect(results.every((lead) => isNew(lead) || lead.status === 'duplicate')).toBe(true);
		expect(storedNumbers(id)).toHaveLength(LEADS_IN_ALL);
	});
});

describe('of two campaigns', () => {
	/** Every other lead goes to a campaign for which the key does not count. */
	function mixed(): { good: number; bad: number; leads: IDataObject[] } {
		const good = newCampaign();
		const bad = newCampaign({ live: false });
		return {
			good,
			bad,
			leads: input.map((lead, index) => ({ ...lead, to: index % 2 ? bad : good })),
		};
	}
	const parameters = { campaign: campaign('={{ $json.to }}') };

	it('one fails: Stop Workflow names it, and what is in the other', async () => {
		const { good, bad, leads } = mixed();
		const { error } = await run(voiso, good, 'stopWorkflow', { input: leads, parameters });

		expect(error?.message).toContain(`campaign ${bad}`);
		expect(error?.description).toContain('items 1 to 9 (5 leads)');
		expect(error?.description).toContain('5 added');
		expect(storedNumbers(good)).toHaveLength(5);
	});

	it('one fails: its items leave by the error output, the others by the first', async () => {
		const { good, leads } = mixed();
		const { json } = await run(voiso, good, 'continueErrorOutput', {
			input: leads,
			parameters,
			...behindBothOutputs,
		});

		expect(json(GOOD).map(({ index }) => index)).toEqual([0, 2, 4, 6, 8]);
		expect(json(FAILED).map(({ index }) => index)).toEqual([1, 3, 5, 7, 9]);
		const errors = json(FAILED).map(({ error }) => String(error));
		expect(errors[0]).toContain('Batch 1');
		expect(errors[4]).toMatch(/Batch 3 .*not sent/);
	});

	it('both fail: no item is without its error', async () => {
		const bad = newCampaign({ live: false });
		const { json } = await run(voiso, bad, 'continueErrorOutput', {
			input: input.map((lead, index) => ({ ...lead, to: index % 2 ? bad : 99_999 })),
			parameters,
			...behindBothOutputs,
		});

		expect(json(GOOD)).toEqual([]);
		expect(json(FAILED).map(({ index }) => index)).toEqual(input.map(({ index }) => index));
	});
});
