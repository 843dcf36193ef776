import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import type { OutputSchema } from '../../nodes/shared/outputHint.ts';
import { VoisoCampaign } from '../../nodes/VoisoCampaign/VoisoCampaign.node.ts';
import { LEAD_STATUSES } from '../../nodes/VoisoLeads/types.ts';
import { VoisoLeads } from '../../nodes/VoisoLeads/VoisoLeads.node.ts';
import { root } from '../../scripts/setup/root.mjs';
import { outputOf, run } from './campaign/support.mts';
import { inferSchema } from './harness/inferSchema.mts';
import { campaign, mixed, phone, voisoForTests } from './leads/support.mts';
import { listen, SECRET, watch } from './trigger/support.mts';

// n8n shows the fields of an output before the first run, and AI workflow builders go by them. These
// schemas are made of what the nodes put out here: `npm run generate:schemas` writes them anew.

const { importLeads, sandbox, store } = await voisoForTests();

/** Compares a schema with the file in which n8n looks for it. */
async function expectSchema(node: string, path: string, schema: OutputSchema): Promise<void> {
	const file = join(root, 'nodes', node, '__schema__', `${path}.json`);
	const config = await resolveConfig(file);
	const text = await format(JSON.stringify(schema), { ...config, parser: 'json' });
	await expect(text).toMatchFileSnapshot(file);
}

/** Each resource of a node with each of its operations. */
function operationsOf({ description }: VoisoLeads | VoisoCampaign): Array<[string, string]> {
	const properties = description.properties.filter(({ name }) => name === 'operation');
	return properties.flatMap(({ displayOptions, options = [] }) => {
		const resource = String(displayOptions?.show?.resource?.[0]);
		return options.flatMap((option): Array<[string, string]> =>
			'value' in option ? [[resource, String(option.value)]] : [],
		);
	});
}

test.each(operationsOf(new VoisoLeads()))('Voiso Leads, %s: %s', async (resource, operation) => {
	const [first, ...others] = mixed.map((lead) => ({ ...lead, priority: 'unreadable' }));
	const all = {
		priority: 10,
		active: true,
		source_system: 'CRM',
		source_url: 'https://crm.example/1',
	};
	const input = [{ ...first, ...all }, ...others];
	const outputs = async (options: INodeParameters = {}, parameters: INodeParameters = {}) => {
		const run = await importLeads({ input, options, parameters: { operation, ...parameters } });
		return run.results;
	};
	await store(3, [{ phone_number: phone(1) }]);
	sandbox.dial(1);
	// This one is on and takes no leads, so that nothing is certain while it is there.
	sandbox.deleteCampaign(9);
	const items = [...(await outputs({ dryRun: true })), ...(await outputs())];
	if (operation === 'deactivate') items.push(...(await outputs({}, { scope: 'allCampaigns' })));
	const schema = inferSchema(items);
	const ofStatus = operation === 'getStatus';
	const statuses = LEAD_STATUSES.filter((each) => (ofStatus ? ASKED.has(each) : each !== 'found'));
	if (schema.properties?.status) schema.properties.status.enum = statuses;
	await expectSchema('VoisoLeads', `v1.0.0/${resource}/${operation}`, schema);
});

/** What Get Status can say of a lead. */
const ASKED: ReadonlySet<string> = new Set([
	'found',
	'not_found',
	'invalid',
	'repeated',
	'unreported',
]);

test.each(operationsOf(new VoisoCampaign()))(
	'Voiso Campaign, %s: %s',
	async (resource, operation) => {
		sandbox.addCalls({}, { disposition: 'no_answer', user_id: null });
		await store(3, [{ phone_number: phone(1) }]);
		const parameters: INodeParameters = { resource, operation };
		if (resource === 'user' || operation !== 'getAll') parameters.campaign = campaign(3);
		if (resource === 'user' && operation !== 'getAll') parameters.userIds = [1, 4, 4711];
		const items: IDataObject[] = [];
		// A key without the right to read leaves some fields empty.
		for (const apiKey of [sandbox.apiKeys.full, sandbox.apiKeys.manageOnly]) {
			sandbox.changeCampaign(3, { status: operation === 'start' ? 'paused' : 'active' });
			const result = await run(sandbox, parameters, { apiKey });
			items.push(...outputOf(result).map(({ item, ...json }) => json));
		}
		await expectSchema('VoisoCampaign', `v1.0.0/${resource}/${operation}`, inferSchema(items));
	},
);

describe('Voiso Trigger', () => {
	test('all it triggers on', async () => {
		const watching = watch(sandbox);
		await watching.activate();
		sandbox.changeCampaign(3, { status: 'paused' });
		await watching.poll();
		const listening = listen({ events: ['*'] });
		const url = await listening.activate();
		for (const event of EVENTS) await sandbox.deliver(url, event, { secret: SECRET });
		const items = [...watching.executions, ...(await listening.executions())].flat();
		await listening.close();
		await expectSchema('VoisoTrigger', 'v1.0.0', inferSchema(items));
	});
});

const EVENTS = [
	'dialer.call.ended',
	'call.recording.available',
	'call.analytics.available',
	'agent.status.update',
];
