import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../operation';
import * as add from './add';
import * as getAll from './getAll';
import * as remove from './remove';
import * as sync from './sync';

/** The operations by the value of the parameter. */
export const operations: Record<string, Operation> = {
	add: add.execute,
	getAll: getAll.execute,
	remove: remove.execute,
	sync: sync.execute,
};

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
			action: 'Add users to campaign',
			description: 'Add users to a campaign. Items for the same campaign are combined.',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many users of campaign',
			description: 'Retrieve the users of a campaign',
		},
		{
			name: 'Remove',
			value: 'remove',
			action: 'Remove users from campaign',
			description: 'Remove users from a campaign',
		},
		{
			name: 'Sync',
			value: 'sync',
			// All that a model reads of it; the linter takes no comma.
			action: 'Sync users of campaign which removes everybody else',
			description:
				"Make a campaign's users match this list: add missing users and remove all others",
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
