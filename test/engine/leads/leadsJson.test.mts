import { describe, expect, it } from 'vitest';
import { setNode } from '../harness/index.mts';
import { LEADS, voisoForTests } from './support.mts';

const { expectUnasked, importLeads, leadsOf } = await voisoForTests();

describe('lead source JSON', () => {
	const json = (leadsJson: string) => ({ inputMode: 'json', leadsJson }) as const;

	it('takes an array by one expression, one output item per lead, paired with its item', async () => {
		const run = await importLeads({
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
			options: { includeInputFields: true },
			input: [{ output: ' [{"phone_number":"+1 555 000 0001","name":"Ann","note":"hot"}]\n' }],
			parameters: json('={{ $json.output }}'),
		});

		expect(run.results).toEqual([
			{
				phone_number: '15550000001',
				input_phone_number: '+1 555 000 0001',
				name: 'Ann',
				note: 'hot',
				campaign_id: 3,
				status: 'created',
			},
		]);
	});

	it('takes JSON written into the field', async () => {
		const run = await importLeads({
			input: [{}],
			parameters: json('[{"phone_number": "15550000001"}, {"phone_number": "15550000001"}]'),
		});

		expect(run.results).toMatchObject([
			{ status: 'created' },
			{
				status: 'repeated',
				reason: expect.stringContaining('lead of this item'),
			},
		]);
	});

	it("takes an agent's list in a code fence, an object or plain numbers", async () => {
		const leads = ['[{"phone":"15550000001"}]', '{"phone":"15550000002"}', '15550000003'];
		const run = await importLeads({
			options: { includeInputFields: true },
			input: [
				{ output: `Here you go:\n\`\`\`json\n${leads[0]}\n\`\`\`` },
				{ output: JSON.stringify(leads[1]) },
				{ output: { leads: [leads[2]] } },
			],
			parameters: json('={{ $json.output }}'),
		});

		expect(run.results).toEqual([
			{ phone: '15550000001', phone_number: '15550000001', campaign_id: 3, status: 'created' },
			{ phone: '15550000002', phone_number: '15550000002', campaign_id: 3, status: 'created' },
			{
				phone_number: '15550000003',
				input_phone_number: '15550000003',
				campaign_id: 3,
				status: 'created',
			},
		]);
	});

	it.each([
		['text', 'Here are your leads:', 'line 1, column 1', 'Here are your leads:'],
		['broken JSON', '[\n{"phone": "1",}]', 'line 2, column 15', '"phone": "1"'],
		['a number', 5, 'a number', 'JSON array'],
		['nothing', null, 'empty', 'JSON array'],
		['a list of lists', [[]], 'entry 0 is a list', 'JSON array'],
		['a list with null', [null], 'entry 0 is empty', 'JSON array'],
	])('refuses %s and says what came', async (_, value, found, description) => {
		const run = await importLeads({
			input: [{ phone: '15550000001', value: [] }, { value }],
			parameters: json('={{ $json.value }}'),
		});

		expect(run.error?.message).toContain("'Leads (JSON)' of item 1");
		expect(run.error?.message).toContain(found);
		expect(run.error?.message.length).toBeLessThan(120);
		expect(run.error).toMatchObject({
			description: expect.stringContaining(description),
			context: { itemIndex: 1 },
		});
		expectUnasked();
	});

	it('fails before it sends anything when no lead has a field for the number', async () => {
		const run = await importLeads({
			input: [{ leads: [{ name: 'Ann', id: 7 }, { name: 'Bo' }] }],
			parameters: json('={{ $json.leads }}'),
		});

		expect(run.error?.message).toContain("'Leads (JSON)'");
		expect(run.error?.description).toMatch(/"name".+"id"/);
		expectUnasked();
	});

	it('keeps the data of a failed lead on the error output', async () => {
		const run = await importLeads({
			options: { rejectedLeads: 'error' },
			input: [{ id: 'a', leads: [{ phone: 'nobody', name: 'Ann' }] }],
			parameters: json('={{ $json.leads }}'),
			node: { onError: 'continueErrorOutput' },
		});

		expect(run.json(LEADS, 1)).toMatchObject([
			{
				id: 'a',
				error: expect.stringContaining('The lead is invalid: phone_number'),
				message: { phone: 'nobody', name: 'Ann', status: 'invalid', campaign_id: 3 },
			},
		]);
	});
});
