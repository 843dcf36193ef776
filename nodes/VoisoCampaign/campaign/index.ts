import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../operation';
import * as get from './get';
import * as getAll from './getAll';
import { statusDescription, statusOperation } from './statusOperations';

/** The operations by the value of the parameter. */
export const operations: Record<string, Operation> = {
	get: get.execute,
	getAll: getAll.execute,
	pause: statusOperation('pause'),
	start: statusOperation('start'),
	stop: statusOperation('stop'),
};

export const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['campaign'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get a campaign',
			description: 'Retrieve a campaign',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many campaigns',
			description: 'Retrieve a list of campaigns, with optional filters',
		},
		{
			name: 'Pause',
			value: 'pause',
			action: 'Pause a campaign',
			description: 'Pause an active campaign. Start it again to resume.',
		},
		{
			name: 'Start',
			value: 'start',
			action: 'Start a campaign',
			description: 'Start a campaign, or resume a paused one',
		},
		{
			name: 'Stop',
			value: 'stop',
			action: 'Stop a campaign',
			description: 'Stop an active campaign',
		},
	],
	default: 'getAll',
};

export const properties: INodeProperties[] = [
	...get.description,
	...getAll.description,
	...statusDescription('pause'),
	...statusDescription('start'),
	...statusDescription('stop'),
];
