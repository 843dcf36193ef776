import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import type { Sandbox } from '../../sandbox/index.mts';
import { resourceMapping } from '../harness/index.mts';
import { campaign, importLeads, LEADS, quick, startQuickSandbox } from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const leadsOf = (id = 3) => Object.values(sandbox.state().leads[id] ?? {});

describe('context headers', () => {
	it('are sent with each lead, from fixed values and expressions', async () => {
		await importLeads({
			sandbox,
			options: quick,
			input: [{ phone: '15550000001', tier: 'gold' }, { phone: '15550000002' }],
			parameters: {
				contextHeaders: {
					header: [
						{ name: 'X-Tier', value: '={{ $json.tier }}' },
						{ name: 'X-Origin', value: 'n8n' },
					],
				},
			},
		});

		expect(leadsOf().map((lead) => lead.context_headers)).toEqual([
			{ 'X-Tier': 'gold', 'X-Origin': 'n8n' },
			{ 'X-Origin': 'n8n' },
		]);
	});

	it('with a wrong name or a line break make the lead invalid before any request', async () => {
		const header = (name: string, value: string) => ({
			contextHeaders: { header: [{ name, value }] },
		});
		const input = [{ phone: '15550000001', value: 'a\r\nX-Evil: 1' }];
		const runs = [
			await importLeads({ sandbox, input, parameters: header('Tier', 'gold') }),
			await importLeads({ sandbox, input, parameters: header('X-Tier', '={{ $json.value }}') }),
		];

		expect(runs.map((run) => run.json(LEADS)[0]?.reason)).toEqual([
			expect.stringContaining('context_headers must have names such as X-Order-Id'),
			'context_headers must not have line breaks or control characters in X-Tier',
		]);
		expect(sandbox.report().totals.requests).toBe(0);
	});
});

describe('columns of the mapper', () => {
	const columns = async (operation: string) =>
		await resourceMapping({
			nodeType: new VoisoLeads(),
			method: 'getLeadColumns',
			parameters: { operation, campaign: campaign(3) },
		});

	it.each(['add', 'update', 'upsert'])(
		'%s offers every field, with types and required marks',
		async (operation) => {
			const { fields } = await columns(operation);
			expect(fields.map(({ id, type, required }) => [id, type, required])).toEqual([
				['phone_number', 'string', true],
				['name', 'string', false],
				['priority', 'number', false],
				['active', 'options', false],
				['source_system', 'string', false],
				['source_url', 'string', false],
			]);
		},
	);

	it('deactivate asks for the number alone', async () => {
		expect((await columns('deactivate')).fields.map(({ id }) => id)).toEqual(['phone_number']);
	});
});
