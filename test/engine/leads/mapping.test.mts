import { describe, expect, it } from 'vitest';
import { byHand, LEADS, voisoForTests } from './support.mts';

const { expectUnasked, importLeads, leadsOf, sandbox } = await voisoForTests();

describe('mapping by hand', () => {
	it('takes a value, a reference or any expression for each field, per item', async () => {
		const run = await importLeads({
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

	it('takes a priority of 0, which n8n 1 stores for a column that nobody touched, as not given', async () => {
		const run = await importLeads({
			input: [{ phone: '15550000001' }],
			parameters: { columns: byHand({ phone_number: '={{ $json.phone }}', priority: 0 }) },
		});

		expect(run.results).toMatchObject([{ status: 'created' }]);
		expect(leadsOf()).toEqual([{ phone_number: '15550000001' }]);
	});

	it('refuses a priority of 0 that an expression gives', async () => {
		const run = await importLeads({
			input: [{ phone: '15550000001', priority: 0 }],
			parameters: {
				columns: byHand({ phone_number: '={{ $json.phone }}', priority: '={{ $json.priority }}' }),
			},
		});

		expect(run.results).toMatchObject([{ status: 'invalid' }]);
		expect(leadsOf()).toEqual([]);
	});

	it('reads an expression that refers to an earlier node', async () => {
		await importLeads({
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
			input,
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
		const [created, wrong, empty] = run.results;
		expect(created).toMatchObject({ status: 'created' });
		expect(wrong).toMatchObject({ status: 'invalid', phone_number: '1.55512E+10', campaign_id: 3 });
		expect(wrong?.reason).toMatch(/^phone_number .*; priority .*; active .*; source_url /);
		expect(empty).toEqual({
			phone_number: '',
			campaign_id: 3,
			status: 'invalid',
			reason: expect.stringMatching(/^phone_number /),
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
			{
				json: { error: expect.stringContaining("Referenced node doesn't exist") },
				pairedItem: { item: 0 },
			},
		]);
		expectUnasked();
	});
});

describe('automatic mapping', () => {
	it('leaves out an optional field that can’t be read, and says so in a warning', async () => {
		const run = await importLeads({
			input: [
				{ phone: '15550000001', name: 'Ann', Priority: 'High', source_url: 'javascript:alert(1)' },
				{ phone: '15550000002', Priority: '5' },
				{ phone: 'nobody', Priority: 'High' },
			],
		});

		expect(leadsOf()).toEqual([
			{ phone_number: '15550000001', name: 'Ann' },
			{ phone_number: '15550000002', priority: 5 },
		]);
		const [first, second, third] = run.results;
		expect(first).toMatchObject({
			status: 'created',
			warning: expect.stringMatching(/^priority .+ source_url /),
		});
		expect(second).not.toHaveProperty('warning');
		expect(third).toMatchObject({
			status: 'invalid',
			warning: expect.stringContaining('priority'),
		});
	});

	it('makes a lead invalid whose context headers were given by hand and can’t be sent', async () => {
		const run = await importLeads({
			input: [{ phone: '15550000001', Priority: 'High' }],
			parameters: { contextHeaders: { header: [{ name: 'Tier', value: 'gold' }] } },
		});

		expect(run.results).toMatchObject([
			{
				status: 'invalid',
				reason: expect.stringMatching(/^context_headers /),
				warning: expect.stringMatching(/^priority /),
			},
		]);
	});

	it('finds the fields under the names of a CRM export and of the older API', async () => {
		await importLeads({
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
			options: { includeInputFields: true },
			input: [{ json: evil }, { phone_number: '15550000002' }],
		});

		expect(leadsOf()).toEqual([{ phone_number: '15550000001' }, { phone_number: '15550000002' }]);
		expect(run.results[1]).toEqual({
			phone_number: '15550000002',
			input_phone_number: '15550000002',
			campaign_id: 3,
			status: 'created',
		});
		expect(Object.getPrototypeOf(run.results[0])).toBe(Object.prototype);
		expect('polluted' in {}).toBe(false);
	});
});

describe('default country', () => {
	it('makes national numbers international, per lead', async () => {
		const run = await importLeads({
			parameters: { defaultCountry: '={{ " gb " }}' },
			input: [{ phone: '07700 900123' }, { phone: '+1 555 000 0001' }, { phone: '0049 30 901820' }],
		});

		expect(run.results.map(({ phone_number }) => phone_number)).toEqual([
			'447700900123',
			'15550000001',
			'4930901820',
		]);
	});

	it('refuses a national number when there is none', async () => {
		const run = await importLeads({ input: [{ phone: '07700 900123' }] });

		expect(run.results[0]).toMatchObject({
			status: 'invalid',
			reason: expect.stringContaining("'Default Country'"),
		});
	});
});
