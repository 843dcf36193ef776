import type { INodeProperties } from 'n8n-workflow';
import * as get from './get';
import * as getAll from './getAll';
import * as pause from './pause';
import * as start from './start';
import * as stop from './stop';

export { get, getAll, pause, start, stop };

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
			description: 'Read a campaign and its status',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many campaigns',
			description: 'List campaigns, with filters if you like',
		},
		{
			name: 'Pause',
			value: 'pause',
			action: 'Pause a campaign',
			description: 'Stop calling for a while',
		},
		{
			name: 'Start',
			value: 'start',
			action: 'Start a campaign',
			description: 'Begin to call, or go on after a pause',
		},
		{ name: 'Stop', value: 'stop', action: 'Stop a campaign', description: 'End calling' },
	],
	default: 'getAll',
};

export const properties: INodeProperties[] = [
	...get.description,
	...getAll.description,
	...pause.description,
	...start.description,
	...stop.description,
];
