import { expect, test } from 'vitest';
import type { Overview } from '../../sandbox/page/overview.mts';
import { leadsOf, start } from './support.mts';

test('the overview counts leads by outcome and requests that came too early', async () => {
	const { sandbox, api, add, control } = await start();
	await add([{ phone_number: '447700900101', active: false }, ...leadsOf(['447700900102', '12'])]);
	await add(leadsOf(['447700900102']));
	await api.put('/campaigns/3/leads', leadsOf(['447700900102', '447700900103']));
	sandbox.options.minimumInterval = 600_000;
	await add(leadsOf(['447700900104']));

	const { data: overview } = await control.get<Overview>('/overview');
	expect(overview).toMatchObject({ minimumInterval: 600_000, violations: [], violationCount: 0 });
	expect(overview.campaigns).toHaveLength(10);
	const campaign = overview.campaigns.find(({ id }) => id === 3);
	expect(campaign).toMatchObject({
		name: 'Spring Sale',
		stored: 2,
		inactive: 1,
		outcomes: { created: 2, duplicates: 1, rejected: 1, updated: 1, not_found: 1 },
		requests: 4,
		leadsSent: 7,
		tooEarly: 1,
		overlapped: 0,
	});
	const outcomes = campaign?.latest.map(({ outcome }) => outcome);
	expect(outcomes).toEqual(['accepted', 'accepted', 'accepted', 'busy']);
	expect(overview.origin).toBe(campaign?.latest[0]?.start);
});

test('the overview keeps what was sent to a campaign that is deleted', async () => {
	const { sandbox, add, control } = await start();
	await add(leadsOf(['447700900101']));
	sandbox.deleteCampaign(3);
	const { data: overview } = await control.get<Overview>('/overview');
	const campaign = overview.campaigns.find(({ id }) => id === 3);
	expect(campaign).toMatchObject({ name: 'Campaign 3', status: 'deleted', requests: 1, stored: 0 });
});

test('the overview has the calls, their results, and the requests that are not allowed', async () => {
	const { sandbox, add, api, control } = await start({
		reachedShare: 1,
		webhooks: ['http://127.0.0.1:1/hook'],
		webhookRetry: 0,
	});
	await add(leadsOf(['447700900101', '447700900102', '447700900103']));
	sandbox.dial(2);
	await sandbox.eventsPosted();
	await api.get('/campaigns?page=2');
	await add([{ phone: 1 }]);
	const { data: overview } = await control.get<Overview>('/overview');
	expect(overview.campaigns.find(({ id }) => id === 3)).toMatchObject({
		calls: 2,
		reached: 2,
		due: 1,
		dispositions: { answered: 2 },
	});
	expect(overview).toMatchObject({
		dial: 0,
		callCount: 2,
		latestCalls: [
			{ call_number: 2, number: '447700900102', campaign: 'Spring Sale', disposition: 'answered' },
			{ call_number: 1, number: '447700900101', recording: expect.stringContaining('.wav') },
		],
		events: {
			delivered: 0,
			pending: 0,
			inactive: 16,
			reason: expect.stringContaining('127.0.0.1'),
		},
		violationCount: 2,
		violations: [
			{ method: 'POST', status: 422, reason: expect.stringMatching(/^0\.phone_number: must/) },
			{ path: '/api/v4/campaigns?page=2', status: 400, reason: 'Bad Request' },
		],
	});
});
