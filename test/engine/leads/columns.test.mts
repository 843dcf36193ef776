import { describe, expect, it } from 'vitest';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import { resourceMapping } from '../harness/index.mts';
import { rows } from '../../unit/fields/rows.mts';
import { campaign, voisoForTests } from './support.mts';

const { expectUnasked, importLeads, leadsOf, newCampaign, sandbox } = await voisoForTests();

describe('context headers', () => {
	it('are sent with each lead, from fixed values and expressions', async () => {
		await importLeads({
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
			await importLeads({ input, parameters: header('Tier', 'gold') }),
			await importLeads({ input, parameters: header('X-Tier', '={{ $json.value }}') }),
		];

		for (const { results } of runs)
			expect(results).toMatchObject([
				{ status: 'invalid', reason: expect.stringMatching(/^context_headers /) },
			]);
		expectUnasked();
	});
});

describe('rows as other systems export them', () => {
	it('become the leads that they are', async () => {
		// Each in a campaign of its own: many have the same number.
		const input = rows.map(({ row }) => ({ json: { ...row, to: newCampaign() } }));
		const run = await importLeads({ input, to: '={{ $json.to }}' });

		expect(run.error).toBeUndefined();
		const results = run.results;
		const read = results.map(({ status, warning }, place) => {
			const [lead] = leadsOf(input[place]?.json.to);
			return { source: rows[place]?.source, status, lead, hasWarning: warning !== undefined };
		});
		expect(read).toEqual(
			rows.map(({ source, sent, lead, warning = false }) => ({
				source,
				status: 'created',
				lead: { phone_number: sent, ...lead },
				hasWarning: warning,
			})),
		);
	});
});

describe('items without a column for phone numbers', () => {
	it('fail the node before it sends anything; the error lists the fields', async () => {
		const input = [
			{ Firma: 'Acme', Ort: 'Bonn' },
			{ Ort: 'Köln', number: 'INV-7' },
		];
		const run = await importLeads({ input });

		expect(run.error?.message.length).toBeLessThan(120);
		expect(run.error?.description).toMatch(/"Firma", "Ort"/);
		expect(run.error?.description).toContain('"number"');
		expect(run.error?.description).toContain('"INV-7"');
		expectUnasked();
		expect(sandbox.report().calls).toEqual({});
	});

	it('are invalid where others have one', async () => {
		const input = [{ Firma: 'Acme' }, { Telefon: '+15550000001' }, { Telefon: '' }];
		const run = await importLeads({ input });

		expect(run.statuses).toEqual(['invalid', 'created', 'invalid']);
	});

	it('don’t hide an error of an item', async () => {
		const run = await importLeads({ input: [{ Firma: 'Acme' }], to: '={{ $json.nothing }}' });

		expect(run.error?.message).toMatch(/No campaign/);
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

	it.each(['deactivate', 'getStatus'])('%s asks for the number alone', async (operation) => {
		expect((await columns(operation)).fields.map(({ id }) => id)).toEqual(['phone_number']);
	});
});
