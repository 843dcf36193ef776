import type { INodeProperties } from 'n8n-workflow';

/** The values that saved workflows hold. */
const OPERATION = {
	add: 'add',
	update: 'update',
	upsert: 'upsert',
	deactivate: 'deactivate',
	getStatus: 'getStatus',
} as const;

/** What the node can do with leads. */
export const operationProperties: INodeProperties[] = [
	{
		// Only operations of a resource come out one by one for AI agents and AI workflow builders.
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [{ name: 'Lead', value: 'lead' }],
		default: 'lead',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['lead'] } },
		default: 'add',
		options: [
			{
				name: 'Add Leads',
				value: OPERATION.add,
				action: 'Add leads to campaign',
				description: "Add new leads to a live campaign in batches, within Voiso's rate limit",
			},
			{
				name: 'Add or Update Leads',
				value: OPERATION.upsert,
				action: 'Add or update leads in campaign',
				description: 'Add new leads and update existing ones, matched by phone number (upsert)',
			},
			{
				name: 'Get Lead Status',
				value: OPERATION.getStatus,
				action: 'Get status of leads in campaign',
				description: "Get what Voiso's dialer did with each number so far",
			},
			{
				name: 'Stop Calling Leads',
				value: OPERATION.deactivate,
				action: 'Stop calling leads',
				description: 'Deactivate leads in one or all campaigns so they are no longer called',
			},
			{
				name: 'Update Leads',
				value: OPERATION.update,
				action: 'Update leads in campaign',
				description: 'Update the fields you provide on existing leads, matched by phone number',
			},
		],
	},
	{
		displayName: 'Stop Calling In',
		name: 'scope',
		type: 'options',
		default: 'campaign',
		displayOptions: { show: { operation: ['deactivate'] } },
		options: [
			{
				name: 'Selected Campaign',
				value: 'campaign',
				description: 'Only in the campaign you select below',
			},
			{
				name: 'All Campaigns',
				value: 'allCampaigns',
				description: 'In every campaign the API key can access',
			},
		],
		description: 'Where to stop calling the leads',
	},
];
