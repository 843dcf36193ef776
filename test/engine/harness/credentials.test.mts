import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	inlineNodeType,
	listSearch,
	loadOptions,
	resourceMapping,
	runWorkflow,
	testCredential,
} from './index.mts';

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
};
const credential = (apiKey = 'key') => ({ type: bearer, data: { apiKey, url: baseUrl } });

const requester = inlineNodeType(
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
		nodes: [{ name: 'Probe', type: 'probe' }],
		nodeTypes: { probe: requester },
		credentials: [credential()],
	});

	expect(result.json('Probe')).toEqual([{ path: '/leads' }]);
	expect(authorizations.at(-1)).toBe('Bearer key');
});

test('lets a node recognize the errors of n8n-core', async () => {
	const careful = inlineNodeType(async (context) => {
		try {
			await requester.execute?.call(context);
			return [[]];
		} catch (error) {
			return [[{ json: { recognized: error instanceof NodeApiError } }]];
		}
	}, requester.description);
	const result = await runWorkflow({
		nodes: [{ name: 'Probe', type: 'probe' }],
		nodeTypes: { probe: careful },
		credentials: [credential('wrong')],
	});

	expect(result.json('Probe')).toEqual([{ recognized: true }]);
});

test('tests a credential with the function of a node', async () => {
	const node: INodeType = {
		...inlineNodeType(async () => [[]], {
			credentials: [{ name: 'probeApi', testedBy: 'probeTest' }],
		}),
		methods: {
			credentialTest: {
				async probeTest({ data = {} }) {
					const headers = { authorization: `Bearer ${String(data.apiKey)}` };
					const body: unknown = await this.helpers.request({
						uri: baseUrl,
						headers,
						simple: false,
					});
					return { status: 'OK', message: String(body) };
				},
			},
		},
	};
	expect(await testCredential(node, 'probeApi', { apiKey: 'key' })).toEqual({
		status: 'OK',
		message: '{"path":"/"}',
	});
	expect(authorizations.at(-1)).toBe('Bearer key');
});

test('calls the methods that fill lists and mappers', async () => {
	const base = inlineNodeType(async () => [[]], {
		credentials: [{ name: 'probeApi', required: true }],
	});
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
