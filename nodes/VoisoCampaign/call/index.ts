import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../operation';
import * as getAll from './getAll';

/** The operations by the value of the parameter. */
export const operations: Record<string, Operation> = { getAll: getAll.execute };

export const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['call'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many calls',
			description: 'Retrieve a list of calls (CDRs) and how they ended up',
		},
	],
	default: 'getAll',
};

export const properties: INodeProperties[] = getAll.description;
