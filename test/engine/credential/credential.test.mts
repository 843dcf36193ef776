import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeApiError, type IHttpRequestOptions, type INodeType } from 'n8n-workflow';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { startSandbox } from '../../sandbox/index.mts';
import { runWorkflow, testCredential } from '../harness/index.mts';

const sandbox = await startSandbox();
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const check = async (apiKey: string = sandbox.apiKey, clusterId: string = sandbox.url) =>
	await testCredential({ type: new VoisoApi(), data: { apiKey, clusterId } });

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

	test.each([
		['wrong', /does not accept the API key/],
		['', /API key is empty/],
		['two words', /holds a space/],
		[sandbox.apiKeys.noScopes, /lacks the scope campaigns\.read/],
		[sandbox.apiKeys.manageOnly, /lacks the scope campaigns\.read/],
	])('says what is wrong with the key %j', async (apiKey, message) => {
		expect(await check(apiKey)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	test.each([
		['', /cluster ID is empty/],
		['cc ams03', /space or an unusual letter/],
		['http://cc-ams03.voiso.com', /not encrypted/],
		['https://user:secret@cc-ams03.voiso.com', /must not hold a user name or a password/],
	])('says what is wrong with the cluster ID %j', async (clusterId, message) => {
		expect(await check(undefined, clusterId)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	test.each([
		[404, /no Voiso API at this address/],
		[405, /no Voiso API at this address/],
		[429, /too many requests/],
		[500, /Voiso (?:has|may have) a problem/],
		[503, /Voiso (?:has|may have) a problem/],
	])('explains the status %i', async (status, message) => {
		const body = status === 429 ? { error: 'Too many requests' } : {};
		sandbox.faults.add({ kind: 'status', status, body });
		expect(await check()).toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});

	test.each([
		['<html>Welcome</html>', 'text/html'],
		['{"ok":true}', 'application/json'],
		['', 'text/plain'],
	])('is not taken in by another server that answers %j', async (body, type) => {
		expect(await check(undefined, await otherServer(body, type))).toEqual({
			status: 'Error',
			message: expect.stringContaining('There is no Voiso API at this address'),
		});
	});

	test.each([301, 302, 303, 307, 308])('does not follow a redirect with %i', async (status) => {
		sandbox.faults.add({ kind: 'redirect', status });
		expect(await check()).toEqual({
			status: 'Error',
			message: expect.stringContaining('There is no Voiso API at this address'),
		});
		expect(sandbox.report().elsewhere).toEqual([]);
	});

	test('fails when nobody answers', async () => {
		expect(await check(undefined, 'http://127.0.0.1:1')).toMatchObject({ status: 'Error' });
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
			message: expect.stringMatching(/for http:\/\/127\.0\.0\.1:\d+ only.*API key was not sent/),
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
