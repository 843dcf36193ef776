import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	IPollFunctions,
} from 'n8n-workflow';
import { campaignList, listingCampaigns, readAllCampaigns } from '../../shared/api/campaigns';
import { connect, type Connection } from '../../shared/api/connection';
import { asOneText, explain, toNodeError } from '../../shared/api/explain';
import { readList, type Row } from '../../shared/api/pages';
import { campaignLabel } from '../../shared/campaign/campaignLabel';
import { simplifyCampaign } from '../../shared/campaign/simplifyCampaign';
import type { Change } from './changes';
import type { WatchSettings } from './settings';

/** Fills the list of campaigns in the editor, with all of the contact center. */
export async function getCampaigns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const campaigns = await readAllCampaigns(this, await connect(this));
	return campaigns.map((campaign) => ({ name: campaignLabel(campaign), value: campaign.id }));
}

/**
 * Reads all campaigns. Those whose ID can't be used are left out, which n8n's log then tells.
 *
 * @throws NodeApiError
 */
export async function readCampaigns(
	context: IPollFunctions | IExecuteFunctions,
	connection: Connection,
): Promise<Row[]> {
	const result = await readList(connection, campaignList());
	if (result.ok) return result.rows;
	const about = listingCampaigns(connection);
	if (result.problem.kind !== 'unusableIds') {
		throw toNodeError(context.getNode(), result.problem, about);
	}
	context.logger.warn(asOneText(explain(result.problem, about)));
	return result.rows;
}

/** The item that a change triggers the workflow with. */
export function toJson(
	{ campaign, previousStatus }: Change,
	{ simplify }: WatchSettings,
): IDataObject {
	const fields = simplify ? simplifyCampaign(campaign) : campaign;
	return { ...fields, previous_status: previousStatus } as IDataObject;
}
