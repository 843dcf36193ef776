import { createServer, type Server } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from '../engine/leads/selfSigned.mts';
import { type Sandbox, startSandbox } from '../sandbox/index.mts';
import { failuresThatEcho } from './failures.mts';
import {
	type Execution,
	freePort,
	type N8n,
	N8nRequestError,
	type SavedCredential,
	type WorkflowNode,
} from './harness/index.mts';
import { sharedN8n } from './harness/shared.mts';
import { coreNode, newCampaign, reportOf } from './imports.mts';
import { tracesOf } from './traces.mts';

const WRONG_KEY = 'wrong-key-of-the-security-test';
/** Something that has to be found, or the search is worth nothing. */
const LEAD_NAME = 'Name of the security test';

let sandbox: Sandbox;
let n8n: N8n;
let untrusted: Server;
let key: string;
/** All that n8n answered over its REST interface where a failure was expected. */
const answers: string[] = [];

beforeAll(async () => {
	sandbox = await startSandbox();
	key = sandbox.apiKey;
	n8n = await sharedN8n();
	untrusted = createServer(selfSigned(), (_request, response) => response.end('{}'));
	await new Promise<void>((resolve) => untrusted.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
	untrusted?.close();
	await sandbox?.close();
});

async function createCredential(data: Record<string, unknown>): Promise<SavedCredential> {
	return await n8n.client.createCredential({ name: 'Voiso API', type: 'voisoApi', data });
}

/** The nodes that talk to Voiso about one campaign, each by its own way. */
function nodesFor({ id, name, type }: SavedCredential, campaign: string): WorkflowNode[] {
	const node = (title: string, kind: string, parameters: Record<string, unknown>) => ({
		...coreNode(title, kind, 1, {
			campaign: { __rl: true, mode: 'id', value: campaign },
			...parameters,
		}),
		type: `n8n-nodes-voiso.${kind}`,
		credentials: { [type]: { id, name } },
	});
	const lead = { phone_number: '447700900123', name: LEAD_NAME };
	const leads = (operation: string) =>
		node(operation, 'voisoLeads', {
			operation,
			inputMode: 'json',
			leadsJson: JSON.stringify([lead]),
			options: { maxWait: 0 },
		});
	return [
		leads('add'),
		leads('update'),
		node('get', 'voisoCampaign', { resource: 'campaign', operation: 'get' }),
		node('pause', 'voisoCampaign', { resource: 'campaign', operation: 'pause' }),
	];
}

/** Starts nodes side by side, all from one item. */
async function begin(nodes: WorkflowNode[]): Promise<string> {
	const start = coreNode('Start', 'manualTrigger', 1);
	const targets = nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }));
	const workflow = await n8n.client.createWorkflow({
		name: 'Fails',
		nodes: [start, ...nodes],
		connections: { Start: { main: [targets] } },
	});
	return await n8n.client.runWorkflow(workflow);
}

async function run(nodes: WorkflowNode[]): Promise<Execution> {
	return await n8n.client.waitForExecution(await begin(nodes));
}

/**
 * Runs every node with its error as data, and the first one once more with its error as the end.
 * @returns the message with which that one ended; undefined when it did not fail
 */
async function failEverywhere(
	credential: SavedCredential,
	campaign: string,
): Promise<string | undefined> {
	const nodes = nodesFor(credential, campaign);
	const goOn = nodes.map((node, index) => ({
		...node,
		onError: index % 2 === 0 ? 'continueRegularOutput' : 'continueErrorOutput',
	}));
	const executions = [await run(goOn), await run(nodes.slice(0, 1))];
	for (const { raw } of executions) expect(raw).not.toContain(key);
	expect(Object.keys(executions[0]?.runs ?? {})).toHaveLength(1 + nodes.length);
	return executions[1]?.error?.message;
}

/** Does some work for each item, a few of them at a time. */
async function inTurns<Item, Result>(
	items: Item[],
	work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const rest = items.entries();
	const worker = async () => {
		for (const [index, item] of rest) results[index] = await work(item);
	};
	await Promise.all(Array.from({ length: 8 }, worker));
	return results;
}

