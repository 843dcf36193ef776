import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/index.mts';
import {
	campaign,
	importLeads,
	LEADS,
	newCampaign,
	people,
	quick,
	startQuickSandbox,
	strike,
	type Import,
} from './support.mts';
import { failureOf } from './failure.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const unasked = () => expect(sandbox.report().totals.requests).toBe(0);
const failure = async (more: Partial<Import>) => await failureOf(sandbox, more);

describe('the campaign', () => {
	it('is not chosen: n8n itself does not start the workflow', async () => {
		// An older n8n says only that something is missing.
		const words = process.env.N8N_ENGINE_FOLDER
			? /^The workflow has issues|Parameter "Campaign" is required/
			: 'Parameter "Campaign" is required';
		await expect(failure({ parameters: { campaign: campaign('', 'list') } })).rejects.toThrow(
			words,
		);
		unasked();
	});

	it('is an expression without a value', async () => {
		expect(await failure({ parameters: { campaign: campaign('={{ $json.nothing }}') } })).toEqual({
			message: 'No campaign selected',
			description:
				'Select a campaign from the list, or enter its ID or name. If an expression gives it, check that it has a value for this item.',
		});
		unasked();
	});

	it('is missing for one item: nothing is sent for any', async () => {
		const input = people(3).map((lead, index) => ({ ...lead, to: index === 2 ? '' : 3 }));
		const run = await importLeads({
			sandbox,
			input,
			options: quick,
			parameters: { campaign: campaign('={{ $json.to }}') },
		});

		expect(run.error).toMatchObject({ message: 'No campaign selected', context: { itemIndex: 2 } });
		unasked();
	});

	it('is missing for one item: with Continue the others are sent', async () => {
		const input = people(3).map((lead, index) => ({ ...lead, to: index === 1 ? '' : 3 }));
		const run = await importLeads({
			sandbox,
			input,
			options: quick,
			parameters: { campaign: campaign('={{ $json.to }}') },
			node: { onError: 'continueRegularOutput' },
		});

		expect(run.json(LEADS)).toMatchObject([
			{ status: 'created' },
			{ error: expect.stringContaining('No campaign selected') },
			{ status: 'created' },
		]);
	});

	it('is unknown', async () => {
		expect(await failure({ parameters: { campaign: campaign(999) } })).toEqual({
			message: expect.stringContaining('campaign 999'),
			description: expect.stringMatching(/items 0 to 1 \(2 leads\).+ 0 added\..+Batch 1\b/),
		});
	});

	it('is of a name that none has', async () => {
		const { message, description } = await failure({
			parameters: { campaign: campaign('spring', 'name') },
		});
		expect(message).toBe('No campaign is named "spring"');
		expect(description).toContain('"Spring Sale" (ID 3, Active)');
		unasked();
	});

	it('is given as something else', async () => {
		const { message } = await failure({
			parameters: { campaign: campaign('={{ "Spring Sale" }}') },
		});
		expect(message).toBe('"Spring Sale" isn\'t a campaign ID');
		unasked();
	});

	it('is not live', async () => {
		expect(
			await failure({
				parameters: {
					campaign: {
						...Object(campaign(9, 'list')),
						cachedResultName: '● Active, not live · Payment reminders (9)',
					},
				},
			}),
		).toEqual({
			message: expect.stringContaining('"Payment reminders"'),
			description: expect.stringContaining('live'),
		});
	});

	it.each([409, 422])('is stopped and takes no leads, status %i', async (status) => {
		const body = { errors: { base: ['Campaign is stopped'] } };
		const id = newCampaign(sandbox, { status: 'stopped' });
		strike(sandbox, id, { kind: 'status', status, body });
		const { message, description } = await failure({
			parameters: { campaign: campaign(id) },
			options: { maxWait: 300 },
		});
		expect(message).toContain(`campaign ${id}`);
		expect(description).toContain('Campaign is stopped');
		expect(description).toContain('Batch 1');
		expect(sandbox.report().campaigns[id]?.requests).toBe(1);
	});
});

describe('the credential', () => {
	it('has a wrong key', async () => {
		expect(await failure({ apiKey: 'wrong-key-of-somebody' })).toEqual({
			message: expect.stringContaining('API key'),
			description: expect.stringContaining('credential'),
		});
	});

	it('has a key without campaigns.manage', async () => {
		expect(await failure({ apiKey: sandbox.apiKeys.readOnly })).toEqual({
			message: expect.stringContaining('campaigns.manage'),
			description: expect.stringContaining('administrator'),
		});
	});

	it('has no key', async () => {
		expect(await failure({ apiKey: ' ' })).toEqual({
			message: expect.stringContaining('API key'),
			description: expect.stringContaining('empty'),
		});
	});

	it('has an address that cannot be one', async () => {
		expect(await failure({ clusterId: 'http://cc-ams03.voiso.com' })).toEqual({
			message: expect.stringContaining('cluster ID'),
			description: expect.stringContaining('https://cc-ams03.voiso.com'),
		});
	});

	it('leads to a cluster that cannot be reached', async () => {
		const gone = await startQuickSandbox();
		await gone.close();
		const host = new URL(gone.url).host;

		expect(await failure({ clusterId: gone.url })).toEqual({
			message: expect.stringContaining(host),
			description: expect.stringMatching(/1 attempt\b/),
		});
	});
});

describe('the input', () => {
	it('is empty: no request and no output', async () => {
		const run = await importLeads({ sandbox, input: [] });

		expect(run.error).toBeUndefined();
		expect(run.items(LEADS)).toEqual([]);
		unasked();
		expect(sandbox.report().calls).toEqual({});
	});

	it('has a lead without a number: that lead is invalid, the others are sent', async () => {
		const run = await importLeads({
			sandbox,
			input: [{ name: 'Nobody' }, ...people(1)],
			options: quick,
		});

		expect(run.json(LEADS)).toMatchObject([
			{ phone_number: '', status: 'invalid', reason: 'phone_number is empty' },
			{ status: 'created' },
		]);
	});

	it('has no lead that could be sent: no request', async () => {
		const run = await importLeads({ sandbox, input: [{}, { phone: 'x' }], options: quick });

		expect(run.json(LEADS).map(({ status }) => status)).toEqual(['invalid', 'invalid']);
		expect(sandbox.report().calls).toEqual({});
	});
});
