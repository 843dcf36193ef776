import type { IExecuteFunctions } from 'n8n-workflow';
import type { Connection } from '../shared/api/connection';
import { campaignResolver } from '../shared/campaign/resolver';
import type { ReadSettings } from './read';
import type { Settings } from './settings';

const ALL_CAMPAIGNS = { id: '' };

/** The campaign of each item, whose name is kept for messages. */
export function campaignOf(
	context: IExecuteFunctions,
	connection: Connection,
	{ allCampaigns }: Pick<Settings, 'allCampaigns'>,
	names: Map<string, string>,
): ReadSettings['campaignOf'] {
	if (allCampaigns) return () => ALL_CAMPAIGNS;
	return campaignResolver(context, connection, ({ id, name }) => {
		if (name !== undefined) names.set(id, name);
	});
}
