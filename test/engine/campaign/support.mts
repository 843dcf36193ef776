import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { onTestFinished } from 'vitest';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { VoisoCampaign } from '../../../nodes/VoisoCampaign/VoisoCampaign.node.ts';
import type { NewCampaign, Sandbox } from '../../sandbox/index.mts';
import { runWorkflow, type RunOptions, type RunResult, type TestNode } from '../harness/index.mts';

export const TYPE = 'n8n-nodes-voiso.voisoCampaign';
/** The type that n8n makes of the node for AI agents. */
export const TOOL_TYPE = `${TYPE}Tool`;
export const nodeTypes = { [TYPE]: new VoisoCampaign(), [TOOL_TYPE]: new VoisoCampaign() };

/** A campaign by its ID, as the editor stores it. */
export function byId(value: number | string) {
	return { __rl: true, mode: 'id', value };
}

export function byName(value: string) {
	return { __rl: true, mode: 'name', value };
}

export interface Run extends Omit<RunOptions, 'nodes' | 'nodeTypes' | 'credentials'> {
	apiKey?: string;
	clusterId?: string;
	/** Settings of the node beside its parameters, such as `onError`. */
	node?: Partial<TestNode>;
	/** Nodes behind the node under test, which is called *Voiso*. */
	behind?: TestNode[];
}

/** Where a credential leads to, and with which key. */
type Cluster = Pick<Sandbox, 'url' | 'apiKey'>;

export function credentialFor(sandbox: Cluster, apiKey = sandbox.apiKey, clusterId = sandbox.url) {
	return { type: new VoisoApi(), data: { clusterId, apiKey } };
}

/** Runs the node with these parameters. */
export async function run(
	sandbox: Cluster,
	parameters: INodeParameters,
	{ apiKey, clusterId, node, behind = [], ...options }: Run = {},
): Promise<RunResult> {
	return await runWorkflow({
		...options,
		nodes: [{ name: 'Voiso', type: TYPE, parameters, ...node }, ...behind],
		nodeTypes,
		credentials: [credentialFor(sandbox, apiKey, clusterId)],
	});
}

/** The JSON of the node's output, and the input item that each comes from. */
export function outputOf(result: RunResult, output = 0): Array<IDataObject & { item: number }> {
	return result
		.items('Voiso', output)
		.map(({ json, pairedItem }) => ({ ...json, item: itemOf(pairedItem) }));
}

function itemOf(pairedItem: INodeExecutionData['pairedItem']): number {
	if (typeof pairedItem === 'object' && !Array.isArray(pairedItem)) return pairedItem.item;
	throw new Error('An output item is not paired with exactly one input item');
}

/** `count` campaigns with IDs from 1001, named `Campaign 1001` and so on. */
export function manyCampaigns(count: number): NewCampaign[] {
	return Array.from({ length: count }, (_, index) => ({ id: 1001 + index }));
}

/**
 * Stands in front of a sandbox and lets something happen before each request is passed on.
 *
 * @returns what a credential takes as cluster ID
 */
export async function relayTo(
	sandbox: Sandbox,
	before: (request: { method: string; url: string }, index: number) => void,
): Promise<string> {
	let requests = 0;
	const server = createServer((request, response) => {
		const { method = 'GET', url = '/' } = request;
		before({ method, url }, requests++);
		const onwards = new URL(url, sandbox.url);
		const passedOn = forward(onwards, { method, headers: request.headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		passedOn.on('error', () => response.destroy());
		request.pipe(passedOn);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
