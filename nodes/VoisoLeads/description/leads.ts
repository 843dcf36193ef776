import type { ILoadOptionsFunctions, INodeProperties, ResourceMapperFields } from 'n8n-workflow';
import { countryOptions } from '../fields/countries';
import { leadColumns, leadFields, type LeadFieldName } from '../fields/leadFields';
import { columnsHint } from './builderHints';

/** What a list of leads looks like, for people and for models. */
const LIST_OF_LEADS =
	'Array of leads. Each needs phone_number with country code. Optional: name, priority (1 to 1000, lower is called first), active (true or false), source_system, source_url, context_headers.';

const leadsJson: INodeProperties = {
	displayName: 'Leads (JSON)',
	name: 'leadsJson',
	type: 'json',
	default: '[]',
	required: true,
	typeOptions: { rows: 6 },
	hint: 'e.g. [{ "phone_number": "447700900123", "name": "Ann Lee", "priority": 10 }]',
	description: LIST_OF_LEADS,
};

/** A text for the name of a column, for each field of a lead that can have one beside the number. */
const fileColumns: INodeProperties[] = leadColumns
	.filter(({ required }) => !required)
	.map(({ id, displayName }): INodeProperties => {
		const description = leadFields[id as LeadFieldName].help;
		const placeholder = `e.g. ${displayName}`;
		return { displayName, name: id, type: 'string', default: '', placeholder, description };
	})
	.sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));

/** Where the leads come from and how they are read. */
export const leadProperties: INodeProperties[] = [
	{
		displayName: 'Input Mode',
		name: 'inputMode',
		type: 'options',
		noDataExpression: true,
		default: 'items',
		displayOptions: { hide: { '@tool': [true] } },
		options: [
			{
				name: 'CSV File',
				value: 'file',
				description: 'Read the leads from a CSV file of any size, which is not loaded into items',
			},
			{
				name: 'Input Items',
				value: 'items',
				description: 'Each input item is one lead',
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'Provide all leads in one JSON array, from an expression or an AI agent',
			},
		],
		description: 'How to provide the leads',
	},
	{
		// A model gives all leads in one call; of input items it has a single one.
		displayName: 'Input Mode',
		name: 'inputMode',
		type: 'hidden',
		default: 'json',
		displayOptions: { show: { '@tool': [true] } },
	},
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		default: 'data',
		required: true,
		displayOptions: { show: { inputMode: ['file'] } },
		hint: 'The name of the input field containing the CSV file',
		description: 'Each input item holds one file. Several files are read one after the other.',
	},
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'options',
		default: '',
		options: [{ name: 'None (Numbers Need a Country Code)', value: '' }, ...countryOptions()],
		description:
			'Country to assume for numbers without a country code. Leave empty to treat such numbers as invalid. An expression can return GB, UK, United Kingdom or +44.',
	},
	{
		...leadsJson,
		displayOptions: { show: { inputMode: ['json'] }, hide: { '@tool': [true] } },
	},
	{
		...leadsJson,
		// As the editor stores a parameter that the model defines.
		default: `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('leads', \`${LIST_OF_LEADS}\`, 'json') }}`,
		displayOptions: { show: { inputMode: ['json'], '@tool': [true] } },
	},
	{
		displayName: 'Leads',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'autoMapInputData', value: null },
		required: true,
		description: 'Map lead fields manually, or match them automatically by name',
		builderHint: columnsHint,
		displayOptions: { show: { inputMode: ['items'] } },
		typeOptions: {
			loadOptionsDependsOn: ['operation'],
			resourceMapper: {
				resourceMapperMethod: 'getLeadColumns',
				mode: 'add',
				valuesLabel: 'Lead Fields',
				// n8n's notice on automatic mapping is made with the plural: that names must be "the same as
				// the … in Voiso Leads".
				fieldWords: {
					singular: 'field',
					plural: 'fields (usual names such as Mobile, First Name or Lead Source work too)',
				},
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
	},
	{
		displayName:
			"Include the country code in phone numbers, e.g. 447700900123. For national numbers, set 'Default Country'. Priority runs from 1 (called first) to 1000.",
		name: 'fieldsNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				inputMode: ['items'],
				operation: ['add', 'update', 'upsert'],
				'/columns.mappingMode': ['defineBelow'],
			},
		},
	},
	{
		displayName: 'Columns',
		name: 'fileMapping',
		type: 'options',
		noDataExpression: true,
		default: 'automatic',
		displayOptions: { show: { inputMode: ['file'] } },
		options: [
			{
				name: 'Match Automatically',
				value: 'automatic',
				description:
					"Common CRM names such as 'Mobile', 'First Name' and 'Lead Source' are recognized",
			},
			{
				name: 'Name Each Column',
				value: 'manual',
				description: 'Enter the name of the column for each field of the lead',
			},
		],
		description: 'How to find the fields of the lead in the columns of the file',
	},
	{
		displayName: 'Phone Number Column',
		name: 'phoneNumberColumn',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Mobile',
		displayOptions: { show: { inputMode: ['file'], fileMapping: ['manual'] } },
		description:
			'Name of the column in the header. In a file without a header, its number: 1 for the first.',
	},
	{
		displayName: 'More Columns',
		name: 'fileColumns',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: { inputMode: ['file'], fileMapping: ['manual'] } },
		options: fileColumns,
		description: 'The columns of other fields, by their names or numbers',
	},
	{
		displayName:
			"Only the phone number is used. Voiso must have enabled 'API redial status' for your contact center.",
		name: 'getStatusNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['getStatus'] } },
	},
	{
		displayName:
			'Only the phone number is used. Stop Calling Leads sets the leads to inactive; they stay in the campaign.',
		name: 'deactivateNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['deactivate'] } },
	},
	{
		displayName: 'Context Headers',
		name: 'contextHeaders',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Header',
		default: {},
		displayOptions: { show: { inputMode: ['items'], operation: ['add', 'upsert'] } },
		description: 'Custom SIP headers to pass to a virtual agent with the call',
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
						description: 'Must start with X-',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. gold',
						description: "Can't contain line breaks",
					},
				],
			},
		],
	},
];

/** The columns of the mapper. To stop calling somebody and to get a status, the number is enough. */
export async function getLeadColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const operation = this.getCurrentNodeParameter('operation');
	const needsNumberOnly = operation === 'deactivate' || operation === 'getStatus';
	return {
		fields: needsNumberOnly ? leadColumns.filter(({ required }) => required) : leadColumns,
	};
}
