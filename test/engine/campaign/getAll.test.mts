import { describe, expect, test } from 'vitest';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { manyCampaigns, outputOf, relayTo, run, TOOL_TYPE } from './support.mts';

const sandbox = await sandboxForTests();
const getAll = { resource: 'campaign', operation: 'getAll' };

const idsOf = (output: ReturnType<typeof outputOf>) => output.map(({ campaign_id }) => campaign_id);

/** Leaves only these campaigns in the sandbox. */
function onlyCampaigns(count: number) {
	for (const { id } of sandbox.state().campaigns) sandbox.deleteCampaign(id);
	sandbox.addCampaigns(...manyCampaigns(count));
	return manyCampaigns(count).map(({ id }) => id);
}

describe.each([
	[0, 1],
	[1, 1],
	[99, 1],
	[100, 1],
	[101, 2],
	[1050, 11],
])('%i campaigns', (count, requests) => {
	test('are all returned, each once, in few requests', async () => {
		const ids = onlyCampaigns(count);
		const output = outputOf(await run(sandbox, { ...getAll, returnAll: true }));
		expect(idsOf(output)).toEqual(ids);
		expect(sandbox.report().calls).toEqual({ 'GET /campaigns': requests });
		expect(sandbox.report().violations).toEqual([]);
	});

	test.each([1, 50, 100, 101])('are cut at a limit of %i', async (limit) => {
		const ids = onlyCampaigns(count);
		const output = outputOf(await run(sandbox, { ...getAll, limit }));
		expect(idsOf(output)).toEqual(ids.slice(0, limit));
	});
});

test.each([
	['one of the first page goes', () => sandbox.deleteCampaign(1005)],
	['one comes in front', () => sandbox.addCampaigns({ id: 500 })],
])('a list that shifts while it is read has no gap and no double: %s', async (_, change) => {
	onlyCampaigns(250);
	const clusterId = await relayTo(sandbox, (_request, index) => {
		if (index === 1) change();
	});
	const output = outputOf(await run(sandbox, { ...getAll, returnAll: true }, { clusterId }));
	expect(idsOf(output)).toEqual(sandbox.state().campaigns.map(({ id }) => id));
});

test('returns 50 unless told otherwise', async () => {
	onlyCampaigns(60);
	expect(outputOf(await run(sandbox, getAll))).toHaveLength(50);
});

test('simplifies to at most ten fields, unless everything is wanted', async () => {
	const [simple] = outputOf(await run(sandbox, getAll));
	expect(Object.keys(simple ?? {}).length).toBeLessThanOrEqual(11);
	expect(simple).toMatchObject({
		item: 0,
		campaign_id: 1,
		campaign_name: 'Winter Sale',
		status: 'completed',
	});
	expect(simple).not.toHaveProperty('caller_id_sets');

	const [raw] = outputOf(await run(sandbox, { ...getAll, simplify: false }));
	expect(raw).toHaveProperty('caller_id_sets');
	expect(raw).toHaveProperty('dial_level_override');
});

test('gives a model what it decides by', async () => {
	const result = await run(sandbox, { ...getAll, limit: 1 }, { node: { type: TOOL_TYPE } });
	expect(outputOf(result)).toEqual([
		{ item: 0, campaign_id: 1, campaign_name: 'Winter Sale', status: 'completed', live: true },
	]);
});

test('leaves out of the simple form what Voiso does not give', async () => {
	sandbox.options.liveAndMethod = 'absent';
	const [simple] = outputOf(await run(sandbox, getAll));
	expect(simple).not.toHaveProperty('live');
	expect(simple).not.toHaveProperty('method');
});

test.each([
	[{ name: 'spring' }, [2, 3, 4]],
	[{ status: 'active' }, [3, 6, 9]],
	[{ strategy: 'predictive_ai' }, [5, 6]],
	[{ live: false }, [2, 8, 9]],
	[{ method: 'voice', status: 'paused' }, [5]],
	[{ name: 'spring', live: true }, [3, 4]],
	[{ name: ' ', status: '={{ $json.nothing }}' }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
])('filters by %j', async (filters, ids) => {
	expect(idsOf(outputOf(await run(sandbox, { ...getAll, filters })))).toEqual(ids);
});

test('lists once for each input item, with its expressions, and pairs what it finds', async () => {
	const parameters = { ...getAll, filters: { status: '={{ $json.status }}' } };
	const input = [{ status: 'paused' }, { status: 'processing' }, { status: 'draft' }];
	const output = outputOf(await run(sandbox, parameters, { input }));
	expect(output.map(({ item, ...campaign }) => [item, campaign])).toMatchObject([
		[0, { campaign_id: 5 }],
		[2, { campaign_id: 4 }],
		[2, { campaign_id: 10 }],
	]);
});

test('passes on a status that is not in the list of this node', async () => {
	const parameters = { ...getAll, filters: { status: '={{ "archived" }}' } };
	const result = await run(sandbox, parameters);
	// The sandbox only knows the documented ones: that it refuses shows that the value was sent.
	expect(result.error).toMatchObject({ httpCode: expect.stringMatching(/^4/) });
});

test('without input items nothing is asked', async () => {
	const result = await run(sandbox, getAll, { input: [] });
	expect(result.items('Voiso')).toEqual([]);
	expect(sandbox.report().calls).toEqual({});
});
