import { describe, expect, it, vi } from 'vitest';
import type { ListLie } from '../../sandbox/faults.mts';
import type { Fault } from '../../sandbox/index.mts';
import { clientOf, leadsOf, numbers, start } from './support.mts';

const one = leadsOf(numbers(1));
const stored = (leads: Record<string, object> | undefined) => Object.keys(leads ?? {}).length;

describe('where a fault strikes', () => {
	it('as often as apiMessage, and only the method and path said', async () => {
		const { api, sandbox } = await start();
		sandbox.faults.add({
			kind: 'status',
			status: 503,
			times: 2,
			method: 'get',
			path: '/campaigns/3$',
		});
		expect((await api.get('/campaigns')).status).toBe(200);
		expect((await api.post('/campaigns/3/pause')).status).toBe(200);
		const statuses = [];
		for (let call = 0; call < 3; call++) statuses.push((await api.get('/campaigns/3')).status);
		expect(statuses).toEqual([503, 503, 200]);
		expect(sandbox.faults.list()).toEqual([]);
	});

	it('at a rate, the same way with the same seed', async () => {
		const { api, sandbox } = await start();
		const draw = async () => {
			sandbox.faults.clear();
			sandbox.faults.add({ kind: 'status', status: 500, rate: 0.3 });
			const statuses: number[] = [];
			for (let call = 0; call < 100; call++) statuses.push((await api.get('/campaigns/3')).status);
			return statuses;
		};
		const drawn = await draw();
		const share = drawn.filter((status) => status === 500).length;
		expect(share).toBeGreaterThan(15);
		expect(share).toBeLessThan(45);
		expect(await draw()).toEqual(drawn);
		sandbox.options.seed = 2;
		expect(await draw()).not.toEqual(drawn);
	});

	it('never when cleared', async () => {
		const { api, sandbox } = await start();
		sandbox.faults.add({ kind: 'reset' });
		expect(sandbox.faults.list()).toEqual([{ kind: 'reset', left: null }]);
		sandbox.faults.clear();
		expect((await api.get('/campaigns/3')).status).toBe(200);
	});

	it('after the commit only where there was one', async () => {
		const { add, sandbox } = await start({ minimumInterval: 60_000 });
		await add(one);
		sandbox.faults.add({ kind: 'status', status: 502, when: 'after' });
		expect((await add(one)).status).toBe(409);
		sandbox.options.minimumInterval = 0;
		expect((await add(leadsOf(numbers(1, 1)))).status).toBe(502);
		expect(stored(sandbox.state().leads['3'])).toBe(2);
	});

	it.each([
		{ kind: 'nothing' },
		{ kind: 'status' },
		{ kind: 'reset', rate: 2 },
		{ kind: 'reset', path: '(' },
		{ kind: 'reset', ms: 5 },
		{ kind: 'cutOff', when: 'before' },
	])('nowhere when it is none: %j', async (fault) => {
		const { sandbox } = await start();
		expect(() => sandbox.faults.add(fault as Fault)).toThrow('fault');
		expect(sandbox.faults.list()).toEqual([]);
	});
});

