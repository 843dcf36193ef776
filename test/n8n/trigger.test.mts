import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/index.mts';
import { importExample } from './examples.mts';
import {
	type Execution,
	itemsOf,
	jsonOf,
	type N8n,
	type SavedCredential,
	type SavedWorkflow,
} from './harness/index.mts';
import { sharedN8n } from './harness/shared.mts';
import { pollTimes } from './imports.mts';

const SECRET = 'correct-horse-battery';
const TRIGGER = 'Voiso Trigger';
const ENDED = 'dialer.call.ended';

describe('Voiso Trigger in a full n8n', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let api: SavedCredential;
	let webhook: SavedCredential;

	beforeAll(async () => {
		sandbox = await startSandbox();
		n8n = await sharedN8n();
		api = await n8n.client.createCredential({
			name: 'Voiso API',
			type: 'voisoApi',
			data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
		});
		webhook = await n8n.client.createCredential({
			name: 'Voiso Webhook API',
			type: 'voisoWebhookApi',
			data: { secret: SECRET },
		});
	});

	afterAll(async () => {
		await sandbox?.close();
	});

	/** A workflow of the trigger and a node behind it. */
	async function create(
		parameters: Record<string, unknown>,
		{ type, id, name }: SavedCredential,
		webhookId?: string,
	): Promise<SavedWorkflow> {
		return await n8n.client.createWorkflow({
			name: `On ${String(parameters.triggerOn)}`,
			nodes: [
				{
					name: TRIGGER,
					type: 'n8n-nodes-voiso.voisoTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters,
					credentials: { [type]: { id, name } },
					...(webhookId !== undefined && { webhookId }),
				},
				{
					name: 'After',
					type: 'n8n-nodes-base.noOp',
					typeVersion: 1,
					position: [220, 0],
					parameters: {},
				},
			],
			connections: { [TRIGGER]: { main: [[{ node: 'After', type: 'main', index: 0 }]] } },
		});
	}

	/** All executions of a workflow, the first one first, once there are so many and all have ended. */
	async function executionsOf({ id }: SavedWorkflow, count: number): Promise<Execution[]> {
		const list = await vi.waitFor(
			async () => {
				const found = await n8n.client.listExecutions(id);
				expect(found.length).toBeGreaterThanOrEqual(count);
				return found;
			},
			{ timeout: 90_000, interval: 500 },
		);
		return await Promise.all(
			list.toReversed().map(async (each) => await n8n.client.waitForExecution(each.id)),
		);
	}

	test('events and changes of a status start exactly the right executions, also after restarts', async () => {
		const parameters = { triggerOn: 'event', events: [ENDED, 'message.received'] };
		const onEvents = await create(parameters, webhook, 'voiso-events');
		await n8n.client.activateWorkflow(onEvents);
		const url = `${n8n.url}/webhook/voiso-events/voiso`;
		const send = async (id: string, secret = SECRET, event = ENDED) => {
			const { status } = await sandbox.deliver(url, event, { secret, data: { id } });
			return status;
		};
		const post = async (body: string) => {
			const headers = { 'content-type': 'application/json' };
			const response = await fetch(url, { method: 'POST', headers, body });
			await response.body?.cancel();
			return response.status;
		};
		const onChanges = await create({ triggerOn: 'campaignStatus', pollTimes }, api);
		await n8n.client.activateWorkflow(onChanges);
		expect(sandbox.report().calls['GET /campaigns'] ?? 0).toBeGreaterThan(0);

		sandbox.changeCampaign(3, { status: 'auto_paused' });
		sandbox.faults.add({
			kind: 'status',
			status: 503,
			headers: { 'retry-after': '1' },
			times: 1,
		});
		expect(await send('call-1')).toBe(200);
		expect(await send('call-1')).toBe(200);
		expect(await send('call-2', 'forged')).toBe(401);
		expect(await send('call-2', '')).toBe(401);
		expect(await send('call-3', SECRET, 'dialer.call.answered')).toBe(200);
		expect(await post(JSON.stringify([{ secret: SECRET }]))).toBe(400);
		expect(await post(JSON.stringify({ secret: SECRET, event: ENDED }))).toBe(400);
		// Text that is no JSON is refused by n8n itself, before it asks the node.
		expect(await post(`{"secret":"${SECRET}",`)).toBe(422);
		const together = await Promise.all(Array.from({ length: 5 }, () => send('call-4')));
		expect(together).toEqual([200, 200, 200, 200, 200]);
		expect(await send('call-5')).toBe(200);
		await executionsOf(onEvents, 3);
		await executionsOf(onChanges, 1);

		await n8n.stop();
		sandbox.changeCampaign(3, { status: 'active' });
		sandbox.changeCampaign(5, { status: 'pausing' });
		await n8n.restart();
		expect(await send('call-1')).toBe(200);
		expect(await send('call-4')).toBe(200);
		expect(await send('call-2', 'forged')).toBe(401);
		expect(await send('call-6')).toBe(200);
		await executionsOf(onChanges, 2);
		await n8n.stop();
		await n8n.restart();
		sandbox.changeCampaign(6, { status: 'stopped' });

		const changes = await executionsOf(onChanges, 3);
		expect(
			changes.map((each) =>
				itemsOf(each, 'After').map(
					({ json }) => `${json.campaign_id}: ${json.previous_status} -> ${json.status}`,
				),
			),
		).toEqual([
			['3: active -> auto_paused'],
			['3: auto_paused -> active'],
			['6: active -> stopped'],
		]);
		for (const { raw } of changes) expect(raw).not.toContain(sandbox.apiKey);
		await n8n.client.deactivateWorkflow(onChanges);

		const events = await executionsOf(onEvents, 4);
		expect(events.map(({ status, mode }) => ({ status, mode }))).toEqual(
			Array(4).fill({ status: 'success', mode: 'webhook' }),
		);
		expect(events.map((each) => jsonOf(each, 'After').map(({ call_id }) => call_id))).toEqual([
			['call-1'],
			['call-4'],
			['call-5'],
			['call-6'],
		]);
		for (const { raw } of events) expect(raw).not.toContain(SECRET);
		expect(JSON.stringify(await n8n.client.workflow(onEvents.id))).not.toContain(SECRET);
		await n8n.client.deactivateWorkflow(onEvents);
		expect(await send('call-7')).toBe(404);
	}, 400_000);

	test('the editor’s test shows a campaign, or waits for an event and shows that', async () => {
		const status = await create({ triggerOn: 'campaignStatus', newStatus: 'autoPaused' }, api);
		const run = await n8n.client.runToEnd(status);
		expect(jsonOf(run, 'After')).toMatchObject([{ campaign_id: 7, status: 'auto_paused' }]);

		const calls = await create({ triggerOn: 'event' }, webhook, 'voiso-test-events');
		const answer = await n8n.client.request<{ waitingForWebhook?: boolean }>(
			'POST',
			`/workflows/${calls.id}/run`,
			{ workflowData: calls, triggerToStartFrom: { name: TRIGGER } },
		);
		expect(answer).toMatchObject({ waitingForWebhook: true });
		const url = `${n8n.url}/webhook-test/voiso-test-events/voiso`;
		const send = async (secret: string) =>
			await sandbox.deliver(url, ENDED, { secret, data: { id: 'call-1' } });
		expect(await send('forged')).toMatchObject({ status: 401 });
		expect(await send(SECRET)).toMatchObject({ status: 200 });
		const [execution, ...others] = await executionsOf(calls, 1);
		expect(others).toEqual([]);
		expect(execution && jsonOf(execution, 'After')).toMatchObject([{ call_id: 'call-1' }]);
	});

	test.concurrent(
		'ran-dry-refill.json refills a campaign that is auto paused and starts it again',
		async () => {
			const asked: string[] = [];
			const crm = createServer((request, response) => {
				asked.push(new URL(request.url ?? '', 'http://crm').searchParams.get('campaign') ?? '');
				const leads = asked.length === 1 ? [{ phone_number: '447700900123', name: 'Ann Lee' }] : [];
				response.setHeader('content-type', 'application/json').end(JSON.stringify(leads));
			});
			crm.listen(0, '127.0.0.1');
			await once(crm, 'listening');
			try {
				sandbox.reset();
				const example = await importExample(n8n.client, 'ran-dry-refill.json', [api]);
				const url = `http://127.0.0.1:${(crm.address() as AddressInfo).port}/next-leads`;
				const nodes = example.nodes.map((node) =>
					node.name === 'Fetch the next leads'
						? { ...node, parameters: { ...node.parameters, url } }
						: node,
				);
				const { id } = await n8n.client.updateWorkflow(example.id, { nodes });
				/** Activating polls at once, which spares the test the minute that a poll time takes. */
				const activate = async () =>
					await n8n.client.activateWorkflow(await n8n.client.workflow(id));
				const autoPause = async (executions: number) => {
					const active = await activate();
					await n8n.client.deactivateWorkflow(active);
					sandbox.changeCampaign(3, { status: 'auto_paused' });
					await activate();
					const [latest] = (await executionsOf(active, executions)).toReversed();
					await n8n.client.deactivateWorkflow(active);
					return latest;
				};
				const status = () => sandbox.state().campaigns.find((each) => each.id === 3)?.status;

				const refilled = await autoPause(1);
				expect(refilled).toMatchObject({ status: 'success' });
				expect(sandbox.report().campaigns['3']?.leads).toHaveProperty('447700900123');
				expect(status()).toBe('active');

				const nothingLeft = await autoPause(2);
				expect(nothingLeft).toMatchObject({ status: 'success' });
				expect(nothingLeft?.runs).not.toHaveProperty('Start it again');
				expect(status()).toBe('auto_paused');
				expect(asked).toEqual(['Spring Sale', 'Spring Sale']);
				expect(sandbox.report().violations).toEqual([]);
			} finally {
				crm.closeAllConnections();
				crm.close();
			}
		},
	);

	// n8n tries for a quarter of a minute, so this runs beside the one above.
	test.concurrent('a workflow that cannot read the campaigns is not activated', async () => {
		const broken = await startSandbox();
		try {
			broken.faults.add({ kind: 'status', status: 401 });
			const credential = await n8n.client.createCredential({
				name: 'Voiso API, broken',
				type: 'voisoApi',
				data: { clusterId: broken.url, apiKey: broken.apiKey },
			});
			const workflow = await create({ triggerOn: 'campaignStatus' }, credential);
			await expect(n8n.client.activateWorkflow(workflow)).rejects.toThrow(
				/the API key isn't valid. Check the credential./,
			);
		} finally {
			await broken.close();
		}
	});

	test('the credential of the webhook can be tested', async () => {
		const test = async (secret: string) => await n8n.client.testCredential(webhook, { secret });
		expect(await test(SECRET)).toMatchObject({ status: 'OK' });
		expect(await test(' ')).toMatchObject({ status: 'Error' });
	});
});
