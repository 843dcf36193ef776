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
		const takes = (name: string, description: string, ...required: string[]) => ({
			name,
			description: expect.stringContaining(description),
			properties: Object.fromEntries(
				// Of JSON, n8n tells MCP clients no type.
				required.map((each) => [
					each,
					expect.objectContaining({
						description: expect.any(String),
						...(each === 'campaign_id' && { type: 'string' }),
					}),
				]),
			),
			required,
		});
		expect(shown.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
			takes('Add_leads', 'Give all leads in one call', 'campaign_id', 'leads'),
			takes('Check_leads', 'without adding them', 'campaign_id', 'leads'),
			takes('List_agents', 'the agents (users) who work in a campaign', 'campaign_id'),
			takes('List_calls', 'how the call ended', 'campaign_id'),
			{
				...takes('List_campaigns', 'ID, name and status'),
				properties: { name: expect.objectContaining({ type: 'string', default: '' }) },
				required: undefined,
			},
			takes('Pause_campaign', 'Pauses an active campaign', 'campaign_id'),
			takes('Results_of_leads', 'what the dialer did with it', 'campaign_id', 'people'),
			takes('Set_agents', 'REMOVES EVERYBODY ELSE', 'campaign_id', 'agents'),
			takes('Start_campaign', 'at least one lead and one agent', 'campaign_id'),
			takes('Stop_calling', 'not called any more, in any campaign', 'people'),
			takes('Stop_campaign', 'Stops an active campaign', 'campaign_id'),
		]);
	});

	test('a conversation: check 120 leads, add them, start, read results, stop calling one', async () => {
		for (const { id, live } of stage.sandbox.state().campaigns)
			if (!live) stage.sandbox.deleteCampaign(id);
		const number = (place: number) => String(447_700_900_000 + place);
		const leads = Array.from({ length: 120 }, (_, place) => ({ phone_number: number(place) }));
		leads[7] = { phone_number: '07700 900007' };
		leads[9] = { phone_number: number(8) };

		const found = await outputOf('List_campaigns', { name: 'renewals' });
		expect(found).toMatchObject([
			{ campaign_id: 5, campaign_name: 'Renewals', status: 'paused', live: true },
			{ campaign_id: 6, campaign_name: 'Renewals UK' },
		]);
		const campaign_id = '5';

		const checked = await outputOf('Check_leads', { campaign_id, leads });
		expect(checked).toMatchObject([
			{ campaign_id: 5, leads: 120, ready: 118, invalid: 1, repeated: 1, requests: 1 },
			{ phone_number: '07700 900007', status: 'invalid' },
		]);
		expect(stored(5)).toEqual({});

		leads[7] = { phone_number: number(7) };
		const added = await outputOf('Add_leads', { campaign_id, leads });
		expect(added).toMatchObject([{ campaign_id: 5, created: 119, repeated: 1, invalid: 0 }]);
		expect(Object.keys(stored(5) ?? {})).toHaveLength(119);

		const started = await outputOf('Start_campaign', { campaign_id });
		expect(started).toMatchObject([{ campaign_id: 5, status: 'active', changed: true }]);
		expect(stage.sandbox.dial(10)).toBe(10);

		const people = [number(0), number(119)];
		const results = await outputOf('Results_of_leads', { campaign_id, people });
		expect(results).toMatchObject([
			{ phone_number: number(0), status: 'found', dialed: true },
			{ phone_number: number(119), status: 'found', dialed: false },
		]);
		const calls = (await outputOf('List_calls', { campaign_id })) as Record<string, unknown>[];
		expect(calls).toHaveLength(10);
		expect(calls[0]).toMatchObject({ campaign_id: 5, disposition: expect.any(String) });

		await stage.fill(3, [number(1)]);
		const stopped = await outputOf('Stop_calling', { people: { phone_number: number(1) } });
		expect(stopped).toMatchObject([{ phone_number: number(1), status: 'updated' }]);
		for (const campaign of [3, 5]) expect(stored(campaign)?.[number(1)]?.active).toBe(false);
	});

	test('add leads, and say how many are in and what is wrong with the others', async () => {
		const leads = [
			{ phone_number: '447700900123', name: 'Ann Lee', priority: 10 },
			{ phoneNumber: '+44 7700 900124' },
			{ phone_number: '07700 900125' },
		];
		expect(await outputOf('Add_leads', { campaign_id: '3', leads })).toEqual([
			expect.objectContaining({ campaign_id: 3, leads: 3, created: 2, invalid: 1 }),
			{
				phone_number: '07700 900125',
				campaign_id: 3,
				status: 'invalid',
				reason: expect.stringContaining('07700 900125'),
			},
		]);
		expect(stored(3)).toEqual({
			'447700900123': { phone_number: '447700900123', name: 'Ann Lee', priority: 10 },
			'447700900124': { phone_number: '447700900124' },
		});
	});

	test('set the agents of a campaign, by ID or email address', async () => {
		const agents = [2, 'ada.allen@example.com'];
		const set = await outputOf('Set_agents', { campaign_id: '3', agents });
		expect(set).toContainEqual(expect.objectContaining({ user_id: 3, status: 'removed' }));
		expect(set).toHaveLength(3);
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
		['a campaign that is not there', 'Start_campaign', { campaign_id: '999' }, ['999']],
		[
			'a name that no campaign has',
			'Pause_campaign',
			{ campaign_id: 'Spring' },
			['"Spring"', '"Spring Sale" (ID 3, Active)'],
		],
		['a status that does not allow it', 'Pause_campaign', { campaign_id: '7' }, ['auto_paused']],
		[
			'a campaign that takes no leads',
			'Add_leads',
			{ campaign_id: '9', leads: [{ phone_number: '447700900123' }] },
			['(400)'],
		],
		[
			'leads that are no list',
			'Add_leads',
			{ campaign_id: '3', leads: [true] },
			['item 0', '[{"phone_number"'],
		],
	])('explain %s', async (_, name, values, said) => {
		const output = (await outputOf(name, values)) as { error?: string }[];
		// What failed comes after the counts.
		const { error } = output.at(-1) ?? {};
		for (const words of said) expect(error).toContain(words);
		expect(error).not.toContain(stage.sandbox.apiKey);
	});
});
