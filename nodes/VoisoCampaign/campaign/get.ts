import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readCampaign } from '../../shared/api/campaigns';
import { toNodeError } from '../../shared/api/explain';
import { campaignResolver } from '../../shared/campaign/resolver';
import { perItem } from '../operation';

export const description: INodeProperties[] = [];

/** Reads the campaign of each input item. */
export const execute = perItem((context, connection) => {
	const resolve = campaignResolver(context, connection);
	return async (itemIndex) => {
		const { id, name } = await resolve(itemIndex);
		const result = await readCampaign(connection, id);
		if (result.ok) return [result.campaign as IDataObject];
		const about = {
			action: 'read',
			campaignId: id,
			...(name !== undefined && { campaignName: name }),
			scope: 'campaigns.read',
			host: connection.host,
		} as const;
		throw toNodeError(context.getNode(), result.problem, about, itemIndex);
	};
});
