import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/index.mts';
import { createBigImport, LEADS, provideList, resultsAreComplete } from './bigFile.mts';
import { jsonOf, type N8n, startN8n } from './harness/index.mts';

/** Of which as many items take 1.6 GB. */
const ROWS = 100_000;
/** Of heap for n8n and all that it does, in MB: 256 are not enough for n8n 2.41 to start. */
const MEMORY = 384;

let sandbox: Sandbox;
let n8n: N8n;

beforeAll(async () => {
	sandbox = await startSandbox({ minimumInterval: 0, processingTime: 0 });
	n8n = await startN8n({
		tarball: inject('tarball'),
		env: {
			NODE_OPTIONS: `--max-old-space-size=${MEMORY}`,
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		},
	});
});

afterAll(async () => {
	await n8n?.close();
	await sandbox?.close();
});

test('imports 100,000 rows of a file in an n8n with 384 MB of heap, and writes the results', async () => {
	await provideList(n8n, ROWS);
	const credential = await n8n.client.createCredential({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
	});
	const workflow = await createBigImport(n8n, credential, 'file');
	const execution = await n8n.client.runToEnd(workflow, 300_000);

	expect(execution.error).toBeUndefined();
	expect(jsonOf(execution, LEADS)).toMatchObject([
		{ file: 'list.csv', campaign_id: 3, leads: ROWS, created: ROWS, requests: ROWS / 1000 },
	]);
	expect(await resultsAreComplete(n8n, ROWS)).toBe(true);
	expect(Object.keys(sandbox.state().leads[3] ?? {})).toHaveLength(ROWS);
	expect(n8n.logs()).not.toMatch(/out of memory|uncaught/i);
}, 400_000);
