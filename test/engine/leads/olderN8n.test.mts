import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import type { Sandbox } from '../../sandbox/index.mts';
import {
	byHand,
	campaign,
	importLeads,
	LEADS,
	newCampaign,
	people,
	quick,
	startQuickSandbox,
	storedNumbers,
} from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
afterAll(async () => await sandbox.close());

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
		const id = newCampaign(sandbox);
		const { error, json } = await importLeads({
			sandbox,
			input: people(20),
			options: quick,
			parameters: {
				campaign: campaign(id),
				columns: byHand({
					phone_number: '={{ $json.phone_number.trim() }}',
					name: '={{ $json.name.toUpperCase() }}',
				}),
			},
			nodeTypes: { voisoLeads: without(lacking) },
		});

		expect(error).toBeUndefined();
		expect(json(LEADS).map(({ status }) => status)).toEqual(people(20).map(() => 'created'));
		expect(storedNumbers(sandbox, id)).toHaveLength(20);
		expect(sandbox.state().leads[id]).toMatchObject({ 15550000007: { name: 'PERSON 7' } });
	});
});
