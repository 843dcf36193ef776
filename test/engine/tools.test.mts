import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, it, test } from 'vitest';
import { VoisoApi } from '../../credentials/VoisoApi.credentials.ts';
import { VoisoCampaign } from '../../nodes/VoisoCampaign/VoisoCampaign.node.ts';
import { VoisoLeads } from '../../nodes/VoisoLeads/VoisoLeads.node.ts';
import { runWorkflow, type TestNode } from './harness/index.mts';
import { campaign, phone, voisoForTests } from './leads/support.mts';

// The nodes as n8n makes tools of AI agents of them: by another type, whose name ends with Tool.

const { sandbox, storedNumbers } = await voisoForTests();

/** What n8n makes of a node that is usable as a tool. */
function asTool<Node extends VoisoCampaign | VoisoLeads>(node: Node): Node {
	node.description.name += 'Tool';
	return node;
}

const nodeTypes = {
	voisoLeadsTool: asTool(new VoisoLeads()),
	voisoCampaignTool: asTool(new VoisoCampaign()),
};

async function use(
	type: keyof typeof nodeTypes,
	parameters: INodeParameters,
	{ input = {}, ...node }: Partial<TestNode> & { input?: IDataObject } = {},
) {
	const { json, error } = await runWorkflow({
		nodes: [{ name: 'Tool', type, parameters, ...node }],
		nodeTypes,
		credentials: [
			{ type: new VoisoApi(), data: { clusterId: sandbox.url, apiKey: sandbox.apiKey } },
		],
		input: [input],
	});
	return { json: json('Tool'), error };
}

describe('leads', () => {
	const lead = { phone_number: phone(0), name: 'Ann' };

	test.each<[string, unknown, string[]]>([
		['a list', [lead, { phone: phone(1) }], [phone(0), phone(1)]],
		['one object', lead, [phone(0)]],
		['an object with a list', { leads: [lead] }, [phone(0)]],
		['JSON text', JSON.stringify([lead]), [phone(0)]],
		['a list of numbers', [Number(phone(0)), Number(phone(1))], [phone(0), phone(1)]],
		['a list of numbers as text', [phone(0)], [phone(0)]],
	])('come from a model as %s, without a parameter set', async (_, leads, stored) => {
		const parameters = { campaign: campaign(3), options: { minimumInterval: 0 } };
		const { json } = await use('voisoLeadsTool', parameters, { input: { leads } as IDataObject });
		expect(json.map(({ status }) => status)).toEqual(stored.map(() => 'created'));
		expect(storedNumbers(3)).toEqual(stored);
	});

	it('with Problems Only come with their number, with or without problems', async () => {
		const parameters = {
			campaign: campaign(3),
			options: { minimumInterval: 0, output: 'problems' },
		};
		const add = async (leads: IDataObject[]) =>
			await use('voisoLeadsTool', parameters, { input: { leads } });
		expect((await add([lead])).json).toMatchObject([{ campaign_id: 3, leads: 1, created: 1 }]);
		expect((await add([lead, { phone: '12' }])).json).toMatchObject([
			{ leads: 2, duplicate: 1, invalid: 1 },
			{ phone_number: '12', status: 'invalid' },
		]);
	});
});

describe('nothing to list', () => {
	test.each<[string, INodeParameters]>([
		['campaigns', { resource: 'campaign', filters: { name: 'no such name' } }],
		['users', { resource: 'user', campaign: campaign(8) }],
		['calls', { resource: 'call' }],
	])('is said: %s', async (_, parameters) => {
		const { json } = await use('voisoCampaignTool', { operation: 'getAll', ...parameters });
		expect(json).toEqual([{ results: 0 }]);
	});
});

describe('a failure says what to do', () => {
	const wrong: Array<[string, keyof typeof nodeTypes, INodeParameters, string]> = [
		['no such name', 'voisoLeadsTool', { campaign: campaign('Spring') }, '"Spring Sale" (ID 3'],
		['not live', 'voisoLeadsTool', { campaign: campaign(9) }, '(400)'],
		[
			'no such campaign',
			'voisoCampaignTool',
			{ resource: 'campaign', operation: 'stop', campaign: campaign('Autumn') },
			'"Spring Sale"',
		],
		[
			'a name for a user',
			'voisoCampaignTool',
			{ resource: 'user', operation: 'add', campaign: campaign(3), userIds: 'Ada Allen' },
			'Ada Allen',
		],
		[
			'an operation that there is not',
			'voisoLeadsTool',
			{ operation: 'remove', campaign: campaign(3) },
			'deactivate',
		],
	];
	const input = { leads: [{ phone_number: phone(0) }] };

	test.each(wrong)('in its message: %s', async (_, type, parameters, remedy) => {
		const { error } = await use(type, parameters, { input });
		expect(error?.message).toContain(remedy);
	});

	test.each(wrong)('with On Error: Continue: %s', async (_, type, parameters, remedy) => {
		const { json, error } = await use(type, parameters, {
			input,
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ error: expect.stringContaining(remedy) })]);
	});
});