describe('the API key, after', () => {
	test.concurrent(
		'answers of every kind, which hold it themselves, is in no execution',
		async () => {
			const credential = await createCredential({ clusterId: sandbox.url, apiKey: key });
			const failures = Object.entries(failuresThatEcho(key));
			const messages = await inTurns(failures, async ([, fault]) => {
				const campaign = newCampaign(sandbox);
				sandbox.faults.add({ ...fault, path: `/campaigns/${campaign}(/|$)` });
				return await failEverywhere(credential, String(campaign));
			});
			// These two say nothing against the request as a whole: the lead is rejected or unreported.
			const withoutError = failures.filter((_, index) => messages[index] === undefined);
			expect(withoutError.map(([name]) => name)).toEqual(['413', 'other JSON with status 200']);
			expect(sandbox.report().elsewhere).toEqual([]);
		},
	);

	// It waits for half a minute, so it runs beside the one above, which is about other campaigns.
	test.concurrent('calls without an answer is in no execution', async () => {
		const credential = await createCredential({ clusterId: sandbox.url, apiKey: key });
		const [stopped, slow] = [newCampaign(sandbox), newCampaign(sandbox)];
		for (const campaign of [stopped, slow])
			sandbox.faults.add({ kind: 'hang', path: `/campaigns/${campaign}(/|$)`, times: 1 });
		// A read is given up after 30 s and made again; a lead call would take two minutes.
		const [, , get] = nodesFor(credential, String(slow));
		const reading = await begin(get ? [get] : []);
		const [add] = nodesFor(credential, String(stopped));
		const adding = await begin(add ? [add] : []);
		await expect.poll(() => reportOf(sandbox, stopped)?.requests, { timeout: 30_000 }).toBe(1);
		await n8n.client.stopExecution(adding);
		const { status } = await n8n.client.waitForExecution(adding);
		expect(status).toBe('canceled');
		expect(await n8n.client.waitForExecution(reading)).toMatchObject({ status: 'success' });
	});

	test('credentials that cannot work is in no execution', async () => {
		const port = await freePort();
		const { host } = new URL(sandbox.url);
		const address = untrusted.address();
		const untrustedPort = typeof address === 'object' ? address?.port : undefined;
		const credentials = [
			{ clusterId: sandbox.url, apiKey: WRONG_KEY },
			{ clusterId: `http://127.0.0.1:${port}`, apiKey: key },
			{ clusterId: 'https://cc-nowhere.invalid', apiKey: key },
			{ clusterId: `https://${host}`, apiKey: key },
			{ clusterId: `https://127.0.0.1:${untrustedPort}`, apiKey: key },
			{ clusterId: 'http://cc-nowhere.invalid', apiKey: key },
			{ clusterId: `x@${host}`, apiKey: key },
			{ clusterId: sandbox.url, apiKey: `${key} ${key}` },
		];
		const messages = await inTurns(credentials, async (data) =>
			failEverywhere(await createCredential(data), '3'),
		);
		expect(messages).not.toContain(undefined);
	});

	test('tests of the credential is in no answer', async () => {
		const data = { clusterId: sandbox.url, apiKey: key };
		const saved = await createCredential(data);
		const passed: string[] = [];
		const check = async (failure: string, tested: typeof data) => {
			const answer = await n8n.client.testCredential(saved, tested);
			if (answer.status === 'OK') passed.push(failure);
			answers.push(JSON.stringify(answer));
		};
		for (const [failure, fault] of Object.entries(failuresThatEcho(key))) {
			sandbox.faults.add({ ...fault, path: '/campaigns$' });
			await check(failure, data);
			sandbox.faults.clear();
		}
		await check('wrong key', { ...data, apiKey: WRONG_KEY });
		await check('no server', { ...data, clusterId: `http://127.0.0.1:${await freePort()}` });
		await check('no TLS', { ...data, clusterId: `https://${new URL(sandbox.url).host}` });
		await check('no such host', { ...data, clusterId: 'https://cc-nowhere.invalid' });
		expect(passed).toEqual([]);
	});

	test('lists in the editor that cannot be read is in no answer', async () => {
		const { id, name } = await createCredential({ clusterId: sandbox.url, apiKey: key });
		const all = failuresThatEcho(key);
		// Passing faults are tried again for some seconds each, so one of them has to do.
		for (const kind of ['400', '401', '403', '404', '422', '500', 'a redirect to another host']) {
			const fault = all[kind];
			if (!fault) throw new Error(`There is no failure "${kind}"`);
			sandbox.faults.add({ ...fault, path: '/campaigns$' });
			const list = n8n.client.request('POST', '/dynamic-node-parameters/resource-locator-results', {
				path: 'campaign',
				methodName: 'campaignSearch',
				nodeTypeAndVersion: { name: 'n8n-nodes-voiso.voisoLeads', version: 1 },
				currentNodeParameters: {},
				credentials: { voisoApi: { id, name } },
			});
			const error: unknown = await list.catch((reason: unknown) => reason);
			expect(error).toBeInstanceOf(N8nRequestError);
			answers.push(String(error));
			sandbox.faults.clear();
		}
	});

	test('an HTTP Request node that takes the credential elsewhere is in no execution', async () => {
		const { id, name } = await createCredential({ clusterId: sandbox.url, apiKey: key });
		const { port } = new URL(sandbox.url);
		const execution = await run([
			{
				...coreNode('HTTP Request', 'httpRequest', 4.2, {
					url: `http://localhost:${port}/_sandbox/elsewhere`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'voisoApi',
				}),
				credentials: { voisoApi: { id, name } },
			},
		]);
		expect(execution).toMatchObject({ status: 'error' });
		expect(sandbox.report().elsewhere).toEqual([]);
	});

	test('all of this is in no answer, log, file or cell of the database', () => {
		expect(answers.filter((answer) => answer.includes(key))).toEqual([]);
		const traces = tracesOf([LEAD_NAME, "Can't add leads", key, WRONG_KEY], n8n);
		expect(traces[LEAD_NAME]).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/^file: .*database\.sqlite/),
				'database: execution_data.data',
			]),
		);
		expect(traces["Can't add leads"]).toEqual(
			expect.arrayContaining([expect.stringMatching(/^log: /)]),
		);
		expect({ key: traces[key], wrong: traces[WRONG_KEY] }).toEqual({ key: [], wrong: [] });
	});
});
