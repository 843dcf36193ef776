import type { INodeProperties } from 'n8n-workflow';
import * as add from './add';
import * as getAll from './getAll';
import * as remove from './remove';
import * as sync from './sync';

export { add, getAll, remove, sync };

export const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['user'] } },
	options: [
		{
			name: 'Add',
			value: 'add',
			action: 'Add users to a campaign',
			description: 'Let users work in a campaign, however many items name them',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many users of a campaign',
			description: 'List the users of a campaign',
		},
		{
			name: 'Remove',
			value: 'remove',
			action: 'Remove users from a campaign',
			description: 'Take users out of a campaign',
		},
		{
			name: 'Sync',
			value: 'sync',
			action: 'Replace all users of a campaign',
			description:
				'Make the users of a campaign exactly those named: add who is missing, remove the rest',
		},
	],
	default: 'getAll',
};

export const properties: INodeProperties[] = [
	...add.description,
	...getAll.description,
	...remove.description,
	...sync.description,
];
