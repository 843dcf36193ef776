import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { sendRequest, type ApiContext, type HttpResult } from '../../../nodes/shared/api/http.ts';
import type { Clock } from '../../../nodes/shared/throttle/throttle.ts';
import { inlineNodeType, loadOptions, runWorkflow } from '../harness/index.mts';
import { PollingWorkflow } from '../harness/pollingWorkflow.mts';

const LIMIT = 90_000;

let server: Server | undefined;
afterEach(() => void server?.close());

/** A server that does as it likes with each connection, once the request is there. */
async function serve(
	answer: (socket: Socket) => void,
): Promise<{ url: string; closed: Promise<void> }> {
	const started = createServer();
	server = started;
	const closed = new Promise<void>((resolve) => {
		started.on('connection', (socket) => {
			socket.on('error', () => {});
			socket.on('close', () => resolve());
			socket.once('data', () => answer(socket));
		});
	});
	started.listen(0, '127.0.0.1');
	await once(started, 'listening');
	return { url: `http://127.0.0.1:${(started.address() as AddressInfo).port}`, closed };
}

/** A clock whose time for a call is over when the test says so. */
function stoppedClock(): Clock & { limits: number[]; end: () => void } {
	let end = () => {};
	const limits: number[] = [];
	const sleep: Clock['sleep'] = async (ms, signal) => {
		limits.push(ms);
		return await new Promise((resolve) => {
			end = () => resolve(true);
			signal?.addEventListener('abort', () => resolve(false));
		});
	};
	return { now: () => 0, sleep, limits, end: () => end() };
}

type Send = (context: ApiContext) => Promise<HttpResult>;

const credentialsFor = (url: string) => [
	{ type: new VoisoApi(), data: { clusterId: url, apiKey: 'secret-key' } },
];

/** Every kind of n8n's contexts: an execution has a signal of its own, which n8n puts over others. */
const contexts: Array<[string, (url: string, send: Send) => Promise<HttpResult | undefined>]> = [
	[
		'an execution',
		async (url, send) => {
			let result: HttpResult | undefined;
			const probe = inlineNodeType(
				async (context) => {
					result = await send(context);
					return [[]];
				},
				{ credentials: [{ name: 'voisoApi', required: true }] },
			);
			await runWorkflow({
				nodes: [{ name: 'Probe', type: 'probe' }],
				nodeTypes: { probe },
				credentials: credentialsFor(url),
			});
			return result;
		},
	],
	[
		'a poll',
		async (url, send) => {
			let result: HttpResult | undefined;
			const probe = inlineNodeType(async () => [[]], {
				group: ['trigger'],
				inputs: [],
				credentials: [{ name: 'voisoApi', required: true }],
			});
			const workflow = new PollingWorkflow({
				trigger: { name: 'Probe', type: 'probe' },
				nodeType: {
					...probe,
					async poll() {
						result = await send(this);
						return null;
					},
				},
				credentials: credentialsFor(url),
			});
			await workflow.activate();
			return result;
		},
	],
	[
		'a list in the editor',
		async (url, send) => {
			let result: HttpResult | undefined;
			const probe = inlineNodeType(async () => [[]], {
				credentials: [{ name: 'voisoApi', required: true }],
			});
			const nodeType = {
				...probe,
				methods: {
					loadOptions: {
						async getAll(this: ApiContext) {
							result = await send(this);
							return [];
						},
					},
				},
			};
			await loadOptions({ nodeType, method: 'getAll', credentials: credentialsFor(url) });
			return result;
		},
	],
];

/** Some 40 KB. */
const bomb = gzipSync(Buffer.alloc(40_000_000, ' '));
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** Servers that keep sending, so that no idle time ever passes. */
const endless: Array<[string, (socket: Socket) => void]> = [
	['says nothing', () => {}],
	['never ends its headers', (socket) => socket.write(`${HEAD}X-Slow: `)],
	['never ends its body', (socket) => socket.write(`${HEAD}Content-Length: 1000\r\n\r\n{"a":`)],
];

