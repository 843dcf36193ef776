import { beforeEach, describe, expect, it } from 'vitest';
import { setNode } from '../harness/index.mts';
import {
	behindBothOutputs,
	FAILED,
	type Import,
	LEADS,
	mixed,
	people,
	phone,
	voisoForTests,
} from './support.mts';

const { importLeads, newCampaign, store, strike } = await voisoForTests();
beforeEach(async () => {
	await store(3, [{ phone_number: phone(1) }]);
});

const run = async (options: Import['options'], more: Partial<Import> = {}) =>
	await importLeads({ input: mixed, ...more, options: { ...options } });

describe('output', () => {
	it('has one item per lead by default, with number, campaign, status and reason', async () => {
		const { results, statuses } = await run({});

		expect(results.map((each) => Object.keys(each))).toEqual([
			['phone_number', 'campaign_id', 'status'],
			['phone_number', 'campaign_id', 'status'],
			['phone_number', 'campaign_id', 'status', 'reason'],
			['phone_number', 'campaign_id', 'status', 'reason'],
			['phone_number', 'campaign_id', 'status', 'reason'],
		]);
		expect(statuses).toEqual(['created', 'duplicate', 'rejected', 'invalid', 'repeated']);
	});

	it('has only the problems with Problems Only, paired', async () => {
		const after = [setNode('After', { index: "={{ $('Input').item.json.index }}" })];
		const { items, json } = await run({ output: 'problems' }, { after });

		expect(items(LEADS).map(({ pairedItem }) => pairedItem)).toEqual(
			[2, 3].map((item) => ({ item })),
		);
		expect(json('After').map(({ index }) => index)).toEqual([2, 3]);
	});

	it('has one item per campaign with a summary', async () => {
		const other = newCampaign();
		const input = [...mixed, ...people(3, 10)].map((lead, place) => ({
			...lead,
			to: place < 5 ? 3 : other,
		}));
		const { items } = await run(
			{ output: 'summary', batchSize: 2 },
			{ input, to: '={{ $json.to }}' },
		);

		const none = { updated: 0, not_found: 0, unconfirmed: 0, unreported: 0, retries: 0 };
		expect(items(LEADS)).toEqual([
			{
				json: {
					...none,
					campaign_id: 3,
					leads: 5,
					created: 1,
					duplicate: 1,
					rejected: 1,
					invalid: 1,
					repeated: 1,
					requests: 2,
					seconds: expect.any(Number),
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					...none,
					campaign_id: other,
					leads: 3,
					created: 3,
					duplicate: 0,
					rejected: 0,
					invalid: 0,
					repeated: 0,
					requests: 2,
					seconds: expect.any(Number),
				},
				pairedItem: { item: 5 },
			},
		]);
	});

	it('with a summary counts failed leads and lets each fail as an item', async () => {
		strike(3, { kind: 'status', status: 401, body: { error: 'Unauthorized' } });
		const { json, results } = await run(
			{ output: 'summary' },
			{ node: { onError: 'continueErrorOutput' }, ...behindBothOutputs },
		);

		expect(results).toMatchObject([{ leads: 5, failed: 3, invalid: 1, repeated: 1, requests: 1 }]);
		expect(json(FAILED).map(({ index }) => index)).toEqual([0, 1, 2]);
	});
});

describe('include input fields', () => {
	it('adds the fields of the lead, which never pass for its outcome', async () => {
		const input = [
			{
				phone_number: `+${phone(0)}`,
				campaign_id: 99,
				status: 'hot',
				reason: 'called back',
				error: 'none',
				found_in: [1],
				city: 'Riga',
				nested: { a: [1] },
			},
		];
		const { results } = await run({ includeInputFields: true }, { input });

		expect(results).toEqual([
			{
				phone_number: phone(0),
				campaign_id: 3,
				status: 'created',
				input_phone_number: `+${phone(0)}`,
				input_campaign_id: 99,
				input_status: 'hot',
				input_reason: 'called back',
				input_error: 'none',
				input_found_in: [1],
				city: 'Riga',
				nested: { a: [1] },
			},
		]);
	});

	it('adds them to leads that failed, too', async () => {
		strike(3, { kind: 'status', status: 401, body: { error: 'Unauthorized' } });
		const { results } = await run(
			{ includeInputFields: true },
			{ input: people(1), node: { onError: 'continueRegularOutput' } },
		);

		expect(results).toEqual([
			{
				...people(1)[0],
				input_phone_number: phone(0),
				campaign_id: 3,
				error: expect.stringContaining('API key'),
			},
		]);
	});
});

describe('what the user sees besides', () => {
	it('is a note on the output, with counts, requests and time', async () => {
		const { hints } = await run({});

		const [result, mapping] = hints(LEADS);
		expect(result).toMatchObject({ type: 'warning', location: 'outputPane' });
		for (const part of [
			'1 created',
			'1 duplicate',
			'1 rejected',
			'1 invalid',
			'1 repeated',
			'1 request',
		])
			expect(result?.message).toContain(part);
		expect(mapping).toMatchObject({ type: 'info', location: 'outputPane' });
	});

	it('is a line after each batch while somebody watches', async () => {
		const { messages } = await run({ batchSize: 2 }, { input: people(5) });

		const lines = messages.flatMap((each) => (each.messages as string[]) ?? []);
		expect(lines).toHaveLength(3);
		expect(lines[0]).toContain('2 of 5 leads');
		expect(lines[2]).toContain('5 of 5 leads');
	});

	it('is nothing in the browser while nobody watches', async () => {
		const { messages } = await run({}, { mode: 'trigger' });

		expect(messages).toEqual([]);
	});
});
