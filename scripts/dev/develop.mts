import { watch } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleFiles, importExample } from '../../test/n8n/examples.mts';
import {
	codeNodes,
	freePort,
	owner,
	packPackage,
	startN8n,
	temporaryFolder,
} from '../../test/n8n/harness/index.mts';
import { startSandbox } from '../../test/sandbox/index.mts';
import { leadsFile } from '../make-leads.mts';
import { ensureN8n } from '../setup/n8n.mjs';
import { runStep, SetupError, withProgress } from '../setup/progress.mjs';
import { root, toolEnv } from '../setup/root.mjs';

const SOURCES = ['nodes', 'credentials', 'icons'];

/**
 * Runs n8n with the nodes and the sandbox until Ctrl-C. When a source file changes, the package is
 * bundled again and n8n loads it again; reload the editor's page to see a changed form.
 */
export async function develop(): Promise<void> {
	const { version } = await ensureN8n();
	await runStep('Building the package', 'npm', ['run', 'build'], { cwd: root, env: toolEnv });
	const packed = temporaryFolder('voiso-package');
	const tarball = await packPackage(packed.path);
	const sandbox = await startSandbox({ port: await freePort(4010) });
	const n8n = await withProgress(`Starting n8n ${version}`, () =>
		startN8n({
			tarball,
			files: [leadsFile],
			port: 5678,
			editor: true,
			env: { ...codeNodes, N8N_DEV_RELOAD: 'true' },
		}),
	);
	packed.remove();
	const credential = await n8n.client.createCredential({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
	});
	for (const file of exampleFiles()) await importExample(n8n.client, file, [credential]);

	const installed = join(n8n.folder, '.n8n/nodes/node_modules/n8n-nodes-voiso/dist');
	const load = async () => {
		await runStep('Loading the nodes again', 'gulp', ['ship'], { cwd: root, env: toolEnv });
		await cp(join(root, 'dist'), installed, { recursive: true });
	};
	const watchers = watchSources(() => load().catch(show));
	console.log(`
Editor    ${n8n.url}
  email     ${owner.email}
  password  ${owner.password}
Sandbox   ${sandbox.url}

Save a file in nodes/ or credentials/, then reload the editor's page. Ctrl-C ends everything.`);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
			process.removeAllListeners(signal);
			process.on(signal, () => resolve());
		}
	});
	for (const watcher of watchers) watcher.close();
	await n8n.close();
	await sandbox.close();
}

/** Calls `onChange` after files were saved; what is saved meanwhile makes it one more call. */
function watchSources(onChange: () => Promise<void>) {
	let state: 'idle' | 'busy' | 'changed' = 'idle';
	const run = async () => {
		if (state !== 'idle') {
			state = 'changed';
			return;
		}
		state = 'busy';
		await onChange();
		const again = (state as string) === 'changed';
		state = 'idle';
		if (again) await run();
	};
	return SOURCES.map((folder) => watch(join(root, folder), { recursive: true }, () => void run()));
}

/** A mistake in the code is shown, and the next save tries again. */
function show(error: unknown): void {
	const details = error instanceof SetupError ? (error.details ?? error.message) : String(error);
	console.error(details);
}
