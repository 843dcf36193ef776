import { describe, expect, test } from 'vitest';
import { listSearch } from '../harness/index.mts';
import {
	byId,
	byName,
	credentialFor,
	manyCampaigns,
	nodeTypes,
	outputOf,
	run,
	sandboxForTests,
	TYPE,
} from './support.mts';

const sandbox = await sandboxForTests();
const get = { resource: 'campaign', operation: 'get' };
const nodeType = nodeTypes[TYPE];

const search = async (
	more: { filter?: string; paginationToken?: string } = {},
	apiKey?: string,
	clusterId?: string,
) =>
	await listSearch({
		nodeType,
		method: 'campaignSearch',
		credentials: [credentialFor(sandbox, apiKey, clusterId)],
		...more,
	});

describe('choosing', () => {
	test('by ID, as number or text', async () => {
		const input = [{ campaign: 3 }, { campaign: ' 5 ' }];
		const result = await run(
			sandbox,
			{ ...get, campaign: byId('={{ $json.campaign }}') },
			{ input },
		);
		expect(outputOf(result)).toMatchObject([
			{ item: 0, id: 3, status: 'active' },
			{ item: 1, id: 5, status: 'paused' },
		]);
	});

	test('from the list', async () => {
		const campaign = {
			__rl: true,
			mode: 'list',
			value: 3,
			cachedResultName: 'Spring Sale (active, ID 3)',
		};
		expect(outputOf(await run(sandbox, { ...get, campaign }))).toMatchObject([{ id: 3 }]);
	});

	test('by a bare ID, as workflows that were not made in the editor have it', async () => {
		expect(outputOf(await run(sandbox, { ...get, campaign: '={{ 3 }}' }))).toMatchObject([
			{ id: 3 },
		]);
		expect(outputOf(await run(sandbox, { ...get, campaign: 5 }))).toMatchObject([{ id: 5 }]);
	});

	test('by name, with one look-up for all items', async () => {
		const names = ['Spring Sale', 'Renewals', 'Événement d’été'];
		const input = Array.from({ length: 30 }, (_, index) => ({ name: names[index % 3] }));
		const result = await run(sandbox, { ...get, campaign: byName('={{ $json.name }}') }, { input });
		expect(outputOf(result).map(({ id }) => id)).toEqual(input.map((_, i) => [3, 5, 10][i % 3]));
		expect(sandbox.report().calls).toEqual({ 'GET /campaigns': 1, 'GET /campaigns/{id}': 30 });
	});

	test('by name, on the last of many pages', async () => {
		sandbox.addCampaigns(...manyCampaigns(1050));
		const result = await run(sandbox, { ...get, campaign: byName('Campaign 2050') });
		expect(outputOf(result)).toMatchObject([{ id: 2050 }]);
	});
});

