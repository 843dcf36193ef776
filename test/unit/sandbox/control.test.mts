import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../sandbox/index.mts';
import { clientOf, leadsOf, numbers, start } from './support.mts';

const one = leadsOf(numbers(1));

describe('the control of a sandbox over HTTP', () => {
	it('reports what the object reports', async () => {
		const { add, api, control, sandbox } = await start();
		await add(leadsOf([...numbers(2), 'Ada']));
		await api.get('/campaigns/3');
		await api.get('/campaigns/5');
		await api.get('/nothing');
		const { data } = await control.get('/report');
		expect(data).toEqual(sandbox.report());
		expect(data.calls).toEqual({
			'POST /campaigns/{id}/leads': 1,
			'GET /campaigns/{id}': 2,
			unknown: 1,
		});
		expect(data.campaigns['3']).toMatchObject({
			leads: Object.fromEntries(numbers(2).map((phone_number) => [phone_number, { phone_number }])),
			rejected: ['Ada'],
			leadRequests: [{ method: 'POST', leads: 3, status: 200, gap: null }],
		});
		const short = (await control.get('/report?leads=false')).data;
		expect(short.campaigns['3']).toMatchObject({ leads: {}, leadsStored: 2 });
	});

	it('gives the state and resets everything', async () => {
		const { add, api, control, sandbox } = await start({ leadsStatus: 201 });
		const fresh = sandbox.state();
		sandbox.options.leadsStatus = 200;
		sandbox.options.minimumInterval = 60_000;
		sandbox.faults.add({ kind: 'delay', ms: 1 });
		await add(one);
		await api.delete('/campaigns/3/users/1');
		sandbox.deleteCampaign(1);
		expect((await control.get('/state')).data).toEqual(sandbox.state());
		expect(sandbox.state()).not.toEqual(fresh);
		expect((await control.post('/reset')).status).toBe(200);
		expect(sandbox.state()).toEqual(fresh);
		expect(sandbox.faults.list()).toEqual([]);
		expect(sandbox.report()).toMatchObject({ campaigns: {}, calls: {}, totals: { requests: 0 } });
		expect((await add(one)).status).toBe(201);
	});

	it('changes switches, and refuses what is none', async () => {
		const { control, sandbox } = await start();
		const changed = await control.patch('/options', { busyStatus: 429, poisonNumbers: ['1'] });
		expect(changed.data).toEqual(sandbox.options);
		expect(sandbox.options).toMatchObject({ busyStatus: 429, poisonNumbers: ['1'] });
		for (const wrong of [{ busyStatus: 500 }, { busy: 429 }, { seed: '1' }, { poisonName: '(' }]) {
			const answer = await control.patch('/options', { leadsStatus: 201, ...wrong });
			expect(answer.status).toBe(400);
			expect(answer.data).toEqual({ error: expect.stringContaining('options') });
		}
		expect((await control.get('/options')).data).toMatchObject({ leadsStatus: 200, seed: 1 });
	});

	it('adds and clears faults', async () => {
		const { api, control } = await start();
		const fault = { kind: 'status', status: 503, times: 2 };
		expect((await control.post('/faults', fault)).data).toEqual([{ ...fault, left: 2 }]);
		expect((await api.get('/campaigns')).status).toBe(503);
		expect((await control.get('/faults')).data).toEqual([{ ...fault, left: 1 }]);
		expect((await control.delete('/faults')).data).toEqual([]);
		expect((await api.get('/campaigns')).status).toBe(200);
		expect((await control.post('/faults', { kind: 'status' })).status).toBe(400);
		expect((await control.post('/faults', '{"kind":')).data).toEqual({
			error: 'The body is not JSON',
		});
	});

	it('adds, changes and deletes campaigns', async () => {
		const { api, control } = await start();
		const added = await control.post('/campaigns', [{ name: 'New' }, { id: 77, status: 'draft' }]);
		expect(added.data).toEqual([
			expect.objectContaining({ id: 11, name: 'New', status: 'active', live: true }),
			expect.objectContaining({ id: 77, name: 'Campaign 77', status: 'draft' }),
		]);
		expect((await control.post('/campaigns', [{ id: 77 }])).status).toBe(400);
		const change = { status: 'auto_paused', live: false, users: [9], dial_level: null };
		expect((await control.patch('/campaigns/77', change)).status).toBe(200);
		expect((await api.get('/campaigns/77')).data.campaign).toMatchObject({
			status: 'auto_paused',
			live: false,
			dial_level: null,
		});
		expect((await api.get('/campaigns/77/users')).data.users[0].id).toBe(9);
		for (const wrong of [{ status: 'running' }, { id: 5 }, { title: 'x' }]) {
			expect((await control.patch('/campaigns/77', wrong)).status).toBe(400);
		}
		expect((await control.delete('/campaigns/77')).status).toBe(200);
		expect((await api.get('/campaigns/77')).status).toBe(404);
		expect((await control.delete('/campaigns/77')).data).toEqual({
			error: 'There is no campaign 77',
		});
	});
});

