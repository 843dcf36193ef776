import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	NodeParameterValueType,
} from 'n8n-workflow';
import { afterAll, beforeEach, expect } from 'vitest';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import {
	startSandbox,
	type CampaignReport,
	type Fault,
	type NewCampaign,
	type Sandbox,
	type SandboxOptions,
	type SandboxState,
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
	input: Array<INodeExecutionData | IDataObject>;
	/** The campaign by its ID, or an expression. Default: 3. */
	to?: number | string;
	/** Default: automatic mapping. */
	parameters?: INodeParameters;
	options?: INodeParameters;
	/** Other settings of the node: `onError`, `retryOnFail`, … */
	node?: Partial<INode>;
	/** Nodes behind it. */
	after?: TestNode[];
	apiKey?: string;
	clusterId?: string;
}

export interface ImportResult extends RunResult {
	/** What comes out on the first output. */
	results: IDataObject[];
	/** The status of each. */
	statuses: unknown[];
	/** How many have each status. */
	counts: Record<string, number>;
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
	to = 3,
	parameters,
	options = {},
	node,
	after = [],
	apiKey = sandbox.apiKey,
	clusterId = sandbox.url,
	...run
}: Import & { sandbox: Pick<Sandbox, 'apiKey' | 'url'> }): Promise<ImportResult> {
	const result = await runWorkflow({
		nodes: [
			{
				name: LEADS,
				type: 'voisoLeads',
				parameters: {
					operation: 'add',
					inputMode: 'items',
					campaign: campaign(to),
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
	const results = result.json(LEADS);
	const statuses = results.map(({ status }) => status);
	const counts: Record<string, number> = {};
	for (const status of statuses) {
		const name = String(status ?? 'error');
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return { ...result, results, statuses, counts };
}

/** A sandbox, and what tests do with it. */
export interface TestVoiso extends AsyncDisposable {
	sandbox: Sandbox;
	/** Runs Voiso Leads with the interval of the sandbox. */
	importLeads(given: Import): Promise<ImportResult>;
	/** A campaign of its own, so that tests that run side by side keep apart. */
	newCampaign(fields?: Partial<NewCampaign>): number;
	/** Lets something go wrong with the lead requests of one campaign. */
	strike(id: number, fault: Fault): void;
	/** What the sandbox saw of a campaign that got lead requests. */
	reportOf(id: number): CampaignReport;
	/** The leads that are in a campaign now. */
	leadsOf(id?: number): Array<SandboxState['leads'][string][string]>;
	/** Their numbers. */
	storedNumbers(id: number): string[];
	/** Puts leads into a campaign by the API itself. */
	store(id: number, leads: IDataObject[]): Promise<void>;
	/** Whether no lead request was made. */
	expectUnasked(): void;
}

/** A sandbox for one test, without pauses unless the options say otherwise. */
export async function startVoiso(options: Partial<SandboxOptions> = {}): Promise<TestVoiso> {
	const sandbox = await startSandbox({ minimumInterval: 0, processingTime: 0, ...options });
	const stored = (id: number) => sandbox.state().leads[id] ?? {};
	return {
		sandbox,
		importLeads: async (given) => {
			const minimumInterval = sandbox.options.minimumInterval / 1000;
			return await importLeads({
				sandbox,
				...given,
				options: { minimumInterval, ...given.options },
			});
		},
		newCampaign: (fields = {}) => {
			const [added] = sandbox.addCampaigns({ name: 'Test', ...fields });
			if (added === undefined) throw new Error('No campaign was added');
			return Number(added.id);
		},
		strike: (id, fault) => sandbox.faults.add({ path: `/campaigns/${id}/leads$`, ...fault }),
		reportOf: (id) => {
			const report = sandbox.report().campaigns[id];
			if (report === undefined) throw new Error(`There was no lead request for campaign ${id}`);
			return report;
		},
		leadsOf: (id = 3) => Object.values(stored(id)),
		storedNumbers: (id) => Object.keys(stored(id)),
		store: async (id, leads) => {
			const answer = await fetch(`${sandbox.url}/api/v4/campaigns/${id}/leads`, {
				method: 'POST',
				headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
				body: JSON.stringify(leads.map(({ index, ...lead }) => lead)),
			});
			if (!answer.ok) throw new Error(`The leads were not stored: ${answer.status}`);
		},
		expectUnasked: () => expect(sandbox.report().totals.requests).toBe(0),
		[Symbol.asyncDispose]: async () => await sandbox.close(),
	};
}

/** A sandbox for the tests of a file, as new before each of them unless they run side by side. */
export async function voisoForTests({
	sideBySide = false,
	...options
}: Partial<SandboxOptions> & { sideBySide?: boolean } = {}): Promise<TestVoiso> {
	const voiso = await startVoiso(options);
	if (!sideBySide) beforeEach(() => voiso.sandbox.reset());
	afterAll(async () => await voiso.sandbox.close());
	return voiso;
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
