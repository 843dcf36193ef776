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
	expect(overview).toMatchObject({ minimumInterval: 600_000, violations: 0 });
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
