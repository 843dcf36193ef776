import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { leadsFile } from '../../scripts/make-leads.mts';
import { type Sandbox, startSandbox } from '../sandbox/index.mts';
import { importExample, importWorkflow } from './examples.mts';
import { itemsOf, type N8n, startN8n, temporaryFolder } from './harness/index.mts';
import { type NpmRegistry, startNpmRegistry } from './harness/npmRegistry.mts';
import { installPackage } from './harness/package.mts';

const NAME = 'n8n-nodes-voiso';

/** What the settings page asks for, Settings > Community nodes > Install. */
interface Installed {
	packageName: string;
	installedNodes: Array<{ name: string; type: string }>;
}

describe('a fresh n8n installs the package by itself', () => {
	let registry: NpmRegistry;
	let sandbox: Sandbox;
	let n8n: N8n;
	let installed: Installed;

	beforeAll(async () => {
		registry = await startNpmRegistry(inject('tarball'));
		sandbox = await startSandbox();
		n8n = await startN8n({ fresh: true, env: registry.env, files: [leadsFile] });
		// With the version, because n8n 1 does not find "latest" when it has to ask by `npm`.
		const wanted = { name: NAME, version: registry.version };
		installed = await n8n.client.request('POST', '/community-packages', wanted);
	});

	afterAll(async () => {
		await n8n?.close();
		await sandbox?.close();
		await registry?.close();
	});

	const types = async () =>
		(await n8n.client.nodeTypes())
			.map(({ name }) => name)
			.filter((name) => name.startsWith(`${NAME}.`))
			.sort();

	test('with all its nodes, and asks the registry for nothing else', async () => {
		expect(installed.packageName).toBe(NAME);
		expect(installed.installedNodes.map(({ name }) => name).sort()).toEqual([
			'Voiso Campaign',
			'Voiso Leads',
			'Voiso Trigger',
		]);
		expect(await types()).toEqual(expect.arrayContaining([`${NAME}.voisoLeads`]));
		const packages = registry.requests.filter((url) => url.startsWith('/'));
		expect([...new Set(packages)]).toEqual([`/${NAME}`, expect.stringContaining('.tgz')]);
	});

	test('as the other tests in a whole n8n put it there', async () => {
		const own = temporaryFolder('voiso-nodes');
		try {
			await installPackage(inject('tarball'), own.path);
			const folders = [join(n8n.folder, '.n8n', 'nodes'), own.path];
			const [theirs, ours] = await Promise.all(folders.map(contentOf));
			expect(theirs).toEqual(ours);
		} finally {
			own.remove();
		}
	});

	test('and runs it, after a restart too', async () => {
		await n8n.stop();
		await n8n.restart();
		expect(await types()).toContain(`${NAME}.voisoLeads`);
		const credential = await n8n.client.createCredential({
			name: 'Voiso API',
			type: 'voisoApi',
			data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
		});
		const workflow = await importExample(n8n.client, importWorkflow, [credential]);
		const execution = await n8n.client.runToEnd(workflow);
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Add to campaign')).toHaveLength(2500);
		expect(sandbox.report().violations).toEqual([]);
	});

	// The default from n8n 3 on. n8n 1 knows no such setting.
	test.skipIf(process.env.N8N_VERSION?.startsWith('1.'))(
		'keeps it where packages that n8n has not verified are off',
		async () => {
			await n8n.stop();
			await n8n.restart({ N8N_UNVERIFIED_PACKAGES_ENABLED: 'false' });
			expect(await types()).toContain(`${NAME}.voisoLeads`);
		},
	);

	test('and removes it again', async () => {
		await n8n.client.request('DELETE', `/community-packages?name=${NAME}`);
		expect(await types()).toEqual([]);
		expect(await n8n.client.installedPackages()).toEqual([]);
	});

	test.skipIf(process.env.N8N_VERSION?.startsWith('1.'))(
		'and does not install it there, and says why',
		async () => {
			const wanted = { name: NAME, version: registry.version };
			const again = n8n.client.request('POST', '/community-packages', wanted);
			await expect(again).rejects.toThrow(/unverified/i);
			expect(await types()).toEqual([]);
		},
	);
});

/** The files below a folder, without npm's own account of them, and what the package's manifest says. */
async function contentOf(folder: string) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
		.filter((file) => !file.endsWith('.package-lock.json'))
		.sort();
	const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8'));
	return {
		files,
		nodes: await read('package.json'),
		manifest: await read(`node_modules/${NAME}/package.json`),
	};
}
