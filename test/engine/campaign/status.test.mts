import { describe, expect, test } from 'vitest';
import { setNode } from '../harness/index.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { byId, byName, outputOf, run } from './support.mts';
import { type Action, statusTools } from './statusSupport.mts';

const sandbox = await sandboxForTests();
const { campaign, statusNow, act } = statusTools(sandbox);

/** Status to begin with, action, status in the end. */
const changes: Array<[string, Action, string]> = [
	['draft', 'start', 'active'],
	['paused', 'start', 'active'],
	['stopped', 'start', 'active'],
	['active', 'pause', 'paused'],
	['active', 'stop', 'stopped'],
];

describe.each(['bare', 'wrapped'] as const)('the answer is %s', (actionBody) => {
	describe.each(['atOnce', 'transitional'] as const)('the status changes %s', (transitions) => {
		test.each(changes)('from %s, %s leads to %s', async (from, action, to) => {
			await campaign(from);
			Object.assign(sandbox.options, { actionBody, transitions, transitionTime: 30 });
			const output = outputOf(await act(action, { waitForStatus: true, waitTimeout: 10 }));
			expect(output).toMatchObject([
				{
					item: 0,
					campaign_id: 50,
					campaign_name: 'Shift',
					status: to,
					changed: true,
					previous_status: from,
				},
			]);
			expect(statusNow()).toBe(to);
			expect(sandbox.report().violations).toEqual([]);
		});

		test('without waiting, the status is the one that Voiso answers', async () => {
			await campaign('active');
			Object.assign(sandbox.options, { actionBody, transitions, transitionTime: 5_000 });
			const status = transitions === 'atOnce' ? 'paused' : 'pausing';
			expect(outputOf(await act('pause'))).toMatchObject([
				{ campaign_id: 50, status, changed: true, previous_status: 'active' },
			]);
			expect(sandbox.report().calls).toMatchObject({
				'GET /campaigns/{id}': 1,
				'POST /campaigns/{id}/pause': 1,
			});
		});
	});
});

describe('a campaign that is already where it should be', () => {
	test.each<[string, Action]>([
		['active', 'start'],
		['auto_pausing', 'start'],
		['paused', 'pause'],
		['pausing', 'pause'],
		['stopped', 'stop'],
		['stopping', 'stop'],
		['completed', 'stop'],
	])('%s passes %s as done', async (status, action) => {
		await campaign(status);
		expect(outputOf(await act(action))).toMatchObject([
			{ campaign_id: 50, status, changed: false, previous_status: status },
		]);
	});

	test.each<[string, Action]>([
		['active', 'start'],
		['paused', 'pause'],
		['stopped', 'stop'],
	])('%s fails %s if that is wanted', async (status, action) => {
		await campaign(status);
		const result = await act(action, { ifAlready: 'fail' });
		expect(result.error).toMatchObject({
			message: expect.stringContaining(status),
			httpCode: '409',
		});
	});
});

describe('a campaign in a status that does not allow it', () => {
	test.each<[string, Action]>([
		['import_error', 'start'],
		['draft', 'pause'],
		['auto_paused', 'pause'],
		['stopped', 'pause'],
		['draft', 'stop'],
		['paused', 'stop'],
		['pausing', 'start'],
		['processing', 'start'],
	])('%s refuses %s', async (status, action) => {
		await campaign(status);
		const result = await act(action);
		expect(result.error).toMatchObject({
			message: expect.stringContaining(status),
			httpCode: '409',
		});
		expect(statusNow()).toBe(status);
	});

	test('is started after the transition that is in the way, when that may be waited for', async () => {
		await campaign('active');
		Object.assign(sandbox.options, { transitions: 'transitional', transitionTime: 300 });
		expect(outputOf(await act('pause'))).toMatchObject([{ status: 'pausing' }]);
		const output = outputOf(await act('start', { waitForStatus: true, waitTimeout: 20 }));
		expect(output).toMatchObject([{ status: 'active', changed: true }]);
	});
});

describe('an answer that is lost', () => {
	test.each(changes)('does not make %s → %s fail, or look undone', async (from, action, to) => {
		await campaign(from);
		sandbox.faults.add({ kind: 'reset', when: 'after', method: 'POST', times: 1 });
		const output = outputOf(await act(action, { ifAlready: 'fail' }));
		expect(output).toMatchObject([{ status: to, changed: true }]);
		expect(sandbox.report().calls[`POST /campaigns/{id}/${action}`]).toBe(2);
	});

	test('is made good while the campaign is on its way', async () => {
		await campaign('paused');
		Object.assign(sandbox.options, { transitions: 'transitional', transitionTime: 60_000 });
		sandbox.faults.add({ kind: 'html', when: 'after', method: 'POST', times: 1 });
		expect(outputOf(await act('start', { ifAlready: 'fail' }))).toMatchObject([
			{ status: 'processing', changed: true },
		]);
	});
});

test('a key that may only manage campaigns changes them, but cannot excuse a refusal', async () => {
	await campaign('active');
	const { manageOnly: apiKey } = sandbox.apiKeys;
	expect(outputOf(await act('pause', {}, { apiKey }))).toMatchObject([{ status: 'paused' }]);
	const { error } = await act('pause', {}, { apiKey });
	expect(error).toMatchObject({
		message: expect.stringContaining('campaign 50'),
		description: expect.stringContaining('campaigns.read'),
	});
});

