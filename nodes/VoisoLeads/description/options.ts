import type { INodeProperties } from 'n8n-workflow';

/** Everything that a first import can do without. */
const options: INodeProperties[] = [
	{
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: 1000,
		description: 'Number of leads per request. Voiso accepts up to 1,000.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		displayOptions: { hide: { '/operation': ['getStatus'] } },
		description:
			'Whether to check everything and show the leads as they would be sent, without sending them',
	},
	{
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: false,
		description:
			'Whether to include the input fields in the output. Fields with the name of a result field get the prefix "input_", e.g. input_status.',
	},
	{
		displayName: 'Max Wait',
		name: 'maxWait',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 86400 },
		default: 300,
		hint: 'In seconds',
		description: 'How long to keep retrying a batch while Voiso is busy or unreachable',
	},
	{
		displayName: 'Minimum Interval',
		name: 'minimumInterval',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 600 },
		default: 2,
		hint: 'In seconds',
		description: 'Minimum pause between requests to the same campaign. Voiso requires 2 seconds.',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		default: 'perLead',
		options: [
			{
				name: 'One Item per Lead',
				value: 'perLead',
				description: 'The result of each lead, in input order',
			},
			{
				name: 'Problems Only',
				value: 'problems',
				description: 'Leads that are rejected, invalid, not found, unconfirmed or unreported',
			},
			{
				name: 'Summary',
				value: 'summary',
				description: 'One item per campaign with the number of leads for each status',
			},
		],
		description: 'What to output',
	},
	{
		displayName: 'Rejected Leads',
		name: 'rejectedLeads',
		type: 'options',
		default: 'output',
		options: [
			{
				name: 'Output as Data',
				value: 'output',
				description: 'Output them with the other leads, with their status and reason',
			},
			{
				name: 'Treat as Errors',
				value: 'error',
				description:
					"Fail these items. Set 'On Error' in Settings to send them to the error output.",
			},
		],
		description: 'What to do with leads that are rejected, invalid, not found or unreported',
	},
	{
		displayName: 'Unreachable Campaigns',
		name: 'unreachableCampaigns',
		type: 'options',
		default: 'warn',
		displayOptions: { show: { '/operation': ['deactivate'], '/scope': ['allCampaigns'] } },
		options: [
			{
				name: 'Add a Warning',
				value: 'warn',
				description: 'List them in the result, with a warning',
			},
			{
				name: 'Treat as Errors',
				value: 'error',
				description: "Fail the leads that couldn't be deactivated in them",
			},
		],
		description:
			"What to do about campaigns that can't call anyone now and don't accept the change, such as stopped, completed or draft ones",
	},
];

export const optionProperties: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	},
];

/** The description of one option, which holds its default and its limits. */
export function optionNamed(name: string): INodeProperties {
	const found = options.find((option) => option.name === name);
	if (found === undefined) throw new RangeError(`There is no option ${name}`);
	return found;
}
