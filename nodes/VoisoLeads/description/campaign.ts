import type { INodeProperties } from 'n8n-workflow';
import { campaignLocator } from '../../shared/campaign/locator';

const description =
	'Campaign to add the leads to or update them in. Voiso accepts new leads for live campaigns only. Use an expression to select a different campaign for each item.';

/** The campaign, unless leads are deactivated in all of them. */
export const campaignProperties: INodeProperties[] = [
	{
		...campaignLocator,
		description,
		displayOptions: { show: { operation: ['add', 'update', 'upsert'] } },
	},
	{
		...campaignLocator,
		displayOptions: { show: { operation: ['deactivate'], scope: ['campaign'] } },
	},
	{
		...campaignLocator,
		displayOptions: { show: { operation: ['getStatus'] } },
	},
];
