import { describe, expect, it, vi } from 'vitest';
import { leadsOf, numbers, start } from './support.mts';

interface Named {
	name: string;
}

describe('campaigns', () => {
	it('has ten of them, of which 3 is live, active, staffed and empty', async () => {
		const { api, sandbox } = await start();
		const { data } = await api.get('/campaigns');
		expect(data.metadata.total).toBe(10);
		expect(new Set(data.campaigns.map(({ status }: { status: string }) => status)).size).toBe(7);
		const { campaign } = (await api.get('/campaigns/3')).data;
		expect(campaign).toMatchObject({ id: 3, name: 'Spring Sale', status: 'active', live: true });
		expect((await api.get('/campaigns/3/users')).data.metadata.total).toBeGreaterThan(0);
		expect(sandbox.state().leads['3']).toEqual({});
	});

	it.each([
		['name=spring%20SALE', ['Spring Sale 2024', 'Spring Sale', 'Spring Sale (test)']],
		['status=paused', ['Renewals']],
		['strategy=predictive_ai', ['Renewals', 'Renewals UK']],
		['live=false&status=active', ['Payment reminders']],
		['method=none', []],
		['limit=2&offset=1', ['Spring Sale 2024', 'Spring Sale']],
		['offset=10', []],
	])('lists those of %s', async (query, expected) => {
		const { api } = await start();
		const { data } = await api.get(`/campaigns?${query}`);
		expect(data.campaigns.map(({ name }: Named) => name)).toEqual(expected);
	});

	it('gives pages of 100 and the total', async () => {
		const { api, sandbox } = await start();
		sandbox.addCampaigns(...Array.from({ length: 240 }, () => ({})));
		const { data } = await api.get('/campaigns?offset=200');
		expect(data.campaigns).toHaveLength(50);
		expect(data.metadata).toEqual({ total: 250 });
		expect((await api.get('/campaigns')).data.campaigns).toHaveLength(100);
	});

	it('answers without live and method when told so, and filters by them all the same', async () => {
		const { api } = await start({ liveAndMethod: 'absent' });
		const { data } = await api.get('/campaigns?live=false');
		expect(data.metadata.total).toBe(3);
		for (const campaign of [...data.campaigns, (await api.get('/campaigns/3')).data.campaign]) {
			expect(campaign).not.toHaveProperty('live');
			expect(campaign).not.toHaveProperty('method');
		}
	});

	it('answers 404 for one that is not there', async () => {
		const { api } = await start();
		for (const path of ['/campaigns/99', '/campaigns/99/users']) {
			expect((await api.get(path)).status).toBe(404);
		}
		expect((await api.post('/campaigns/99/start')).status).toBe(404);
		expect((await api.post('/campaigns/99/leads', leadsOf(numbers(1)))).status).toBe(404);
	});
});

describe('start, pause and stop', () => {
	it.each([
		['pause', 'paused'],
		['stop', 'stopped'],
	])('%s needs an active campaign', async (action, status) => {
		const { api } = await start();
		const answer = await api.post(`/campaigns/3/${action}`);
		expect(answer.status).toBe(200);
		expect(answer.data).toEqual({
			id: 3,
			name: 'Spring Sale',
			status,
			strategy: 'simple',
			dial_level: 1,
		});
		const again = await api.post(`/campaigns/3/${action}`);
		expect(again.status).toBe(409);
		expect(again.data).toEqual({ errors: { status: [expect.stringContaining(status)] } });
	});

	it('start needs a lead and an agent', async () => {
		const { api, sandbox } = await start();
		const first = await api.post('/campaigns/4/start');
		expect(first.status).toBe(409);
		expect(Object.keys(first.data.errors)).toEqual(['leads', 'users']);
		await api.post('/campaigns/4/leads', leadsOf(numbers(1)));
		const second = await api.post('/campaigns/4/start');
		expect(Object.keys(second.data.errors)).toEqual(['users']);
		await api.post('/campaigns/4/users', { user_ids: [1] });
		expect((await api.post('/campaigns/4/start')).data.status).toBe('active');
		expect((await api.post('/campaigns/4/start')).status).toBe(409);
		expect(sandbox.report().violations).toEqual([]);
	});

	it('answers the whole campaign in an envelope when told so', async () => {
		const { api } = await start({ actionBody: 'wrapped' });
		const { data } = await api.post('/campaigns/3/pause');
		expect(data).toEqual({ campaign: expect.objectContaining({ id: 3, status: 'paused' }) });
		expect(data).toEqual((await api.get('/campaigns/3')).data);
	});

	it.each([
		['pause', 'pausing', 'paused'],
		['stop', 'stopping', 'stopped'],
		['start', 'processing', 'active'],
	])('%s goes through %s when told so', async (action, transitional, final) => {
		const { api, sandbox } = await start({ transitions: 'transitional', transitionTime: 60_000 });
		await api.post('/campaigns/3/leads', leadsOf(numbers(1)));
		if (action === 'start') sandbox.changeCampaign(3, { status: 'stopped' });
		expect((await api.post(`/campaigns/3/${action}`)).data.status).toBe(transitional);
		expect((await api.get('/campaigns/3')).data.campaign.status).toBe(transitional);
		expect((await api.post(`/campaigns/3/${action}`)).status).toBe(409);
		expect((await api.get(`/campaigns?status=${transitional}`)).data.metadata.total).toBe(1);

		sandbox.options.transitionTime = 20;
		sandbox.changeCampaign(3, { status: action === 'start' ? 'stopped' : 'active' });
		await api.post(`/campaigns/3/${action}`);
		await vi.waitFor(async () => {
			expect((await api.get('/campaigns/3')).data.campaign.status).toBe(final);
		});
	});
});
