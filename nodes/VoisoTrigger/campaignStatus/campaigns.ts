import type { IDataObject, IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { campaignList } from '../../shared/api/campaigns';
import type { Connection } from '../../shared/api/connection';
import { toNodeError } from '../../shared/api/explain';
import { readList, type Row } from '../../shared/api/pages';
import { simplifyCampaign } from '../../shared/campaign/simplifyCampaign';
import type { Change } from './changes';
import type { WatchSettings } from './settings';

/**
 * Reads all campaigns.
 *
 * @throws NodeApiError
 */
export async function readCampaigns(
	context: IPollFunctions | IExecuteFunctions,
	connection: Connection,
): Promise<Row[]> {
	const result = await readList(connection, campaignList());
	if (result.ok) return result.rows;
	throw toNodeError(context.getNode(), result.problem, {
		action: 'list the campaigns',
		scope: 'campaigns.read',
		host: connection.host,
	});
}

/** The item that a change triggers the workflow with. */
export function toJson(
	{ campaign, previousStatus }: Change,
	{ simplify }: WatchSettings,
): IDataObject {
	const fields = simplify ? simplifyCampaign(campaign) : campaign;
	return { ...fields, previous_status: previousStatus } as IDataObject;
}
