// @ts-check
import { table } from './elements.mjs';

/** @typedef {import('./overview.mts').CampaignOverview} CampaignOverview */

/** Results of leads as the API names them, and as the page does. */
const outcomes = {
	created: 'Created',
	duplicates: 'Duplicate',
	rejected: 'Rejected',
	updated: 'Updated',
	not_found: 'Not found',
};

const columns = [
	'Campaign',
	'ID',
	'Status',
	'Live',
	'Users',
	'Leads',
	'Inactive',
	...Object.values(outcomes),
];

/** @param {CampaignOverview[]} campaigns */
export function campaignTable(campaigns) {
	const rows = campaigns.map((campaign) => ({
		cells: [
			campaign.name,
			String(campaign.id),
			campaign.status.replaceAll('_', ' '),
			campaign.live ? 'yes' : 'no',
			campaign.users,
			campaign.stored,
			campaign.inactive,
			...Object.keys(outcomes).map((outcome) => campaign.outcomes[outcome] ?? 0),
		],
	}));
	return table(
		'Leads in each campaign, and the results of the leads that were sent',
		columns,
		rows,
	);
}
