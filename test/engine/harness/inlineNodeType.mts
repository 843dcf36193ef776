import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

/**
 * A node type written in a test.
 *
 * @param description what differs from one main input, one main output and no properties
 */
export function inlineNodeType(
	execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
	description: Partial<INodeType['description']> = {},
): INodeType {
	return {
		description: {
			displayName: 'Probe',
			name: 'probe',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Probe' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
			...description,
		},
		async execute() {
			return await execute(this);
		},
	};
}
