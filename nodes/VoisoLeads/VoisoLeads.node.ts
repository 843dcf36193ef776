import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { leadsHint } from './description/builderHints';
import { campaignProperties } from './description/campaign';
import { getLeadColumns, leadProperties } from './description/leads';
import { operationProperties } from './description/operations';
import { optionProperties } from './description/options';
import { execute } from './execute';
import { liveCampaignSearch } from '../shared/campaign/campaignSearch';
import { voisoApiTest } from '../shared/api/voisoApiTest';

export class VoisoLeads implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Voiso Leads',
		name: 'voisoLeads',
		icon: { light: 'file:../../icons/voiso.svg', dark: 'file:../../icons/voiso.dark.svg' },
		group: ['output'],
		version: 1,
		// Of a resource locator, $parameter gives the ID only; the name is in its label (campaignLabel.ts).
		subtitle:
			'={{ ({ add: "Add", update: "Update", upsert: "Add or Update", deactivate: "Stop Calling", getStatus: "Get Status" })[$parameter["operation"]] + ": " + ($parameter["operation"] === "deactivate" && $parameter["scope"] === "allCampaigns" ? "all campaigns" : $parameter["inputMode"] === "file" && $parameter["campaignFrom"] === "column" ? "campaign of each row" : (({ cachedResultName, value }) => cachedResultName?.replace(/^[^·]* · /, "").replace(/ [(][^()]*[)]$/, "") || (String(value).startsWith("=") ? "by expression" : $parameter["campaign"]) || "no campaign")($parameter.toJSON().campaign ?? {})) }}',
		description: 'Add, update and deactivate leads in Voiso campaigns, with a result for each lead',
		defaults: { name: 'Voiso Leads' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: leadsHint,
		credentials: [{ name: 'voisoApi', required: true, testedBy: 'voisoApiTest' }],
		properties: [
			...operationProperties,
			...campaignProperties,
			...leadProperties,
			...optionProperties,
		],
	};

	methods = {
		credentialTest: { voisoApiTest },
		listSearch: { campaignSearch: liveCampaignSearch },
		resourceMapping: { getLeadColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this);
	}
}
