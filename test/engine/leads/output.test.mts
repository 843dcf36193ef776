import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/index.mts';
import { setNode } from '../harness/index.mts';
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
	startQuickSandbox,
	store,
	strike,
	type Import,
} from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
beforeEach(async () => {
	sandbox.reset();
	await store(sandbox, 3, [{ phone_number: phone(1) }]);
});
afterAll(async () => await sandbox.close());

/** One lead for each of five outcomes of an import. */
const mixed: IDataObject[] = [
	{ phone_number: phone(0), name: 'Created' },
	{ phone_number: phone(1), name: 'Duplicate' },
	{ phone_number: '9991234', name: 'Rejected' },
	{ phone_number: 'none', name: 'Invalid' },
	{ phone_number: phone(0), name: 'Repeated' },
].map((lead, index) => ({ ...lead, index }));

const run = async (options: Import['options'], more: Partial<Import> = {}) =>
	await importLeads({ sandbox, input: mixed, ...more, options: { ...quick, ...options } });

describe('output', () => {
	it('has one item per lead by default, with number, campaign, status and reason', async () => {
		const { json } = await run({});

		expect(json(LEADS).map((each) => Object.keys(each))).toEqual([
			['phone_number', 'campaign_id', 'status'],
			['phone_number', 'campaign_id', 'status'],
			['phone_number', 'campaign_id', 'status'],
			['phone_number', 'campaign_id', 'status', 'reason'],
			['phone_number', 'campaign_id', 'status', 'reason'],
		]);
		expect(json(LEADS).map(({ status }) => status)).toEqual([
			'created',
			'duplicate',
			'rejected',
			'invalid',
			'repeated',
		]);
	});

	it('has only what was not created or updated with problems, paired', async () => {
		const after = [setNode('After', { index: "={{ $('Input').item.json.index }}" })];
		const { items, json } = await run({ output: 'problems' }, { after });

		expect(items(LEADS).map(({ pairedItem }) => pairedItem)).toEqual(
			[1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(json('After').map(({ index }) => index)).toEqual([1, 2, 3, 4]);
	});

	it('has one item per campaign with a summary', async () => {
		const other = newCampaign(sandbox);
		const input = [...mixed, ...people(3, 10)].map((lead, place) => ({
			...lead,
			to: place < 5 ? 3 : other,
		}));
		const { items } = await run(
			{ output: 'summary', batchSize: 2 },
			{ input, parameters: { campaign: campaign('={{ $json.to }}') } },
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
		strike(sandbox, 3, { kind: 'status', status: 401, body: { error: 'Unauthorized' } });
		const { json } = await run(
			{ output: 'summary' },
			{ node: { onError: 'continueErrorOutput' }, ...behindBothOutputs },
		);

		expect(json(LEADS)).toMatchObject([
			{ leads: 5, failed: 3, invalid: 1, repeated: 1, requests: 1 },
		]);
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
		const { json } = await run({ includeInputFields: true }, { input });

		expect(json(LEADS)).toEqual([
			{
				phone_number: phone(0),
				campaign_id: 3,
				status: 'created',
				city: 'Riga',
				nested: { a: [1] },
			},
		]);
	});

	it('adds them to leads that failed, too', async () => {
		strike(sandbox, 3, { kind: 'status', status: 401, body: { error: 'Unauthorized' } });
		const { json } = await run(
			{ includeInputFields: true },
			{ input: people(1), node: { onError: 'continueRegularOutput' } },
		);

		expect(json(LEADS)).toEqual([
			{
				...people(1)[0],
				campaign_id: 3,
				error: expect.stringContaining('does not accept the API key'),
			},
		]);
	});
});

describe('rejected leads as errors', () => {
	const unreported = {
		leads_import: { created: [phone(0)], rejected: ['9991234'], duplicates: [] },
	};

	it('leave by the error output with their data and pairing', async () => {
		strike(sandbox, 3, { kind: 'status', status: 200, body: unreported });
		const { json } = await run(
			{ rejectedLeads: 'error' },
			{ node: { onError: 'continueErrorOutput' }, ...behindBothOutputs },
		);

		expect(json(LEADS).map(({ status }) => status)).toEqual(['created', 'repeated']);
		expect(json(LEADS, 1)).toEqual([
			{
				...mixed[1],
				error: expect.stringMatching(/^The lead is unreported: Voiso took the request but/),
				details: expect.objectContaining({ status: 'unreported', campaign_id: 3 }),
			},
			{
				...mixed[2],
				error: 'The lead is rejected',
				details: { phone_number: '9991234', campaign_id: 3, status: 'rejected' },
			},
			{
				...mixed[3],
				error: expect.stringMatching(/^The lead is invalid: phone_number "none" has letters/),
				details: expect.objectContaining({ phone_number: 'none', status: 'invalid' }),
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
		expect(json(FAILED)).toMatchObject([{ index: 0, error: 'The lead is not found' }]);
	});

	it('come out beside the others with Continue, and do not hide what was accepted', async () => {
		const { json } = await run(
			{ rejectedLeads: 'error' },
			{ node: { onError: 'continueRegularOutput' } },
		);

		expect(json(LEADS).map(({ status, error }) => [status, error !== undefined])).toEqual([
			['created', false],
			['duplicate', false],
			['rejected', true],
			['invalid', true],
			['repeated', false],
		]);
	});

	it('end the workflow otherwise, after all leads were sent', async () => {
		const { error } = await run({ rejectedLeads: 'error' });

		expect(error?.message).toBe('2 of 5 leads were not accepted. Item 2: The lead is rejected');
		expect(error).toMatchObject({
			context: { itemIndex: 2 },
			description: expect.stringContaining('running it again is safe'),
		});
		expect(Object.keys(sandbox.state().leads[3] ?? {})).toContain(phone(0));
	});
});

describe('what the user sees besides', () => {
	it('is a note on the output, with counts, requests and time', async () => {
		const { hints } = await run({});

		expect(hints(LEADS)).toEqual([
			{
				message: expect.stringMatching(
					/^1 created, 1 duplicate, 1 rejected, 1 invalid, 1 repeated; 1 request in \d+(\.\d)? s$/,
				),
				location: 'outputPane',
			},
		]);
	});

	it('is a line after each batch while somebody watches', async () => {
		const { messages } = await run({ batchSize: 2 }, { input: people(5) });

		const lines = messages.flatMap((each) => (each.messages as string[]) ?? []);
		expect(lines).toHaveLength(3);
		expect(lines[0]).toMatch(/^Voiso Leads: 2 of 5 leads sent(, .+ a second, about \d+ s left)?$/);
		expect(lines[2]).toMatch(/^Voiso Leads: 5 of 5 leads sent(, .+ a second)?$/);
	});

	it('is nothing in the browser while nobody watches', async () => {
		const { messages } = await run({}, { mode: 'trigger' });

		expect(messages).toEqual([]);
	});
});
