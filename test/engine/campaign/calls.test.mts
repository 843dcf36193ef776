import type { IDataObject } from 'n8n-workflow';
import { beforeEach, describe, expect, test } from 'vitest';
import type { NewCall, SandboxOptions } from '../../sandbox/index.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { byId, outputOf, relayTo, run, type Run } from './support.mts';

const sandbox = await sandboxForTests();
const start = Date.parse('2026-03-04T08:00:00.000Z');
const minute = (count: number) => new Date(start + count * 60_000).toISOString();
const calls = (count: number, more: (index: number) => NewCall = () => ({})): NewCall[] =>
	Array.from({ length: count }, (_, index) => ({ started_at: minute(index), ...more(index) }));

const list = async (parameters: IDataObject = {}, more: Run = {}) =>
	await run(sandbox, { resource: 'call', operation: 'getAll', ...parameters }, more);
const idsOf = (output: ReturnType<typeof outputOf>) => output.map(({ call_id }) => call_id);

describe('Get Many', () => {
	test('simplifies a call to its main fields', async () => {
		sandbox.addCalls({ started_at: minute(0) });
		expect(outputOf(await list())).toEqual([
			{
				item: 0,
				call_id: sandbox.calls()[0]?.id,
				campaign_id: 3,
				campaign_name: 'Spring Sale',
				phone_number: '447911123456',
				direction: 'outbound',
				disposition: 'answered',
				wrap_up_code: 'interested',
				end_reason: 'Contact disconnect',
				user_name: 'Ada Allen',
				started_at: minute(0),
				talk_time: 50,
				recording_url: expect.stringMatching(/^http/),
				cdr_url: expect.stringMatching(/^http/),
			},
		]);
		const [raw] = outputOf(await list({ simplify: false }));
		expect(raw).toMatchObject({ id: sandbox.calls()[0]?.id, type: 'call', data: {} });
	});

	test.each(['newest', 'oldest'] as const)('lists in either order, Voiso: %s', async (cdrOrder) => {
		sandbox.options.cdrOrder = cdrOrder;
		sandbox.addCalls(...calls(230));
		const ids = sandbox.calls().map(({ id }) => id);
		expect(idsOf(outputOf(await list({ limit: 3 })))).toEqual(ids.slice(-3).reverse());
		const options = { order: 'oldest' };
		expect(idsOf(outputOf(await list({ limit: 3, options })))).toEqual(ids.slice(0, 3));
		expect(idsOf(outputOf(await list({ returnAll: true, options })))).toEqual(ids);
	});

	test.each<Partial<SandboxOptions>>([
		{},
		{ cdrFilters: 'refused' },
		{ cdrFilters: 'ignored' },
		{ cdrData: 'flat', cdrIds: 'number', dispositions: 'label' },
	])('filters under the reading %j', async (reading) => {
		Object.assign(sandbox.options, reading);
		sandbox.addCalls(
			{ started_at: minute(0) },
			{ started_at: minute(1), campaign_id: 5 },
			{ started_at: minute(2), disposition: 'no_answer', user_id: null },
			{ started_at: minute(3), disposition: 'busy', user_id: null, phone_number: '447911000000' },
			{ started_at: minute(4), user_id: 4 },
			{ started_at: minute(5), type: 'sms' },
		);
		const found = async (filters: IDataObject, more: IDataObject = {}) => {
			const options = { order: 'oldest' };
			const output = outputOf(await list({ filters, options, ...more }));
			return output.map(({ started_at }) => (Date.parse(String(started_at)) - start) / 60_000);
		};
		expect(await found({})).toEqual([0, 1, 2, 3, 4]);
		expect(await found({ type: 'any' })).toEqual([0, 1, 2, 3, 4, 5]);
		expect(await found({}, { campaign: byId('05') })).toEqual([1]);
		expect(await found({ disposition: ['no_answer'] })).toEqual([2]);
		expect(await found({ disposition: ['no_answer', 'busy'] })).toEqual([2, 3]);
		expect(await found({ user: 4 })).toEqual([4]);
		expect(await found({ phoneNumber: '+44 7911 000000' })).toEqual([3]);
		expect(await found({ startedAfter: minute(2), startedBefore: minute(4) })).toEqual([2, 3]);
	});

	test('reads past the end of offset paging', async () => {
		sandbox.addCalls(...calls(11_050));
		expect(outputOf(await list({ returnAll: true }))).toHaveLength(11_050);
		expect(sandbox.report().violations).toEqual([]);
	}, 60_000);

	test('does not pass a part of the calls off as all of them', async () => {
		sandbox.options.cdrCursor = 'none';
		sandbox.addCalls(...calls(10_050));
		const { error } = await list({ returnAll: true });
		expect(error?.description).toContain("'Started After'");
	}, 60_000);

	test.each(['noCdrsRead', 'noScopes'] as const)('names the scope: %s', async (key) => {
		const { error } = await list({}, { apiKey: sandbox.apiKeys[key] });
		expect(error).toMatchObject({
			httpCode: '403',
			description: expect.stringContaining('reporting.cdrs.read'),
		});
	});
});

