import type { INodeProperties } from 'n8n-workflow';

/** The values that saved workflows hold. */
const OPERATION = {
	add: 'add',
	update: 'update',
	upsert: 'upsert',
	deactivate: 'deactivate',
} as const;

/** What the node can do with leads, and where the leads are. */
export const operationProperties: INodeProperties[] = [
	{
		// n8n tells AI agents what an operation does only where it belongs to a resource.
		displayName: 'Resource',
		name: 'resource',
		type: 'hidden',
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
				name: 'Add',
				value: OPERATION.add,
				action: 'Add leads to a campaign',
				description:
					'Add new leads to a live campaign, in batches and at the pace that Voiso allows',
			},
			{
				name: 'Add or Update',
				value: OPERATION.upsert,
				action: 'Add or update leads of a campaign',
				description: 'Add leads, and update those that the campaign has already',
			},
			{
				name: 'Stop Calling',
				value: OPERATION.deactivate,
				action: 'Stop calling leads',
				description:
					'Switch leads off in one campaign or wherever they are, so that they are not called',
			},
			{
				name: 'Update',
				value: OPERATION.update,
				action: 'Update leads of a campaign',
				description:
					'Change the given fields of leads that the campaign has, found by phone number',
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
				name: 'Chosen Campaign',
				value: 'campaign',
				description: 'Only in the campaign chosen below',
			},
			{
				name: 'All Campaigns',
				value: 'allCampaigns',
				description: 'In every campaign that the API key can see',
			},
		],
		description: 'Where the leads must not be called any more',
	},
];

export const leadSourceProperties: INodeProperties[] = [
	{
		displayName: 'Lead Source',
		name: 'leadSource',
		type: 'options',
		noDataExpression: true,
		default: 'items',
		options: [
			{
				name: 'Input Items',
				value: 'items',
				description: 'Each input item is one lead',
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'One expression, or an AI agent, gives a list of leads',
			},
		],
		description: 'Where the leads come from',
	},
	{
		displayName: 'Leads (JSON)',
		name: 'leadsJson',
		type: 'json',
		default: '[]',
		required: true,
		displayOptions: { show: { leadSource: ['json'] } },
		typeOptions: { rows: 6 },
		hint: 'For example [{ "phone_number": "447700900123", "name": "Ann Lee", "priority": 10 }]',
		description:
			'A JSON array of leads. Each is an object with phone_number (digits with country code) and, if wanted, name (text), priority (whole number from 1 to 1000, lower is called earlier), active (true or false), source_system (text), source_url (web address), context_headers (object of X-… headers).',
	},
	{
		displayName: 'Leads',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		description:
			'What goes into the fields of each lead: map them by hand, or automatically by their names',
		displayOptions: { show: { leadSource: ['items'] } },
		typeOptions: {
			loadOptionsDependsOn: ['operation'],
			resourceMapper: {
				resourceMapperMethod: 'getLeadColumns',
				mode: 'add',
				valuesLabel: 'Fields of the lead',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
	},
	{
		displayName:
			'A phone number has its country code, such as 447700900123; for national numbers, add the option Default Country. Priority is 1 to 1000: a lower one is called earlier. The agent sees the name, and the source URL opens in the agent’s browser.',
		name: 'fieldsNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				leadSource: ['items'],
				operation: ['add', 'update', 'upsert'],
				'/columns.mappingMode': ['defineBelow'],
			},
		},
	},
	{
		displayName:
			'Other names are fine too: <i>Phone</i>, <i>Mobile Number</i>, <i>Full Name</i>, <i>isActive</i> and the like are recognised as CRMs export them. What belongs to no lead is left out.',
		name: 'automaticNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: { leadSource: ['items'], '/columns.mappingMode': ['autoMapInputData'] },
		},
	},
	{
		displayName: 'Context Headers',
		name: 'contextHeaders',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Header',
		default: {},
		displayOptions: { show: { leadSource: ['items'], operation: ['add', 'upsert'] } },
		description: 'SIP headers that a virtual agent is given with the call',
		options: [
			{
				displayName: 'Header',
				name: 'header',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. X-Customer-Tier',
						description: 'Begins with X-',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. gold',
						description: 'Text without line breaks',
					},
				],
			},
		],
	},
];
