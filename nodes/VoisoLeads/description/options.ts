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
		displayName: 'Delimiter',
		name: 'delimiter',
		type: 'options',
		default: 'detect',
		displayOptions: { show: { '/inputMode': ['file'] } },
		options: [
			{ name: 'Comma (,)', value: ',' },
			{ name: 'Detect Automatically', value: 'detect' },
			{ name: 'Pipe (|)', value: '|' },
			{ name: 'Semicolon (;)', value: ';' },
			{ name: 'Tab', value: '\t' },
		],
		description: 'What separates the columns of the file',
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
		displayName: 'Encoding',
		name: 'encoding',
		type: 'options',
		default: 'detect',
		displayOptions: { show: { '/inputMode': ['file'] } },
		options: [
			{ name: 'Detect Automatically', value: 'detect' },
			{ name: 'UTF-16 BE', value: 'utf-16be' },
			{ name: 'UTF-16 LE', value: 'utf-16le' },
			{ name: 'UTF-8', value: 'utf-8' },
			{ name: 'Windows-1252 (Western European)', value: 'windows-1252' },
		],
		description: 'The encoding of the file',
	},
	{
		displayName: 'Header Row',
		name: 'headerRow',
		type: 'boolean',
		default: true,
		displayOptions: { show: { '/inputMode': ['file'] } },
		description: 'Whether the first row of the file holds the names of the columns',
	},
	{
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: false,
		displayOptions: { hide: { '/inputMode': ['file'] } },
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
		displayOptions: { hide: { '/inputMode': ['file'] } },
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
		displayOptions: { hide: { '/inputMode': ['file'] } },
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
		displayName: 'Results File',
		name: 'resultsFile',
		type: 'options',
		default: 'all',
		displayOptions: { show: { '/inputMode': ['file'] } },
		options: [
			{
				name: 'All Rows',
				value: 'all',
				description: 'Every row of the file with its result',
			},
			{
				name: 'Rows That Need Attention',
				value: 'problems',
				description:
					'Rows that are rejected, invalid, not found, unconfirmed, unreported or failed',
			},
		],
		description: 'Which rows results.csv holds',
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