describe.each(['before', 'after'] as const)('%s the commit', (when) => {
	const wasDone = when === 'after';

	it('the connection is reset', async () => {
		const { add, sandbox } = await start();
		sandbox.faults.add({ kind: 'reset', when, times: 1 });
		await expect(add(one)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(stored(sandbox.state().leads['3'])).toBe(wasDone ? 1 : 0);
		await vi.waitFor(() => {
			expect(sandbox.report().campaigns['3']?.leadRequests).toEqual([
				expect.objectContaining({
					outcome: wasDone ? 'accepted' : 'fault',
					status: null,
					end: expect.any(Number),
				}),
			]);
		});
		expect((await add(one)).data).toMatchObject({
			leads_import: wasDone ? { duplicates: numbers(1) } : { created: numbers(1) },
		});
	});

	it('no answer comes', async () => {
		const { api, sandbox } = await start();
		sandbox.faults.add({ kind: 'hang', when, times: 1 });
		await expect(api.post('/campaigns/3/leads', one, { timeout: 100 })).rejects.toMatchObject({
			code: 'ECONNABORTED',
		});
		expect(stored(sandbox.state().leads['3'])).toBe(wasDone ? 1 : 0);
	});

	it.each([
		[undefined, 200],
		[502, 502],
	])('a page of a proxy comes with status %j', async (status, expected) => {
		const { add, sandbox } = await start();
		sandbox.faults.add({ kind: 'html', when, ...(status && { status }) });
		const answer = await add(one);
		expect([answer.status, answer.data]).toEqual([expected, expect.stringContaining('<html>')]);
		expect(answer.headers).toMatchObject({ 'content-type': expect.stringContaining('text/html') });
		expect(stored(sandbox.state().leads['3'])).toBe(wasDone ? 1 : 0);
	});

	it('any status comes with its headers and body', async () => {
		const { add, sandbox } = await start();
		const headers = { 'retry-after': 'Wed, 05 Mar 2025 10:00:00 GMT' };
		sandbox.faults.add({ kind: 'status', status: 429, headers, body: { error: 'Slow' }, when });
		const answer = await add(one);
		expect([answer.status, answer.data]).toEqual([429, { error: 'Slow' }]);
		expect(answer.headers).toMatchObject(headers);
		expect(stored(sandbox.state().leads['3'])).toBe(wasDone ? 1 : 0);
	});

	it('does not start the interval when nothing was done', async () => {
		const { add, sandbox } = await start({ minimumInterval: 60_000 });
		sandbox.faults.add({ kind: 'status', status: 500, when, times: 1 });
		await add(one);
		expect((await add(one)).status).toBe(wasDone ? 409 : 200);
	});
});

describe('bodies that cannot be read', () => {
	it('half of the JSON', async () => {
		const { api, sandbox } = await start();
		const { data: whole } = await api.get('/campaigns/3', { responseType: 'text' });
		sandbox.faults.add({ kind: 'cutOff' });
		const { status, data: half } = await api.get('/campaigns/3', { responseType: 'text' });
		expect(status).toBe(200);
		expect(half).toBe(whole.slice(0, whole.length / 2));
	});

	it('half of the announced length', async () => {
		const { add, sandbox } = await start();
		sandbox.faults.add({ kind: 'cutOff', abrupt: true });
		await expect(add(one)).rejects.toThrow(/aborted|ECONNRESET/);
		expect(stored(sandbox.state().leads['3'])).toBe(1);
	});

	it('50 MB, or the size said', async () => {
		const { api, sandbox } = await start();
		sandbox.faults.add({ kind: 'large', times: 1 });
		sandbox.faults.add({ kind: 'large', megabytes: 1 });
		const sizes = [];
		for (let call = 0; call < 2; call++) {
			const { data } = await api.get('/campaigns', { responseType: 'arraybuffer' });
			sizes.push(Math.floor(data.length / 1_000_000));
		}
		expect(sizes).toEqual([50, 1]);
	});

	it('can be left by a client in the middle', async () => {
		const { api, sandbox } = await start();
		sandbox.faults.add({ kind: 'large', times: 1 });
		await expect(api.get('/campaigns', { maxContentLength: 1_000_000 })).rejects.toThrow(
			'maxContentLength',
		);
		expect((await api.get('/campaigns/3')).status).toBe(200);
	});

	it('lists in lists', async () => {
		const { api, sandbox } = await start();
		sandbox.faults.add({ kind: 'nested', depth: 3, times: 1 });
		expect((await api.get('/campaigns')).data).toEqual({ campaigns: [[[]]] });
		sandbox.faults.add({ kind: 'nested' });
		const { data } = await api.get('/campaigns', { responseType: 'text' });
		expect(data).toHaveLength(200_000 + '{"campaigns":}'.length);
	});
});

describe('a redirect', () => {
	it('leads to the sandbox under another name, which reports whether the key came along', async () => {
		const { api, sandbox } = await start();
		sandbox.faults.add({ kind: 'redirect' });
		const { status, headers } = await api.get('/campaigns');
		expect(status).toBe(302);
		const location = String(headers.location);
		expect(new URL(location).hostname).not.toBe(new URL(sandbox.url).hostname);
		await api.get(location);
		await api.post(location, undefined, { headers: { authorization: null } });
		expect(sandbox.report().elsewhere).toEqual([
			{ method: 'GET', hadKey: true },
			{ method: 'POST', hadKey: false },
		]);
	});

	it('leads where it is told to', async () => {
		const { api, sandbox } = await start();
		sandbox.faults.add({ kind: 'redirect', status: 307, location: 'http://voiso.invalid/' });
		const { status, headers } = await api.get('/campaigns');
		expect([status, headers.location]).toEqual([307, 'http://voiso.invalid/']);
	});
});

describe('a delay', () => {
	it('comes before what else strikes', async () => {
		const { add, sandbox } = await start();
		sandbox.faults.add({ kind: 'delay', ms: 50, times: 2 });
		sandbox.faults.add({ kind: 'status', status: 500, times: 1 });
		expect([(await add(one)).status, (await add(one)).status]).toEqual([500, 200]);
		for (const { start: from, end } of sandbox.report().campaigns['3']?.leadRequests ?? []) {
			expect((end ?? 0) - from).toBeGreaterThan(48);
		}
	});
});

describe('a list that lies', () => {
	async function read(lie: ListLie, offsets: number[]) {
		const { api, sandbox } = await start();
		sandbox.addCampaigns(...Array.from({ length: 15 }, () => ({})));
		sandbox.faults.add({ kind: 'list', lie });
		const pages = [];
		for (const offset of offsets) {
			const { data } = await api.get(`/campaigns?limit=10&offset=${offset}`);
			pages.push({
				ids: data.campaigns.map(({ id }: { id: number }) => id),
				total: data.metadata.total,
			});
		}
		return pages;
	}
	const ids = (from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_, index) => from + index);

	it('has no rows after its first page', async () => {
		expect(await read('emptyPages', [0, 10])).toEqual([
			{ ids: ids(1, 10), total: 25 },
			{ ids: [], total: 25 },
		]);
	});

	it('does not know the offset', async () => {
		const [first, second] = await read('ignoredOffset', [0, 10]);
		expect(second).toEqual(first);
	});

	it('announces more than there is', async () => {
		const [, , last] = await read('largerTotal', [0, 10, 20]);
		expect(last).toEqual({ ids: ids(21, 25), total: 175 });
	});

	it('begins elsewhere at each reading', async () => {
		const [one, other] = await read('shifting', [0, 0]);
		expect(one?.ids).toHaveLength(10);
		expect(other?.ids).not.toEqual(one?.ids);
	});

	it('has no end', async () => {
		const [, page] = await read('endless', [0, 990]);
		expect(page).toEqual({ ids: ids(1_000_990, 1_000_999), total: 1010 });
	});
});

