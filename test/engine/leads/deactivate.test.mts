import { beforeEach, describe, expect, it } from 'vitest';
import {
	behindBothOutputs,
	FAILED,
	GOOD,
	type Import,
	type TestVoiso,
	LEADS,
	phone,
	startVoiso,
	voisoForTests,
} from './support.mts';

const voiso = await voisoForTests();
const { sandbox, store, strike } = voiso;
beforeEach(() => {
	// Of the default campaigns some are not live, which take no leads: see the test about those.
	for (const id of [2, 8, 9]) sandbox.deleteCampaign(id);
});

const activeIn = (id: number, place: number) => sandbox.state().leads[id]?.[phone(place)]?.active;

const stopCalling = async (
	scope: 'campaign' | 'allCampaigns',
	more: Partial<Import> = {},
	{ importLeads }: TestVoiso = voiso,
) =>
	await importLeads({
		input: [1, 2, 3].map((place, index) => ({
			phone_number: phone(place),
			name: 'Not to be sent',
			index,
		})),
		...more,
		parameters: { operation: 'deactivate', scope, ...more.parameters },
		options: { ...more.options },
	});

describe('stop calling in one campaign', () => {
	it('switches leads off and sends nothing else of them', async () => {
		const before = { phone_number: phone(1), name: 'Ann', priority: 3, active: true };
		await store(3, [before]);
		await store(6, [before]);
		const run = await stopCalling('campaign');

		expect(run.results).toEqual([
			{ phone_number: phone(1), campaign_id: 3, status: 'updated' },
			{ phone_number: phone(2), campaign_id: 3, status: 'not_found' },
			{ phone_number: phone(3), campaign_id: 3, status: 'not_found' },
		]);
		expect(sandbox.state().leads[3]?.[phone(1)]).toEqual({ ...before, active: false });
		expect(activeIn(6, 1)).toBe(true);
	});
});

describe('stop calling in all campaigns', () => {
	it('reads all pages of the list of campaigns, and paces each campaign on its own', async () => {
		sandbox.addCampaigns(...Array.from({ length: 120 }, (_, n) => ({ name: `More ${n}` })));
		sandbox.options.minimumInterval = 200;
		const run = await stopCalling('allCampaigns', {
			options: { minimumInterval: 0.2, batchSize: 2, output: 'summary' },
		});

		const { totals, campaigns } = sandbox.report({ leads: false });
		expect(Object.keys(campaigns)).toHaveLength(127);
		expect(totals).toMatchObject({ tooEarly: 0, overlapped: 0, busy: 0 });
		expect(run.results).toMatchObject([
			{ campaign_id: null, leads: 3, not_found: 3, requests: 2 * 127 },
		]);
	});
});

