import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectToTools } from './agentTools.mts';
import { Stage } from './exampleStage.mts';
import { readExample } from './examples.mts';
import type { WorkflowNode } from './harness/index.mts';
import { startModel } from './scriptedModel.mts';

describe('the nodes as tools of an AI agent', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await Stage.open();
	});

	afterEach(() => {
		stage.sandbox.reset();
	});

	afterAll(async () => {
		await stage?.close();
	});

	const stored = (campaign: number) => stage.sandbox.state().leads[campaign];

	describe('as the editor sets them up', () => {
		/** What the editor's button "let the model define this parameter" makes of a parameter. */
		const byModel = (key: string, type: string) =>
			`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${type}') }}`;
		const campaign = { __rl: true, mode: 'id', value: byModel('Campaign', 'string') };
		const leadsJson = byModel('Leads__JSON_', 'json');
		const userIds = byModel('User_Names_or_IDs', 'string');
		const tool = (name: string, kind: string, parameters: WorkflowNode['parameters']) => ({
			name,
			type: `n8n-nodes-voiso.${kind}Tool`,
			typeVersion: 1,
			position: [0, 0] satisfies [number, number],
			parameters: { descriptionType: 'auto', ...parameters },
			credentials: { voisoApi: { id: '', name: 'Voiso API' } },
		});
		const nodes = [
			// As it is when it is put on the canvas, but for the campaign.
			tool('fresh', 'voisoLeads', { campaign }),
			...['add', 'update', 'upsert', 'deactivate'].map((operation) =>
				tool(operation, 'voisoLeads', { operation, campaign, inputMode: 'json', leadsJson }),
			),
			...['getAll', 'get', 'start', 'pause', 'stop'].map((operation) =>
				tool(`${operation}_campaign`, 'voisoCampaign', {
					resource: 'campaign',
					operation,
					...(operation !== 'getAll' && { campaign }),
				}),
			),
			...['getAll', 'add', 'remove', 'sync'].map((operation) =>
				tool(`${operation}_user`, 'voisoCampaign', {
					resource: 'user',
					operation,
					campaign,
					...(operation !== 'getAll' && { userIds }),
				}),
			),
		];
		let client: Client;

		beforeAll(async () => {
			client = await connectToTools(stage, 'automatic', nodes);
		});

		afterAll(async () => {
			await client?.close();
		});

		test('each operation has a description of its own', async () => {
			const { tools } = await client.listTools();
			expect(tools.map(({ description }) => description).toSorted()).toEqual([
				'Add leads to campaign in Voiso Leads',
				'Add leads to campaign in Voiso Leads',
				'Add or update leads in campaign in Voiso Leads',
				'Add users to campaign in Voiso Campaign',
				'Get a campaign in Voiso Campaign',
				'Get many campaigns in Voiso Campaign',
				'Get many users of campaign in Voiso Campaign',
				'Pause a campaign in Voiso Campaign',
				'Remove users from campaign in Voiso Campaign',
				'Start a campaign in Voiso Campaign',
				'Stop a campaign in Voiso Campaign',
				'Stop calling leads in Voiso Leads',
				'Sync users of campaign which removes everybody else in Voiso Campaign',
				'Update leads in campaign in Voiso Leads',
			]);
		});

		test.each<[string, unknown, string[]]>([
			['a list', [{ phone: '+44 7700 900123' }, { phone: 447700900124 }], ['123', '124']],
			['one object', { phone_number: '447700900125' }, ['125']],
			['an object with a list', { leads: [{ phone: '447700900126' }] }, ['126']],
			['a list of numbers', [447700900127, 447700900128], ['127', '128']],
		])('a fresh tool takes %s', async (_, leads, numbers) => {
			const { tools } = await client.listTools();
			const fresh = tools.find(({ name }) => name === 'fresh')?.inputSchema;
			expect(fresh?.required?.toSorted()).toEqual(['Campaign', 'leads']);
			await client.callTool({ name: 'fresh', arguments: { Campaign: '3', leads } });
			expect(Object.keys(stored(3) ?? {})).toEqual(numbers.map((end) => `447700900${end}`));
		});

		test('n8n itself refuses a list as text, which only agents may send', async () => {
			const leads = '[{"phone":"447700900123"}]';
			const values = { Campaign: '3', leads };
			const answer = await client.callTool({ name: 'fresh', arguments: values });
			expect(answer).toMatchObject({ isError: true });
			expect(stored(3) ?? {}).toEqual({});
		});

		test('values under the names of the parameters work, and wrong ones are explained', async () => {
			const add = { Campaign: '3', Leads__JSON_: [{ phone: '+44 7700 900123', fullName: 'Ann' }] };
			await client.callTool({ name: 'add', arguments: add });
			expect(stored(3)).toEqual({
				'447700900123': { phone_number: '447700900123', name: 'Ann' },
			});
			const wrong = { Campaign: 'Spring', Leads__JSON_: [{ phone: '+44 7700 900123' }] };
			expect(await client.callTool({ name: 'add', arguments: wrong })).toMatchObject({
				isError: true,
				content: [{ text: expect.stringContaining('"Spring Sale" (ID 3, Active)') }],
			});
			const staff = { Campaign: '3', User_Names_or_IDs: '[2, 12]' };
			await client.callTool({ name: 'sync_user', arguments: staff });
			const changed = stage.sandbox.state().campaigns.find(({ id }) => id === 3);
			expect(changed?.users.toSorted((a, b) => a - b)).toEqual([2, 12]);
		});
	});

	test('in ai-agent.json, whatever changes something stands behind the review', () => {
		const connections = readExample('ai-agent.json').connections as Record<
			string,
			{ ai_tool?: { node: string }[][] }
		>;
		const behind = (node: string) =>
			Object.entries(connections)
				.filter(([, { ai_tool: tools = [] }]) => tools.flat().some((link) => link.node === node))
				.map(([name]) => name)
				.toSorted();
		expect(behind('Review')).toEqual([
			'Add leads',
			'Pause campaign',
			'Set agents',
			'Start campaign',
			'Stop calling',
			'Stop campaign',
		]);
		expect(behind('Campaign assistant')).toEqual([
			'Check leads',
			'List agents',
			'List calls',
			'List campaigns',
			'Results of leads',
			'Review',
		]);
	});

	/** The example without the review, for which somebody would have to press a button. */
	const withoutReview = () => {
		const workflow = readExample('ai-agent.json');
		workflow.nodes = workflow.nodes.filter(({ name }) => name !== 'Review' && name !== 'Answer');
		const links = JSON.stringify(workflow.connections).replaceAll(
			'"node":"Review"',
			'"node":"Campaign assistant"',
		);
		const { Review: _, 'Campaign assistant': __, ...connections } = JSON.parse(links);
		return { ...workflow, connections };
	};

	test('ai-agent.json lets a model check, add, read results and learn of an error', async () => {
		// As text, which is how some models give a list.
		const leads = JSON.stringify([{ phone: '447700900123' }, { phone: '12' }]);
		const model = await startModel([
			[{ tool: 'List_campaigns', arguments: { name: 'spring sale' } }],
			[{ tool: 'Check_leads', arguments: { campaign_id: '3', leads } }],
			[{ tool: 'Add_leads', arguments: { campaign_id: 'Spring Sale', leads } }],
			[{ tool: 'Results_of_leads', arguments: { campaign_id: '3', people: ['447700900123'] } }],
			[{ tool: 'List_calls', arguments: { campaign_id: '3' } }],
			[{ tool: 'Pause_campaign', arguments: { campaign_id: '7' } }],
			'Ann is in. The survey could not be paused.',
		]);
		try {
			await stage.addCredential('openAiApi', { apiKey: 'scripted', url: model.url });
			const answer = await stage.chat(withoutReview(), 'Add Ann and pause the survey.');
			expect(answer).toEqual({ output: 'Ann is in. The survey could not be paused.' });
		} finally {
			await model.close();
		}
		expect(Object.keys(stored(3) ?? {})).toEqual(['447700900123']);
		const answers = model.requests
			.at(-1)
			?.messages.filter(({ role }) => role === 'tool')
			.map(({ content }) => content);
		expect(answers).toEqual([
			expect.stringContaining('"campaign_name":"Spring Sale","status":"active"'),
			expect.stringMatching(/"ready":1.*"phone_number":"12".*"status":"invalid"/),
			expect.stringMatching(/"created":1.*"invalid":1/),
			expect.stringMatching(/"status":"found".*"dialed":false/),
			expect.stringContaining('"results":0'),
			expect.stringContaining('auto_paused'),
		]);
	});

	test('a tool without On Error: Continue tells a model what to do as well', async () => {
		const node = readExample('ai-agent.json').nodes.find(({ name }) => name === 'Check leads');
		if (!node) throw new Error('The example has no such tool');
		const client = await connectToTools(stage, 'stop', [{ ...node, onError: 'stopWorkflow' }]);
		const values = { campaign_id: 'Spring', leads: [{ phone: '447700900123' }] };
		const answer = await client.callTool({ name: 'Check_leads', arguments: values });
		expect(answer).toMatchObject({
			isError: true,
			content: [{ text: expect.stringContaining('"Spring Sale" (ID 3, Active)') }],
		});
		await client.close();
	});
});
