import type { INodeProperties } from 'n8n-workflow';
import { campaignLocator } from '../../shared/campaign/locator';

const description =
	'Campaign of the leads. Voiso accepts new leads for live campaigns only. Use an expression to select a different campaign for each item.';

/** When each lead is for one campaign. */
const SHOWN: ReadonlyArray<Record<string, string[]>> = [
	{ operation: ['add', 'getStatus', 'update', 'upsert'] },
	{ operation: ['deactivate'], scope: ['campaign'] },
];

const campaignFrom: INodeProperties = {
	displayName: 'Campaign From',
	name: 'campaignFrom',
	type: 'options',
	noDataExpression: true,
	default: 'selected',
	options: [
		{
			name: 'Column of the File',
			value: 'column',
			description: "Each row names its campaign, by the campaign's ID or name",
		},
		{
			name: 'Selected Campaign',
			value: 'selected',
			description: 'All rows are for the campaign you select below',
		},
	],
	description: 'Where the campaign of each row comes from',
};

const campaignColumn: INodeProperties = {
	displayName: 'Campaign Column',
	name: 'campaignColumn',
	type: 'string',
	default: '',
	placeholder: 'e.g. Campaign',
	description: 'Name of the column with the ID or the name of the campaign',
};

/** The campaign, unless leads are deactivated in all of them. */
export const campaignProperties: INodeProperties[] = SHOWN.flatMap((show) => [
	{ ...campaignFrom, displayOptions: { show: { ...show, inputMode: ['file'] } } },
	{
		...campaignColumn,
		displayOptions: { show: { ...show, inputMode: ['file'], campaignFrom: ['column'] } },
	},
	{
		...campaignLocator,
		...(show.operation?.includes('add') && { description }),
		displayOptions: { show: { ...show, inputMode: ['items', 'json'] } },
	},
	{
		...campaignLocator,
		displayOptions: { show: { ...show, inputMode: ['file'], campaignFrom: ['selected'] } },
	},
]);
