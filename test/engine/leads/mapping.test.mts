import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import type { Sandbox } from '../../sandbox/index.mts';
import { resourceMapping, setNode } from '../harness/index.mts';
import { byHand, campaign, importLeads, LEADS, quick, startQuickSandbox } from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const leadsOf = (id = 3) => Object.values(sandbox.state().leads[id] ?? {});

describe('mapping by hand', () => {
	it('takes a value, a reference or any expression for each field, per item', async () => {
		const run = await importLeads({
			sandbox,
			options: quick,
			input: [
				{
					tel: '+1 (555) 000-0001',
					first: 'Ann',
					last: 'Lee',
					rank: '3',
					url: 'https://crm.test/1',
				},
				{ tel: 15550000002, first: 'Bo', last: 'Day', rank: 10.0, url: '' },
			],
			parameters: {
				columns: byHand({
					phone_number: '={{ $json.tel }}',
					name: '={{ $json.first }} {{ $json.last.toUpperCase() }}',
					priority: '={{ Number($json.rank) + $itemIndex }}',
					active: '={{ $json.rank > 5 ? "no" : " YES " }}',
					source_system: 'CRM',
					source_url: '={{ $json.url }}',
				}),
			},
		});

		expect(run.error).toBeUndefined();
		expect(leadsOf()).toEqual([
			{
				phone_number: '15550000001',
				name: 'Ann LEE',
				priority: 3,
				active: true,
				source: { system: 'CRM', url: 'https://crm.test/1' },
			},
			{
				phone_number: '15550000002',
				name: 'Bo DAY',
				priority: 11,
				active: false,
				source: { system: 'CRM' },
			},
		]);
	});

	it('reads an expression that refers to an earlier node', async () => {
		await importLeads({
			sandbox,
			options: quick,
			input: [{ phone_number: '15550000001', name: 'Ann' }],
			parameters: {
				columns: byHand({
					phone_number: "={{ $('Input').item.json.phone_number }}",
					name: "={{ $('Input').first().json.name + ' Lee' }}",
				}),
			},
		});

		expect(leadsOf()).toEqual([{ phone_number: '15550000001', name: 'Ann Lee' }]);
	});

	it('leaves empty values out and refuses wrong ones, naming item, field and value', async () => {
		const input = [
			{ phone: '15550000001', name: '  ', priority: null, active: '' },
			{ phone: '1.55512E+10', priority: 'high', active: 'perhaps', url: 'javascript:alert(1)' },
			{ phone: '' },
		];
		const run = await importLeads({
			sandbox,
			input,
			options: quick,
			parameters: {
				columns: byHand({
					phone_number: '={{ $json.phone }}',
					name: '={{ $json.name }}',
					priority: '={{ $json.priority }}',
					active: '={{ $json.active }}',
					source_url: '={{ $json.url }}',
				}),
			},
		});

		expect(leadsOf()).toEqual([{ phone_number: '15550000001' }]);
		const [created, wrong, empty] = run.json(LEADS);
		expect(created).toMatchObject({ status: 'created' });
		expect(wrong).toMatchObject({ status: 'invalid', phone_number: '1.55512E+10', campaign_id: 3 });
		expect(wrong?.reason).toMatch(/^phone_number "1\.55512E\+10" has lost digits in a spreadsheet/);
		expect(wrong?.reason).toContain('priority must be a whole number from 1 to 1000, got "high"');
		expect(wrong?.reason).toContain('active must be yes or no');
		expect(wrong?.reason).toContain('source_url must be a full address');
		expect(empty).toEqual({
			phone_number: '',
			campaign_id: 3,
			status: 'invalid',
			reason: 'phone_number is empty',
		});
	});

	it('makes a failing expression an error of the item, and nothing is sent', async () => {
		const failing = {
			sandbox,
			input: [{ phone: '15550000001' }],
			parameters: { columns: byHand({ phone_number: "={{ $('Nobody').item.json.phone }}" }) },
		};
		const run = await importLeads(failing);
		const onward = await importLeads({ ...failing, node: { onError: 'continueRegularOutput' } });

		expect(run.error?.message).toBe("Referenced node doesn't exist");
		expect(run.error).toMatchObject({ context: { itemIndex: 0 } });
		expect(onward.items(LEADS)).toEqual([
			{ json: { error: "Referenced node doesn't exist" }, pairedItem: { item: 0 } },
		]);
		expect(sandbox.report().totals.requests).toBe(0);
	});
});

describe('automatic mapping', () => {
	it('finds the fields under the names of a CRM export and of the older API', async () => {
		await importLeads({
			sandbox,
			options: quick,
			input: [
				{
					'Phone Number': "'+44 7700 900123",
					'First Name': 'Ann',
					'Last Name': 'Lee',
					isActive: 'TRUE',
				},
				{
					Number: 447700900124,
					contactName: ' Bo ',
					source: { system: 'HubSpot', url: 'https://app.test/2' },
					context_headers: { 'X-Tier': 'gold' },
					priority: '10.0',
				},
			],
		});

		expect(leadsOf()).toEqual([
			{ phone_number: '447700900123', name: 'Ann Lee', active: true },
			{
				phone_number: '447700900124',
				name: 'Bo',
				priority: 10,
				source: { system: 'HubSpot', url: 'https://app.test/2' },
				context_headers: { 'X-Tier': 'gold' },
			},
		]);
	});

	it('is not moved by keys such as __proto__', async () => {
		const evil = JSON.parse(
			'{"phone_number":"15550000001","__proto__":{"active":false,"name":"evil"},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1}}',
		);
		const run = await importLeads({
			sandbox,
			options: { ...quick, includeInputFields: true },
			input: [{ json: evil }, { phone_number: '15550000002' }],
		});

		expect(leadsOf()).toEqual([{ phone_number: '15550000001' }, { phone_number: '15550000002' }]);
		expect(run.json(LEADS)[1]).toEqual({
			phone_number: '15550000002',
			campaign_id: 3,
			status: 'created',
		});
		expect(Object.getPrototypeOf(run.json(LEADS)[0])).toBe(Object.prototype);
		expect('polluted' in {}).toBe(false);
	});
});

