import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	NodeParameterValueType,
} from 'n8n-workflow';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import {
	startSandbox,
	type CampaignReport,
	type Fault,
	type NewCampaign,
	type Sandbox,
	type SandboxOptions,
} from '../../sandbox/index.mts';
import {
	runWorkflow,
	setNode,
	type RunOptions,
	type RunResult,
	type TestConnections,
	type TestNode,
} from '../harness/index.mts';

/** What a test says of one import; all else is as a user finds it. */
export interface Import extends Partial<Omit<RunOptions, 'nodes'>> {
	sandbox: Pick<Sandbox, 'apiKey' | 'url'>;
	input: Array<INodeExecutionData | IDataObject>;
	/** Default: campaign 3, automatic mapping. */
	parameters?: INodeParameters;
	options?: INodeParameters;
	/** Other settings of the node: `onError`, `retryOnFail`, … */
	node?: Partial<INode>;
	/** Nodes behind it. */
	after?: TestNode[];
	apiKey?: string;
	clusterId?: string;
}

export const LEADS = 'Voiso Leads';

export const automatic: NodeParameterValueType = { mappingMode: 'autoMapInputData', value: null };

/** The columns of the mapper, filled in by hand. */
export const byHand = (value: INodeParameters): NodeParameterValueType =>
	({ mappingMode: 'defineBelow', value }) as NodeParameterValueType;

/** The resource locator's value for a campaign chosen by id, or by an expression. */
export const campaign = (value: string | number, mode = 'id'): NodeParameterValueType => ({
	__rl: true,
	mode,
	value,
});

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
					inputMode: 'items',
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

/** A sandbox without pauses, for everything that is not about pace. */
export const startQuickSandbox = async (options: Partial<SandboxOptions> = {}) =>
	await startSandbox({ minimumInterval: 0, processingTime: 0, ...options });

/** Options of the node to match. */
export const quick: INodeParameters = { minimumInterval: 0 };

/** A campaign of its own, so that tests that run side by side keep apart. */
export function newCampaign(sandbox: Sandbox, fields: Partial<NewCampaign> = {}): number {
	const [added] = sandbox.addCampaigns({ name: 'Test', ...fields });
	if (added === undefined) throw new Error('No campaign was added');
	return Number(added.id);
}

/** Lets something go wrong with the lead requests of one campaign. */
export function strike(sandbox: Sandbox, id: number, fault: Fault): void {
	sandbox.faults.add({ path: `/campaigns/${id}/leads$`, ...fault });
}

/** What the sandbox saw of a campaign; its leads only when there were requests. */
export function reportOf(sandbox: Sandbox, id: number): CampaignReport {
	const report = sandbox.report().campaigns[id];
	if (report === undefined) throw new Error(`There was no lead request for campaign ${id}`);
	return report;
}

/** The numbers that are in a campaign now. */
export const storedNumbers = (sandbox: Sandbox, id: number): string[] =>
	Object.keys(sandbox.state().leads[id] ?? {});

/** Puts leads into a campaign by the API itself. */
export async function store(sandbox: Sandbox, id: number, leads: IDataObject[]): Promise<void> {
	const answer = await fetch(`${sandbox.url}/api/v4/campaigns/${id}/leads`, {
		method: 'POST',
		headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify(leads.map(({ index, ...lead }) => lead)),
	});
	if (!answer.ok) throw new Error(`The leads were not stored: ${answer.status}`);
}

export const GOOD = 'Good';
export const FAILED = 'Failed';

/** A node behind each output, which follows the pairing back to the input item's `index`. */
export const behindBothOutputs: { after: TestNode[]; connections: TestConnections } = {
	after: [GOOD, FAILED].map((name) =>
		setNode(name, {
			index: "={{ $('Input').item.json.index }}",
			phone: "={{ $('Input').item.json.phone_number }}",
			status: '={{ $json.status }}',
			error: '={{ $json.error }}',
		}),
	),
	connections: { [LEADS]: [[GOOD], [FAILED]] },
};

/** Made-up people with numbers that no network uses: 1 555 01… */
export function people(count: number, from = 0): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		phone_number: String(15_550_000_000 + from + index),
		name: `Person ${from + index}`,
		index,
	}));
}

/** The number of the person at a place of {@link people}. */
export const phone = (place: number): string => String(15_550_000_000 + place);

/** One lead for each of five outcomes of an import. */
export const mixed: IDataObject[] = [
	{ phone_number: phone(0), name: 'Created' },
	{ phone_number: phone(1), name: 'Duplicate' },
	{ phone_number: '979123456789', name: 'Rejected' },
	{ phone_number: 'none', name: 'Invalid' },
	{ phone_number: phone(0), name: 'Repeated' },
].map((lead, index) => ({ ...lead, index }));

/** How many items have each status. */
export function countStatuses(items: INodeExecutionData[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of items) {
		const status = String(json.status ?? 'error');
		counts[status] = (counts[status] ?? 0) + 1;
	}
	return counts;
}
