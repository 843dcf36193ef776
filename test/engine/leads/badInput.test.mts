import { describe, expect, it } from 'vitest';
import { campaign, type Import, people, startVoiso, voisoForTests } from './support.mts';
import { failureOf } from './failure.mts';

const voiso = await voisoForTests();
const { expectUnasked, importLeads, newCampaign, sandbox, strike } = voiso;

const unasked = () => expectUnasked();
const failure = async (more: Partial<Import>) => await failureOf(voiso, more);

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
		expect(await failure({ to: '={{ $json.nothing }}' })).toEqual({
			message: 'No campaign selected',
			description:
				'Select a campaign from the list, or enter its ID or name. If an expression gives it, check that it has a value for this item.',
		});
		unasked();
	});

	it('is missing for one item: nothing is sent for any', async () => {
		const input = people(3).map((lead, index) => ({ ...lead, to: index === 2 ? '' : 3 }));
		const run = await importLeads({ input, to: '={{ $json.to }}' });

		expect(run.error).toMatchObject({ message: 'No campaign selected', context: { itemIndex: 2 } });
		unasked();
	});

	it('is missing for one item: with Continue the others are sent', async () => {
		const input = people(3).map((lead, index) => ({ ...lead, to: index === 1 ? '' : 3 }));
		const run = await importLeads({
			input,
			to: '={{ $json.to }}',
			node: { onError: 'continueRegularOutput' },
		});

		expect(run.results).toMatchObject([
			{ status: 'created' },
			{ error: expect.stringContaining('No campaign selected') },
			{ status: 'created' },
		]);
	});

	it('is unknown', async () => {
		expect(await failure({ to: 999 })).toEqual({
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
			to: '={{ "Spring Sale" }}',
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
		const id = newCampaign({ status: 'stopped' });
		strike(id, { kind: 'status', status, body });
		const { message, description } = await failure({
			to: id,
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
		const gone = await startVoiso();
		await gone.sandbox.close();
		const host = new URL(gone.sandbox.url).host;

		expect(await failure({ clusterId: gone.sandbox.url })).toEqual({
			message: expect.stringContaining(host),
			description: expect.stringMatching(/1 attempt\b/),
		});
	});
});

describe('the input', () => {
	it('is empty: no request and no output', async () => {
		const run = await importLeads({ input: [] });

		expect(run.error).toBeUndefined();
		expect(run.results).toEqual([]);
		unasked();
		expect(sandbox.report().calls).toEqual({});
	});

	it('has a lead without a number: that lead is invalid, the others are sent', async () => {
		const run = await importLeads({ input: [{ name: 'Nobody' }, ...people(1)] });

		expect(run.results).toMatchObject([
			{ phone_number: '', status: 'invalid', reason: 'phone_number is empty' },
			{ status: 'created' },
		]);
	});

	it('has no lead that could be sent: no request', async () => {
		const run = await importLeads({ input: [{}, { phone: 'x' }] });

		expect(run.statuses).toEqual(['invalid', 'invalid']);
		expect(sandbox.report().calls).toEqual({});
	});
});
