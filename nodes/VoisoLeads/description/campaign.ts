import type { INodeProperties } from 'n8n-workflow';
import { campaignLocator } from '../../shared/campaign/locator';

const description =
	'The campaign of the leads. Voiso takes new leads for live campaigns only. An expression can choose another campaign for each item; the items may mix campaigns.';

/** The campaign, unless leads are switched off in all of them. */
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
];
