import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	ICredentialType,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError, sleep } from 'n8n-workflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	listSearch,
	loadOptions,
	resourceMapping,
	runWorkflow,
	setNode,
	testCredential,
	type TestNode,
} from './index.mts';

function nodeType(
	execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
	more: Partial<INodeType['description']> = {},
): INodeType {
	return {
		description: {
			displayName: 'Probe',
			name: 'probe',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Probe' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
			...more,
		},
		async execute() {
			return await execute(this);
		},
	};
}

/** Gives its parameter back for each item; the value `bad` is an error. */
const echo = nodeType(async (context) => {
	const output: INodeExecutionData[] = [];
	for (const item of context.getInputData().keys()) {
		const value = context.getNodeParameter('value', item);
		if (value === 'bad') {
			const error = new NodeOperationError(context.getNode(), 'Bad value', { itemIndex: item });
			if (!context.continueOnFail()) throw error;
			output.push({ json: { error: error.message }, pairedItem: { item } });
		} else {
			output.push({ json: { value }, pairedItem: { item } });
		}
	}
	return [output];
});

const echoNode = (more: Partial<TestNode> = {}): TestNode => ({
	name: 'Probe',
	type: 'probe',
	parameters: { value: '={{ $json.name }}' },
	...more,
});

let server: Server;
let baseUrl: string;
const authorizations: Array<string | undefined> = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		authorizations.push(request.headers.authorization);
		response.statusCode = request.headers.authorization === 'Bearer key' ? 200 : 401;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ path: request.url }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
});

const bearer: ICredentialType = {
	name: 'probeApi',
	displayName: 'Probe API',
	properties: [],
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.apiKey }}' } },
	},
	test: {
		request: { baseURL: '={{ $credentials.url }}', url: '/test' },
		rules: [{ type: 'responseCode', properties: { value: 401, message: 'Wrong key' } }],
	},
};
const credential = (apiKey = 'key') => ({ type: bearer, data: { apiKey, url: baseUrl } });

test('runs a node on each item and pairs what follows it', async () => {
	const result = await runWorkflow({
		nodes: [
			echoNode(),
			setNode('After', { name: "={{ $('Input').item.json.name }}", value: '={{ $json.value }}' }),
		],
		nodeTypes: { probe: echo },
		input: [{ name: 'Ada' }, { json: { name: 'Bo' } }],
	});

	expect(result).toMatchObject({ status: 'success', finished: true, cancelled: false });
	expect(result.error).toBeUndefined();
	expect(result.json('After')).toEqual([
		{ name: 'Ada', value: 'Ada' },
		{ name: 'Bo', value: 'Bo' },
	]);
});

test('shows the error that the node threw', async () => {
	const result = await runWorkflow({
		nodes: [echoNode()],
		nodeTypes: { probe: echo },
		input: [{ name: 'Ada' }, { name: 'bad' }],
	});

	expect(result).toMatchObject({ status: 'error', finished: false });
	expect(result.error).toMatchObject({
		name: 'NodeOperationError',
		message: 'Bad value',
		context: { itemIndex: 1 },
	});
	expect(result.items('Probe')).toEqual([]);
});

test('splits success and error output, each paired with its input item', async () => {
	const source = "={{ $('Input').item.json.id }}";
	const result = await runWorkflow({
		nodes: [
			echoNode({ onError: 'continueErrorOutput' }),
			setNode('Good', { id: source }),
			setNode('Failed', { id: source, error: '={{ $json.error }}' }),
		],
		connections: { Probe: [['Good'], ['Failed']] },
		nodeTypes: { probe: echo },
		input: [
			{ name: 'bad', id: 1 },
			{ name: 'Ada', id: 2 },
		],
	});

	expect(result.json('Good')).toEqual([{ id: 2 }]);
	expect(result.json('Failed')).toEqual([{ id: 1, error: 'Bad value' }]);
	expect(result.json('Probe', 1)).toEqual([{ name: 'bad', id: 1, error: 'Bad value' }]);
});

test('continues with the error as an item of the regular output', async () => {
	const result = await runWorkflow({
		nodes: [echoNode({ onError: 'continueRegularOutput' })],
		nodeTypes: { probe: echo },
		input: [{ name: 'bad' }, { name: 'Ada' }],
	});

	expect(result.json('Probe')).toEqual([{ error: 'Bad value' }, { value: 'Ada' }]);
});

test('tries a failing node again', async () => {
	let runs = 0;
	const flaky = nodeType(async () => {
		runs += 1;
		if (runs < 3) throw new Error('not yet');
		return [[{ json: { runs } }]];
	});
	const result = await runWorkflow({
		nodes: [echoNode({ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 })],
		nodeTypes: { probe: flaky },
	});

	expect(result.json('Probe')).toEqual([{ runs: 3 }]);
});

