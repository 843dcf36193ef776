import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { leadsFile, makeLeads, toCsv } from '../../scripts/make-leads.mts';
import { type Sandbox, startSandbox } from '../sandbox/index.mts';
import { importExample, importWorkflow } from './examples.mts';
import { itemsOf, type N8n, startN8n } from './harness/index.mts';
import { problemsOfImport } from './importCheck.mts';
import { createImport } from './imports.mts';

describe('the packed package in a whole n8n', () => {
	let sandbox: Sandbox;
	let n8n: N8n;

	beforeAll(async () => {
		sandbox = await startSandbox();
		n8n = await startN8n({
			tarball: inject('tarball'),
			files: [leadsFile],
			// Off by default; it blocks the addresses of this machine. n8n 1 has no such protection.
			env: { N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32' },
		});
	});

	afterAll(async () => {
		await n8n?.close();
		await sandbox?.close();
	});

	const credential = (apiKey: string) => ({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey },
	});

	test('is installed with its nodes', async () => {
		const types = await n8n.client.nodeTypes();
		const names = types.map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining(['n8n-nodes-voiso.voisoCampaign', 'n8n-nodes-voiso.voisoLeads']),
		);
		const packages = await n8n.client.installedPackages();
		expect(packages).toMatchObject([{ packageName: 'n8n-nodes-voiso' }]);
		// n8n 1 does not say it of one that was loaded.
		expect(packages[0]?.failedLoading ?? false).toBe(false);
	});

	test('tests its credential against Voiso', async () => {
		const { data, ...rest } = credential(sandbox.apiKey);
		const saved = await n8n.client.createCredential({ data, ...rest });
		const right = await n8n.client.testCredential(saved, data);
		expect(right).toMatchObject({ status: 'OK' });
		const wrong = await n8n.client.testCredential(saved, { ...data, apiKey: 'wrong' });
		expect(wrong).toMatchObject({ status: 'Error' });
	});

	test.skipIf(process.env.N8N_VERSION?.startsWith('1.'))(
		'names the setting that allows an address which n8n blocks',
		async () => {
			const data = { clusterId: sandbox.url.replace('127.0.0.1', '127.0.0.2'), apiKey: 'any' };
			const saved = await n8n.client.createCredential({ name: 'Blocked', type: 'voisoApi', data });
			const tested = await n8n.client.testCredential(saved, data);
			expect(tested.status).toBe('Error');
			expect(tested.message).toContain('N8N_SSRF_ALLOWED_IP_RANGES');
			const workflow = await createImport(n8n.client, { credential: saved, campaign: 3, count: 3 });
			const { status, error } = await n8n.client.runToEnd(workflow);
			expect(status).toBe('error');
			expect(JSON.stringify(error)).toContain('N8N_SSRF_ALLOWED_IP_RANGES');
		},
	);

	test('imports examples/leads.csv without losing a lead', async () => {
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
});
