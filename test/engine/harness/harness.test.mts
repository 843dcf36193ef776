import type { INodeType } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { runWorkflow, setNode } from './index.mts';

const echo: INodeType = {
	description: {
		displayName: 'Echo',
		name: 'echo',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Echo' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
	},
	async execute() {
		return [
			this.getInputData().map((_, item) => {
				const value = this.getNodeParameter('value', item) as string;
				if (value === 'bad') {
					throw new NodeOperationError(this.getNode(), 'Bad value', { itemIndex: item });
				}
				return { json: { value }, pairedItem: { item } };
			}),
		];
	},
};

test('runs a node on each item and pairs what follows it', async () => {
	const result = await runWorkflow({
		nodes: [
			{ name: 'Echo', type: 'echo', parameters: { value: '={{ $json.name }}!' } },
			setNode('After', { name: "={{ $('Input').item.json.name }}", value: '={{ $json.value }}' }),
		],
		nodeTypes: { echo },
		input: [{ name: 'Ada' }, { name: 'Bo' }],
	});

	expect(result.error).toBeUndefined();
	expect(result.json('After')).toEqual([
		{ name: 'Ada', value: 'Ada!' },
		{ name: 'Bo', value: 'Bo!' },
	]);
});
