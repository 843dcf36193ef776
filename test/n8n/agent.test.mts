import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectToTools } from './agentTools.mts';
import { Stage } from './exampleStage.mts';
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

	test('ai-agent.json lets a model look, act and learn of an error', async () => {
		const model = await startModel([
			[{ tool: 'List_campaigns', arguments: {} }],
			[
				{ tool: 'Add_leads', arguments: { campaign_id: '3', leads: [{ phone: '447700900123' }] } },
				{ tool: 'Pause_campaign', arguments: { campaign_id: '7' } },
			],
			'Ann is in. The survey could not be paused.',
		]);
		try {
			await stage.addCredential('openAiApi', { apiKey: 'scripted', url: model.url });
			const answer = await stage.chat('ai-agent.json', 'Add Ann and pause the survey.');
			expect(answer).toEqual({ output: 'Ann is in. The survey could not be paused.' });
		} finally {
			await model.close();
		}
		expect(stored(3)).toHaveProperty('447700900123');
		const answers = model.requests
			.at(-1)
			?.messages.filter(({ role }) => role === 'tool')
			.map(({ content }) => content);
		expect(answers).toEqual([
			expect.stringContaining('"campaign_name":"Spring Sale","status":"active"'),
			expect.stringContaining('"status":"created"'),
			expect.stringMatching(/its status is auto_paused.*will resume automatically/),
		]);
	});
});