describe('stop calling wherever the number is', () => {
	beforeEach(async () => {
		await store(3, [{ phone_number: phone(1) }, { phone_number: phone(2) }]);
		await store(6, [{ phone_number: phone(1) }]);
	});

	it('asks each campaign that the key sees, and says where each number was found', async () => {
		const input = [phone(1), phone(2), phone(3), phone(1), 'none'].map((number) => ({
			phone_number: number,
		}));
		const run = await stopCalling('allCampaigns', { input });

		expect(run.results).toMatchObject([
			{ phone_number: phone(1), campaign_id: null, status: 'updated', found_in: [3, 6] },
			{ phone_number: phone(2), campaign_id: null, status: 'updated', found_in: [3] },
			{ phone_number: phone(3), campaign_id: null, status: 'not_found', found_in: [] },
			{ phone_number: phone(1), campaign_id: null, status: 'updated', found_in: [3, 6] },
			{ phone_number: 'none', campaign_id: null, status: 'invalid' },
		]);
		expect([activeIn(3, 1), activeIn(3, 2), activeIn(6, 1)]).toEqual([false, false, false]);
		expect(Object.keys(sandbox.report().campaigns)).toEqual(['1', '3', '4', '5', '6', '7', '10']);
	});

	it('names a campaign that could not be reached, and the ones in which the number is off', async () => {
		strike(6, { kind: 'status', status: 500 });
		const run = await stopCalling('allCampaigns', {
			node: { onError: 'continueErrorOutput' },
			options: { maxWait: 0 },
			...behindBothOutputs,
		});

		expect(run.items(LEADS)).toEqual([]);
		const failed = run.json(LEADS, 1);
		expect(failed.map(({ message }) => message)).toEqual([
			{ phone_number: phone(1), campaign_id: null, found_in: [3] },
			{ phone_number: phone(2), campaign_id: null, found_in: [3] },
			{ phone_number: phone(3), campaign_id: null, found_in: [] },
		]);
		for (const part of ['"Renewals UK"', 'Batch 1', '"Spring Sale" (ID 3)'])
			expect(failed[0]?.error).toContain(part);
		expect(failed[2]?.error).not.toContain('Spring Sale');
		expect(run.json(FAILED).map(({ index }) => index)).toEqual([0, 1, 2]);
		expect(run.json(GOOD)).toEqual([]);
	});

	it('ends with one error that counts the leads, not the campaigns', async () => {
		strike(6, { kind: 'status', status: 500 });
		strike(7, { kind: 'status', status: 403, body: { error: 'Forbidden' } });
		const run = await stopCalling('allCampaigns', { options: { maxWait: 0 } });

		expect(run.error?.description).toContain(
			'"Renewals UK" (ID 6), campaign "Customer survey" (ID 7)',
		);
		expect(run.error?.description).toContain('items 0 to 2 (3 leads)');
	});

	it('does not report success while a campaign that takes no leads could still call', async () => {
		sandbox.addCampaigns({ id: 900, name: 'Uploaded list', live: false, status: 'active' });
		const run = await stopCalling('allCampaigns', { node: { onError: 'continueRegularOutput' } });

		for (const { status, error } of run.results) {
			expect(status).toBeUndefined();
			expect(error).toContain('"Uploaded list" (ID 900)');
		}
		expect(run.results).toHaveLength(3);
	});

	it('does not pass over a completed campaign whose key was refused', async () => {
		for (const { id } of sandbox.state().campaigns) sandbox.deleteCampaign(id);
		sandbox.addCampaigns({ id: 900, name: 'Done', status: 'completed' });
		strike(900, { kind: 'status', status: 401, method: 'PUT' });
		const run = await stopCalling('allCampaigns', { node: { onError: 'continueRegularOutput' } });

		expect(run.statuses).toEqual([undefined, undefined, undefined]);
		expect(run.results[0]?.error).toContain('API key');
	});

	it('passes over a campaign that was deleted meanwhile', async () => {
		strike(7, { kind: 'status', status: 404, body: { error: 'Not found' } });
		const run = await stopCalling('allCampaigns');

		expect(run.statuses).toEqual(['updated', 'updated', 'not_found']);
		expect(run.results[0]).not.toHaveProperty('not_switched_off_in');
	});

	describe('in campaigns that call nobody now', () => {
		const off = (['stopped', 'completed', 'draft', 'import_error'] as const).map(
			(status, place) => ({
				id: 900 + place,
				name: status,
				status,
				live: false,
			}),
		);
		const ids = off.map(({ id }) => id);

		it('that take no leads is no failure: they come out with a warning', async () => {
			sandbox.addCampaigns(...off);
			const run = await stopCalling('allCampaigns');

			expect(run.error).toBeUndefined();
			expect(run.results).toMatchObject([
				{ status: 'updated', found_in: [3, 6] },
				{ status: 'updated', found_in: [3] },
				{ status: 'not_found', found_in: [] },
			]);
			for (const { not_switched_off_in, warning } of run.results) {
				expect(not_switched_off_in).toEqual(ids);
				for (const id of ids) expect(warning).toContain(String(id));
			}
		});

		it('is done where it can be', async () => {
			sandbox.addCampaigns({ id: 900, status: 'stopped', live: true });
			await store(900, [{ phone_number: phone(3) }]);
			const run = await stopCalling('allCampaigns');

			expect(run.results[2]).toMatchObject({ status: 'updated', found_in: [900] });
			expect(run.results[2]).not.toHaveProperty('not_switched_off_in');
		});
	});

	it('does not take a cluster that updates no leads for one that has no such lead', async () => {
		await using own = await startVoiso();
		for (const id of [2, 8, 9]) own.sandbox.deleteCampaign(id);
		for (const method of ['PUT', 'PATCH']) {
			own.sandbox.faults.add({ kind: 'status', status: 404, method, body: { error: 'Not found' } });
		}
		const node = { onError: 'continueRegularOutput' } as const;
		const run = await stopCalling('allCampaigns', { node }, own);

		for (const { status, error } of run.results) {
			expect(status).toBeUndefined();
			expect(error).toMatch(/\(ID \d+\)/);
		}
	});

	it('does not report success for a number that a campaign refuses or leaves out', async () => {
		const body = { leads_update: { updated: [], rejected: [phone(1)], not_found: [phone(3)] } };
		strike(6, { kind: 'status', status: 200, body });
		const run = await stopCalling('allCampaigns');

		expect(run.results).toMatchObject([
			{ status: 'rejected', reason: expect.stringMatching(/^Campaign 6: /), found_in: [3] },
			{ status: 'unreported', reason: expect.stringContaining('Campaign 6: '), found_in: [3] },
			{ status: 'not_found', found_in: [] },
		]);
	});

	it('sends nothing when the list of campaigns cannot be read', async () => {
		const run = await stopCalling('allCampaigns', { apiKey: sandbox.apiKeys.manageOnly });

		expect(run.error?.message).toContain('campaigns.read');
		expect(sandbox.report().totals.requests).toBe(2);
	});
});
