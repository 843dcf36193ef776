import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { leadsFile, makeLeads, toCsv } from '../../scripts/make-leads.mts';
import { type Sandbox, startSandbox } from '../sandbox/index.mts';
import { createBigImport, LEADS, provideList, resultsAreComplete } from './bigFile.mts';
import { importExample, importWorkflow } from './examples.mts';
import { itemsOf, jsonOf, type N8n, startN8n, temporaryFolder } from './harness/index.mts';
import { type NpmRegistry, startNpmRegistry } from './harness/npmRegistry.mts';
import { installPackage } from './harness/package.mts';
import { problemsOfImport } from './importCheck.mts';
import { createImport } from './imports.mts';

const NAME = 'n8n-nodes-voiso';

/** What is off by default, or was before n8n 3. n8n 1 has none of it. */
const cautious = {
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'false',
	// It blocks the addresses of this machine.
	N8N_SSRF_PROTECTION_ENABLED: 'true',
	N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32',
};
/** Of which as many items take 1.6 GB. */
const ROWS = 100_000;
/** Of heap for n8n and all that it does, in MB: 256 are not enough for n8n 2.41 to start. */
const MEMORY = 384;
const small = {
	NODE_OPTIONS: `--max-old-space-size=${MEMORY}`,
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
};
const isN8n1 = process.env.N8N_VERSION?.startsWith('1.') === true;

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
		n8n = await startN8n({ fresh: true, editor: true, env: registry.env, files: [leadsFile] });
		// With the version, because n8n 1 does not find "latest" when it has to ask by `npm`.
		const wanted = { name: NAME, version: registry.version };
		installed = await n8n.client.request('POST', '/community-packages', wanted);
	});

	afterAll(async () => {
		await n8n?.close();
		await sandbox?.close();
		await registry?.close();
	});

	const NODES = ['voisoCampaign', 'voisoLeads', 'voisoTrigger'].map((name) => `${NAME}.${name}`);
	const types = async () => {
		const found = await Promise.all(NODES.map(async (each) => await n8n.client.nodeType(each)));
		return found.flatMap((each) => each?.name ?? []);
	};

	test('with all its nodes, and asks the registry for nothing else', async () => {
		expect(installed.packageName).toBe(NAME);
		expect(installed.installedNodes.map(({ name }) => name).sort()).toEqual([
			'Voiso Campaign',
			'Voiso Leads',
			'Voiso Trigger',
		]);
		expect(await types()).toEqual(NODES);
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

	test('and keeps it after a restart, where packages that n8n has not verified are off', async () => {
		await n8n.stop();
		await n8n.restart({ ...cautious, ...small });
		expect(await types()).toEqual(NODES);
		const packages = await n8n.client.installedPackages();
		expect(packages).toMatchObject([{ packageName: NAME }]);
		// n8n 1 does not say it of one that was loaded.
		expect(packages[0]?.failedLoading ?? false).toBe(false);
	});

	const credential = (apiKey: string) => ({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey },
	});

	test('and tests its credential against Voiso', async () => {
		const { data, ...rest } = credential(sandbox.apiKey);
		const saved = await n8n.client.createCredential({ data, ...rest });
		const right = await n8n.client.testCredential(saved, data);
		expect(right).toMatchObject({ status: 'OK' });
		const wrong = await n8n.client.testCredential(saved, { ...data, apiKey: 'wrong' });
		expect(wrong).toMatchObject({ status: 'Error' });
	});

	test.skipIf(isN8n1)('and names the setting that allows an address which n8n blocks', async () => {
		const data = { clusterId: sandbox.url.replace('127.0.0.1', '127.0.0.2'), apiKey: 'any' };
		const saved = await n8n.client.createCredential({ name: 'Blocked', type: 'voisoApi', data });
		const tested = await n8n.client.testCredential(saved, data);
		expect(tested.status).toBe('Error');
		expect(tested.message).toContain('N8N_SSRF_ALLOWED_IP_RANGES');
		const workflow = await createImport(n8n.client, { credential: saved, campaign: 3, count: 3 });
		const { status, error } = await n8n.client.runToEnd(workflow);
		expect(status).toBe('error');
		expect(JSON.stringify(error)).toContain('N8N_SSRF_ALLOWED_IP_RANGES');
	});

	test('and imports examples/leads.csv without losing a lead', async () => {
		const rows = makeLeads();
		expect(readFileSync(leadsFile, 'utf8')).toBe(toCsv(rows));

		const saved = await n8n.client.createCredential(credential(sandbox.apiKey));
		const workflow = await importExample(n8n.client, importWorkflow, [saved]);
		const execution = await n8n.client.runToEnd(workflow);

		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const items = itemsOf(execution, 'Add to campaign');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_, item) => ({ item })));
		const { campaigns, violations } = sandbox.report();
		expect(violations).toEqual([]);
		expect(Object.keys(campaigns)).toHaveLength(1);
		const [campaign] = Object.values(campaigns);
		const outcomes = items.map(({ json }) => json);
		expect(campaign && problemsOfImport(rows, outcomes, campaign)).toEqual([]);
		expect(campaign?.leadRequests.map(({ leads }) => leads)).toEqual([1000, 1000, 479]);
		expect(execution.raw).not.toContain(sandbox.apiKey);
	});

	test('and imports 100,000 rows of a file with 384 MB of heap, and writes the results', async () => {
		const quick = await startSandbox({ minimumInterval: 0, processingTime: 0 });
		try {
			await provideList(n8n, ROWS);
			const data = { clusterId: quick.url, apiKey: quick.apiKey };
			const saved = await n8n.client.createCredential({ ...credential(''), data });
			const workflow = await createBigImport(n8n, saved, 'file');
			const execution = await n8n.client.runToEnd(workflow, 300_000);

			expect(execution.error).toBeUndefined();
			expect(jsonOf(execution, LEADS)).toMatchObject([
				{ file: 'list.csv', campaign_id: 3, leads: ROWS, created: ROWS, requests: ROWS / 1000 },
			]);
			expect(await resultsAreComplete(n8n, ROWS)).toBe(true);
			expect(Object.keys(quick.state().leads[3] ?? {})).toHaveLength(ROWS);
			expect(n8n.logs()).not.toMatch(/out of memory|uncaught/i);
		} finally {
			await quick.close();
		}
	}, 400_000);

	test('and removes it again', async () => {
		await n8n.client.request('DELETE', `/community-packages?name=${NAME}`);
		expect(await types()).toEqual([]);
		expect(await n8n.client.installedPackages()).toEqual([]);
	});

	test.skipIf(isN8n1)('and does not install it there, and says why', async () => {
		const wanted = { name: NAME, version: registry.version };
		const again = n8n.client.request('POST', '/community-packages', wanted);
		await expect(again).rejects.toThrow(/unverified/i);
		expect(await types()).toEqual([]);
	});
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
