import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignLabel, nameInLabel } from '../../../nodes/shared/campaign/campaignLabel.ts';
import { simplifyCampaign } from '../../../nodes/shared/campaign/simplifyCampaign.ts';
import { VoisoCampaign } from '../../../nodes/VoisoCampaign/VoisoCampaign.node.ts';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';

const long = 'Winter reactivation of lapsed customers in the north, batch 12';

describe('the label of a campaign', () => {
	it.each([
		[{ id: 3, name: 'Spring Sale', status: 'active' }, '● Active · Spring Sale (3)'],
		[{ id: '03', name: 'Spring Sale', status: 'auto_paused' }, '◐ Auto Paused · Spring Sale (3)'],
		[
			{ id: 9, name: 'Reminders', status: 'active', live: false },
			'● Active, not live · Reminders (9)',
		],
		[{ id: 4, name: 'Spring · 2 (test)', status: 'draft' }, '○ Draft · Spring · 2 (test) (4)'],
		[{ id: 'a-3', name: 'Spring', status: null }, '◐ Unknown status · Spring (a-3)'],
		[{ id: 5, name: 'Spring', status: 'on · off' }, '◐ on   off · Spring (5)'],
	])('of %j is %j', (campaign, label) => {
		expect(campaignLabel(campaign)).toBe(label);
		expect(nameInLabel(label)).toBe(campaign.name);
	});

	it('cuts a long name in its middle, and the name cannot be read from it any more', () => {
		const label = campaignLabel({ id: 3, name: long, status: 'active' });
		expect(label).toBe('● Active · Winter reactivation of laps…th, batch 12 (3)');
		expect(nameInLabel(label)).toBeUndefined();
	});

	it('of one without a name says so', () => {
		expect(campaignLabel({ id: 3, name: '', status: 'draft' })).toBe(
			'○ Draft · Unnamed campaign (3)',
		);
	});

	it('tells the name, or none, whatever the name and the status are', () => {
		const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
		fc.assert(
			fc.property(text, text, fc.nat(), (name, status, id) => {
				const found = nameInLabel(campaignLabel({ id, name, status, live: id % 2 === 0 }));
				expect([name.trim(), undefined, 'Unnamed campaign']).toContain(found);
			}),
		);
	});

	it.each([undefined, null, 3, '', 'Spring Sale', 'Spring Sale (3)', '● Active · x (3) y'])(
		'is not %j',
		(label) => {
			expect(nameInLabel(label)).toBeUndefined();
		},
	);
});

describe.each([
	['Voiso Campaign', new VoisoCampaign(), { resource: 'campaign', operation: 'get' }, 'Get: '],
	['Voiso Leads', new VoisoLeads(), { operation: 'add' }, 'Add: '],
])('the subtitle of %s', (_, { description: { subtitle = '' } }, parameters, verb) => {
	/** Evaluates the subtitle the way n8n does, for a locator with this label or value. */
	const subtitleOf = (campaign: object) => {
		const $parameter = { ...parameters, campaign: '3', toJSON: () => ({ campaign }) };
		const body = `return (${/^=\{\{(.*)\}\}$/s.exec(subtitle)?.[1]})`;
		return String(new Function('$parameter', body)($parameter));
	};

	it.each([
		[{ id: 3, name: 'Spring Sale', status: 'active' }, 'Spring Sale'],
		[{ id: 3, name: 'Spring (2) · x', status: 'active', live: false }, 'Spring (2) · x'],
		[{ id: 3, name: long, status: 'draft' }, 'Winter reactivation of laps…th, batch 12'],
	])('has the name of %j', (campaign, name) => {
		const cachedResultName = campaignLabel(campaign);
		expect(subtitleOf({ cachedResultName, value: 3 })).toMatch(new RegExp(`^${verb}`));
		expect(subtitleOf({ cachedResultName, value: 3 }).slice(verb.length)).toBe(name);
	});

	it('says where the campaign comes from otherwise', () => {
		expect(subtitleOf({ value: '={{ $json.id }}' })).toBe(`${verb}by expression`);
		expect(subtitleOf({ value: 3 })).toBe(`${verb}3`);
	});
});

it('a simplified campaign has the main fields that are there, null ones included', () => {
	const campaign = { id: '03', status: null, caller_id_sets: [], live: false };
	expect(simplifyCampaign(campaign)).toEqual({ campaign_id: 3, status: null, live: false });
	expect(simplifyCampaign({ ...campaign, name: 'x' }, ['status'])).toEqual({
		campaign_id: 3,
		campaign_name: 'x',
		status: null,
	});
});
