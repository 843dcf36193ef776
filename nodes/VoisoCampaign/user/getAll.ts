import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toNodeError, toWarning } from '../../shared/api/explain';
import { idValue } from '../../shared/api/ids';
import { campaignResolver } from '../../shared/campaign/resolver';
import { listProperties, readLimit } from '../listParameters';
import { perItem } from '../operation';
import { showFor } from '../showFor';
import { aboutUsers, lookAtCampaign, readUsers, type CampaignLook } from './campaignUsers';

export const description: INodeProperties[] = showFor('user', ['getAll'], listProperties);

/** Lists the users of the campaign of each input item. */
export const execute = perItem((context, connection) => {
	const resolve = campaignResolver(context, connection);
	const looks = new Map<string, Promise<CampaignLook>>();
	return async (itemIndex) => {
		const limit = readLimit(context, itemIndex);
		const chosen = await resolve(itemIndex);
		const about = aboutUsers(connection, chosen, 'list the users of', 'campaigns.read');
		const look = looks.get(chosen.id) ?? lookAtCampaign(connection, chosen);
		looks.set(chosen.id, look);
		const seen = await look;
		if (!seen.ok) throw toNodeError(context.getNode(), seen.problem, about, itemIndex);
		const result = await readUsers(connection, chosen.id, limit);
		if (!result.ok) {
			const canGoOn = result.problem.kind === 'unusableIds';
			if (!canGoOn) throw toNodeError(context.getNode(), result.problem, about, itemIndex);
			context.addExecutionHints(toWarning(result.problem, about));
		}
		const { campaign } = seen;
		return result.rows.map(
			(user): IDataObject => ({
				...(user as IDataObject),
				campaign_id: idValue(campaign.id),
				campaign_status: campaign.status,
			}),
		);
	};
});