/** A webhook that keeps what it is sent. */
async function receiver(status: number) {
	const received: unknown[] = [];
	const server = createServer(async (request, response) => {
		received.push(JSON.parse(await text(request)));
		response.writeHead(status).end('heard');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}/hook`, received };
}

describe('events', () => {
	it('are posted in the envelope of Voiso', async () => {
		const { sandbox } = await start();
		const { url, received } = await receiver(200);
		const result = await sandbox.deliver(url, 'dialer.call.ended', {
			secret: 's',
			data: { called_number: '33612345678' },
		});
		expect(result).toMatchObject({ status: 200, body: 'heard' });
		expect(received).toEqual([result.sent]);
		expect(result.sent).toEqual({
			event: 'dialer.call.ended',
			object: 'call',
			timestamp: expect.any(String),
			secret: 's',
			contact_center_id: expect.any(String),
			data: expect.objectContaining({
				called_number: '33612345678',
				campaign: { id: 3, name: 'Spring Sale', is_live: true },
			}),
		});
	});

	it.each([
		[
			'dialer.call.answered',
			'call',
			{ duration: { total: 62, dialing_time: 6, dialer_waiting: 2 } },
		],
		[
			'dialer.call.ended',
			'call',
			{ disposition: 'answered', wrap_up_code: { code: 'interested' } },
		],
		['inbound.call.ended', 'call', { type: 'inbound', called_number: '442071838750' }],
		['call.recording.available', 'call', { recording: expect.stringContaining('.wav') }],
		['call.analytics.available', 'call', { score: 51, call: { id: 'a' } }],
		['agent.status.update', 'agent', { status: { current: 'On Break', previous: 'Available' } }],
		['message.received', 'call', { id: 'a' }],
	])('%s has a sample of its own', async (event, object, expected) => {
		const { sandbox } = await start();
		const { url } = await receiver(200);
		const { sent } = await sandbox.deliver(url, event, { data: { id: 'a' } });
		expect(sent).toMatchObject({ event, object, data: { ...expected, id: 'a' } });
		if (event.endsWith('answered')) expect(sent.data).not.toHaveProperty('end_time');
	});

	it('are posted on demand over HTTP, whatever the webhook answers', async () => {
		const { control } = await start();
		const { url, received } = await receiver(500);
		const delivery = {
			url,
			event: 'message.received',
			data: { text: 'Hi' },
			envelope: { extra: 1 },
		};
		const { status, data } = await control.post('/deliver', delivery);
		expect([status, data.status]).toEqual([200, 500]);
		expect(received).toEqual([
			expect.objectContaining({ event: 'message.received', data: { text: 'Hi' }, extra: 1 }),
		]);
	});

	it('stay on this machine, and say when nobody is there', async () => {
		const { control, sandbox } = await start();
		const event = 'dialer.call.ended';
		for (const url of ['https://example.com/hook', 'hook']) {
			const { status, data } = await control.post('/deliver', { url, event });
			expect([status, data.error]).toEqual([400, expect.stringContaining('this machine')]);
		}
		await sandbox.close();
		await expect(sandbox.deliver(sandbox.url, event)).rejects.toThrow('Nothing answers');
	});
});

describe('a sandbox', () => {
	it('says when its port is in use', async () => {
		const { sandbox } = await start();
		const port = Number(new URL(sandbox.url).port);
		await expect(startSandbox({ port })).rejects.toThrow(`Port ${port} is in use`);
	});

	it('shares nothing with another one', async () => {
		const [one3, other] = [await start(), await start({ minimumInterval: 60_000 })];
		await other.add(one);
		expect((await one3.add(one)).status).toBe(200);
		expect((await other.add(one)).status).toBe(409);
	});

	it('ends open calls when it is closed', async () => {
		const { add, sandbox } = await start({ processingTime: 60_000 });
		sandbox.faults.add({ kind: 'hang', method: 'GET' });
		const calls = [add(one), clientOf(sandbox).get('/campaigns')];
		const ended = Promise.all(calls.map(async (call) => expect(call).rejects.toThrow()));
		await expect.poll(() => Object.keys(sandbox.report().calls)).toHaveLength(2);
		await sandbox.close();
		await ended;
	});
});
