import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { NodeApiError, type IHttpRequestOptions, type INodeType } from 'n8n-workflow';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { explainCredential } from '../../../nodes/shared/api/explain.ts';
import * as messages from '../../../nodes/shared/api/messages.ts';
import { problemWithoutResponse, type ProblemKind } from '../../../nodes/shared/api/problem.ts';
import { VoisoCampaign } from '../../../nodes/VoisoCampaign/VoisoCampaign.node.ts';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import { VoisoTrigger } from '../../../nodes/VoisoTrigger/VoisoTrigger.node.ts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { runWorkflow, testCredential } from '../harness/index.mts';
import { selfSigned } from '../leads/selfSigned.mts';

const sandbox = await sandboxForTests();

const check = async (apiKey: string = sandbox.apiKey, clusterId: string = sandbox.url) =>
	await testCredential(new VoisoCampaign(), 'voisoApi', { apiKey, clusterId });

/** A server on this machine that is not Voiso. */
async function otherServer(body: string, type: string, status = 200): Promise<string> {
	const server = createServer((_request, response) => {
		response.writeHead(status, { 'content-type': type }).end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the test of the credential', () => {
	test('asks for one campaign', async () => {
		expect(await check()).toMatchObject({ status: 'OK' });
		expect(sandbox.report().calls).toEqual({ 'GET /campaigns': 1 });
		expect(sandbox.report().violations).toEqual([]);
	});

	test('takes what copying brings along', async () => {
		expect(
			await check(` Bearer ${sandbox.apiKey}\n`, `${sandbox.url}/campaigns?page=2`),
		).toMatchObject({
			status: 'OK',
		});
	});

	test.each([new VoisoLeads(), new VoisoTrigger()])('is the same on every node', async (node) => {
		const { apiKey, url: clusterId } = sandbox;
		expect(await testCredential(node, 'voisoApi', { apiKey, clusterId })).toMatchObject({
			status: 'OK',
		});
	});

	const { API_KEY, CLUSTER_ID } = messages;

	test.each([
		['', API_KEY.empty],
		['two words', API_KEY.unsupportedCharacter],
	])('says what is wrong with the key %j', async (apiKey, reason) => {
		expect(await check(apiKey)).toEqual({
			status: 'Error',
			message: expect.stringContaining(reason),
		});
		expect(sandbox.report().calls).toEqual({});
	});

	test.each([
		['', CLUSTER_ID.empty()],
		['cc ams03', CLUSTER_ID.unsupportedCharacter()],
		[
			'http://cc-ams03.voiso.com',
			CLUSTER_ID.notEncrypted('http://cc-ams03.voiso.com', 'cc-ams03.voiso.com'),
		],
		['https://user:secret@cc-ams03.voiso.com', CLUSTER_ID.withPassword()],
	])('says what is wrong with the cluster ID %j', async (clusterId, message) => {
		expect(await check(undefined, clusterId)).toEqual({ status: 'Error', message });
	});

	/** What the test says of a problem. */
	const of = (kind: ProblemKind, clusterId = sandbox.url, status?: number) => ({
		status: 'Error',
		message: explainCredential(
			{ ...problemWithoutResponse(kind), ...(status && { status }) },
			new URL(clusterId).host,
		),
	});

	test.each<[string, ProblemKind]>([
		['wrong', 'unauthorized'],
		[sandbox.apiKeys.noScopes, 'forbidden'],
		[sandbox.apiKeys.manageOnly, 'forbidden'],
	])('explains what Voiso thinks of the key %j', async (apiKey, kind) => {
		expect(await check(apiKey)).toEqual(of(kind));
	});

	test.each<[number, ProblemKind]>([
		[400, 'refused'],
		[404, 'notFound'],
		[405, 'methodNotAllowed'],
		[429, 'rateLimited'],
		[500, 'serverError'],
		[503, 'serverError'],
	])('explains the status %i', async (status, kind) => {
		sandbox.faults.add({ kind: 'status', status, body: {} });
		expect(await check()).toEqual(of(kind, undefined, status));
	});

	test.each([
		['<html>Welcome</html>', 'text/html'],
		['{"ok":true}', 'application/json'],
		['{"campaigns":{}}', 'application/json'],
		['', 'text/plain'],
	])('is not taken in by another server that answers %j', async (body, type) => {
		const url = await otherServer(body, type);
		expect(await check(undefined, url)).toEqual(of('unreadable', url));
	});

	test.each([301, 302, 303, 307, 308])('does not follow a redirect with %i', async (status) => {
		sandbox.faults.add({ kind: 'redirect', status });
		expect(await check()).toEqual(of('redirected'));
		expect(sandbox.report().elsewhere).toEqual([]);
	});

	test('explains a host that refuses the connection', async () => {
		const url = 'http://127.0.0.1:1';
		expect(await check(undefined, url)).toEqual(of('noConnection', url));
	});

	test('explains a host that does not exist', async () => {
		const url = 'https://cc-nowhere.invalid';
		expect(await check(undefined, url)).toEqual(of('unknownHost', url));
	});

	test('explains a certificate that is not trusted', async () => {
		const server = createSecureServer(selfSigned());
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
		expect(await check(undefined, url)).toEqual(of('insecure', url));
	});

	test('ends when the server never does, and its socket too', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		onTestFinished(() => void vi.useRealTimers());
		let isClosed = async () => {};
		const server = createServer();
		server.on('connection', (socket) => {
			isClosed = async () => await new Promise((resolve) => socket.on('close', resolve));
			// One byte more, again and again, of headers that never end.
			socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nX-Slow: '));
			socket.on('error', () => {});
			socket.once('data', () => void vi.advanceTimersByTimeAsync(15_000));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		expect(await check(undefined, url)).toEqual(of('timedOut', url));
		await isClosed();
	});
});

describe('a request of another node with the credential', () => {
	/** What a node such as HTTP Request does with a credential of another package. */
	const send = async (options: IHttpRequestOptions) => {
		const sender: INodeType = {
			description: {
				displayName: 'Sender',
				name: 'sender',
				group: ['output'],
				version: 1,
				description: '',
				defaults: { name: 'Sender' },
				inputs: ['main'],
				outputs: ['main'],
				credentials: [{ name: 'voisoApi', required: true }],
				properties: [],
			},
			async execute() {
				const { httpRequestWithAuthentication } = this.helpers;
				const json = await httpRequestWithAuthentication.call(this, 'voisoApi', options);
				return [[{ json, pairedItem: { item: 0 } }]];
			},
		};
		return await runWorkflow({
			nodes: [{ name: 'Sender', type: 'sender' }],
			nodeTypes: { sender },
			credentials: [
				{ type: new VoisoApi(), data: { apiKey: sandbox.apiKey, clusterId: sandbox.url } },
			],
		});
	};

	test('is signed when it goes to the cluster', async () => {
		const url = `${sandbox.url}/api/v4/campaigns/3`;
		const result = await send({ url, headers: { Accept: 'application/json' } });
		expect(result.json('Sender')).toMatchObject([{ campaign: { id: 3 } }]);
	});

	test('is not sent elsewhere', async () => {
		let requests = 0;
		const server = createServer((_request, response) => {
			requests++;
			response.end('{}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const other = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const result = await send({ url: `${other}/api/v4/campaigns` });
		expect(result.error).toMatchObject({
			name: NodeApiError.name,
			message: messages.CREDENTIAL.otherHost(sandbox.url),
		});
		expect(requests).toBe(0);
	});

	test('does not take the key along with a redirect', async () => {
		sandbox.faults.add({ kind: 'redirect' });
		const result = await send({ url: `${sandbox.url}/api/v4/campaigns` });
		expect(result.status).toBe('error');
		expect(sandbox.report().elsewhere).toEqual([]);
	});
});