describe('default country', () => {
	it('makes national numbers international, per lead', async () => {
		const run = await importLeads({
			sandbox,
			options: { ...quick, defaultCountry: ' gb ' },
			input: [{ phone: '07700 900123' }, { phone: '+1 555 000 0001' }, { phone: '0049 30 901820' }],
		});

		expect(run.json(LEADS).map(({ phone_number }) => phone_number)).toEqual([
			'447700900123',
			'15550000001',
			'4930901820',
		]);
	});

	it('refuses a national number when there is none', async () => {
		const run = await importLeads({ sandbox, options: quick, input: [{ phone: '07700 900123' }] });

		expect(run.json(LEADS)[0]).toMatchObject({
			status: 'invalid',
			reason: expect.stringContaining('set the option Default Country'),
		});
	});
});

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

describe('lead source JSON', () => {
	const json = (leadsJson: string) => ({ leadSource: 'json', leadsJson }) as const;

	it('takes an array by one expression, one output item per lead, paired with its item', async () => {
		const run = await importLeads({
			sandbox,
			options: quick,
			input: [
				{ id: 'a', leads: [{ phone: '15550000001' }, { Number: 15550000002, name: 'Bo' }] },
				{ id: 'b', leads: [] },
				{ id: 'c', leads: [{ phone: 'nobody' }] },
			],
			parameters: json('={{ $json.leads }}'),
			after: [setNode('After', { id: "={{ $('Input').item.json.id }}" })],
		});

		expect(run.items(LEADS)).toEqual([
			{
				json: { phone_number: '15550000001', campaign_id: 3, status: 'created' },
				pairedItem: { item: 0 },
			},
			{
				json: { phone_number: '15550000002', campaign_id: 3, status: 'created' },
				pairedItem: { item: 0 },
			},
			{
				json: expect.objectContaining({ phone_number: 'nobody', status: 'invalid' }),
				pairedItem: { item: 2 },
			},
		]);
		expect(run.json('After').map(({ id }) => id)).toEqual(['a', 'a', 'c']);
		expect(leadsOf()).toEqual([
			{ phone_number: '15550000001' },
			{ phone_number: '15550000002', name: 'Bo' },
		]);
	});

	it("takes an AI agent's single item with the list as JSON text", async () => {
		const run = await importLeads({
			sandbox,
			options: { ...quick, includeInputFields: true },
			input: [{ output: ' [{"phone_number":"+1 555 000 0001","name":"Ann","note":"hot"}]\n' }],
			parameters: json('={{ $json.output }}'),
		});

		expect(run.json(LEADS)).toEqual([
			{ phone_number: '15550000001', name: 'Ann', note: 'hot', campaign_id: 3, status: 'created' },
		]);
	});

	it('takes JSON written into the field', async () => {
		const run = await importLeads({
			sandbox,
			options: quick,
			input: [{}],
			parameters: json('[{"phone_number": "15550000001"}, {"phone_number": "15550000001"}]'),
		});

		expect(run.json(LEADS)).toMatchObject([
			{ status: 'created' },
			{
				status: 'repeated',
				reason: 'An earlier lead of this item has the same number and carries the outcome.',
			},
		]);
	});

	it.each([
		['text', 'Here are your leads:', 'it is text that is not valid JSON'],
		['an object', { leads: [] }, 'it is a single object'],
		['a number', 5, 'it is a number'],
		['nothing', null, 'it is empty'],
		['a list of lists', [[]], 'entry 0 is a list'],
		['a list with text', [{ phone: '15550000001' }, '15550000002'], 'entry 1 is text'],
		['a list with null', [null], 'entry 0 is empty'],
	])('refuses %s and says what came', async (_, value, found) => {
		const run = await importLeads({
			sandbox,
			input: [{ phone: '15550000001', value: [] }, { value }],
			parameters: json('={{ $json.value }}'),
		});

		expect(run.error?.message).toContain('Leads (JSON) of item 1 is not a list of leads: ');
		expect(run.error?.message).toContain(found);
		expect(run.error).toMatchObject({
			description: expect.stringContaining('Give a JSON array of objects'),
			context: { itemIndex: 1 },
		});
		expect(sandbox.report().totals.requests).toBe(0);
	});

	it('keeps the data of a failed lead on the error output', async () => {
		const run = await importLeads({
			sandbox,
			options: { ...quick, rejectedLeads: 'error' },
			input: [{ id: 'a', leads: [{ phone: 'nobody', name: 'Ann' }] }],
			parameters: json('={{ $json.leads }}'),
			node: { onError: 'continueErrorOutput' },
		});

		expect(run.json(LEADS, 1)).toMatchObject([
			{
				id: 'a',
				error: expect.stringContaining('The lead is invalid: phone_number'),
				details: { phone: 'nobody', name: 'Ann', status: 'invalid', campaign_id: 3 },
			},
		]);
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