describe('an answer', () => {
	it('that drips keeps the connection busy and does not end', async () => {
		const { sandbox } = await start();
		sandbox.faults.add({ kind: 'drip', ms: 1 });
		const answer = await fetch(`${sandbox.url}/api/v4/campaigns`, {
			headers: { authorization: `Bearer ${sandbox.apiKey}` },
		});
		const reader = answer.body?.getReader();
		let text = '';
		while (!text.endsWith('   ')) text += Buffer.from((await reader?.read())?.value ?? []);
		expect(text).toMatch(/^\{"campaigns":\[ {3,}$/);
		await reader?.cancel();
	});

	it.each([
		['none', 'a/b'],
		['slash', 'a\\/b'],
		['unicode', '\\u0061\\u002f\\u0062'],
	] as const)('can repeat the key, escaped: %s', async (escape, expected) => {
		const { sandbox } = await start();
		sandbox.faults.add({ kind: 'echo', status: 403, escape });
		const { status, data } = await clientOf(sandbox, 'a/b').get('/campaigns', {
			transformResponse: (body: string) => body,
		});
		expect([status, data]).toEqual([403, `{"error":"Key ${expected} has no access"}`]);
	});

	it('can be a success without a body', async () => {
		const { add, sandbox } = await start();
		for (const status of [200, 202, 204]) {
			sandbox.faults.add({ kind: 'status', status, when: 'after', times: 1 });
			expect(await add(leadsOf(numbers(1, status)))).toMatchObject({ status, data: '' });
		}
		expect(stored(sandbox.state().leads['3'])).toBe(3);
	});

	it('has the time of a clock that can be wrong', async () => {
		const hour = 3_600_000;
		const { add } = await start({
			clockSkew: hour,
			minimumInterval: 60_000,
			busyStatus: 429,
			busyRetryAfter: 'date',
		});
		await add(one);
		const { headers } = await add(one);
		const { date = '', 'retry-after': until = '' } = headers as Record<string, string>;
		expect(Date.parse(date) - Date.now()).toBeGreaterThan(hour - 10_000);
		const wait = Date.parse(until) - Date.parse(date);
		expect([wait > 50_000, wait < 62_000]).toEqual([true, true]);
	});
});
