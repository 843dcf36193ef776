import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ICredentialType, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';
import {
	inlineNodeType,
	type RunOptions,
	type TestNode,
} from '../../../test/engine/harness/index.mts';
import type { Account, Job, WorkflowName } from './job.mts';
import { bodies, fieldsFor, mappings } from './mapping.mts';
import { ownNode } from './n8nInstall.mts';

/** A contender that runs in n8n's engine. */
export interface ContenderWorkflow {
	options: Omit<RunOptions, 'input'>;
	/** The node whose first output has the results of the leads, and how to read it. */
	outcome?: { node: string; countsOf: (json: object) => Account };
}

const require = createRequire(import.meta.url);
const { VoisoLeads } = require('../../../dist/nodes/VoisoLeads/VoisoLeads.node.js') as {
	VoisoLeads: new () => INodeType;
};
const { VoisoApi } = require('../../../dist/credentials/VoisoApi.credentials.js') as {
	VoisoApi: new () => ICredentialType;
};

const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

/** What users choose for an API that n8n has no credential for. */
const headerAuth: ICredentialType = {
	name: 'httpHeaderAuth',
	displayName: 'Header Auth',
	properties: [],
};

export const workflows: Record<WorkflowName, (job: Job) => ContenderWorkflow> = {
	mapped: (job) => voisoLeads(job, { mappingMode: 'defineBelow', value: mappings.plain }),
	computed: (job) => voisoLeads(job, { mappingMode: 'defineBelow', value: mappings.computed }),
	automatic: (job) => voisoLeads(job, { mappingMode: 'autoMapInputData', value: null }),
	file,
	loop: (job) => loop(job, 'plain'),
	loopComputed: (job) => loop(job, 'computed'),
	perItem,
	bare,
	noOp: ({ n8nFolder }) => ({
		options: {
			nodes: [{ name: 'No Operation', type: 'noOp' }],
			nodeTypes: { noOp: ownNode(n8nFolder, 'noOp') },
		},
	}),
};

function voisoLeads(
	{ url, apiKey, campaigns, interval }: Job,
	columns: INodeParameters,
): ContenderWorkflow {
	const [first, ...more] = campaigns;
	const value = more.length === 0 ? String(first) : '={{ $json.campaign }}';
	const parameters = {
		operation: 'add',
		campaign: { __rl: true, mode: 'id', value },
		columns,
		options: { minimumInterval: interval / 1000 },
	};
	return {
		options: {
			nodes: [{ name: 'Voiso Leads', type: 'voisoLeads', parameters }],
			nodeTypes: { voisoLeads: new VoisoLeads() },
			credentials: [{ type: new VoisoApi(), data: { clusterId: url, apiKey } }],
		},
		outcome: {
			node: 'Voiso Leads',
			countsOf: (json) => ({ ['status' in json ? String(json.status) : 'failed']: 1 }),
		},
	};
}

/** The leads of one file, whose item says how many have each status. */
function file(job: Job): ContenderWorkflow {
	const workflow = voisoLeads(job, {});
	for (const { parameters } of workflow.options.nodes) {
		Object.assign(parameters ?? {}, { inputMode: 'file', campaignFrom: 'selected' });
	}
	const statuses = ['created', 'duplicate', 'rejected', 'invalid', 'repeated', 'failed'];
	const countsOf = (json: object): Account =>
		Object.fromEntries(
			Object.entries(json).filter(([name, leads]) => statuses.includes(name) && leads > 0),
		);
	return { ...workflow, outcome: { node: 'Voiso Leads', countsOf } };
}

function httpRequest({ url, apiKey }: Job, campaign: string, jsonBody: string) {
	const node: TestNode = {
		name: 'HTTP Request',
		type: HTTP_REQUEST,
		parameters: {
			method: 'POST',
			url: `=${url}/api/v4/campaigns/{{ ${campaign} }}/leads`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			specifyBody: 'json',
			jsonBody,
			options: {},
		},
		credentials: { httpHeaderAuth: { id: 'httpHeaderAuth', name: 'Header Auth' } },
	};
	const data = { name: 'Authorization', value: `Bearer ${apiKey}` };
	return { node, credentials: [{ type: headerAuth, data }] };
}

