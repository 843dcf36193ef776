import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it, test } from 'vitest';
import { campaign, LEADS, mixed, people, phone, voisoForTests } from '../support.mts';
import { csv, importFile } from './support.mts';

const voiso = await voisoForTests();
const { expectUnasked, importLeads, newCampaign, reportOf, sandbox, store, storedNumbers } = voiso;

const list: IDataObject[] = mixed.map(({ phone_number, name }) => ({ phone_number, name }));

describe('a file comes to what its rows come to as items', () => {
	it.each(['add', 'update', 'upsert', 'deactivate', 'getStatus'])('%s', async (operation) => {
		const run = async (mode: 'items' | 'file') => {
			sandbox.reset();
			await store(3, people(1, 1));
			const parameters = { operation };
			const outcomes =
				mode === 'items'
					? (await importLeads({ input: list, parameters })).statuses
					: await (await importFile(voiso, { files: [csv(list)], parameters })).rowStatuses();
			return { outcomes, leads: sandbox.state().leads[3] };
		};
		expect(await run('file')).toEqual(await run('items'));
	});

	it.each(['add', 'update', 'upsert', 'deactivate'])('%s, with Dry Run', async (operation) => {
		const options = { dryRun: true };
		const parameters = { operation, campaign: campaign(3) };
		const items = await importLeads({ input: list, parameters, options });
		const file = await importFile(voiso, { files: [csv(list)], parameters, options });
		const rows = await file.rows();
		expect(rows.map(({ voiso_status }) => voiso_status)).toEqual(items.statuses);
		expect(JSON.parse(rows[0]?.voiso_lead ?? '')).toEqual(items.results[0]?.lead);
		expect(file.summaries[0]).toMatchObject({ leads: 5, invalid: 1 });
		expectUnasked();
	});

	it('stop calling everywhere', async () => {
		// Of the default campaigns some take no leads.
		for (const id of [2, 8, 9]) sandbox.deleteCampaign(id);
		await store(3, people(2));
		const parameters = { operation: 'deactivate', scope: 'allCampaigns' };
		const { rows, summaries } = await importFile(voiso, { files: [csv(people(3))], parameters });
		expect(
			(await rows()).map(({ voiso_status, voiso_found_in }) => [voiso_status, voiso_found_in]),
		).toEqual([
			['updated', '3'],
			['updated', '3'],
			['not_found', ''],
		]);
		expect(summaries).toMatchObject([{ campaign_id: null, updated: 2, not_found: 1 }]);
	});

	it('get status, with what Voiso says of each number', async () => {
		sandbox.options.unknownContacts = 'leaveOut';
		await store(3, people(1));
		const parameters = { operation: 'getStatus' };
		const { rows } = await importFile(voiso, { files: [csv(people(2))], parameters });
		expect(await rows()).toMatchObject([
			{ voiso_status: 'found', voiso_dialed: 'false', name: 'Person 0' },
			{ voiso_status: 'unreported', voiso_dialed: '' },
		]);
	});

	it('get status, whatever the first rows are', async () => {
		const id = newCampaign();
		await store(3, people(25));
		const parameters = {
			operation: 'getStatus',
			campaignFrom: 'column',
			campaignColumn: 'campaign',
		};
		const leads = [
			{ phone_number: 'none', campaign: 3 },
			{ phone_number: phone(0), campaign: id },
			...people(25).map(({ phone_number }) => ({ phone_number, campaign: 3 })),
		];
		const options = { batchSize: 2 };
		const { rows } = await importFile(voiso, { files: [csv(leads)], parameters, options });
		const all = await rows();
		expect(all.map(({ voiso_dialed }) => voiso_dialed).filter(Boolean)).toHaveLength(26);
		// A field that the sandbox has and no page of Voiso names.
		expect(all.at(-1)).toHaveProperty('voiso_will_be_dialed');
	});
});

test('the results are all rows in their order, with their columns as they were', async () => {
	const text =
		'\uFEFFMobile;First Name;Note\r\n15550000000;Ann;"a; ""b"""\r\nnone;Bob;\r\n\r\n15550000000;Cid;"two\r\nlines"\r\n';
	const result = await importFile(voiso, { files: [text] });

	const [, noDigits, sameNumber] = await result.rows();
	expect(noDigits?.voiso_reason).toContain('"none"');
	expect(sameNumber?.voiso_reason).toContain('row 2.');
	expect(await result.text()).toBe(
		[
			'\uFEFFMobile;First Name;Note;voiso_status;voiso_reason;voiso_warning;voiso_phone_number',
			'15550000000;Ann;"a; ""b""";created;;;15550000000',
			`none;Bob;;invalid;"${noDigits?.voiso_reason?.replaceAll('"', '""')}";;`,
			`15550000000;Cid;"two\r\nlines";repeated;${sameNumber?.voiso_reason};;15550000000`,
			'',
		].join('\r\n'),
	);
	expect(result.items(LEADS)).toMatchObject([
		{
			json: { file: 'list0.csv', campaign_id: 3, leads: 3, created: 1, invalid: 1, repeated: 1 },
			binary: { data: { fileName: 'results.csv', mimeType: 'text/csv' } },
			pairedItem: { item: 0 },
		},
	]);
	expect(result.hints(LEADS)[1]?.message).toContain('Mobile → Phone Number');
});

test('results of an earlier run are replaced, and not taken for leads', async () => {
	const first = await importFile(voiso, { files: [csv(list)] });
	const again = await importFile(voiso, { files: [await first.text()] });
	const rows = await again.rows();
	expect(rows.map(({ voiso_status }) => voiso_status)).toEqual([
		'duplicate',
		'duplicate',
		'rejected',
		'invalid',
		'repeated',
	]);
	expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys((await first.rows())[0] ?? {}));
});

