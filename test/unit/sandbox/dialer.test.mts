import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PlacedCall, StartOptions } from '../../sandbox/index.mts';
import { dialingOrder, drawOutcome } from '../../sandbox/rules/dialing.mts';
import { clientOf, leadsOf, numbers, start } from './support.mts';

interface PostedEvent {
	event: string;
	secret: string;
	data: Record<string, unknown>;
}

/** A webhook that keeps the events it takes; what it answers can change. */
async function webhook() {
	const hook = { url: '', status: 200, events: Array.of<PostedEvent>() };
	const server = createServer(async (request, response) => {
		const event: PostedEvent = JSON.parse(await text(request));
		if (hook.status === 200) hook.events.push(event);
		response.writeHead(hook.status).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	hook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
	return hook;
}

/** A sandbox with leads in campaign 3, which has three users. */
async function withLeads(count: number, options: StartOptions = {}) {
	const running = await start(options);
	if (count > 0) await running.add(leadsOf(numbers(count)));
	const status = () => running.sandbox.state().campaigns.find(({ id }) => id === 3)?.status;
	return { ...running, status };
}

const dialed = (calls: PlacedCall[]) => calls.map(({ phone_number }) => phone_number);

describe('the order of dialing', () => {
	const fresh = { attempts: 0, reached: false };
	const book = (leads: Record<string, object>) =>
		new Map(
			Object.entries(leads).map(([number, lead]) => [number, { phone_number: number, ...lead }]),
		);

	it('is by attempts, then priority, then age; who is reached, off or tried enough is left out', () => {
		const leads = book({
			a: {},
			b: { priority: 5 },
			c: { priority: 1 },
			d: { priority: 1, active: false },
			e: { priority: 1 },
			f: {},
			g: {},
		});
		const history = new Map([
			['e', { attempts: 1, reached: false }],
			['f', { attempts: 1, reached: true }],
			['g', { attempts: 2, reached: false }],
		]);
		const order = dialingOrder(leads, (number) => history.get(number) ?? fresh, 2);
		expect(order).toEqual(['c', 'b', 'a', 'e']);
	});

	it('draws the same outcome for the same call, and as many answers as asked for', () => {
		const draw = (seed: number, reachedShare: number) =>
			numbers(1000).map((number) =>
				drawOutcome({ seed, campaign: 3, number, attempt: 0 }, 3, reachedShare),
			);
		expect(draw(1, 0.45)).toEqual(draw(1, 0.45));
		expect(draw(1, 0.45)).not.toEqual(draw(2, 0.45));
		const answered = (share: number) => draw(1, share).filter(({ agent }) => agent !== null).length;
		expect([answered(0), answered(1)]).toEqual([0, 1000]);
		expect(answered(0.45)).toBeGreaterThan(400);
		expect(answered(0.45)).toBeLessThan(500);
		const dispositions = new Set(draw(1, 0.45).map(({ disposition }) => disposition));
		expect([...dispositions].sort()).toEqual([
			'answered',
			'busy',
			'failed',
			'machine_answered',
			'no_answer',
		]);
	});
});

describe('the dialer', () => {
	it('is off unless it is told to dial', async () => {
		const { sandbox, status } = await withLeads(3);
		expect([sandbox.options.dial, sandbox.calls()]).toEqual([0, []]);
		expect(status()).toBe('active');
	});

	it('dials by priority and leaves out leads that are off', async () => {
		const { sandbox, add } = await withLeads(0);
		const [a = '', b = '', c = '', d = ''] = numbers(4);
		await add([
			{ phone_number: a, priority: 9 },
			{ phone_number: b },
			{ phone_number: c, active: false },
			{ phone_number: d, priority: 1 },
		]);
		expect(sandbox.dial(2)).toBe(2);
		expect(dialed(sandbox.calls())).toEqual([d, a]);
		sandbox.dial();
		expect(dialed(sandbox.calls())).not.toContain(c);
	});

	it('runs dry, resumes by itself with a new lead, and does not while it is paused', async () => {
		const { sandbox, api, add, status } = await withLeads(5, { reachedShare: 1 });
		expect(sandbox.dial()).toBe(5);
		expect(status()).toBe('auto_paused');
		await add(leadsOf(numbers(1, 5)));
		expect(sandbox.dial()).toBe(1);
		await add(leadsOf(numbers(1, 6)));
		sandbox.dial(1);
		await api.post('/campaigns/3/start');
		await api.post('/campaigns/3/pause');
		await add(leadsOf(numbers(1, 7)));
		expect([sandbox.dial(), status()]).toEqual([0, 'paused']);
	});

	it('calls again who was not reached, as often as the campaign allows', async () => {
		const { sandbox } = await withLeads(4, { reachedShare: 0 });
		sandbox.changeCampaign(3, { max_dial_attempts: 3 });
		expect(sandbox.dial()).toBe(12);
		expect(dialed(sandbox.calls())).toEqual([...numbers(4), ...numbers(4), ...numbers(4)]);
	});

	it('needs users', async () => {
		const { sandbox, status } = await withLeads(2);
		sandbox.changeCampaign(3, { users: [] });
		expect([sandbox.dial(), status()]).toEqual([0, 'auto_paused']);
	});

	it('passes through the transitional status when there is one', async () => {
		const { sandbox, status } = await withLeads(1, {
			reachedShare: 1,
			transitions: 'transitional',
			transitionTime: 60_000,
		});
		sandbox.dial();
		expect(status()).toBe('auto_pausing');
	});

	it('lets campaigns take turns, and stops a lead that is deactivated between two calls', async () => {
		const { sandbox, api, add } = await withLeads(0, { reachedShare: 0 });
		const [a = '', b = '', c = ''] = numbers(3);
		await add(leadsOf([a, b]));
		await api.post('/campaigns/6/leads', leadsOf([c]));
		sandbox.dial(2);
		expect(dialed(sandbox.calls())).toEqual([a, c]);
		await api.put('/campaigns/3/leads', [{ phone_number: b, active: false }]);
		sandbox.dial();
		expect(dialed(sandbox.calls())).not.toContain(b);
	});

	it('is as fast as told, by a clock', async () => {
		const { sandbox, control } = await withLeads(40, { reachedShare: 1 });
		sandbox.options.dial = 1000;
		await expect.poll(() => sandbox.calls().length).toBe(40);
		expect((await control.get('/calls')).data).toEqual(sandbox.calls());
	});

	it('goes the same way again with the same seed and time', async () => {
		const run = async (seed: number) => {
			const { sandbox } = await withLeads(50, { seed, now: () => 1_764_000_000_000 });
			sandbox.dial();
			return sandbox.calls();
		};
		const first = await run(1);
		expect(await run(1)).toEqual(first);
		expect(await run(2)).not.toEqual(first);
	});
});

describe('the events of the dialer', () => {
	it('tell of each call and of its agent, with the secret', async () => {
		const { url, events } = await webhook();
		const { sandbox } = await withLeads(1, {
			reachedShare: 1,
			webhooks: [url],
			webhookSecret: 'a secret',
		});
		sandbox.dial();
		await sandbox.eventsPosted();
		const [call] = sandbox.calls();
		expect(events.every(({ secret }) => secret === 'a secret')).toBe(true);
		expect(sandbox.events().map(({ sent, status }) => [sent.event, status])).toEqual(
			[
				'agent.status.update',
				'dialer.call.answered',
				'dialer.call.hangup',
				'agent.status.update',
				'dialer.call.ended',
				'agent.status.update',
				'call.recording.available',
				'call.analytics.available',
			].map((event) => [event, 'delivered']),
		);
		const dataOf = (event: string) =>
			events.filter((each) => each.event === event).map(({ data }) => data);
		expect(dataOf('dialer.call.ended')).toMatchObject([
			{ id: call?.id, called_number: call?.phone_number, agent: { id: call?.user_id } },
		]);
		const [{ recording } = {}] = dataOf('call.recording.available');
		expect((await fetch(String(recording))).headers.get('content-type')).toBe('audio/wav');
		const statuses = sandbox
			.events()
			.filter(({ sent }) => sent.event === 'agent.status.update')
			.map(({ sent: { data } }) => data);
		expect(statuses).toMatchObject([
			{ id: call?.user_id, status: { previous: 'Available', current: 'On Call' } },
			{ status: { previous: 'On Call', current: 'Wrap Up' } },
			{ status: { previous: 'Wrap Up', current: 'Available' } },
		]);
	});

	it.each([
		['all', 2],
		['answered', 0],
	] as const)('of a call that nobody answered, with %s: %i', async (callEvents, expected) => {
		const { url, events } = await webhook();
		const { sandbox } = await withLeads(1, { reachedShare: 0, webhooks: [url], callEvents });
		sandbox.dial(1);
		await sandbox.eventsPosted();
		expect(events).toHaveLength(expected);
	});

	it('are only those that the webhook is for', async () => {
		const { url, events } = await webhook();
		const { sandbox } = await withLeads(2, {
			reachedShare: 1,
			webhooks: [url],
			webhookEvents: ['dialer.call.ended', 'message.received'],
		});
		sandbox.dial();
		await sandbox.eventsPosted();
		expect(events.map(({ event }) => event)).toEqual(['dialer.call.ended', 'dialer.call.ended']);
	});

	it('are given up after five failures, and can be retriggered', async () => {
		const hook = await webhook();
		hook.status = 401;
		const { sandbox, api } = await withLeads(1, {
			reachedShare: 0,
			webhooks: [hook.url],
			webhookRetry: 0,
		});
		sandbox.dial(1);
		await sandbox.eventsPosted();
		const { data } = await api.get('/tasks/webhook_failures');
		expect(data).toMatchObject({
			webhook_failures: [
				{ event: 'dialer.call.ended', status: 'inactive', reason: 'HTTP 401' },
				{ event: 'dialer.call.hangup', status: 'inactive' },
			],
			metadata: { total: 2 },
		});
		expect(sandbox.events()[0]?.attempts).toBe(5);
		hook.status = 200;
		const path = `/tasks/webhook_failures/${data.webhook_failures[0].id}/retrigger`;
		const { status, data: again } = await api.post(path);
		expect([status, again.webhook_failure.status]).toEqual([200, 'pending']);
		await sandbox.eventsPosted();
		expect(hook.events.map(({ event }) => event)).toEqual(['dialer.call.ended']);
		expect((await api.post(path)).status).toBe(409);
		expect((await api.post('/tasks/webhook_failures/0/retrigger')).status).toBe(404);
		const later = await api.get('/tasks/webhook_failures?created_at[gte]=2100-01-01T00:00:00Z');
		expect(later.data.webhook_failures).toEqual([]);
	});

	it('end where nobody answers, and the sandbox can be closed meanwhile', async () => {
		const { sandbox, control } = await withLeads(1, {
			reachedShare: 0,
			webhooks: ['http://127.0.0.1:1/hook'],
			webhookRetry: 0,
		});
		expect((await control.post('/dial', { calls: 1 })).data).toEqual({ placed: 1 });
		expect((await control.get('/events')).data[0]).toMatchObject({ status: 'inactive' });
		sandbox.options.webhookRetry = 600_000;
		sandbox.dial(1);
		await sandbox.close();
		await sandbox.eventsPosted();
	});
});

describe('all that is told of the calls', () => {
	const COUNT = 150;

	it('agrees with the ledger, number by number', { timeout: 30_000 }, async () => {
		const { url, events } = await webhook();
		const { sandbox, api, add } = await withLeads(0, { webhooks: [url] });
		await add(leadsOf(numbers(COUNT)));
		expect(sandbox.dial()).toBeGreaterThan(COUNT);
		await sandbox.eventsPosted();
		const calls = sandbox.calls();
		const ledger = Map.groupBy(calls, ({ phone_number }) => phone_number);
		expect(ledger.size).toBe(COUNT);

		const ended = events.filter(({ event }) => event === 'dialer.call.ended');
		expect(ended.map(({ data }) => data.id).sort()).toEqual(calls.map(({ id }) => id).sort());
		const answered = events.filter(({ event }) => event === 'dialer.call.answered');
		expect(answered).toHaveLength(calls.filter(({ user_id }) => user_id !== null).length);

		const cdrs = new Map<string, string>();
		let cursor = '';
		do {
			const { data } = await api.get(`/reporting/cdrs?limit=100&cursor=${cursor}`);
			for (const cdr of data.cdrs) cdrs.set(cdr.id, cdr.data.called_number);
			cursor = data.metadata.next_cursor;
		} while (cursor);
		expect(cdrs).toEqual(new Map(calls.toReversed().map((call) => [call.id, call.phone_number])));

		const root = clientOf(sandbox);
		for (let from = 0; from < COUNT; from += 50) {
			const asked = numbers(50, from);
			const query = asked.map((number) => `contact_numbers[]=${number}`).join('&');
			const { data } = await root.get(`/api/dialer/v1/campaigns/3/contact_status?${query}`, {
				baseURL: sandbox.url,
			});
			expect(data.contacts).toEqual(
				asked.map((number) =>
					expect.objectContaining({
						contact_number: number,
						dialed: true,
						attempts: ledger.get(number)?.length,
						disposition: ledger.get(number)?.at(-1)?.disposition,
						will_be_dialed: false,
					}),
				),
			);
		}
	});
});
