import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import { byHand, people, voisoForTests } from './support.mts';

const voiso = await voisoForTests({ sideBySide: true });
const { importLeads, newCampaign, sandbox, storedNumbers } = voiso;

/** The node in an n8n that lacks some of what newer ones have. */
function without(...lacking: Array<keyof IExecuteFunctions>): VoisoLeads {
	const node = new VoisoLeads();
	const { execute } = node;
	node.execute = async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const nothing = Object.fromEntries(lacking.map((name) => [name, { value: undefined }]));
		return await execute.call(Object.create(this, nothing) as IExecuteFunctions);
	};
	return node;
}

describe('an n8n that cannot', () => {
	it.each([
		['show notes on the output', 'addExecutionHints'],
		['evaluate an expression that the node makes', 'evaluateExpression'],
	] as const)('%s still imports every lead', async (_, lacking) => {
		const id = newCampaign();
		const { error, statuses } = await importLeads({
			input: people(20),
			to: id,
			parameters: {
				columns: byHand({
					phone_number: '={{ $json.phone_number.trim() }}',
					name: '={{ $json.name.toUpperCase() }}',
				}),
			},
			nodeTypes: { voisoLeads: without(lacking) },
		});

		expect(error).toBeUndefined();
		expect(statuses).toEqual(people(20).map(() => 'created'));
		expect(storedNumbers(id)).toHaveLength(20);
		expect(sandbox.state().leads[id]).toMatchObject({ 15550000007: { name: 'PERSON 7' } });
	});
});