test('columns of the CRM that begin like results are no results', async () => {
	const text = `voiso_id,Phone,Voiso_Notes\n7,${phone(0)},VIP\n`;
	const first = await importFile(voiso, { files: [text] });
	const again = await importFile(voiso, { files: [await first.text()] });
	for (const { rows } of [first, again]) {
		const [row = {}] = await rows();
		expect(row).toMatchObject({ voiso_id: '7', Voiso_Notes: 'VIP', voiso_phone_number: phone(0) });
		expect(Object.keys(row)).toHaveLength(7);
	}
});

test('columns of results can be named', async () => {
	const id = newCampaign();
	const leads = [{ phone_number: '+1 555 000 0001', campaign: id }];
	const byColumn = { campaignFrom: 'column', campaignColumn: 'campaign' };
	const first = await importFile(voiso, { files: [csv(leads)], parameters: byColumn });
	const again = await importFile(voiso, {
		files: [await first.text()],
		parameters: {
			...byColumn,
			campaignColumn: 'voiso_campaign_id',
			fileMapping: 'manual',
			phoneNumberColumn: 'voiso_phone_number',
		},
	});
	expect(again.summaries).toMatchObject([{ campaign_id: id, duplicate: 1 }]);
});

test('what Voiso says is no formula in the results; the columns of the file stay as they are', async () => {
	const number = '15550000001';
	const entry = (reason: string) => ({ phone_number: number, reason });
	const name = '=HYPERLINK("http://x.test")';
	for (const reason of ['=1+1', '@SUM(1)', '-2+3+cmd|x', '+1+1', '\t=1']) {
		const body = { leads_import: { created: [], rejected: [entry(reason)], duplicates: [] } };
		sandbox.faults.add({ path: '/leads$', times: 1, kind: 'status', status: 200, body });
		const rows = await (
			await importFile(voiso, {
				files: [csv([{ Phone: number, Name: `"${name.replaceAll('"', '""')}"` }])],
			})
		).rows();
		expect(rows[0]).toMatchObject({ Name: name, voiso_status: 'rejected' });
		expect(rows[0]?.voiso_reason).toMatch(/^'/);
	}
});

test('can hold only the rows that need attention', async () => {
	const options = { resultsFile: 'problems' };
	const { rows, summaries } = await importFile(voiso, { files: [csv(list)], options });
	expect((await rows()).map(({ name }) => name)).toEqual(['Rejected', 'Invalid']);
	expect(summaries).toMatchObject([{ leads: 5 }]);
});

describe('a file of many waves', () => {
	const options = { batchSize: 2 };
	/** Three waves of twenty rows; every tenth number comes again forty rows later. */
	const many = people(60).map((lead, index) => ({
		...lead,
		phone_number: phone(index >= 40 && index % 10 === 0 ? index - 40 : index),
		name: `Row ${index + 2}`,
	}));

	it('finds repeated numbers wherever they stand', async () => {
		const { rows } = await importFile(voiso, { files: [csv(many)], options });
		const all = await rows();
		expect(all.map(({ name }) => name)).toEqual(many.map(({ name }) => name));
		expect(all[40]).toMatchObject({
			voiso_status: 'repeated',
			voiso_reason: expect.stringContaining('row 2.'),
		});
		expect(storedNumbers(3)).toHaveLength(58);
		expect(reportOf(3).leadRequests).toHaveLength(29);
	});

	it('adds and then changes what comes again, as its last row says', async () => {
		const parameters = { operation: 'upsert' };
		const { rows } = await importFile(voiso, { files: [csv(many)], options, parameters });
		expect((await rows())[40]).toMatchObject({ voiso_status: 'repeated' });
		expect(sandbox.state().leads[3]?.[phone(0)]).toMatchObject({ name: 'Row 42' });
	});

	it('updates in the order of the rows', async () => {
		await store(3, people(60));
		const parameters = { operation: 'update' };
		const { rows } = await importFile(voiso, { files: [csv(many)], options, parameters });
		expect(new Set((await rows()).map(({ voiso_status }) => voiso_status))).toEqual(
			new Set(['updated']),
		);
		expect(sandbox.state().leads[3]?.[phone(0)]).toMatchObject({ name: 'Row 42' });
	});

	it('fills batches over the bounds of waves, for each campaign', async () => {
		const ids = [newCampaign(), newCampaign(), newCampaign()];
		const leads = people(91).map((lead, index) => ({ ...lead, campaign: ids[index % 3] ?? 0 }));
		const parameters = { campaignFrom: 'column', campaignColumn: 'campaign' };
		const { rows } = await importFile(voiso, {
			files: [csv(leads)],
			parameters,
			options: { batchSize: 4 },
		});
		expect((await rows()).map(({ phone_number }) => phone_number)).toEqual(
			people(91).map(({ phone_number }) => phone_number),
		);
		for (const id of ids) {
			const sizes = reportOf(id).leadRequests.map((request) => request.leads);
			expect(sizes.slice(0, -1).every((size) => size === 4)).toBe(true);
		}
	});

	it('does not keep a small campaign waiting for long', async () => {
		const id = newCampaign();
		const leads = people(60).map((lead, index) => ({ ...lead, campaign: index === 0 ? id : 3 }));
		const parameters = { campaignFrom: 'column', campaignColumn: 'campaign' };
		const { rows } = await importFile(voiso, { files: [csv(leads)], parameters, options });
		expect((await rows()).every(({ voiso_status }) => voiso_status === 'created')).toBe(true);
		const [small] = reportOf(id).leadRequests;
		const last = reportOf(3).leadRequests.at(-1);
		expect(small?.start).toBeLessThan(last?.start ?? 0);
	});
});
