import { describe, expect, test } from 'vitest';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import { listSearch } from '../harness/index.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import {
	byId,
	byName,
	credentialFor,
	manyCampaigns,
	nodeTypes,
	outputOf,
	run,
	TOOL_TYPE,
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
			{ item: 0, campaign_id: 3, status: 'active' },
			{ item: 1, campaign_id: 5, status: 'paused' },
		]);
	});

	test('from the list', async () => {
		const campaign = {
			__rl: true,
			mode: 'list',
			value: 3,
			cachedResultName: '● Active · Spring Sale (3)',
		};
		expect(outputOf(await run(sandbox, { ...get, campaign }))).toMatchObject([{ campaign_id: 3 }]);
	});

	test('by a bare ID, as workflows that were not made in the editor have it', async () => {
		expect(outputOf(await run(sandbox, { ...get, campaign: '={{ 3 }}' }))).toMatchObject([
			{ campaign_id: 3 },
		]);
		expect(outputOf(await run(sandbox, { ...get, campaign: 5 }))).toMatchObject([
			{ campaign_id: 5 },
		]);
	});

	test('by name, with one look-up for all items', async () => {
		const names = ['Spring Sale', 'Renewals', 'Événement d’été'];
		const input = Array.from({ length: 30 }, (_, index) => ({ name: names[index % 3] }));
		const result = await run(sandbox, { ...get, campaign: byName('={{ $json.name }}') }, { input });
		expect(outputOf(result).map(({ campaign_id }) => campaign_id)).toEqual(
			input.map((_, i) => [3, 5, 10][i % 3]),
		);
		expect(sandbox.report().calls).toEqual({ 'GET /campaigns': 1, 'GET /campaigns/{id}': 30 });
	});

	test.each([
		['spring sale', 3],
		['RENEWALS', 5],
		['  événement D’ÉTÉ ', 10],
	])('by the name %j, in other capitals when only one campaign has it', async (name, id) => {
		const result = await run(sandbox, { ...get, campaign: byName(`={{ "${name}" }}`) });
		expect(outputOf(result)).toMatchObject([{ campaign_id: id }]);
	});

	test('by name, as it is in Voiso when another one has it in other capitals', async () => {
		sandbox.addCampaigns({ id: 20, name: 'SPRING SALE' });
		const result = await run(sandbox, { ...get, campaign: byName('SPRING SALE') });
		expect(outputOf(result)).toMatchObject([{ campaign_id: 20 }]);
		const { error } = await run(sandbox, { ...get, campaign: byName('spring sale') });
		expect(error?.description).toContain('"Spring Sale" (ID 3, Active), "SPRING SALE" (ID 20');
	});

	test.each(['3', '03', ' 3 ', '={{ "0003" }}'])('by the ID %j, which is 3', async (id) => {
		expect(outputOf(await run(sandbox, { ...get, campaign: byId(id) }))).toMatchObject([
			{ campaign_id: 3 },
		]);
	});

	test('by a name where an ID is asked for, when a model gives it', async () => {
		const node = { type: TOOL_TYPE };
		const parameters = { ...get, campaign: byId('={{ "spring sale" }}') };
		const result = await run(sandbox, parameters, { node });
		expect(outputOf(result)).toMatchObject([{ campaign_id: 3 }]);
	});

	test('by name, on the last of many pages', async () => {
		sandbox.addCampaigns(...manyCampaigns(1050));
		const result = await run(sandbox, { ...get, campaign: byName('Campaign 2050') });
		expect(outputOf(result)).toMatchObject([{ campaign_id: 2050 }]);
	});
});

// What they say is in texts.txt.
describe('errors', () => {
	test.each([byId(''), byId('Spring Sale'), byName('  ')])(
		'before it runs, for %j',
		async (campaign) => {
			await expect(run(sandbox, { ...get, campaign })).rejects.toThrow(/has issues/);
			expect(sandbox.report().calls).toEqual({});
		},
	);

	test('for the item that is wrong, while the others go on', async () => {
		const input = [{ name: 'Renewals' }, { name: 'None' }, { name: 'None' }];
		const result = await run(
			sandbox,
			{ ...get, campaign: byName('={{ $json.name }}') },
			{ input, node: { onError: 'continueErrorOutput' } },
		);
		expect(outputOf(result)).toMatchObject([{ item: 0, campaign_id: 5 }]);
		expect(outputOf(result, 1)).toMatchObject([
			{ item: 1, name: 'None', error: expect.stringContaining('"None"') },
			{ item: 2, name: 'None', error: expect.stringContaining('"None"') },
		]);
	});
});

describe('the list in the editor', () => {
	test('shows status, name and ID', async () => {
		const { results, paginationToken } = await search();
		expect(results[2]).toEqual({ name: '● Active · Spring Sale (3)', value: 3 });
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

	test.each(['noScopes', 'manageOnly'] as const)(
		'says that the key %s may not see it',
		async (key) => {
			await expect(search({}, sandbox.apiKeys[key])).rejects.toThrow('campaigns.read');
		},
	);
});

describe('the list for operations that need a live campaign', () => {
	/** All pages of the list, by ID. */
	const all = async (filter?: string): Promise<unknown[][]> => {
		const pages: unknown[][] = [];
		let token: string | undefined;
		do {
			const page = await listSearch({
				nodeType: new VoisoLeads(),
				method: 'campaignSearch',
				credentials: [credentialFor(sandbox)],
				...(filter !== undefined && { filter }),
				...(token !== undefined && { paginationToken: token }),
			});
			pages.push(page.results.map(({ value }) => value));
			token = page.paginationToken as string | undefined;
		} while (token !== undefined);
		return pages;
	};
	const ids = (from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_, index) => from + index);

	test('has those that are not live at its end', async () => {
		expect(await all()).toEqual([[1, 3, 4, 5, 6, 7, 10, 2, 8, 9]]);
		expect(await all('spring')).toEqual([[3, 4, 2]]);
		expect(sandbox.report().calls).toEqual({ 'GET /campaigns': 2 });
	});

	test('has them at the end of many pages, too', async () => {
		sandbox.addCampaigns(...manyCampaigns(240));
		for (const id of ids(1001, 1120)) sandbox.changeCampaign(id, { live: false });
		const live = [1, 3, 4, 5, 6, 7, 10, ...ids(1121, 1240)];
		const notLive = [2, 8, 9, ...ids(1001, 1120)];
		const pages = await all();
		expect(pages.flat()).toEqual([...live, ...notLive]);
		expect(pages.every((page) => page.length > 0)).toBe(true);
	});

	test('has all of them once when Voiso does not say which are live', async () => {
		sandbox.options.liveAndMethod = 'absent';
		sandbox.addCampaigns(...manyCampaigns(240));
		const found = (await all()).flat();
		expect(new Set(found).size).toBe(250);
		expect(found).toHaveLength(250);
	});
});
