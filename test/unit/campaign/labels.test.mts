import { expect, it } from 'vitest';
import { campaignLabel, nameInLabel } from '../../../nodes/shared/campaign/campaignLabel.ts';
import { simplifyCampaign } from '../../../nodes/shared/campaign/simplifyCampaign.ts';

it.each([
	[{ id: 3, name: 'Spring Sale', status: 'active' }, 'Spring Sale (active, ID 3)'],
	[{ id: 'a-3', name: 'Spring (2)', status: null }, 'Spring (2) (ID a-3)'],
	[{ id: 3, name: '', status: 'draft' }, 'Without a name (draft, ID 3)'],
])('the label of %j is %j', (campaign, label) => {
	expect(campaignLabel(campaign)).toBe(label);
	expect(nameInLabel(label)).toBe(campaign.name || 'Without a name');
});

it.each([undefined, null, 3, '', 'Spring Sale', 'Spring Sale (active)', 'x (a, ID 3) y'])(
	'%j is no label',
	(label) => {
		expect(nameInLabel(label)).toBeUndefined();
	},
);

it('a simplified campaign has the main fields that are there, null ones included', () => {
	const campaign = { id: 3, status: null, caller_id_sets: [], live: false };
	expect(simplifyCampaign(campaign)).toEqual({ id: 3, status: null, live: false });
});