/**
 * What a skilled user builds from n8n's own nodes: batches of a thousand, the fields mapped for a whole
 * batch by one expression, one call per batch that is tried again, two seconds of waiting.
 */
function loop(job: Job, mapping: 'plain' | 'computed'): ContenderWorkflow {
	const { node, credentials } = httpRequest(job, '$json.leads[0].campaign', bodies[mapping]);
	const base = (name: string) => ownNode(job.n8nFolder, name);
	return {
		options: {
			nodes: [
				{ name: 'Loop', type: 'loop', parameters: { batchSize: 1000, options: {} } },
				{
					name: 'Aggregate',
					type: 'aggregate',
					parameters: {
						aggregate: 'aggregateAllItemData',
						destinationFieldName: 'leads',
						include: 'specifiedFields',
						fieldsToInclude: fieldsFor[mapping],
						options: {},
					},
				},
				{ ...node, retryOnFail: true, maxTries: 5, waitBetweenTries: 5000 },
				{
					name: 'Wait',
					type: 'wait',
					parameters: { resume: 'timeInterval', amount: job.interval / 1000, unit: 'seconds' },
				},
			],
			connections: {
				Loop: [[], ['Aggregate']],
				Aggregate: [['HTTP Request']],
				'HTTP Request': [['Wait']],
				Wait: [['Loop']],
			},
			nodeTypes: {
				loop: base('splitInBatches'),
				aggregate: base('aggregate'),
				wait: base('wait'),
				[HTTP_REQUEST]: base('httpRequest'),
			},
			credentials,
		},
	};
}

/** What people try first: n8n sends one request for each item, all at once. */
function perItem(job: Job): ContenderWorkflow {
	const { node, credentials } = httpRequest(job, '$json.campaign', bodies.one);
	return {
		options: {
			nodes: [{ ...node, onError: 'continueRegularOutput' }],
			nodeTypes: { [HTTP_REQUEST]: ownNode(job.n8nFolder, 'httpRequest') },
			credentials,
		},
		outcome: {
			node: 'HTTP Request',
			countsOf: (json) => ({ ['leads_import' in json ? 'answered' : 'failed']: 1 }),
		},
	};
}

/**
 * The least that a node for n8n can cost: ready-made bodies, sent one after the other by n8n's helper
 * for requests; nothing is read, mapped or matched.
 */
function bare({ url, apiKey, campaigns, interval, leads }: Job): ContenderWorkflow {
	const bodies = Array.from({ length: Math.ceil(leads / campaigns.length / 1000) }, (_, batch) =>
		Array.from({ length: 1000 }, (__, index) => ({
			phone_number: `447911${String(batch * 1000 + index).padStart(6, '0')}`,
			name: `First${index} Last${index}`,
			priority: 1,
			source: { system: 'CRM' },
		})),
	).map((body) => Buffer.from(JSON.stringify(body)));
	const sendAll = async (context: IExecuteFunctions, campaign: number) => {
		for (const [batch, body] of bodies.entries()) {
			if (batch > 0) await sleep(interval);
			await context.helpers.httpRequestWithAuthentication.call(context, 'voisoApi', {
				method: 'POST',
				url: `${url}/api/v4/campaigns/${campaign}/leads`,
				headers: { 'Content-Type': 'application/json' },
				body,
				encoding: 'text',
				returnFullResponse: true,
			});
		}
	};
	const sender = inlineNodeType(
		async (context) => {
			await Promise.all(campaigns.map(async (id) => await sendAll(context, id)));
			return [context.getInputData()];
		},
		{ credentials: [{ name: 'voisoApi', required: true }] },
	);
	return {
		options: {
			nodes: [{ name: 'Bare', type: 'bare', parameters: {} }],
			nodeTypes: { bare: sender },
			credentials: [{ type: new VoisoApi(), data: { clusterId: url, apiKey } }],
		},
	};
}

/** Counts the outcomes that the workflow's user sees. */
export function accountOf(
	outcome: ContenderWorkflow['outcome'],
	json: (node: string) => object[],
): Account {
	const account: Account = {};
	for (const item of outcome ? json(outcome.node) : []) {
		for (const [status, leads] of Object.entries(outcome?.countsOf(item) ?? {}))
			account[status] = (account[status] ?? 0) + leads;
	}
	return account;
}
