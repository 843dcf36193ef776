import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/index.mts';
import { isFinished, itemsOf, type SavedCredential, type SavedWorkflow } from './harness/index.mts';
import { type N8nQueue, startQueue } from './harness/queue.mts';
import {
	createImport,
	expectAllDelivered,
	LEADS,
	newCampaign,
	phone,
	reportOf,
	storedIn,
	tally,
} from './imports.mts';

const EXECUTIONS = 4;
const LEADS_EACH = 3000;
const BATCHES = (EXECUTIONS * LEADS_EACH) / 1000;

let sandbox: Sandbox;
let queue: N8nQueue;
let credential: SavedCredential;
let workflow: SavedWorkflow;

beforeAll(async () => {
	sandbox = await startSandbox();
	queue = await startQueue({ tarball: inject('tarball'), workers: 2, concurrency: 2 });
	const { client } = queue.main;
	credential = await client.createCredential({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
	});
	workflow = await createImport(client, {
		credential,
		webhook: 'import',
		campaign: "={{ $('Start').first().json.body.campaign }}",
		count: LEADS_EACH,
		from: "$('Start').first().json.body.from",
	});
	await client.activateWorkflow(workflow);
});

afterAll(async () => {
	await queue?.close();
	await sandbox?.close();
});

/** Starts an execution by the workflow's webhook. */
async function startImport(campaign: number, from: number): Promise<void> {
	const response = await fetch(`${queue.main.url}/webhook/import`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ campaign, from }),
	});
	expect(response.status).toBe(200);
}

/** Starts the executions at once and waits for their ends. */
async function importAtOnce(campaign: number) {
	const { client } = queue.main;
	const startAll = async () =>
		await Promise.all(
			Array.from({ length: EXECUTIONS }, (_, index) => startImport(campaign, index * LEADS_EACH)),
		);
	const own = await client.executionsStartedBy(workflow.id, startAll, EXECUTIONS);
	expect(own).toHaveLength(EXECUTIONS);
	return await Promise.all(own.map((id) => client.waitUntil(id, isFinished, 170_000)));
}

/** How many executions of the workflow a worker has taken, by its log. */
const takenBy = (index: number): number =>
	queue.workers[index]?.logs().match(/Worker started execution/g)?.length ?? 0;

const readings: { reading: string; options: Partial<SandboxOptions> }[] = [
	{ reading: 'is done with its answer', options: {} },
	{ reading: 'outlasts its answer', options: { processingOutlasts: 1500 } },
];

describe('n8n in queue mode with two workers', () => {
	test.each(readings)(
		'delivers four imports into one campaign at once, when processing $reading',
		async ({ reading, options }) => {
			Object.assign(sandbox.options, { processingOutlasts: 0, ...options });
			const campaign = newCampaign(sandbox);
			const before = [0, 1].map(takenBy);
			const executions = await importAtOnce(campaign);

			expect(executions.map(({ error, status }) => error ?? status)).toEqual(
				Array(EXECUTIONS).fill('success'),
			);
			for (const execution of executions)
				expect(tally(itemsOf(execution, LEADS).map(({ json }) => json))).toEqual({
					created: LEADS_EACH,
				});
			const all = Array.from({ length: EXECUTIONS * LEADS_EACH }, (_, index) => phone(index));
			expect(storedIn(sandbox, campaign).toSorted()).toEqual(all);
			expect([0, 1].map((index) => takenBy(index) - (before[index] ?? 0))).toEqual([2, 2]);

			const report = reportOf(sandbox, campaign);
			expect(report).toMatchObject({ accepted: BATCHES });
			const { minimumInterval, processingTime, processingOutlasts } = sandbox.options;
			const requests = report?.leadRequests ?? [];
			const start = requests[0]?.start ?? Number.NaN;
			const seconds = ((requests.at(-1)?.end ?? Number.NaN) - start) / 1000;
			const ideal =
				((BATCHES - 1) * (minimumInterval + processingOutlasts) + BATCHES * processingTime) / 1000;
			console.log(
				`Processing ${reading}: ${BATCHES} batches in ${seconds.toFixed(1)} s (ideal ${ideal.toFixed(1)} s), ${report?.busy} rejected attempts:`,
				requests
					.map((r) => `${((r.start - start) / 1000).toFixed(2)}${r.outcome === 'busy' ? 'x' : ''}`)
					.join(' '),
			);
		},
	);

	test('a manual run is a worker’s, too', async () => {
		Object.assign(sandbox.options, { processingOutlasts: 0 });
		const { client } = queue.main;
		const campaign = newCampaign(sandbox);
		const before = [0, 1].map(takenBy);
		const manual = await createImport(client, { credential, campaign, count: 2500 });
		const execution = await client.runToEnd(manual);

		expectAllDelivered(execution, { sandbox, campaign, count: 2500, before: [] });
		expect(reportOf(sandbox, campaign)).toMatchObject({ requests: 3, busy: 0, tooEarly: 0 });
		const taken = [0, 1].map((index) => takenBy(index) - (before[index] ?? 0));
		expect(taken.toSorted()).toEqual([0, 1]);
	});

	test('stops an import that a worker runs', async () => {
		Object.assign(sandbox.options, { processingOutlasts: 0 });
		const { client } = queue.main;
		const campaign = newCampaign(sandbox);
		// Voiso asks to wait for longer than the test lasts.
		const path = `/campaigns/${campaign}/leads$`;
		const headers = { 'retry-after': '250' };
		sandbox.faults.add({ kind: 'status', status: 429, headers, path });
		const start = async () => await startImport(campaign, 0);
		const [running = ''] = await client.executionsStartedBy(workflow.id, start);
		await expect.poll(() => reportOf(sandbox, campaign)?.requests, { timeout: 60_000 }).toBe(1);
		await client.stopExecution(running);
		const canceled = new RegExp(`leads to campaign ${campaign}:\\s+the execution was canceled`);
		const isCanceled = () => queue.workers.some((worker) => canceled.test(worker.logs()));
		await expect.poll(isCanceled, { timeout: 60_000 }).toBe(true);
		expect(await client.waitForExecution(running)).toMatchObject({ status: 'canceled' });
		expect(reportOf(sandbox, campaign)).toMatchObject({ requests: 1, leadsStored: 0 });
	});
});
