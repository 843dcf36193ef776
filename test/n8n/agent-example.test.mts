import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectToTools } from './agentTools.mts';
import { Stage } from './exampleStage.mts';
import { readExample } from './examples.mts';

describe('the tools of ai-agent.json', () => {
	let stage: Stage;
	let client: Client;

	beforeAll(async () => {
		stage = await Stage.open();
		client = await connectToTools(stage, 'example', readExample('ai-agent.json').nodes);
	});

	afterEach(() => {
		stage.sandbox.reset();
	});

	afterAll(async () => {
		await client?.close();
		await stage?.close();
	});

	const stored = (campaign: number) => stage.sandbox.state().leads[campaign];
	const statusOf = (campaign: number) =>
		stage.sandbox.state().campaigns.find(({ id }) => id === campaign)?.status;

	const call = async (name: string, values: Record<string, unknown>) => {
		const { content, isError = false } = await client.callTool({ name, arguments: values });
		const [{ text }] = content as [{ text: string }];
		return { isError, text };
	};
	const outputOf = async (name: string, values: Record<string, unknown>): Promise<unknown> => {
		const { isError, text } = await call(name, values);
		expect(isError, text).toBe(false);
		return JSON.parse(text);
	};

	test('show what each is for and what it needs', async () => {
		const { tools } = await client.listTools();
		const shown = tools.map(({ name, description, inputSchema: { properties, required } }) => ({
			name,
			description,
			properties,
			required,
		}));
		const campaign = {
			campaign_id: {
				type: 'string',
				description: 'ID of the campaign, a number such as 3. List_campaigns gives it.',
			},
		};
		const described = (text: string) => ({ description: expect.stringContaining(text) });
		expect(shown.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
			{
				name: 'Add_leads',
				...described('Adds leads (people to be called) to a campaign'),
				properties: { ...campaign, leads: described('JSON array of objects: phone_number') },
				required: ['campaign_id', 'leads'],
			},
			{
				name: 'List_agents',
				...described('Lists the agents (users) who work in a campaign'),
				properties: campaign,
				required: ['campaign_id'],
			},
			{
				name: 'List_campaigns',
				...described('Lists all campaigns with their ID, name and status'),
				properties: {},
			},
			{
				name: 'Pause_campaign',
				...described('Pauses an active campaign'),
				properties: campaign,
				required: ['campaign_id'],
			},
			{
				name: 'Start_campaign',
				...described('It needs at least one lead and one agent'),
				properties: campaign,
				required: ['campaign_id'],
			},
			{
				name: 'Stop_calling',
				...described('not called any more, in any campaign'),
				properties: { people: described('phone_number (digits with country code)') },
				required: ['people'],
			},
		]);
	});

	test('add leads and report the result of each', async () => {
		const leads = [
			{ phone_number: '447700900123', name: 'Ann Lee', priority: 10 },
			{ phoneNumber: '+44 7700 900124' },
			{ phone_number: '07700 900125' },
		];
		expect(await outputOf('Add_leads', { campaign_id: '3', leads })).toEqual([
			{ phone_number: '447700900123', campaign_id: 3, status: 'created' },
			{ phone_number: '447700900124', campaign_id: 3, status: 'created' },
			{
				phone_number: '07700 900125',
				campaign_id: 3,
				status: 'invalid',
				reason: expect.stringContaining('has no country code'),
			},
		]);
		expect(stored(3)).toEqual({
			'447700900123': { phone_number: '447700900123', name: 'Ann Lee', priority: 10 },
			'447700900124': { phone_number: '447700900124' },
		});
	});

	test('list, pause and start campaigns', async () => {
		const campaigns = await outputOf('List_campaigns', {});
		expect(campaigns).toHaveLength(10);
		expect(campaigns).toContainEqual({
			campaign_id: 3,
			campaign_name: 'Spring Sale',
			status: 'active',
			live: true,
		});
		await stage.fill(3, ['447700900123']);
		const pause = await outputOf('Pause_campaign', { campaign_id: '3' });
		expect(pause).toMatchObject([{ campaign_id: 3, status: 'paused', changed: true }]);
		expect(statusOf(3)).toBe('paused');
		const again = await outputOf('Pause_campaign', { campaign_id: '3' });
		expect(again).toMatchObject([{ campaign_id: 3, status: 'paused', changed: false }]);
		await outputOf('Start_campaign', { campaign_id: '3' });
		expect(statusOf(3)).toBe('active');
	});

	test('stop calling somebody everywhere', async () => {
		for (const { id, live } of stage.sandbox.state().campaigns)
			if (!live) stage.sandbox.deleteCampaign(id);
		await stage.fill(3, ['447700900123']);
		await stage.fill(5, ['447700900123']);
		const people = [{ phone_number: '447700900123' }];
		const [outcome] = (await outputOf('Stop_calling', { people })) as [{ found_in: number[] }];
		expect(outcome).toMatchObject({ phone_number: '447700900123', status: 'updated' });
		expect(outcome.found_in.toSorted()).toEqual([3, 5]);
		expect(stored(3)?.['447700900123']).toHaveProperty('active', false);
	});

	test.each([
		[
			'a campaign that is not there',
			'Start_campaign',
			{ campaign_id: '999' },
			["there's no campaign with ID 999. Check the ID."],
		],
		[
			'a name that no campaign has',
			'Pause_campaign',
			{ campaign_id: 'Spring' },
			['No campaign is named "Spring"', '"Spring Sale" (ID 3, Active)'],
		],
		[
			'a status that does not allow it',
			'Pause_campaign',
			{ campaign_id: '7' },
			['its status is auto_paused', 'will resume automatically'],
		],
		[
			'a campaign that takes no leads',
			'Add_leads',
			{ campaign_id: '9', leads: [{ phone_number: '447700900123' }] },
			['live campaigns only', 'Running it again is safe'],
		],
		[
			'leads that are no list',
			'Add_leads',
			{ campaign_id: '3', leads: [true] },
			["'Leads (JSON)' of item 0", '[{"phone_number"'],
		],
	])('explain %s', async (_, name, values, said) => {
		const [{ error }, ...others] = (await outputOf(name, values)) as [{ error: string }];
		expect(others).toEqual([]);
		for (const words of said) expect(error).toContain(words);
		expect(error).not.toContain(stage.sandbox.apiKey);
	});
});
