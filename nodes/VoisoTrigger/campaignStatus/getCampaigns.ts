import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { campaignList } from '../../shared/api/campaigns';
import { connect } from '../../shared/api/connection';
import { toNodeError } from '../../shared/api/explain';
import { readList } from '../../shared/api/pages';
import { campaignLabel } from '../../shared/campaign/campaignLabel';

/** Fills the list of campaigns in the editor, with all of the contact center. */
export async function getCampaigns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const connection = await connect(this);
	const result = await readList(connection, campaignList());
	if (!result.ok) {
		const { host } = connection;
		const about = { action: 'list campaigns', scope: 'campaigns.read', host } as const;
		throw toNodeError(this.getNode(), result.problem, about);
	}
	return result.rows.map((campaign) => ({ name: campaignLabel(campaign), value: campaign.id }));
}
