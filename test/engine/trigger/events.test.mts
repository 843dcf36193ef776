import { NodeOperationError } from 'n8n-workflow';
import { afterEach, describe, expect, it } from 'vitest';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import type { WebhookWorkflow } from '../harness/webhookWorkflow.mts';
import { listen, SECRET, unusableFilters } from './support.mts';

const ENDED = 'dialer.call.ended';

const sandbox = await sandboxForTests();
const open: WebhookWorkflow[] = [];
afterEach(async () => {
	for (const workflow of open.splice(0)) await workflow.close();
});

async function active(...given: Parameters<typeof listen>) {
	const workflow = listen(...given);
	open.push(workflow);
	return { workflow, url: await workflow.activate() };
}

async function post(url: string, body: string, type = 'application/json'): Promise<number> {
	const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
	await response.body?.cancel();
	return response.status;
}

describe('Voiso Trigger: events', () => {
	it('triggers on an event with the secret, and gives its main fields', async () => {
		const { workflow, url } = await active();
		const { status, sent } = await sandbox.deliver(url, ENDED, { secret: SECRET });
		expect(status).toBe(200);
		expect(await workflow.executions()).toEqual([
			[
				{
					event: ENDED,
					timestamp: sent.timestamp,
					call_id: sent.data.id,
					campaign_id: 3,
					campaign_name: 'Spring Sale',
					phone_number: '447911123456',
					direction: 'outbound',
					disposition: 'answered',
					wrap_up_code: 'interested',
					end_reason: 'Contact disconnect',
					user_name: 'Ada Allen',
					started_at: '2025-03-04T10:30:00.000Z',
					talk_time: 50,
					recording_url: null,
					cdr_url: `${sandbox.url}/cdr/${String(sent.data.id)}`,
					ended_at: '2025-03-04T10:31:02.000Z',
					duration: 62,
					hold_time: 4,
					wrap_up_time: 12,
					user_id: 1,
					user_email: 'ada.allen@example.com',
					type: 'dialer',
					agent_start_time: '2025-03-04T10:30:08.000Z',
					calling_number: '442071838750',
					called_number: '447911123456',
				},
			],
		]);
	});

	it.each(['recording', 'recording_url', 'recording_link', 'recording.url'] as const)(
		'gives the link to a recording, whose key is %s',
		async (recordingKey) => {
			sandbox.options.recordingKey = recordingKey;
			const { workflow, url } = await active({ events: ['call.recording.available'] });
			const { sent } = await sandbox.deliver(url, 'call.recording.available', { secret: SECRET });
			sandbox.options.recordingKey = 'recording';
			const [[item] = []] = await workflow.executions();
			expect(item).toMatchObject({ call_id: sent.data.id, talk_time: 50, wrap_up_time: 12 });
			expect(item?.recording_url).toMatch(/\.wav\?expires=\d+$/);
		},
	);

	it('gives analyses and the statuses of agents', async () => {
		const events = ['call.analytics.available', 'agent.status.update'];
		const { workflow, url } = await active({ events });
		for (const event of events) await sandbox.deliver(url, event, { secret: SECRET });
		expect(await workflow.executions()).toMatchObject([
			[{ call_id: expect.any(String), summary: expect.any(String), score: expect.any(Number) }],
			[{ user_email: 'ada.allen@example.com', status: 'On Break', previous_status: 'Available' }],
		]);
	});

	it('gives the whole event without the secret, wherever that stands', async () => {
		const { workflow, url } = await active({ simplify: false });
		const data = { note: `${SECRET} and ${SECRET}` };
		const others = { x: [{ deep: SECRET }], [SECRET]: { [`a ${SECRET}`]: 1 } };
		const { sent } = await sandbox.deliver(url, ENDED, {
			secret: SECRET,
			data: { ...data, ...others },
		});
		const { secret: _secret, ...envelope } = sent;
		const { [SECRET]: _key, ...clean } = sent.data as Record<string, unknown>;
		expect(await workflow.executions()).toEqual([
			[
				{
					...envelope,
					data: { ...clean, note: '*** and ***', x: [{ deep: '***' }], '***': { 'a ***': 1 } },
				},
			],
		]);
		expect(JSON.stringify([await workflow.runs(), workflow.stored])).not.toContain(SECRET);
	});

	it('answers 401 without the secret, and starts nothing', async () => {
		const { workflow, url } = await active();
		for (const secret of ['', 'wrong', `${SECRET} `, SECRET.toUpperCase()]) {
			expect(await sandbox.deliver(url, ENDED, { secret })).toMatchObject({ status: 401 });
		}
		for (const secret of [null, 1, [SECRET], { secret: SECRET }, undefined]) {
			const envelope = { secret };
			expect(await sandbox.deliver(url, ENDED, { envelope })).toMatchObject({ status: 401 });
		}
		expect(await workflow.executions()).toEqual([]);
		expect(workflow.stored).toBe('{}');
	});

	it.each([
		['a list', JSON.stringify([{ secret: SECRET }]), 400],
		['no event', JSON.stringify({ secret: SECRET, data: {} }), 400],
		[
			'lists without end',
			`{"secret":"${SECRET}","event":"${ENDED}","data":{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
			400,
		],
		['no JSON', `{"secret":"${SECRET}",`, 422],
	])('refuses %s, and starts nothing', async (_, body, status) => {
		const { workflow, url } = await active({ events: ['*'] });
		expect(await post(url, body)).toBe(status);
		expect(await workflow.executions()).toEqual([]);
	});

	it('refuses an event under another type of content', async () => {
		const { workflow, url } = await active({ events: ['*'] });
		const body = JSON.stringify({ secret: SECRET, event: ENDED, data: { id: 1 } });
		expect(await post(url, body, 'text/plain')).toBe(400);
		expect(await post(url, body, 'application/octet-stream')).toBe(401);
		const form = new URLSearchParams({ secret: SECRET, event: ENDED, data: '{"id":1}' });
		expect(await post(url, `${form}`, 'application/x-www-form-urlencoded')).toBe(400);
		expect(await workflow.executions()).toEqual([]);
	});

	it('takes no key that changes what an object is', async () => {
		const { workflow, url } = await active({ simplify: false });
		const data = `{"id":1,"__proto__":{"admin":true},"agent":{"__proto__":{"id":7}}}`;
		expect(await post(url, `{"secret":"${SECRET}","event":"${ENDED}","data":${data}}`)).toBe(200);
		expect(await workflow.executions()).toEqual([[{ event: ENDED, data: { id: 1, agent: {} } }]]);
		expect(JSON.stringify(await workflow.executions())).not.toContain('__proto__');
	});

	it('drops events that are not chosen, and takes all of a kind', async () => {
		const { workflow, url } = await active({ events: ['dialer.call.hangup', 'inbound.call.*'] });
		const events = [
			'dialer.call.hangup',
			'dialer.call.ended',
			'inbound.call.ended',
			'inbound.call.whatever',
			'inbound.calls',
			'outbound.call.ended',
			'message.received',
		];
		for (const event of events) {
			expect(await sandbox.deliver(url, event, { secret: SECRET })).toMatchObject({ status: 200 });
		}
		expect((await workflow.executions()).map(([item]) => item?.event)).toEqual([
			'dialer.call.hangup',
			'inbound.call.ended',
			'inbound.call.whatever',
		]);
	});

	it('filters by direction, and ignores events without one', async () => {
		const inbound = await active({ events: ['*'], filters: { direction: 'inbound' } });
		const outbound = await active({ events: ['*'], filters: { direction: 'outbound' } });
		const deliveries: [string, object?][] = [
			['inbound.call.ended'],
			['outbound.call.ended'],
			['dialer.call.ended'],
			['call.recording.available', { type: 'inbound' }],
			['call.recording.available', { type: 'dialer' }],
			['call.analytics.available'],
			['agent.status.update'],
			['message.received', { text: 'Hello' }],
		];
		for (const { url } of [inbound, outbound]) {
			for (const [event, data] of deliveries) {
				const rest = { secret: SECRET, data: { ...data } };
				expect(await sandbox.deliver(url, event, rest)).toMatchObject({ status: 200 });
			}
		}
		const started = async ({ workflow }: typeof inbound) =>
			(await workflow.executions()).map(([item]) => item?.event);
		expect(await started(inbound)).toEqual(['inbound.call.ended', 'call.recording.available']);
		expect(await started(outbound)).toEqual([
			'outbound.call.ended',
			'dialer.call.ended',
			'call.recording.available',
		]);
	});

	it('filters by campaign and by live or not', async () => {
		const one = await active({ filters: { campaignIds: '3, 6' } });
		const live = await active({ filters: { live: true } });
		const notLive = await active({ filters: { live: false } });
		const campaigns = [
			{ id: 3, is_live: true },
			{ id: '6', is_live: false },
			{ id: 33, is_live: true },
			null,
		];
		for (const campaign of campaigns) {
			for (const { url } of [one, live, notLive]) {
				await sandbox.deliver(url, ENDED, { secret: SECRET, data: { campaign } });
			}
		}
		const started = async ({ workflow }: typeof one) =>
			(await workflow.executions()).map(([item]) => item?.campaign_id);
		expect(await started(one)).toEqual([3, '6']);
		expect(await started(live)).toEqual([3, 33]);
		expect(await started(notLive)).toEqual(['6']);
	});

	it('gives messages as they are', async () => {
		const { workflow, url } = await active({ events: ['message.received'] });
		const data = { id: 'c1', text: 'Hello' };
		const { sent } = await sandbox.deliver(url, 'message.received', { secret: SECRET, data });
		expect(await workflow.executions()).toEqual([
			[{ event: 'message.received', timestamp: sent.timestamp, ...data }],
		]);
	});

	it('refuses to be activated with an empty secret', async () => {
		await expect(listen({}, { secret: ' ' }).activate()).rejects.toThrow(NodeOperationError);
	});

	it.each(unusableFilters)('refuses to be activated with %j', async (parameters) => {
		await expect(listen(parameters).activate()).rejects.toThrow(NodeOperationError);
	});

	// n8n 1 shows no event to the parameters of a trigger.
	const isN8n1 = process.env['N8N_VERSION']?.startsWith('1.') === true;
	it.skipIf(isN8n1)(
		'answers 500 when an expression gives a filter that cannot be used, and starts nothing',
		async () => {
			// There is no event yet while the workflow is activated.
			const filter = '={{ (() => { try { return $json.body ? "b!" : 3 } catch { return 3 } })() }}';
			const { workflow, url } = await active({ filters: { campaignIds: filter } });
			expect(await sandbox.deliver(url, ENDED, { secret: SECRET })).toMatchObject({ status: 500 });
			expect(await sandbox.deliver(url, ENDED)).toMatchObject({ status: 401 });
			expect(await workflow.executions()).toEqual([]);
		},
	);
});

describe('Voiso Trigger: repeated deliveries', () => {
	const call = { secret: SECRET, data: { id: 'call-1' } };

	it('starts once, whether the repeat has the time of the first or its own', async () => {
		const { workflow, url } = await active();
		const { sent } = await sandbox.deliver(url, ENDED, call);
		const repeat = await sandbox.deliver(url, ENDED, {
			...call,
			envelope: { timestamp: sent.timestamp },
		});
		expect(repeat.status).toBe(200);
		await sandbox.deliver(url, ENDED, { ...call, envelope: { timestamp: '2030-01-01' } });
		expect(await workflow.executions()).toHaveLength(1);
	});

	it('starts once when deliveries of one event arrive together', async () => {
		const { workflow, url } = await active();
		const answers = await Promise.all(
			Array.from({ length: 8 }, async () => await sandbox.deliver(url, ENDED, call)),
		);
		expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
		expect(await workflow.executions()).toHaveLength(1);
	});

	it('takes other events of a call, other calls, and the same message twice', async () => {
		const { workflow, url } = await active({ events: ['*'] });
		await sandbox.deliver(url, 'dialer.call.answered', call);
		await sandbox.deliver(url, 'dialer.call.ended', call);
		await sandbox.deliver(url, 'dialer.call.ended', { ...call, data: { id: 'call-2' } });
		const message = { secret: SECRET, data: { id: 'c1', text: 'ok' } };
		for (const timestamp of ['10:00', '10:00', '10:05']) {
			await sandbox.deliver(url, 'message.received', { ...message, envelope: { timestamp } });
		}
		expect(await workflow.executions()).toHaveLength(5);
	});

	it('knows after a restart of n8n what came before it', async () => {
		const before = await active();
		const send = async (url: string, id: string) =>
			await sandbox.deliver(url, ENDED, { ...call, data: { id } });
		for (const id of ['call-1', 'call-2', 'call-3']) await send(before.url, id);
		// Another node to the process, as after a restart; what n8n has stored is the same.
		const after = await active();
		after.workflow.stored = before.workflow.stored;
		for (const id of ['call-1', 'call-2', 'call-3', 'call-4']) await send(after.url, id);
		expect(await after.workflow.executions()).toMatchObject([[{ call_id: 'call-4' }]]);
	});

	it('stores a bounded number of deliveries, the latest, and nothing of what they hold', async () => {
		const { workflow, url } = await active();
		const earlier = Array.from({ length: 500 }, (_, index) => `earlier-${index}`);
		workflow.stored = JSON.stringify({ 'node:Voiso Trigger': { deliveries: earlier } });
		await sandbox.deliver(url, ENDED, call);
		const [data] = Object.values(JSON.parse(workflow.stored) as Record<string, unknown>);
		const { deliveries } = data as { deliveries: string[] };
		expect(deliveries.slice(0, -1)).toEqual(earlier.slice(1));
		expect(deliveries.at(-1)).toMatch(/^[\w-]{22}$/);
	});

	it('shows a repeat to somebody who tests the step, and remembers nothing of it', async () => {
		const { workflow, url } = await active({}, { mode: 'manual' });
		await sandbox.deliver(url, ENDED, call);
		await sandbox.deliver(url, ENDED, call);
		expect(await workflow.executions()).toHaveLength(2);
		expect((await workflow.executions())[0]).toMatchObject([{ call_id: 'call-1' }]);
		expect(workflow.stored).toBe('{}');
	});
});