describe('Since Last Run', () => {
	// A node of its own for each test, since the process remembers what a node has returned.
	let node = { id: '' };
	beforeEach(({ task }) => {
		node = { id: task.id };
	});
	const feed = async (staticData: IDataObject, more: Run = {}) =>
		await list({ options: { sinceLastRun: true } }, { mode: 'trigger', staticData, node, ...more });

	test('has every call exactly once in 20 runs, of which two are killed', async () => {
		let stored: IDataObject = {};
		const returned: unknown[] = [];
		for (let turn = 0; turn < 20; turn++) {
			// Calls end out of order: some turn up an hour after they started.
			const late = turn > 3 ? [{ started_at: minute(turn * 30 - 60) }] : [];
			sandbox.addCalls(...calls(60, (index) => ({ started_at: minute(turn * 30 + index / 2) })));
			sandbox.addCalls(...late);
			if (turn === 7 || turn === 13) {
				const stop = new AbortController();
				const clusterId = await relayTo(sandbox, () => stop.abort());
				const killed = await feed(stored, { clusterId, stop: stop.signal });
				expect(killed.cancelled).toBe(true);
				stored = killed.staticData;
				continue;
			}
			const result = await feed(stored);
			expect(result.status).toBe('success');
			returned.push(...idsOf(outputOf(result)));
			stored = result.staticData;
		}
		const last = await feed(stored);
		returned.push(...idsOf(outputOf(last)));
		const ids = sandbox.calls().map(({ id }) => id);
		expect(returned).toHaveLength(ids.length);
		expect(new Set(returned)).toEqual(new Set(ids));
		expect(JSON.stringify(last.staticData).length).toBeLessThan(50_000);
	}, 60_000);

	test('returns no call twice when two runs overlap', async () => {
		sandbox.addCalls(...calls(30));
		const results = await Promise.all([
			feed({}, { executionId: '101' }),
			feed({}, { executionId: '102' }),
		]);
		// The first of them has ended, but n8n handed out the data to this one before.
		results.push(await feed({}, { executionId: '103' }));
		const returned = results.flatMap((result) => idsOf(outputOf(result)));
		expect(returned).toHaveLength(30);
		expect(new Set(returned).size).toBe(30);
	});

	test('returns a call once when several items ask for its campaign, whatever their filters', async () => {
		const answered = calls(5, (index) => ({ started_at: minute(index * 600) }));
		const busy = calls(5, (index) => ({
			started_at: minute(index * 600 + 1),
			disposition: 'busy',
		}));
		sandbox.addCalls(...answered, ...busy);
		const filters = { disposition: '={{ $json.only ?? [] }}' };
		const options = { sinceLastRun: true };
		const more = { mode: 'trigger', staticData: {}, node } as const;
		const input = [{ only: ['busy'] }, { only: ['answered'] }, {}];
		const result = await list({ filters, options, campaign: byId(3) }, { ...more, input });
		expect(outputOf(result).map(({ item }) => item)).toEqual([
			...Array(5).fill(0),
			...Array(5).fill(1),
		]);
		const { staticData } = result;
		expect(outputOf(await feed(staticData, { input: [{}, {}] }))).toHaveLength(10);
		const again = await list({ options, campaign: byId(3) }, { ...more, staticData });
		expect(outputOf(again)).toEqual([]);
		// Nothing new is nothing to store.
		expect(again.staticData).toEqual(staticData);
	});

	test('remembers nothing of a campaign of which an item has failed', async () => {
		sandbox.addCalls(...calls(3), ...calls(2, () => ({ campaign_id: 5 })));
		const read = async (input: IDataObject[], staticData: IDataObject) =>
			await list(
				{ options: { sinceLastRun: true }, campaign: byId('={{ $json.id }}') },
				{ mode: 'trigger', input, staticData, node: { ...node, onError: 'continueRegularOutput' } },
			);
		sandbox.faults.add({ kind: 'status', status: 403, path: '/reporting/cdrs', skip: 2, times: 1 });
		const first = await read([{ id: 3 }, { id: 5 }, { id: 3 }], {});
		expect(outputOf(first).map(({ item, error }) => [item, error !== undefined])).toEqual([
			...Array(3).fill([0, false]),
			...Array(2).fill([1, false]),
			[2, true],
		]);
		const second = await read([{ id: 3 }, { id: 5 }], first.staticData);
		expect(outputOf(second).map(({ campaign_id: id }) => id)).toEqual([3, 3, 3]);
	});

	test('says so when it cannot remember all that may turn up late', async () => {
		const seen = Object.fromEntries(
			Array.from({ length: 20_000 }, (_, index) => [`call ${index}`, start + index]),
		);
		const known = { newest: start + 19_999, from: start, seen };
		const stored = { run: 1, baseUrl: sandbox.url, feeds: { all: known } };
		sandbox.addCalls(...calls(3, (index) => ({ started_at: minute(index + 1) })));
		const { hints, staticData } = await feed({ 'node:Voiso': { calls: stored } });
		expect(hints()).toMatchObject([{ type: 'warning' }]);
		expect(JSON.stringify(staticData).match(/"call \d+"/g)).toHaveLength(19_997);
		expect(outputOf(await feed(staticData))).toEqual([]);
	});

	test('stores nothing when the run fails', async () => {
		sandbox.addCalls(...calls(3));
		const failed = await feed({}, { apiKey: sandbox.apiKeys.noCdrsRead });
		expect(failed.status).toBe('error');
		expect(outputOf(await feed(failed.staticData))).toHaveLength(3);
	});
});