describe('what comes out', () => {
	test('is simplified to at most ten fields, with the change beside the status', async () => {
		await campaign('active');
		const [output] = outputOf(await act('pause'));
		expect(Object.keys(output ?? {})).toEqual([
			'campaign_id',
			'campaign_name',
			'status',
			'changed',
			'previous_status',
			'live',
			'strategy',
			'method',
			'dial_level',
			'item',
		]);
		expect(output).toMatchObject({ live: true, strategy: 'simple', method: 'voice' });
	});

	test("is Voiso's own object without Simplify", async () => {
		await campaign('active');
		Object.assign(sandbox.options, { actionBody: 'wrapped' });
		const [output] = outputOf(await act('pause', {}, {}, { simplify: false }));
		expect(output).toMatchObject({
			id: 50,
			name: 'Shift',
			status: 'paused',
			caller_id_sets: expect.anything(),
			changed: true,
			previous_status: 'active',
		});
		expect(output).not.toHaveProperty('campaign_id');
	});

	test('has no previous status when the key may not read it', async () => {
		await campaign('active');
		const output = outputOf(await act('pause', {}, { apiKey: sandbox.apiKeys.manageOnly }));
		expect(output).toMatchObject([{ status: 'paused', changed: true, previous_status: null }]);
	});
});

describe('a campaign that has paused itself, when it is to be paused', () => {
	test.each([
		['fail', 'error'],
		['succeed', 'success'],
	])('If Auto Paused: %s', async (ifAutoPaused, status) => {
		await campaign('auto_paused');
		const result = await act('pause', { ifAutoPaused });
		expect(result.status).toBe(status);
		if (status === 'success') {
			expect(outputOf(result)).toMatchObject([
				{ status: 'auto_paused', changed: false, previous_status: 'auto_paused' },
			]);
		}
	});
});

describe('items', () => {
	test.each([
		['active', 'success', 1],
		['draft', 'error', 2],
	])('that name one campaign start it once: %s', async (from, _, reads) => {
		await campaign(from === 'active' ? 'paused' : 'import_error');
		const input = Array.from({ length: 30 }, (_item, index) => ({
			id: index % 2 === 0 ? 50 : '050',
		}));
		const result = await run(
			sandbox,
			{ resource: 'campaign', operation: 'start', campaign: byId('={{ $json.id }}') },
			{ input, node: { onError: 'continueErrorOutput' } },
		);
		const output = outputOf(result, from === 'active' ? 0 : 1);
		expect(output.map(({ item }) => item)).toEqual(input.map((_item, index) => index));
		if (from === 'active') {
			expect(output.every(({ changed, campaign_id }) => changed && campaign_id === 50)).toBe(true);
		}
		expect(sandbox.report().calls).toMatchObject({
			'GET /campaigns/{id}': reads,
			'POST /campaigns/{id}/start': 1,
		});
	});

	const pause = { resource: 'campaign', operation: 'pause', campaign: byId('={{ $json.id }}') };
	const input = [{ id: 3 }, { id: 4 }, { id: 6 }];

	test('are paired with what follows', async () => {
		const behind = [
			setNode('After', {
				asked: "={{ $('Input').item.json.id }}",
				got: '={{ $json.campaign_id }}',
			}),
		];
		const result = await run(sandbox, pause, { input: [{ id: 6 }, { id: 3 }], behind });
		expect(result.json('After')).toEqual([
			{ asked: 6, got: 6 },
			{ asked: 3, got: 3 },
		]);
	});

	test('stop at the first failure, which names its item', async () => {
		const result = await run(sandbox, pause, { input });
		expect(result.error).toMatchObject({
			message: expect.stringContaining('"Spring Sale (test)" (ID 4)'),
			context: { itemIndex: 1 },
		});
		expect(sandbox.report().calls['POST /campaigns/{id}/pause']).toBe(2);
	});

	test('go on with the error in the item', async () => {
		const result = await run(sandbox, pause, { input, node: { onError: 'continueRegularOutput' } });
		expect(outputOf(result)).toMatchObject([
			{ item: 0, campaign_id: 3, status: 'paused' },
			{ item: 1, error: expect.stringContaining('(ID 4)') },
			{ item: 2, campaign_id: 6, status: 'paused' },
		]);
	});

	test('go on with the error in the error output', async () => {
		const result = await run(sandbox, pause, { input, node: { onError: 'continueErrorOutput' } });
		expect(outputOf(result)).toMatchObject([
			{ item: 0, campaign_id: 3 },
			{ item: 2, campaign_id: 6 },
		]);
		expect(outputOf(result, 1)).toMatchObject([
			{ item: 1, id: 4, error: expect.stringContaining('(ID 4)') },
		]);
	});

	test('choose their campaign by name too', async () => {
		const result = await run(sandbox, { ...pause, campaign: byName('Renewals UK') });
		expect(outputOf(result)).toMatchObject([{ campaign_id: 6, status: 'paused' }]);
	});
});
