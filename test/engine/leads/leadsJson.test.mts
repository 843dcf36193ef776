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
				reason: expect.stringMatching(/\S/),
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

	// What is said of other lists is in texts.txt.
	it.each([['text'], [null], [[[]]]])(
		'refuses %j before any request, and names the item',
		async (value) => {
			const run = await importLeads({
				input: [{ phone: '15550000001', value: [] }, { value }],
				parameters: json('={{ $json.value }}'),
			});

			expect(run.error?.message).toMatch(/^.{1,120}$/);
			expect(run.error).toMatchObject({ context: { itemIndex: 1 } });
			expectUnasked();
		},
	);

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
				error: expect.stringContaining('phone_number'),
				message: { phone: 'nobody', name: 'Ann', status: 'invalid', campaign_id: 3 },
			},
		]);
	});
});
