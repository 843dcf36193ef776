import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, type LeadRequest, type Sandbox, startSandbox } from '../sandbox/index.mts';
import { jsonOf, type N8n, type SavedCredential } from './harness/index.mts';
import { sharedN8n } from './harness/shared.mts';
import {
	createImport,
	expectAllDelivered,
	LEADS,
	newCampaign,
	reportOf,
	storedIn,
	tally,
} from './imports.mts';

const COUNT = 2500;
/** In seconds. */
const TEN_MINUTES = 600;

let sandbox: Sandbox;
let n8n: N8n;
/** Length of what n8n had printed for other files of tests. */
let earlierLogs: number;
let credential: SavedCredential;

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await sharedN8n();
	earlierLogs = n8n.logs().length;
	credential = await n8n.client.createCredential({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
	});
});

afterAll(async () => {
	await sandbox?.close();
});

const requestsOf = (campaign: number): LeadRequest[] =>
	reportOf(sandbox, campaign)?.leadRequests ?? [];

/** Waits for something that n8n or the sandbox shows. */
async function until(what: string, check: () => boolean): Promise<void> {
	const end = Date.now() + 60_000;
	while (!check()) {
		if (Date.now() > end) throw new Error(`It did not come to this: ${what}`);
		await sleep(20);
	}
}

/**
 * Waits until the node of a stopped execution has ended.
 * @returns ms from when n8n canceled the execution, by its log
 */
async function nodeEnded(campaign: number, execution: string): Promise<number> {
	const timeOf = (pattern: RegExp) => {
		const line = pattern.exec(n8n.logs().slice(earlierLogs))?.[0];
		return line === undefined ? Number.NaN : Date.parse(`1970-01-01T${line.slice(0, 12)}Z`);
	};
	const canceled = new RegExp(`^.*Execution cancelled .*"executionId": "${execution}"`, 'm');
	const ended = new RegExp(`^.* leads to campaign ${campaign}:\\s+the execution was canceled`, 'm');
	await until('the node has ended', () => ended.test(n8n.logs().slice(earlierLogs)));
	return timeOf(ended) - timeOf(canceled);
}

/** Runs the import again, as a user does after an interruption. */
async function importAll(campaign: number) {
	const before = storedIn(sandbox, campaign);
	const workflow = await createImport(n8n.client, { credential, campaign, count: COUNT });
	const execution = await n8n.client.runToEnd(workflow);
	expectAllDelivered(execution, { sandbox, campaign, count: COUNT, before });
}

interface Moment {
	moment: string;
	options?: Record<string, unknown>;
	fault?: Fault;
	/** Whether the execution is there. */
	isReached: (requests: LeadRequest[]) => boolean;
	/** How the last request of the stopped execution ends. */
	lastRequest: Partial<LeadRequest>;
}

const moments: Moment[] = [
	{
		moment: 'the wait between two batches',
		options: { minimumInterval: TEN_MINUTES },
		isReached: ([first]) => first?.status === 200,
		lastRequest: { status: 200, outcome: 'accepted' },
	},
	{
		moment: 'a request that has no answer yet',
		fault: { kind: 'hang', times: 1 },
		isReached: ({ length }) => length === 1,
		lastRequest: { status: null, outcome: 'fault' },
	},
	{
		moment: 'a request that was carried out and has no answer yet',
		fault: { kind: 'hang', when: 'after', times: 1 },
		isReached: ([first]) => (first?.processedAt ?? null) !== null,
		lastRequest: { status: null, outcome: 'accepted' },
	},
	{
		moment: 'the back-off after a rejection',
		options: { minimumInterval: TEN_MINUTES, maxWait: 86_400 },
		fault: { kind: 'status', status: 429, times: 1 },
		isReached: ([first]) => first?.status === 429,
		lastRequest: { status: 429, outcome: 'fault' },
	},
];

describe.concurrent('stopping an import', () => {
	test.each(moments)(
		'during $moment ends it, sends nothing more and frees the campaign',
		async ({ moment, options = {}, fault, isReached, lastRequest }) => {
			const campaign = newCampaign(sandbox);
			if (fault) sandbox.faults.add({ ...fault, path: `/campaigns/${campaign}/leads$` });
			const settings = { credential, campaign, count: COUNT, options };
			const workflow = await createImport(n8n.client, settings);
			const id = await n8n.client.runWorkflow(workflow);
			await until(moment, () => isReached(requestsOf(campaign)));

			await n8n.client.stopExecution(id);
			console.log(`Stop during ${moment}: ended after ${await nodeEnded(campaign, id)} ms`);
			expect(await n8n.client.waitForExecution(id)).toMatchObject({ status: 'canceled' });
			await until('the connection is closed', () => requestsOf(campaign)[0]?.end !== null);
			expect(requestsOf(campaign)).toMatchObject([lastRequest]);

			await importAll(campaign);
			// The three of the second execution: the first one has sent nothing meanwhile.
			expect(requestsOf(campaign)).toHaveLength(1 + 3);
			expect(reportOf(sandbox, campaign)).toMatchObject({ overlapped: 0, tooEarly: 0 });
		},
	);

	test('by n8n’s time limit ends it too', async () => {
		const campaign = newCampaign(sandbox);
		const workflow = await createImport(n8n.client, {
			credential,
			campaign,
			count: COUNT,
			options: { minimumInterval: TEN_MINUTES },
			settings: { executionTimeout: 10 },
		});
		const id = await n8n.client.runWorkflow(workflow);
		await until('the first batch is in', () => requestsOf(campaign)[0]?.status === 200);
		console.log(`Time limit: ended after ${await nodeEnded(campaign, id)} ms`);
		expect(await n8n.client.waitForExecution(id)).toMatchObject({ status: 'canceled' });
		expect(requestsOf(campaign)).toHaveLength(1);

		await importAll(campaign);
		expect(requestsOf(campaign)).toHaveLength(1 + 3);
	});
});

describe('an n8n that dies in the middle of an import', () => {
	test('has every lead in the campaign once when the workflow is run again', async () => {
		sandbox.options.processingTime = 2000;
		const campaign = newCampaign(sandbox);
		const workflow = await createImport(n8n.client, {
			credential,
			campaign,
			count: COUNT,
			options: { batchSize: 500 },
		});
		const id = await n8n.client.runWorkflow(workflow);
		await until('Voiso works on the third batch', () => requestsOf(campaign).length === 3);
		await n8n.kill();
		// Voiso goes on with what it has.
		await until('the third batch is in', () => reportOf(sandbox, campaign)?.leadsStored === 1500);
		sandbox.options.processingTime = 20;
		await n8n.restart();
		const crashed = await n8n.client.waitForExecution(id);
		expect(crashed).toMatchObject({ status: 'crashed', workflowId: workflow.id });
		expect(requestsOf(campaign)).toHaveLength(3);

		const before = storedIn(sandbox, campaign);
		const execution = await n8n.client.runToEnd(workflow);
		expectAllDelivered(execution, { sandbox, campaign, count: COUNT, before });
		expect(tally(jsonOf(execution, LEADS))).toEqual({ duplicate: 1500, created: 1000 });
		expect(reportOf(sandbox, campaign)).toMatchObject({ accepted: 3 + 5, overlapped: 0 });
	});
});
