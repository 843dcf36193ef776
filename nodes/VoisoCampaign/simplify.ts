import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Row } from '../shared/api/pages';
import { simplifyCampaign } from '../shared/campaign/simplifyCampaign';
import { isTool } from '../shared/tool';

export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export function isSimplified(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('simplify', itemIndex, true) === true;
}

/** Campaigns as they come out. A model gets what it decides by, since every word of a list costs it. */
export function campaignOutput(
	context: IExecuteFunctions,
	itemIndex: number,
	campaigns: readonly Row[],
): IDataObject[] {
	if (!isSimplified(context, itemIndex)) return campaigns.map((each) => each as IDataObject);
	return isTool(context.getNode())
		? campaigns.map((each) => simplifyCampaign(each, ['status', 'live']))
		: campaigns.map((each) => simplifyCampaign(each));
}
