/** Runs one contender once, in this process, and reports to the parent what it cost. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Job, WorkflowName } from '../contenders/job.mts';
import { useN8n } from '../contenders/n8nInstall.mts';
import type { ContenderWorkflow } from '../contenders/workflows.mts';
import { benchFile, benchLeads, isComplete, WARM_UP_CAMPAIGN } from '../leads.mts';
import { answer } from './answer.mts';
import { measure, type Measurement } from './measure.mts';

const job = JSON.parse(process.argv[2] ?? '') as Job;

/**
 * n8n starts once and then runs for weeks: what only the first imports pay is paid before, without
 * pauses. After one import V8 still compiles a good part of what it runs.
 */
const WARM_UPS = 3;
const warmUp: Job = { ...job, leads: job.warmUp, campaigns: [WARM_UP_CAMPAIGN], interval: 0 };

answer(job.contender === 'axios' ? await runScript() : await runInN8n(job.contender));

async function runScript(): Promise<Measurement> {
	const { axiosScript } = await import('../contenders/axiosScript.mts');
	for (let count = 0; count < WARM_UPS; count++) await axiosScript(warmUp, benchLeads(warmUp));
	await beginPace();
	const leads = benchLeads(job);
	return await measure(
		async () => await axiosScript(job, leads),
		(account) => account,
	);
}

/** From now on the sandbox wants its pauses. */
async function beginPace(): Promise<void> {
	const response = await fetch(`${job.url}/_sandbox/options`, {
		method: 'PATCH',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ minimumInterval: job.interval }),
	});
	if (!response.ok) throw new Error(await response.text());
}

/** How long an import of these leads pauses at least, in ms. */
function pausesOf({ leads, campaigns, interval }: Job): number {
	return interval * (Math.ceil(leads / campaigns.length / 1000) - 1);
}

async function runInN8n(name: WorkflowName): Promise<Measurement> {
	useN8n(job.n8nFolder);
	const { runWorkflow } = await import('../../../test/engine/harness/index.mts');
	const { accountOf, workflows } = await import('../contenders/workflows.mts');
	const run = async ({ options }: ContenderWorkflow, input: INodeExecutionData[]) =>
		await runWorkflow({ ...options, input, mode: 'trigger' });
	// Files are kept by the n8n that is measured.
	process.env['N8N_ENGINE_FOLDER'] = job.n8nFolder;
	const { fileItem, fileText } = await import('../../../test/engine/harness/binary.mts');
	const items = async (what: Job): Promise<INodeExecutionData[]> =>
		name === 'file'
			? [await fileItem(benchFile(what))]
			: benchLeads(what).map((json) => ({ json }));
	for (let count = 0; count < WARM_UPS; count++) {
		await run(workflows[name](warmUp), await items(warmUp));
	}
	await beginPace();
	const input = await items(job);
	const workflow = workflows[name](job);
	let results: INodeExecutionData | undefined;
	const measurement = await measure(
		async () => {
			const result = await run(workflow, input);
			[results] = result.items('Voiso Leads');
			// While an import waits for Voiso, V8 collects the garbage of all n8n, again and again.
			if (name === 'noOp') await sleep(pausesOf(job));
			return result;
		},
		({ error, json }) => {
			if (error) throw error;
			return accountOf(workflow.outcome, json);
		},
	);
	if (name !== 'file' || isComplete(await fileText(results), job)) return measurement;
	return { ...measurement, account: {} };
}
