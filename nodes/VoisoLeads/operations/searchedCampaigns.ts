import type { IExecuteFunctions } from 'n8n-workflow';
import { campaignList, nameOf } from '../../shared/api/campaigns';
import type { Connection } from '../../shared/api/connection';
import { toNodeError } from '../../shared/api/explain';
import { idOf, readList } from '../../shared/api/pages';
import { mayCall } from '../../shared/campaign/statuses';
import type { SearchedCampaign } from './deactivate';

/**
 * Every campaign that the key can see.
 *
 * @throws NodeApiError when the list cannot be read: then no number may count as deactivated
 */
export async function searchedCampaigns(
	context: IExecuteFunctions,
	connection: Connection,
): Promise<Array<SearchedCampaign & { name: string }>> {
	const list = await readList(connection, campaignList());
	if (!list.ok) {
		const { host } = connection;
		const action = 'list campaigns';
		throw toNodeError(context.getNode(), list.problem, { action, scope: 'campaigns.read', host });
	}
	return list.rows.map((campaign) => ({
		id: idOf(campaign),
		name: nameOf(campaign),
		mayCall: mayCall(campaign),
	}));
}
