import type { INodeProperties } from 'n8n-workflow';

/** The parameter that chooses a campaign, the same on every node. */
export const campaignLocator: INodeProperties = {
	displayName: 'Campaign',
	name: 'campaign',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'Campaign to use. Use an expression to select a different campaign for each item.',
	builderHint: {
		propertyHint:
			"By name: { __rl: true, mode: 'name', value: 'Spring Sale' }. By ID, a number: { __rl: true, mode: 'id', value: '3' }. Voiso Campaign (resource campaign, operation getAll) lists them. Items for several campaigns need one node only: value: expr('{{ $json.campaign }}').",
	},
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a campaign...',
			typeOptions: { searchListMethod: 'campaignSearch', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 3',
			hint: "The campaign's ID in Voiso",
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^\\s*[A-Za-z0-9_-]+\\s*$',
						errorMessage: 'A campaign ID is a number, such as 3',
					},
				},
			],
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Spring Sale',
			hint: 'The unique name of the campaign; upper and lower case are ignored if only one matches',
			validation: [
				{
					type: 'regex',
					// n8n lets the whole value match it.
					properties: { regex: '\\s*\\S.*', errorMessage: 'Enter the name of the campaign' },
				},
			],
		},
	],
};
