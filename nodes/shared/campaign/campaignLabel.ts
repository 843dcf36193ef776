import { nameOf, statusOf } from '../api/campaigns';
import type { Row } from '../api/pages';

const DETAILS = / \((?:[^()]*, )?ID [\w-]+\)$/;

/** How a campaign stands in a list to choose from: `Spring Sale (active, ID 3)`. */
export function campaignLabel(campaign: Row): string {
	const details = [statusOf(campaign), `ID ${campaign.id}`].filter((text) => text !== '');
	return `${nameOf(campaign) || 'Without a name'} (${details.join(', ')})`;
}

/** The name within such a label; the status there is the one of the day it was chosen. */
export function nameInLabel(label: unknown): string | undefined {
	if (typeof label !== 'string' || !DETAILS.test(label)) return undefined;
	return label.replace(DETAILS, '');
}
