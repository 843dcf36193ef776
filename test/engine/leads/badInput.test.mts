import { describe, expect, it } from 'vitest';
import { campaign, type Import, people, voisoForTests } from './support.mts';
import { failureOf } from './failure.mts';

const voiso = await voisoForTests();
const { expectUnasked, importLeads, newCampaign, sandbox, strike } = voiso;

const failure = async (more: Partial<Import>) => await failureOf(voiso, more);

// What is said of a wrong campaign or credential is in texts.txt.
describe('the campaign', () => {
	it('is not chosen: n8n itself does not start the workflow', async () => {
		// An older n8n says only that something is missing.
		const words = process.env.N8N_ENGINE_FOLDER
			? /^The workflow has issues|Parameter "Campaign" is required/
			: 'Parameter "Campaign" is required';
		await expect(failure({ parameters: { campaign: campaign('', 'list') } })).rejects.toThrow(
			words,
		);
		expectUnasked();
	});

	it('is missing for one item: nothing is sent for any', async () => {
		const input = people(3).map((lead, index) => ({ ...lead, to: index === 2 ? '' : 3 }));
		const run = await importLeads({ input, to: '={{ $json.to }}' });

		expect(run.error).toMatchObject({ context: { itemIndex: 2 } });
		expectUnasked();
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
			{ error: expect.stringMatching(/\S/) },
			{ status: 'created' },
		]);
	});

	it.each([409, 422])('is stopped and takes no leads, status %i', async (status) => {
		const body = { errors: { base: ['Campaign is stopped'] } };
		const id = newCampaign({ status: 'stopped' });
		strike(id, { kind: 'status', status, body });
		const { message } = await failure({ to: id, options: { maxWait: 300 } });
		expect(message).toContain(`campaign ${id}`);
		expect(sandbox.report().campaigns[id]?.requests).toBe(1);
	});
});

describe('the input', () => {
	it('is empty: no request and no output', async () => {
		const run = await importLeads({ input: [] });

		expect(run.error).toBeUndefined();
		expect(run.results).toEqual([]);
		expectUnasked();
		expect(sandbox.report().calls).toEqual({});
	});

	it('has a lead without a number: that lead is invalid, the others are sent', async () => {
		const run = await importLeads({ input: [{ name: 'Nobody' }, ...people(1)] });

		expect(run.results).toMatchObject([
			{ phone_number: '', status: 'invalid', reason: expect.stringMatching(/^phone_number /) },
			{ status: 'created' },
		]);
	});

	it('has no lead that could be sent: no request', async () => {
		const run = await importLeads({ input: [{}, { phone: 'x' }] });

		expect(run.statuses).toEqual(['invalid', 'invalid']);
		expect(sandbox.report().calls).toEqual({});
	});
});
