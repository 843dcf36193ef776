import { expect, test } from 'vitest';
import { request } from '../../../nodes/shared/api/request.ts';
import { fakeConnection, json } from './fakeConnection.mts';
import type { HttpResult } from '../../../nodes/shared/api/http.ts';

const get = { method: 'GET', path: '/api/v4/campaigns' } as const;
const post = { method: 'POST', path: '/api/v4/campaigns/3/start' } as const;
const reset: HttpResult = { kind: 'networkError', code: 'ECONNRESET' };
const refusedConnection: HttpResult = { kind: 'networkError', code: 'ECONNREFUSED' };
const good = json({ id: 3 });

/** Gives these answers, the last one again and again. */
const answers = (...list: HttpResult[]) => {
	const last = list.at(-1);
	return fakeConnection((_, index) => list[index] ?? last ?? good);
};

test.each([
	['429', json({}, 429)],
	['503', json({}, 503)],
	['a reset connection', reset],
	['a refused connection', refusedConnection],
	['a time-out', { kind: 'networkError', code: 'ECONNABORTED' } as HttpResult],
	['a page of a proxy', { kind: 'response', status: 200, body: '<html>' } as HttpResult],
])('reads again after %s', async (_, fault) => {
	const connection = answers(fault, good);
	expect(await request(connection, get)).toMatchObject({ ok: true, body: { id: 3 } });
	expect(connection.waits).toHaveLength(1);
});

test.each([
	['401', json({}, 401)],
	['403', json({}, 403)],
	['404', json({}, 404)],
	['409', json({}, 409)],
	['422', json({}, 422)],
	['a host that does not exist', { kind: 'networkError', code: 'ENOTFOUND' } as HttpResult],
	[
		'a certificate not to be trusted',
		{ kind: 'networkError', code: 'CERT_HAS_EXPIRED' } as HttpResult,
	],
	['a redirect', json({}, 302)],
])('does not read again after %s', async (_, fault) => {
	const connection = answers(fault);
	expect(await request(connection, get)).toMatchObject({ ok: false, retried: false });
	expect(connection.requests).toHaveLength(1);
});

test('gives up after four tries with growing pauses', async () => {
	const connection = answers(json({}, 503));
	expect(await request(connection, get)).toMatchObject({
		ok: false,
		problem: { kind: 'serverError' },
	});
	expect(connection.requests).toHaveLength(4);
	const [first = 0, second = 0, third = 0] = connection.waits;
	expect(first).toBeGreaterThanOrEqual(500);
	expect(second).toBeGreaterThanOrEqual(1000);
	expect(third).toBeGreaterThanOrEqual(2000);
	expect(third).toBeLessThanOrEqual(3000);
});

test('waits at least as long as Voiso asks', async () => {
	const connection = answers(json({}, 429, 7_000), good);
	expect(await request(connection, get)).toMatchObject({ ok: true });
	expect(connection.waits[0]).toBeGreaterThanOrEqual(7_000);
});

test('does not begin a wait that is longer than the patience left', async () => {
	const connection = fakeConnection(() => json({}, 429, 7_000), { maxDelay: 10_000 });
	expect(await request(connection, get)).toMatchObject({
		ok: false,
		problem: { kind: 'rateLimited', retryAfter: 7_000 },
	});
	expect(connection.requests).toHaveLength(2);
});

test('does not repeat a change that may have arrived, unless that is idempotent', async () => {
	const careful = answers(reset, good);
	expect(await request(careful, post)).toMatchObject({ ok: false, retried: false });
	expect(careful.requests).toHaveLength(1);

	const idempotent = answers(reset, good);
	expect(await request(idempotent, post, { idempotent: true })).toMatchObject({
		ok: true,
		retried: true,
	});
});

test('repeats a change that never arrived, and does not say that it may have', async () => {
	const connection = answers(refusedConnection, json({}, 429), json({}, 409));
	expect(await request(connection, post)).toMatchObject({
		problem: { kind: 'conflict' },
		retried: false,
	});
	expect(connection.requests).toHaveLength(3);
});

test('ends with the execution, without another request', async () => {
	const stop = new AbortController();
	const connection = fakeConnection(
		() => {
			stop.abort();
			return reset;
		},
		{ signal: stop.signal },
	);
	expect(await request(connection, get)).toMatchObject({
		ok: false,
		problem: { kind: 'stopped', maybeApplied: true },
	});
	expect(connection.requests).toHaveLength(1);
});