describe('clear errors', () => {
	test.each([
		['nothing', byId('={{ "" }}'), 'No campaign chosen', /enter its ID or exact name/],
		['spaces', byName('={{ "  " }}'), 'No campaign chosen', /enter its ID or exact name/],
		[
			'an expression without a value',
			byId('={{ $json.none }}'),
			'No campaign chosen',
			/expression/,
		],
		[
			'a name as ID',
			byId('={{ "Spring Sale" }}'),
			'"Spring Sale" is not the ID of a campaign',
			/"By Name"/,
		],
		['a path', byId('={{ "3/leads" }}'), '"3/leads" is not the ID of a campaign', /number/],
		['a way out', byId('={{ "../users" }}'), '"../users" is not the ID of a campaign', /number/],
		['a query', byId('={{ "3?x=1" }}'), '"3?x=1" is not the ID of a campaign', /number/],
		['a fraction', byId('={{ 1.5 }}'), '"1.5" is not the ID of a campaign', /number/],
		['an object', byId('={{ ({ id: 3 }) }}'), '"{"id":3}" is not the ID of a campaign', /number/],
	])('for %s', async (_, campaign, message, description) => {
		const result = await run(sandbox, { ...get, campaign });
		expect(result.error).toMatchObject({
			message,
			description: expect.stringMatching(description),
			context: { itemIndex: 0 },
		});
		expect(sandbox.report().calls).toEqual({});
	});

	test.each([byId(''), byId('Spring Sale'), byName('  ')])(
		'before it runs, for %j',
		async (campaign) => {
			await expect(run(sandbox, { ...get, campaign })).rejects.toThrow(/has issues/);
			expect(sandbox.report().calls).toEqual({});
		},
	);

	test('for a name that no campaign has, with similar ones', async () => {
		const result = await run(sandbox, { ...get, campaign: byName('spring sale') });
		expect(result.error).toMatchObject({
			message: 'No campaign is named "spring sale"',
			description: expect.stringContaining(
				'Similar: Spring Sale 2024 (stopped, ID 2); Spring Sale (active, ID 3); Spring Sale (test) (draft, ID 4).',
			),
		});
	});

	test('for a name that is like no other, with some that there are', async () => {
		const result = await run(sandbox, { ...get, campaign: byName('Autumn') });
		expect(result.error).toMatchObject({
			message: 'No campaign is named "Autumn"',
			description: expect.stringMatching(/Campaigns there are: Winter Sale .*; and 5 more/),
		});
	});

	test('for a name that several campaigns have', async () => {
		sandbox.addCampaigns({ id: 20, name: 'Spring Sale', status: 'draft' });
		const result = await run(sandbox, { ...get, campaign: byName('Spring Sale') });
		expect(result.error).toMatchObject({
			message: '2 campaigns are named "Spring Sale"',
			description:
				'Choose one of them by its ID: Spring Sale (active, ID 3); Spring Sale (draft, ID 20).',
		});
	});

	test('for the item that is wrong, while the others go on', async () => {
		const input = [{ name: 'Renewals' }, { name: 'None' }, { name: 'None' }];
		const result = await run(
			sandbox,
			{ ...get, campaign: byName('={{ $json.name }}') },
			{ input, node: { onError: 'continueErrorOutput' } },
		);
		expect(outputOf(result)).toMatchObject([{ item: 0, id: 5 }]);
		expect(outputOf(result, 1)).toMatchObject([
			{
				item: 1,
				name: 'None',
				error: expect.stringMatching(/^No campaign is named "None"\. The name/),
			},
			{
				item: 2,
				name: 'None',
				error: expect.stringMatching(/^No campaign is named "None"\. The name/),
			},
		]);
	});

	test('for a key that may not look up names', async () => {
		const { manageOnly } = sandbox.apiKeys;
		const result = await run(
			sandbox,
			{ ...get, campaign: byName('Spring Sale') },
			{ apiKey: manageOnly },
		);
		expect(result.error).toMatchObject({
			message: expect.stringMatching(/can also be chosen by ID.*lacks the scope campaigns\.read/),
			httpCode: '403',
		});
	});
});

describe('the list in the editor', () => {
	test('shows name, status and ID', async () => {
		const { results, paginationToken } = await search();
		expect(results[2]).toEqual({ name: 'Spring Sale (active, ID 3)', value: 3 });
		expect(results).toHaveLength(10);
		expect(paginationToken).toBeUndefined();
	});

	test('lets Voiso search', async () => {
		const { results } = await search({ filter: ' renew ' });
		expect(results.map(({ value }) => value)).toEqual([5, 6]);
		expect(await search({ filter: 'no such campaign' })).toEqual({ results: [] });
	});

	test('has as many pages as there are', async () => {
		sandbox.addCampaigns(...manyCampaigns(1040));
		const values: unknown[] = [];
		let token: string | undefined;
		let pages = 0;
		do {
			const page = await search(token === undefined ? {} : { paginationToken: token });
			values.push(...page.results.map(({ value }) => value));
			token = page.paginationToken as string | undefined;
			pages++;
		} while (token !== undefined);
		expect(new Set(values).size).toBe(1050);
		expect(pages).toBe(11);
	});

	test.each([
		['noScopes', /can also be chosen by ID\): the API key lacks the scope campaigns\.read/],
		['manageOnly', /can also be chosen by ID\): the API key lacks the scope campaigns\.read/],
	] as const)('says that the key %s may not see it', async (key, message) => {
		await expect(search({}, sandbox.apiKeys[key])).rejects.toThrow(message);
	});

	test('says that the key is wrong, or the cluster', async () => {
		await expect(search({}, 'wrong')).rejects.toThrow(/Voiso does not accept the API key/);
		await expect(search({}, undefined, ' ')).rejects.toMatchObject({
			message: 'The cluster ID in the Voiso API credential cannot be used',
			description: expect.stringContaining('The cluster ID is empty'),
		});
		await expect(search({}, '')).rejects.toMatchObject({
			message: 'The API key in the Voiso API credential cannot be used',
			description: expect.stringContaining('The API key is empty'),
		});
	});
});
