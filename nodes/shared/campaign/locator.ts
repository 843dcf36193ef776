import type { INodeProperties } from 'n8n-workflow';

/** The parameter that chooses a campaign, the same on every node. */
export const campaignLocator: INodeProperties = {
	displayName: 'Campaign',
	name: 'campaign',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The campaign to work with. An expression can choose another one for each item; the items may mix campaigns.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a campaign...',
			hint: 'The list shows the status of each campaign, and can be searched by name',
			typeOptions: { searchListMethod: 'campaignSearch', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 3',
			hint: 'The number that Voiso gives the campaign',
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
			hint: 'The exact name, with capital letters as in Voiso. It must be the only campaign of that name.',
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
