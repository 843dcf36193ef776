import { readCampaign } from '../../shared/api/campaigns';
import { toNodeError } from '../../shared/api/explain';
import { campaignResolver } from '../../shared/campaign/resolver';
import { perItem } from '../operation';
import { showFor } from '../showFor';
import { campaignOutput, simplifyProperty } from '../simplify';

export const description = showFor('campaign', ['get'], [simplifyProperty]);

/** Reads the campaign of each input item. */
export const execute = perItem((context, connection) => {
	const resolve = campaignResolver(context, connection);
	return async (itemIndex) => {
		const { id, name } = await resolve(itemIndex);
		const result = await readCampaign(connection, id);
		if (result.ok) return campaignOutput(context, itemIndex, [result.campaign]);
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
