import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { voisoApiTest } from '../shared/api/voisoApiTest';
import { campaignSearch } from '../shared/campaign/campaignSearch';
import { campaignLocator } from '../shared/campaign/locator';
import { campaignHint } from './builderHint';
import * as call from './call';
import * as campaign from './campaign';
import { router } from './router';
import * as user from './user';
import { getUsers } from './user/getUsers';

export class VoisoCampaign implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Voiso Campaign',
		name: 'voisoCampaign',
		icon: { light: 'file:../../icons/voiso.svg', dark: 'file:../../icons/voiso.dark.svg' },
		group: ['transform'],
		version: 1,
		// Of a resource locator, $parameter gives the ID only; the name is in its label (campaignLabel.ts).
		subtitle:
			'={{ ({ getAll: "Get Many", get: "Get", start: "Start", pause: "Pause", stop: "Stop", add: "Add", remove: "Remove", sync: "Sync" })[$parameter["operation"]] + (({ user: " users: ", call: " calls: " })[$parameter["resource"]] ?? ": ") + ($parameter["resource"] === "campaign" && $parameter["operation"] === "getAll" ? "campaigns" : (({ cachedResultName, value }) => cachedResultName?.replace(/^[^·]* · /, "").replace(/ [(][^()]*[)]$/, "") || (String(value).startsWith("=") ? "by expression" : $parameter["campaign"]) || ($parameter["resource"] === "call" ? "all campaigns" : "no campaign"))($parameter.toJSON().campaign ?? {})) }}',
		description: 'Start, pause and stop Voiso campaigns, list their calls, and manage their users',
		defaults: { name: 'Voiso Campaign' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: campaignHint,
		credentials: [{ name: 'voisoApi', required: true, testedBy: 'voisoApiTest' }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Call', value: 'call' },
					{ name: 'Campaign', value: 'campaign' },
					{ name: 'User', value: 'user' },
				],
				default: 'campaign',
			},
			call.operationProperty,
			campaign.operationProperty,
			user.operationProperty,
			{
				...campaignLocator,
				displayOptions: {
					show: { resource: ['campaign'], operation: ['get', 'pause', 'start', 'stop'] },
				},
			},
			{ ...campaignLocator, displayOptions: { show: { resource: ['user'] } } },
			...call.properties,
			...campaign.properties,
			...user.properties,
		],
	};

	methods = {
		credentialTest: { voisoApiTest },
		listSearch: { campaignSearch },
		loadOptions: { getUsers },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router(this);
	}
}
