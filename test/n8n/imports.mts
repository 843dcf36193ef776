import type { IDataObject } from 'n8n-workflow';
import { expect } from 'vitest';
import type { CampaignReport, Sandbox } from '../sandbox/index.mts';
import {
	type Execution,
	jsonOf,
	type N8nClient,
	type SavedCredential,
	type SavedWorkflow,
	type WorkflowNode,
} from './harness/index.mts';

/** The node of the workflows below whose outcomes matter. */
export const LEADS = 'Voiso Leads';

/** The number of the lead with that index; valid ones of the United Kingdom. */
export const phone = (index: number): string => String(447700000000 + index);

/**
 * The trigger's parameter for a poll every ten seconds: n8n takes no more than one a minute in an entry, and
 * any number of entries.
 */
export const pollTimes = {
	item: [0, 10, 20, 30, 40, 50].map((second) => ({
		mode: 'custom',
		cronExpression: `${second} * * * * *`,
	})),
};

export interface ImportSettings {
	credential: SavedCredential;
	/** Its id, or an expression that gives it. */
	campaign: number | string;
	/** How many leads. */
	count: number;
	/** Index of the first lead, or an expression that gives it; 0 when not given. */
	from?: number | string;
	/** Path of the webhook that starts it; without one it is started as by the editor's button. */
	webhook?: string;
	/** Options of Voiso Leads. */
	options?: Record<string, unknown>;
	/** Settings of the workflow. */
	settings?: Record<string, unknown>;
	/** Other fields of the Voiso Leads node, such as `onError`. */
	node?: Partial<WorkflowNode>;
}

/** A workflow that makes leads, one item each, and adds them to a campaign. */
export async function createImport(
	client: N8nClient,
	{ credential, campaign, count, from = 0, webhook, options = {}, settings, node }: ImportSettings,
): Promise<SavedWorkflow> {
	const { id, name, type } = credential;
	const leads = `Array.from({ length: ${count} }, (_, index) => ({ phone_number: String(${phone(0)} + ${from} + index), name: 'Lead ' + index }))`;
	const nodes: WorkflowNode[] = [
		webhook === undefined
			? coreNode('Start', 'manualTrigger', 1)
			: {
					...coreNode('Start', 'webhook', 2, { path: webhook, httpMethod: 'POST' }),
					webhookId: webhook,
				},
		coreNode('List', 'set', 3.4, { mode: 'raw', jsonOutput: `={{ { leads: ${leads} } }}` }),
		coreNode('Items', 'splitOut', 1, { fieldToSplitOut: 'leads', options: {} }),
		{
			...coreNode(LEADS, 'voisoLeads', 1),
			type: 'n8n-nodes-voiso.voisoLeads',
			parameters: {
				operation: 'add',
				inputMode: 'items',
				campaign: { __rl: true, mode: 'id', value: String(campaign) },
				columns: { mappingMode: 'autoMapInputData', value: null },
				options,
			},
			credentials: { [type]: { id, name } },
			...node,
		},
	];
	return await client.createWorkflow({
		name: `Import of ${count} leads`,
		nodes,
		connections: inARow(nodes),
		...(settings ? { settings } : {}),
	});
}

/** A node of n8n's own. */
export function coreNode(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown> = {},
): WorkflowNode {
	return {
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		parameters,
		position: [0, 0],
	};
}

/** The connections from each node to the next. */
export function inARow(nodes: readonly WorkflowNode[]): Record<string, unknown> {
	return Object.fromEntries(
		nodes.slice(1).map(({ name: node }, index) => {
			const from = nodes[index]?.name ?? '';
			return [from, { main: [[{ node, type: 'main', index: 0 }]] }];
		}),
	);
}

/** Leads by their status. */
export function tally(outcomes: readonly IDataObject[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { status } of outcomes) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
	return counts;
}

/** A live campaign of the test's own. */
export function newCampaign(sandbox: Sandbox): number {
	const [added] = sandbox.addCampaigns({ name: 'Test' });
	if (!added) throw new Error('No campaign was added');
	return Number(added.id);
}

/** What the sandbox saw of a campaign, without its leads; undefined before the first lead request. */
export function reportOf(sandbox: Sandbox, campaign: number): CampaignReport | undefined {
	return sandbox.report({ leads: false }).campaigns[campaign];
}

/** The numbers that are in a campaign now. */
export function storedIn(sandbox: Sandbox, campaign: number): string[] {
	return Object.keys(sandbox.state().leads[campaign] ?? {});
}

/** Expects every lead of the workflow once in the campaign, and outcomes that say which were new. */
export function expectAllDelivered(
	execution: Execution,
	{ sandbox, campaign, count, before }: DeliveryToCheck,
): void {
	expect(execution.error).toBeUndefined();
	expect(execution.status).toBe('success');
	const numbers = Array.from({ length: count }, (_, index) => phone(index));
	const wasThere = new Set(before);
	expect(
		jsonOf(execution, LEADS).map(({ phone_number, status }) => [phone_number, status]),
	).toEqual(numbers.map((number) => [number, wasThere.has(number) ? 'duplicate' : 'created']));
	expect(storedIn(sandbox, campaign).toSorted()).toEqual(numbers);
}

interface DeliveryToCheck {
	sandbox: Sandbox;
	campaign: number;
	count: number;
	/** Numbers that were in the campaign when the execution started. */
	before: readonly string[];
}
