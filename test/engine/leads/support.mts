import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import type { Sandbox } from '../../sandbox/index.mts';
import { runWorkflow, type RunOptions, type RunResult, type TestNode } from '../harness/index.mts';

/** What a test says of one import; all else is as a user finds it. */
export interface Import extends Partial<Omit<RunOptions, 'nodes'>> {
	sandbox: Sandbox;
	input: Array<INodeExecutionData | IDataObject>;
	/** Default: campaign 3, automatic mapping. */
	parameters?: INode['parameters'];
	options?: IDataObject;
	/** Other settings of the node: `onError`, `retryOnFail`, … */
	node?: Partial<INode>;
	/** Nodes behind it. */
	after?: TestNode[];
	apiKey?: string;
	clusterId?: string;
}

export const LEADS = 'Voiso Leads';

export const automatic = { mappingMode: 'autoMapInputData', value: null };

/** The resource locator's value for a campaign chosen by id, or by an expression. */
export const campaign = (value: string | number, mode = 'id') => ({ __rl: true, mode, value });

/** Runs Voiso Leads in the real engine against the sandbox. */
export async function importLeads({
	sandbox,
	parameters,
	options = {},
	node,
	after = [],
	apiKey = sandbox.apiKey,
	clusterId = sandbox.url,
	...run
}: Import): Promise<RunResult> {
	return await runWorkflow({
		nodes: [
			{
				name: LEADS,
				type: 'voisoLeads',
				parameters: {
					operation: 'add',
					leadSource: 'items',
					campaign: campaign(3),
					columns: automatic,
					...parameters,
					options,
				},
				...node,
			},
			...after,
		],
		nodeTypes: { voisoLeads: new VoisoLeads() },
		credentials: [{ type: new VoisoApi(), data: { clusterId, apiKey } }],
		...run,
	});
}

/** Made-up people with numbers that no network uses: 1 555 01… */
export function people(count: number, from = 0): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		phone_number: String(15_550_000_000 + from + index),
		name: `Person ${from + index}`,
	}));
}

/** How many items have each status. */
export function countStatuses(items: INodeExecutionData[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of items) {
		const status = String(json.status ?? 'error');
		counts[status] = (counts[status] ?? 0) + 1;
	}
	return counts;
}