describe.each(contexts)('a call of %s', (_, use) => {
	it.each(endless)(
		'to a server that %s ends with its limit, and its socket too',
		async (_, answer) => {
			const clock = stoppedClock();
			const { url, closed } = await serve((socket) => {
				answer(socket);
				// Bytes that go on and on would be too slow for a test: one more after each, then the limit.
				socket.write(' ', () => setImmediate(clock.end));
			});
			const request = { method: 'GET', path: '/api/v4/campaigns', timeout: LIMIT } as const;
			const result = await use(url, async (context) =>
				sendRequest(context, url, request, { clock }),
			);
			expect(result).toEqual({ kind: 'networkError', code: 'ETIMEDOUT' });
			expect(clock.limits).toEqual([LIMIT]);
			await closed;
		},
	);

	it('ends when the user stops the execution, and its socket too', async () => {
		const clock = stoppedClock();
		const stop = new AbortController();
		const { url, closed } = await serve((socket) => {
			socket.write(`${HEAD}Content-Length: 1000\r\n\r\n{"a":`, () => stop.abort());
		});
		const request = { method: 'GET', path: '/api/v4/campaigns' } as const;
		const result = await use(url, async (context) =>
			sendRequest(context, url, request, { clock, signal: stop.signal }),
		);
		expect(result).toEqual({ kind: 'networkError', code: 'ERR_CANCELED' });
		await closed;
	});

	it('does not begin after the user has stopped the execution', async () => {
		const clock = stoppedClock();
		const request = { method: 'GET', path: '/api/v4/campaigns' } as const;
		const result = await use('http://127.0.0.1:1', async (context) =>
			sendRequest(context, 'http://127.0.0.1:1', request, {
				clock,
				signal: AbortSignal.abort(),
			}),
		);
		expect(result).toEqual({ kind: 'networkError', code: 'ERR_CANCELED' });
		expect(clock.limits).toEqual([]);
	});

	it('reads no more than 10 MB of a body without end', async () => {
		let sent = 0;
		const chunk = 'x'.repeat(1_000_000);
		const { url, closed } = await serve((socket) => {
			socket.write(`${HEAD}Connection: close\r\n\r\n`);
			const more = () => {
				sent++;
				socket.write(chunk, () => !socket.destroyed && setImmediate(more));
			};
			more();
		});
		const request = { method: 'GET', path: '/api/v4/campaigns' } as const;
		const result = await use(url, async (context) =>
			sendRequest(context, url, request, { clock: stoppedClock() }),
		);
		expect(result).toEqual({ kind: 'response', status: 200 });
		await closed;
		expect(sent).toBeLessThan(40);
	});

	it('reads no more than 10 MB of a small body that unpacks to much', async () => {
		const { url } = await serve((socket) => {
			socket.write(`${HEAD}Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
			socket.write(bomb);
		});
		const request = { method: 'GET', path: '/api/v4/campaigns' } as const;
		const result = await use(url, async (context) =>
			sendRequest(context, url, request, { clock: stoppedClock() }),
		);
		expect(result).toEqual({ kind: 'response', status: 200 });
	});

	it.each([
		['whole', '{"a":"\u00e4"}', '{"a":"\u00e4"}'],
		['with a byte order mark', '\ufeff{}', '{}'],
		['empty', '', ''],
	])('gives a body that is %s as text', async (_, body, text) => {
		const { url } = await serve((socket) => {
			socket.end(`${HEAD}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
		});
		const request = { method: 'GET', path: '/api/v4/campaigns' } as const;
		const result = await use(url, async (context) =>
			sendRequest(context, url, request, { clock: stoppedClock() }),
		);
		expect(result).toEqual({ kind: 'response', status: 200, body: text });
	});

	it('is a network error when the connection breaks in the body', async () => {
		const { url } = await serve((socket) => {
			socket.write(`${HEAD}Content-Length: 1000\r\n\r\n{"a":`, () => socket.resetAndDestroy());
		});
		const request = { method: 'GET', path: '/api/v4/campaigns' } as const;
		const result = await use(url, async (context) =>
			sendRequest(context, url, request, { clock: stoppedClock() }),
		);
		expect(result).toMatchObject({ kind: 'networkError', code: 'ECONNRESET' });
	});
});
