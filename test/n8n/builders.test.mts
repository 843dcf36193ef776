import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureN8n } from '../../scripts/setup/n8n.mjs';
import type { OutputSchema } from '../../nodes/shared/outputHint.ts';
import { allJsonOf, Stage } from './exampleStage.mts';
import type { SavedWorkflow } from './harness/index.mts';
import { type ShippedSchema, shippedSchemas } from './shippedSchemas.mts';

const LEADS = 'n8n-nodes-voiso.voisoLeads';
const CAMPAIGN = 'n8n-nodes-voiso.voisoCampaign';
const TRIGGER = 'n8n-nodes-voiso.voisoTrigger';
const FIELDS = ['phone_number', 'name', 'priority', 'active', 'source_system', 'source_url'];

/** A field as TypeScript has it, which may be left out or not. */
const asField = (name: string, { required = [] }: OutputSchema) =>
	new RegExp(`\\b${name}${required.includes(name) ? '' : '\\?'}: `);

// n8n 1 has no builders; what it makes of the package, the other tests show.
describe.skipIf(process.env['N8N_VERSION']?.startsWith('1.'))('AI workflow builders', () => {
	let stage: Stage;
	let client: Client;
	let schemas: ShippedSchema[];

	beforeAll(async () => {
		stage = await Stage.open();
		schemas = await shippedSchemas();
		const { url } = stage.n8n;
		await stage.n8n.client.request('PATCH', '/mcp/settings', { mcpAccessEnabled: true });
		const key = await stage.n8n.client.request<{ apiKey: string }>('GET', '/mcp/api-key');
		client = new Client({ name: 'n8n-nodes-voiso-test', version: '1.0.0' });
		await client.connect(
			new StreamableHTTPClientTransport(new URL(`${url}/mcp-server/http`), {
				requestInit: { headers: { authorization: `Bearer ${key.apiKey}` } },
			}),
		);
	});

	afterEach(() => {
		stage.sandbox.reset();
	});

	afterAll(async () => {
		await client?.close();
		await stage?.close();
	});

	/** Calls a tool of n8n's own MCP server. */
	const ask = async <Answer,>(name: string, values: Record<string, unknown>): Promise<Answer> => {
		const { isError, content, structuredContent } = await client.callTool({
			name,
			arguments: values,
		});
		expect(isError, JSON.stringify(content)).not.toBe(true);
		return structuredContent as Answer;
	};

	test.each([
		['voiso', LEADS, CAMPAIGN, TRIGGER],
		['dialer', LEADS, CAMPAIGN, TRIGGER],
		['contact center', LEADS, CAMPAIGN, TRIGGER],
		['phone', LEADS, CAMPAIGN, TRIGGER],
		['leads', LEADS],
		['DNC', LEADS],
		['CDR', CAMPAIGN],
		['recording', CAMPAIGN, TRIGGER],
	])('find the nodes by "%s"', async (query, ...nodes) => {
		const { results } = await ask<{ results: string }>('search_nodes', { queries: [query] });
		for (const node of nodes) expect(results).toContain(`- ${node}`);
	});

	test('see how to use them, what goes with them, and each operation', async () => {
		const { results } = await ask<{ results: string }>('search_nodes', { queries: ['voiso'] });
		expect(results).toMatch(/@builderHint .*no Loop Over Items/);
		expect(results).toMatch(new RegExp(`@relatedNodes\\s+- ${CAMPAIGN.replaceAll('.', '\\.')}: `));
		for (const { path } of schemas)
			for (const part of path.split('/').filter((each) => each !== ''))
				expect(results).toContain(`- ${part}`);
	});

	test('read the fields of leads, and of the output of each operation', async () => {
		for (const { node, path, schema } of schemas) {
			const [resource, operation] = path.split('/');
			const { definitions } = await ask<{ definitions: string }>('get_node_types', {
				nodeIds: [{ nodeId: node }],
			});
			const part =
				operation === undefined
					? definitions
					: (definitions
							.split('export type ')
							.find(
								(each) =>
									each.includes(`resource: '${resource}';`) &&
									each.includes(`operation: '${operation}';`),
							) ?? '');
			const output = /@output .*/.exec(part)?.[0] ?? '';
			for (const name of Object.keys(schema.properties ?? {}))
				expect(output, `${node} ${path}`).toMatch(asField(name, schema));
			if (node === LEADS)
				for (const field of FIELDS) expect(part).toMatch(new RegExp(`\\b${field} \\(`));
			if (/^\s*campaign\??: /m.test(part))
				expect(part).toContain("mode: 'name', value: 'Spring Sale'");
		}
	});

	test('a workflow that was built from it runs', async () => {
		const code = `
import { workflow, node, trigger, expr, newCredential } from '@n8n/workflow-sdk';
const start = trigger({ type: 'n8n-nodes-base.manualTrigger', version: 1, config: { name: 'Start' }, output: [{}] });
const contacts = node({
  type: 'n8n-nodes-base.set', version: 3.4,
  config: { name: 'Contacts', parameters: { mode: 'raw', jsonOutput: '{ "tel": "447700900123", "who": "Ann" }' } },
  output: [{ tel: '447700900123', who: 'Ann' }]
});
const add = node({
  type: '${LEADS}', version: 1,
  config: {
    name: 'Add leads',
    parameters: {
      resource: 'lead', operation: 'add',
      campaign: { __rl: true, mode: 'name', value: 'Spring Sale' },
      columns: { mappingMode: 'defineBelow', value: { phone_number: expr('{{ $json.tel }}'), name: expr('{{ $json.who }}'), priority: 10 } }
    },
    credentials: { voisoApi: newCredential('voisoApi') }
  },
  output: [{ phone_number: '447700900123', campaign_id: 3, status: 'created' }]
});
export default workflow('id', 'Built').add(start).to(contacts).to(add);`;
		const checked = await ask<{ valid: boolean }>('validate_workflow', { code });
		expect(checked).toMatchObject({ valid: true });
		const { workflowId } = await ask<{ workflowId: string }>('create_workflow_from_code', {
			code,
			versionName: 'Built',
		});
		const built = await stage.n8n.client.request<SavedWorkflow>('GET', `/workflows/${workflowId}`);
		const execution = await stage.n8n.client.runToEnd(built);
		expect(execution.error).toBeUndefined();
		expect(allJsonOf(execution, 'Add leads')).toMatchObject([{ status: 'created' }]);
		expect(stage.sandbox.state().leads[3]).toEqual({
			'447700900123': { phone_number: '447700900123', name: 'Ann', priority: 10 },
		});
	});

	describe("n8n's generator and validator", () => {
		let load: NodeJS.Require;
		let folder: string;

		beforeAll(async () => {
			load = createRequire(join((await ensureN8n()).folder, 'package.json'));
			folder = await mkdtemp(join(tmpdir(), 'voiso-types-'));
			const { orchestrateGeneration } = load('@n8n/workflow-sdk/scripts/generate-types') as {
				orchestrateGeneration(options: object): Promise<unknown>;
			};
			const nodeType = async (type: string) => await stage.n8n.client.nodeType(type);
			const types = await Promise.all([LEADS, CAMPAIGN, TRIGGER].map(nodeType));
			await orchestrateGeneration({ nodes: types, outputDir: folder });
			const { setSchemaBaseDirs } = load('@n8n/workflow-sdk') as {
				setSchemaBaseDirs(folders: string[]): void;
			};
			setSchemaBaseDirs([folder]);
		});

		afterAll(async () => {
			await rm(folder, { recursive: true, force: true });
		});

		const check = (type: string, parameters: object, isToolNode = false) => {
			const { validateNodeConfig } = load('@n8n/workflow-sdk') as {
				validateNodeConfig(...given: unknown[]): { valid: boolean; errors: unknown[] };
			};
			return validateNodeConfig(type, 1, { parameters }, { isToolNode });
		};
		const campaign = { __rl: true, mode: 'id', value: '3' };

		test('make one file of types for each operation', async () => {
			for (const { node, path } of schemas.filter((each) => each.path !== '')) {
				const [, name = ''] = node.split('.');
				const [resource, operation = ''] = path.split('/');
				const snake = operation.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
				const file = `resource_${resource}/operation_${snake}.ts`;
				const types = join(folder, 'nodes', 'n8n-nodes-voiso', name, 'v1', file);
				expect(await readFile(types, 'utf8')).toContain(`operation: '${operation}'`);
			}
		});

		test.each([
			[LEADS, { resource: 'lead', operation: 'add', campaign, inputMode: 'json', leadsJson: '[]' }],
			[LEADS, { resource: 'lead', operation: 'deactivate', scope: 'allCampaigns' }],
			[CAMPAIGN, { resource: 'campaign', operation: 'start', campaign }],
			[CAMPAIGN, { resource: 'user', operation: 'sync', campaign, userIds: ['1', '4'] }],
			[TRIGGER, { triggerOn: 'event', events: ['dialer.call.ended'] }],
		])('accept what is right: %s %j', (type, parameters) => {
			expect(check(type, parameters)).toMatchObject({ valid: true });
		});

		test.each([
			[LEADS, { resource: 'lead', operation: 'remove', campaign }],
			[LEADS, { resource: 'lead', operation: 'add', campaign: 3 }],
			[CAMPAIGN, { resource: 'campaign', operation: 'start', options: { waitForStatus: 'soon' } }],
		])('refuse what is not: %s %j', (type, parameters) => {
			expect(check(type, parameters)).toMatchObject({ valid: false });
		});
	});
});
