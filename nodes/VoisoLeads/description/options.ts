import type { INodeProperties } from 'n8n-workflow';

/** Everything that a first import can do without. */
const options: INodeProperties[] = [
	{
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: 1000,
		description: 'Leads per request. Voiso takes 1,000 at most.',
	},
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'string',
		default: '',
		placeholder: 'e.g. GB',
		description:
			'Two-letter code of the country whose national numbers become international ones. Without it, numbers need their country code.',
	},
	{
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: false,
		description: 'Whether to add the fields of the lead as it came in to its outcome',
	},
	{
		displayName: 'Max Wait',
		name: 'maxWait',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 86400 },
		default: 300,
		hint: 'In seconds',
		description:
			'For how long a batch is tried again when Voiso is busy or cannot be reached. After that its leads fail.',
	},
	{
		displayName: 'Minimum Interval',
		name: 'minimumInterval',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 600000 },
		default: 2000,
		hint: 'In milliseconds',
		description:
			'Pause from the end of one request of a campaign to the start of the next. Voiso asks for 2,000.',
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
				description: 'What became of each lead, in the order of the input',
			},
			{
				name: 'Problems Only',
				value: 'problems',
				description: 'Only the leads that were not created or updated',
			},
			{
				name: 'Summary',
				value: 'summary',
				description: 'One item per campaign with a count of each outcome',
			},
		],
		description: 'Which items come out',
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
				description: 'They come out like the others, with their status and reason',
			},
			{
				name: 'Treat as Errors',
				value: 'error',
				description: 'They fail, so that the error output (see On Error in Settings) takes them',
			},
		],
		description: 'What to do with leads that are rejected, invalid, not found or unreported',
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