test('stops a node that is running', async () => {
	const stop = new AbortController();
	const waiting = nodeType(async (context) => {
		const ended = new Promise<void>((resolve) => {
			context.getExecutionCancelSignal()?.addEventListener('abort', () => resolve());
		});
		stop.abort();
		await ended;
		return [[{ json: { ended: true } }]];
	});
	const result = await runWorkflow({
		nodes: [echoNode(), setNode('After', {})],
		nodeTypes: { probe: waiting },
		stop: stop.signal,
	});

	expect(result).toMatchObject({ status: 'canceled', finished: false, cancelled: true });
	expect(result.runData).not.toHaveProperty('After');
});

test('ends an execution that is over its time between two nodes', async () => {
	const result = await runWorkflow({
		nodes: [echoNode(), setNode('After', {})],
		nodeTypes: {
			probe: nodeType(async () => {
				await sleep(5);
				return [[{ json: {} }]];
			}),
		},
		executionTimeout: 5,
	});

	expect(result.cancelled).toBe(true);
	expect(result.runData).not.toHaveProperty('After');
});

test('follows the named connections and reports each node', async () => {
	const seen: string[] = [];
	await runWorkflow({
		nodes: [setNode('B', {}), setNode('A', {})],
		connections: { A: [['B']] },
		startNode: 'A',
		beforeNode: (name) => seen.push(`before ${name}`),
		afterNode: (name) => seen.push(`after ${name}`),
	});

	expect(seen.slice(2)).toEqual(['before A', 'after A', 'before B', 'after B']);
});

test('keeps the hints and the messages of a node', async () => {
	const chatty = nodeType(async (context) => {
		context.addExecutionHints({ message: 'Look here' });
		context.sendMessageToUI('progress');
		return [[]];
	});
	const result = await runWorkflow({ nodes: [echoNode()], nodeTypes: { probe: chatty } });

	expect(result.hints()).toEqual([{ message: 'Look here' }]);
	expect(result.hints('Input')).toEqual([]);
	expect(result.messages).toMatchObject([{ messages: ['progress'] }]);
});

const requester = nodeType(
	async (context) => {
		const response = await context.helpers.httpRequestWithAuthentication.call(context, 'probeApi', {
			url: `${baseUrl}/leads`,
		});
		return [[{ json: response }]];
	},
	{ credentials: [{ name: 'probeApi', required: true }] },
);

test('authenticates real requests with the credential class', async () => {
	const result = await runWorkflow({
		nodes: [echoNode()],
		nodeTypes: { probe: requester },
		credentials: [credential()],
	});

	expect(result.json('Probe')).toEqual([{ path: '/leads' }]);
	expect(authorizations.at(-1)).toBe('Bearer key');
});

test('lets a node recognise the errors of n8n-core', async () => {
	const careful = nodeType(async (context) => {
		try {
			await requester.execute?.call(context);
			return [[]];
		} catch (error) {
			return [[{ json: { recognised: error instanceof NodeApiError } }]];
		}
	}, requester.description);
	const result = await runWorkflow({
		nodes: [echoNode()],
		nodeTypes: { probe: careful },
		credentials: [credential('wrong')],
	});

	expect(result.json('Probe')).toEqual([{ recognised: true }]);
});

test('sends the test request of a credential', async () => {
	expect(await testCredential(credential())).toEqual({
		status: 'OK',
		message: 'Connection successful!',
	});
	expect(await testCredential(credential('wrong'))).toEqual({
		status: 'Error',
		message: 'Wrong key',
	});
});

test('calls the methods that fill lists and mappers', async () => {
	const base = nodeType(async () => [[]], { credentials: [{ name: 'probeApi', required: true }] });
	const picker: INodeType = {
		...base,
		methods: {
			loadOptions: {
				async values() {
					const { apiKey } = await this.getCredentials('probeApi');
					return [{ name: String(apiKey), value: String(this.getCurrentNodeParameter('value')) }];
				},
			},
			listSearch: {
				async pages(filter, token) {
					return { results: [{ name: String(filter), value: String(token) }] };
				},
			},
			resourceMapping: {
				async fields() {
					return { fields: [] };
				},
			},
		},
	};
	const request = { nodeType: picker, parameters: { value: '7' }, credentials: [credential()] };

	expect(await loadOptions({ ...request, method: 'values' })).toEqual([
		{ name: 'key', value: '7' },
	]);
	expect(
		await listSearch({ ...request, method: 'pages', filter: 'a', paginationToken: '2' }),
	).toEqual({ results: [{ name: 'a', value: '2' }] });
	expect(await resourceMapping({ ...request, method: 'fields' })).toEqual({ fields: [] });
	await expect(loadOptions({ ...request, method: 'none' })).rejects.toThrow('no method "none"');
});
