import { importExample, exampleFiles, importWorkflow } from '../../test/n8n/examples.mts';
import {
	freePort,
	jsonOf,
	type N8n,
	owner,
	packPackage,
	startN8n,
	temporaryFolder,
} from '../../test/n8n/harness/index.mts';
import { problemsOfImport } from '../../test/n8n/importCheck.mts';
import { type Sandbox, startSandbox } from '../../test/sandbox/index.mts';
import { leadsFile, makeLeads } from '../make-leads.mts';
import { ensureN8n } from '../setup/n8n.mjs';
import { runStep, withProgress } from '../setup/progress.mjs';
import { root, toolEnv } from '../setup/root.mjs';
import { outcomeTable, requestTable } from './tables.mts';

/**
 * Starts everything, runs the import and shows it.
 * @returns the exit status, after the user has stopped it or, with `once`, after the import
 */
export async function start({ once }: { once: boolean }): Promise<number> {
	const { version } = await ensureN8n();
	await runStep('Building the package', 'npm', ['run', 'build'], { cwd: root, env: toolEnv });
	const packed = temporaryFolder('voiso-package');
	const tarball = await packPackage(packed.path);
	const sandbox = await startSandbox({ port: await freePort(4010) });
	try {
		const n8n = await withProgress(`Starting n8n ${version}`, () =>
			startN8n({ tarball, files: [leadsFile], port: 5678 }),
		);
		packed.remove();
		try {
			const ok = await importLeads(n8n, sandbox);
			if (!once) await untilStopped(n8n, sandbox);
			return ok ? 0 : 1;
		} finally {
			await n8n.close();
		}
	} finally {
		await sandbox.close();
	}
}

/** @returns whether the import went as it should */
async function importLeads({ client }: N8n, sandbox: Sandbox): Promise<boolean> {
	const credential = await client.createCredential({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
	});
	const workflows = new Map(
		await Promise.all(
			exampleFiles().map(
				async (file) => [file, await importExample(client, file, credential)] as const,
			),
		),
	);
	const workflow = workflows.get(importWorkflow);
	if (!workflow) throw new Error(`examples/${importWorkflow} is missing`);
	const execution = await withProgress('Importing examples/leads.csv into Spring Sale', () =>
		client.runToEnd(workflow),
	);
	const [campaign] = Object.values(sandbox.report().campaigns);
	if (execution.error || !campaign) {
		console.log(`✗ The import failed: ${execution.error?.message ?? 'no lead was sent'}`);
		if (execution.error?.description) console.log(execution.error.description);
		return false;
	}
	const outcomes = jsonOf(execution, 'Add to campaign');
	console.log(`\n${outcomeTable(outcomes)}\n\n${requestTable(campaign.leadRequests)}\n`);
	const problems = problemsOfImport(makeLeads(), outcomes, campaign);
	for (const problem of problems.slice(0, 20)) console.log(`✗ ${problem}`);
	if (problems.length > 20) console.log(`… and ${problems.length - 20} more`);
	if (problems.length === 0)
		console.log(
			`✓ Every lead came out once, and as the sandbox has it: ${campaign.leadsStored} stored, ${campaign.rejected.length} refused, no request too early or beside another.`,
		);
	return problems.length === 0;
}

async function untilStopped(n8n: N8n, sandbox: Sandbox): Promise<void> {
	console.log(`
The editor           ${n8n.url}
  e-mail             ${owner.email}
  password           ${owner.password}
Stand-in for Voiso   ${sandbox.url}
  what it has seen   ${sandbox.url}/_sandbox/report

Ctrl-C ends both and removes their data.`);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
			process.removeAllListeners(signal);
			process.on(signal, () => resolve());
		}
	});
	console.log('\nStopping…');
}
