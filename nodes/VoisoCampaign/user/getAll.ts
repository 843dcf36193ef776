import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toNodeError, toWarning } from '../../shared/api/explain';
import { idValue } from '../../shared/api/ids';
import { campaignResolver } from '../../shared/campaign/resolver';
import { isTool } from '../../shared/tool';
import { listProperties, readLimit } from '../listParameters';
import { perItem } from '../operation';
import { showFor } from '../showFor';
import { aboutUsers, fetchCampaign, readUsers } from './staff';

export const description: INodeProperties[] = showFor('user', ['getAll'], listProperties);

/** What a model needs of a user: every word of a list costs it. */
const FIELDS_FOR_MODEL = ['id', 'name', 'email'] as const;

/** Lists the users of the campaign of each input item. */
export const execute = perItem((context, connection) => {
	const resolve = campaignResolver(context, connection);
	const looks = new Map<string, ReturnType<typeof fetchCampaign>>();
	return async (itemIndex) => {
		const limit = readLimit(context, itemIndex);
		const chosen = await resolve(itemIndex);
		const about = aboutUsers(connection, chosen, 'list the users of', 'campaigns.read');
		const look = looks.get(chosen.id) ?? fetchCampaign(connection, chosen);
		looks.set(chosen.id, look);
		const seen = await look;
		if (!seen.ok) throw toNodeError(context.getNode(), seen.problem, about, itemIndex);
		const result = await readUsers(connection, chosen.id, limit);
		if (!result.ok) {
			const canGoOn = result.problem.kind === 'unusableIds';
			if (!canGoOn) throw toNodeError(context.getNode(), result.problem, about, itemIndex);
			context.addExecutionHints(toWarning(result.problem, about));
		}
		const { id, name = null, status } = seen.campaign;
		const campaign = { campaign_id: idValue(id), campaign_name: name, campaign_status: status };
		return result.rows.map((user): IDataObject => {
			const fields = isTool(context.getNode())
				? Object.fromEntries(FIELDS_FOR_MODEL.map((field) => [field, user[field]]))
				: user;
			return { ...(fields as IDataObject), ...campaign };
		});
	};
});
