/** Runs one contender once, in this process, and reports to the parent what it cost. */
import type { Job, WorkflowName } from '../contenders/job.mts';
import { useN8n } from '../contenders/n8nInstall.mts';
import { type BenchLead, benchLeads, WARM_UP_CAMPAIGN } from '../leads.mts';
import { answer } from './answer.mts';
import { measure, type Measurement } from './measure.mts';

const job = JSON.parse(process.argv[2] ?? '') as Job;

/** n8n starts once and then runs for weeks: what only a first import pays is paid before. */
const warmUp: Job = { ...job, leads: 10, campaigns: [WARM_UP_CAMPAIGN] };

answer(job.contender === 'axios' ? await runScript() : await runInN8n(job.contender));

async function runScript(): Promise<Measurement> {
	const { axiosScript } = await import('../contenders/axiosScript.mts');
	await axiosScript(warmUp, benchLeads(warmUp));
	const leads = benchLeads(job);
	return await measure(
		async () => await axiosScript(job, leads),
		(account) => account,
	);
}

async function runInN8n(name: WorkflowName): Promise<Measurement> {
	useN8n(job.n8nFolder);
	const { runWorkflow } = await import('../../engine/harness/index.mts');
	const { accountOf, workflows } = await import('../contenders/workflows.mts');
	const run = async (what: Job, input: Array<{ json: BenchLead }>) =>
		await runWorkflow({ ...workflows[name](what).options, input, mode: 'trigger' });
	const items = (what: Job) => benchLeads(what).map((json) => ({ json }));
	await run(warmUp, items(warmUp));
	const input = items(job);
	return await measure(
		async () => await run(job, input),
		({ error, json }) => {
			if (error) throw error;
			return accountOf(workflows[name](job).outcome, json);
		},
	);
}
