import { exampleFiles, importExample, importWorkflow } from '../../test/n8n/examples.mts';
import {
	codeNodes,
	freePort,
	jsonOf,
	type N8n,
	owner,
	packPackage,
	type SavedWorkflow,
	startN8n,
	temporaryFolder,
} from '../../test/n8n/harness/index.mts';
import { problemsOfImport } from '../../test/n8n/importCheck.mts';
import { type Sandbox, startSandbox } from '../../test/sandbox/index.mts';
import { leadsFile, makeLeads } from '../make-leads.mts';
import { ensureN8n } from '../setup/n8n.mjs';
import { runStep, withProgress } from '../setup/progress.mjs';
import { root, toolEnv } from '../setup/root.mjs';
import { type CallResults, collectResults, dialAndCollect, problemsOfResults } from './results.mts';
import { callTable, requestTable, statusTable } from './tables.mts';

/** How many of the leads are called at once, and how fast. */
const CALLS = 60;
const CALLS_PER_SECOND = 20;

/** The secret of the sandbox's events. */
const SECRET = 'sandbox-webhook-secret';

/** Tag of the other examples. */
const TAG = 'example';

/**
 * Starts everything, runs the import, lets the sandbox dial, and shows the results of both.
 * @returns the exit status, after the user has stopped it or, with `once`, after that
 */
export async function start({ once }: { once: boolean }): Promise<number> {
	const { version } = await ensureN8n();
	await runStep('Building the package', 'npm', ['run', 'build'], { cwd: root, env: toolEnv });
	const packed = temporaryFolder('voiso-package');
	const tarball = await packPackage(packed.path);
	const sandbox = await startSandbox({ port: await freePort(4010), webhookSecret: SECRET });
	try {
		const n8n = await withProgress(`Starting n8n ${version}`, () =>
			startN8n({ tarball, files: [leadsFile], port: 5678, editor: true, env: codeNodes }),
		);
		packed.remove();
		try {
			const setUp = await createWorkflows(n8n, sandbox);
			const imported = await importLeads(n8n, sandbox, setUp);
			const ok = (await callLeads(sandbox, setUp.results)) && imported;
			if (!once) await untilStopped(n8n, sandbox, setUp);
			return ok ? 0 : 1;
		} finally {
			await n8n.close();
		}
	} finally {
		await sandbox.close();
	}
}

interface SetUp {
	/** The workflow that imports the leads; the first in n8n's list. */
	importer: SavedWorkflow;
	results: CallResults;
}

/** n8n lists the workflow first that was saved last. */
async function createWorkflows(n8n: N8n, sandbox: Sandbox): Promise<SetUp> {
	const { client } = n8n;
	const api = await client.createCredential({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
	});
	const webhook = await client.createCredential({
		name: 'Voiso Webhook API',
		type: 'voisoWebhookApi',
		data: { secret: SECRET },
	});
	const tag = await client.request<{ id: string }>('POST', '/tags', { name: TAG });
	for (const file of exampleFiles().filter((name) => name !== importWorkflow)) {
		await importExample(client, file, [api, webhook], [tag.id]);
	}
	const results = await collectResults(n8n, sandbox, webhook);
	const importer = await importExample(client, importWorkflow, [api]);
	return { importer, results };
}

/** @returns whether the import went as it should */
async function importLeads({ client }: N8n, sandbox: Sandbox, { importer }: SetUp) {
	const execution = await withProgress('Importing examples/leads.csv into Spring Sale', () =>
		client.runToEnd(importer),
	);
	const [campaign] = Object.values(sandbox.report().campaigns);
	if (execution.error || !campaign) {
		console.log(`✗ The import failed: ${execution.error?.message ?? 'no lead was sent'}`);
		if (execution.error?.description) console.log(execution.error.description);
		return false;
	}
	const leads = jsonOf(execution, 'Add to campaign');
	console.log(`\n${statusTable(leads)}\n\n${requestTable(campaign.leadRequests)}\n`);
	return report(
		problemsOfImport(makeLeads(), leads, campaign),
		`Every lead has one result, and the sandbox agrees: ${campaign.leadsStored} stored, ${campaign.rejected.length} rejected. No request was too early or overlapped another.`,
	);
}

/** @returns whether the results of the calls came back as they should */
async function callLeads(sandbox: Sandbox, results: CallResults): Promise<boolean> {
	const rows = await withProgress(
		`Calling ${CALLS} of them; the workflow "${results.workflow.name}" gets the results`,
		() => dialAndCollect(results, sandbox, { calls: CALLS, perSecond: CALLS_PER_SECOND }),
	);
	console.log(`\n${callTable(rows)}\n`);
	return report(
		problemsOfResults(rows, sandbox.calls()),
		'Every call is in the table of that workflow once, and the sandbox agrees.',
	);
}

/** @returns whether all is well */
function report(problems: string[], success: string): boolean {
	for (const problem of problems.slice(0, 20)) console.log(`✗ ${problem}`);
	if (problems.length > 20) console.log(`… and ${problems.length - 20} more`);
	if (problems.length === 0) console.log(`✓ ${success}`);
	return problems.length === 0;
}

async function untilStopped(
	{ url }: N8n,
	sandbox: Sandbox,
	{ importer, results }: SetUp,
): Promise<void> {
	// So that there is something to see.
	sandbox.options.dial = 1;
	console.log(`
Open in your browser
  The import     ${url}/workflow/${importer.id}
  The results    ${url}/workflow/${results.workflow.id}
    their table  ${url}${results.tablePath}
  The sandbox    ${sandbox.url}
Sign in to n8n with ${owner.email} and ${owner.password}
The other workflows are examples (tag "${TAG}"). The sandbox goes on calling, one lead a second.

Ctrl+C stops n8n and the sandbox and deletes their data.`);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
			process.removeAllListeners(signal);
			process.on(signal, () => resolve());
		}
	});
	console.log('\nStopping…');
}
