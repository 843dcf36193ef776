import type { INodeProperties } from 'n8n-workflow';
import { campaignLocator } from '../../shared/campaign/locator';

/** The campaign, unless leads are switched off in all of them. */
export const campaignProperties: INodeProperties[] = [
	{
		...campaignLocator,
		displayOptions: { show: { operation: ['add', 'update', 'upsert'] } },
	},
	{
		...campaignLocator,
		displayOptions: { show: { operation: ['deactivate'], scope: ['campaign'] } },
	},
];
