import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { people, phone, voisoForTests } from './support.mts';

const { importLeads, newCampaign, reportOf, sandbox, store } = await voisoForTests();

const leadIn = (id: number, place: number) => sandbox.state().leads[id]?.[phone(place)];

const run = async (operation: string, input: IDataObject[]) =>
	await importLeads({ input, parameters: { operation } });

describe('add', () => {
	it('sends the first of a repeated number in each campaign, and calls the others repeated', async () => {
		const other = newCampaign();
		const result = await importLeads({
			input: [
				{ phone_number: phone(1), name: 'First', to: 3 },
				{ phone_number: phone(2), name: 'Else', to: 3 },
				{ phone_number: `+${phone(1)}`, name: 'Second', to: 3 },
				{ phone_number: phone(1), name: 'Elsewhere', to: other },
			],
			to: '={{ $json.to }}',
		});

		expect(result.results).toMatchObject([
			{ status: 'created' },
			{ status: 'created' },
			{ status: 'repeated', reason: expect.stringContaining('item 0') },
			{ status: 'created', campaign_id: other },
		]);
		expect(leadIn(3, 1)?.name).toBe('First');
		expect(leadIn(other, 1)?.name).toBe('Elsewhere');
		expect(reportOf(3).leadsSent).toBe(2);
	});

	it('tells created, duplicate, rejected and invalid apart, in the order of the input', async () => {
		await store(3, [{ phone_number: phone(2) }]);
		const input = [phone(1), phone(2), '979123456789', 'none', phone(3)].map((number) => ({
			phone_number: number,
		}));
		const result = await run('add', input);

		expect(result.statuses).toEqual(['created', 'duplicate', 'rejected', 'invalid', 'created']);
		expect(reportOf(3).rejected).toEqual(['979123456789']);
	});
});

describe('update', () => {
	it('sends only the fields given, and reports updated and not found', async () => {
		const before = { phone_number: phone(1), name: 'Ann', priority: 5, active: true };
		await store(3, [before]);
		const result = await run('update', [
			{ phone_number: phone(1), active: 'no', name: '' },
			{ phone_number: phone(2), priority: 1 },
		]);

		expect(result.results).toEqual([
			{ phone_number: phone(1), campaign_id: 3, status: 'updated' },
			{ phone_number: phone(2), campaign_id: 3, status: 'not_found' },
		]);
		expect(leadIn(3, 1)).toEqual({ ...before, active: false });
	});

	it('merges items with one number field by field, sends one lead, and gives all its outcome', async () => {
		await store(3, [{ phone_number: phone(1) }]);
		const result = await run('update', [
			{ phone_number: phone(1), name: 'Old', priority: 7, source_system: 'CRM' },
			{ phone_number: phone(2), name: 'Nobody' },
			{ phone_number: `+${phone(1)}`, name: 'New', source_url: 'https://crm.test/1' },
			{ phone_number: phone(2), priority: 1 },
		]);

		expect(result.statuses).toEqual(['updated', 'not_found', 'updated', 'not_found']);
		expect(leadIn(3, 1)).toEqual({
			phone_number: phone(1),
			name: 'New',
			priority: 7,
			source: { system: 'CRM', url: 'https://crm.test/1' },
		});
		expect(reportOf(3).leadRequests.map(({ leads }) => leads)).toEqual([1, 2]);
	});

	it('refuses a lead with nothing to change, and does not change context headers', async () => {
		await store(3, [{ phone_number: phone(1) }]);
		const result = await run('update', [
			{ phone_number: phone(1), name: ' ' },
			{ phone_number: phone(1), context_headers: { 'X-Tier': 'gold' } },
			{ phone_number: phone(1), name: 'Ann', context_headers: { 'X-Tier': 'gold' } },
		]);

		expect(result.results).toMatchObject([
			{ status: 'invalid', reason: expect.stringMatching(/priority/) },
			{ status: 'invalid' },
			{ status: 'updated' },
		]);
		expect(leadIn(3, 1)).toEqual({ phone_number: phone(1), name: 'Ann' });
		expect(sandbox.report().violations).toEqual([]);
	});
});

describe('upsert', () => {
	it('adds, then updates exactly the duplicates, and reports created or updated', async () => {
		await store(3, [{ phone_number: phone(1), name: 'Old', priority: 9 }]);
		const result = await run('upsert', [
			{ phone_number: phone(1), name: 'New' },
			{ phone_number: phone(2), name: 'Bo', priority: 3 },
			{ phone_number: '979123456789' },
		]);

		expect(result.statuses).toEqual(['updated', 'created', 'rejected']);
		expect(leadIn(3, 1)).toEqual({ phone_number: phone(1), name: 'New', priority: 9 });
		expect(leadIn(3, 2)).toEqual({ phone_number: phone(2), name: 'Bo', priority: 3 });
		const requests = reportOf(3).leadRequests;
		expect(requests.slice(1).map(({ method, leads }) => [method, leads])).toEqual([
			['POST', 3],
			['PUT', 1],
		]);
	});

	it('keeps the pace between adding and updating', async () => {
		sandbox.options.minimumInterval = 300;
		await importLeads({
			input: people(3),
			options: { minimumInterval: 0.3, batchSize: 2 },
			parameters: { operation: 'upsert' },
		});
		await importLeads({
			input: people(3),
			options: { minimumInterval: 0.3, batchSize: 2 },
			parameters: { operation: 'upsert' },
		});

		const report = reportOf(3);
		expect(report.leadRequests.map(({ method }) => method)).toEqual([
			'POST',
			'POST',
			'POST',
			'POST',
			'PUT',
			'PUT',
		]);
		expect(report).toMatchObject({ tooEarly: 0, overlapped: 0, busy: 0, refused: 0 });
	});

	it('merges repeated numbers; the first item carries the outcome, what has nothing to change stays a duplicate', async () => {
		await store(3, [{ phone_number: phone(1) }, { phone_number: phone(2) }]);
		const result = await run('upsert', [
			{ phone_number: phone(1), name: 'Ann' },
			{ phone_number: phone(1), priority: 4 },
			{ phone_number: phone(2) },
		]);

		expect(result.statuses).toEqual(['updated', 'repeated', 'duplicate']);
		expect(leadIn(3, 1)).toEqual({ phone_number: phone(1), name: 'Ann', priority: 4 });
	});

	it('sends context headers with new leads only', async () => {
		await store(3, [{ phone_number: phone(1) }]);
		const input = [1, 2].map((place) => ({
			phone_number: phone(place),
			name: 'Ann',
			context_headers: { 'X-Tier': 'gold' },
		}));
		await run('upsert', input);

		expect(leadIn(3, 1)).toEqual({ phone_number: phone(1), name: 'Ann' });
		expect(leadIn(3, 2)).toMatchObject({ context_headers: { 'X-Tier': 'gold' } });
	});
});
