import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it, test } from 'vitest';
import { fileItem, fileText } from '../../harness/binary.mts';
import { campaign, LEADS, people, phone, voisoForTests } from '../support.mts';
import { csv, importFile } from './support.mts';

const voiso = await voisoForTests();
const { importLeads, newCampaign, sandbox, storedNumbers } = voiso;

const numberOfRequests = () => sandbox.report().totals.requests;

describe('a row that is broken is invalid, says why, and takes no other with it', () => {
	const good = (place: number) => `${phone(place)},Ann ${place}`;
	it.each<[string, string, string, number[]]>([
		['too few columns', phone(5), 'instead of 2', [3]],
		['too many columns', `${good(5)},x,y`, 'instead of 2', [3]],
		['an unclosed quote', `${phone(5)},"Bob`, 'quote', [3]],
		['text behind a quote', `${phone(5)},"Bob" x`, 'quote', [3]],
		['NUL bytes', `${phone(5)},B\0b`, 'NUL', [3]],
		['the header again', 'Phone,Name', 'header', [3]],
		['a number that a spreadsheet shortened', '1.5555E+10,Bob', 'spreadsheet', [3]],
		['a line that is too long', `${phone(5)},${'x'.repeat(100_001)}`, 'characters', [3]],
	])('%s', async (_, line, word, rowNumbers) => {
		const lines = ['Phone,Name', good(0), line, good(1), good(2)];
		const { rows, summaries } = await importFile(voiso, { files: [lines.join('\n')] });
		const all = await rows();

		expect(all.map(({ voiso_status }) => voiso_status)).toEqual([
			'created',
			'invalid',
			'created',
			'created',
		]);
		expect(all[1]?.voiso_reason).toContain(word);
		// A reason with its remedy is more than one sentence.
		expect(all[1]?.voiso_reason).toMatch(/\. .+/);
		if (word !== 'spreadsheet') expect(all[1]?.voiso_reason).toContain(`Row ${rowNumbers[0]}`);
		expect(storedNumbers(3)).toEqual([phone(0), phone(1), phone(2)]);
		expect(summaries).toMatchObject([{ leads: 4, created: 3, invalid: 1 }]);
	});

	it('keeps what is too much in its last column', async () => {
		const { text } = await importFile(voiso, { files: [`Phone,Name\n${phone(0)},a,b`] });
		expect(await text()).toContain(`\n${phone(0)},"a,b",invalid,`);
	});

	it('lets empty columns at the end pass', async () => {
		const { rows } = await importFile(voiso, { files: [`Phone,Name\n${phone(0)},a,,\n`] });
		expect(await rows()).toMatchObject([{ voiso_status: 'created' }]);
	});
});

describe('a file that cannot be read is an error, with a remedy', () => {
	it('but a file with a header only is no leads', async () => {
		const { summaries, text } = await importFile(voiso, { files: ['Phone,Name\n'] });
		expect(summaries).toMatchObject([{ campaign_id: 3, leads: 0, created: 0 }]);
		expect(await text()).toBe(
			'Phone,Name,voiso_status,voiso_reason,voiso_warning,voiso_phone_number\n',
		);
	});

	it.each([
		['that n8n has deleted', 'filesystem-v2:workflows/a/executions/1/binary_data/none'],
		['in a store that is not there', 'nowhere:1'],
	])('%s', async (_, id) => {
		const item = await fileItem(csv(people(1)));
		Object.assign(item.binary?.data ?? {}, { id });
		const parameters = { inputMode: 'file' };
		const { error } = await importLeads({ input: [item], parameters });
		expect(error?.message).toContain('field "data" of item 0');
		expect(error?.description).toMatch(/\S/);
	});

	it('that breaks off', async () => {
		const item = await fileItem(csv(people(1)), { mode: 's3', breaksOff: true });
		const parameters = { inputMode: 'file' };
		const { error } = await importLeads({ input: [item], parameters });
		expect(error?.message).toContain('field "data" of item 0');
		expect(error?.description).toContain('ECONNRESET');
		expect(numberOfRequests()).toBe(0);
	});

	it('says so in one line, however the file is called', async () => {
		const item = await fileItem('City\nLeeds\n', { fileName: 'a\n'.repeat(200) });
		const parameters = { inputMode: 'file' };
		const { error } = await importLeads({ input: [item], parameters });
		expect(error?.message).toMatch(/^.{1,120}$/);
	});

	it('the field is not there', async () => {
		const { error } = await importFile(voiso, {
			files: [csv(people(1))],
			parameters: { inputDataFieldName: 'file' },
		});
		expect(error?.message).toContain('file');
		expect(numberOfRequests()).toBe(0);
	});

	it('does not stop the other files where the user chose to go on', async () => {
		const files = [csv(people(2)), '', csv(people(2, 10))];
		const { summaries, items, rows } = await importFile(voiso, {
			files,
			node: { onError: 'continueRegularOutput' },
		});
		expect(summaries).toMatchObject([
			{ file: 'list0.csv', created: 2 },
			{ error: expect.stringContaining('list1.csv') },
			{ file: 'list2.csv', created: 2 },
		]);
		expect(items(LEADS).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(await rows(2)).toHaveLength(2);
	});
});

describe('the columns', () => {
	const file = 'tel;who;prio\r\n020 7946 0958;Ann;x\r\n15550000001;Bob;7\r\n';
	const manual = ({ phone_number = '', ...fileColumns }: INodeParameters) =>
		({ fileMapping: 'manual', phoneNumberColumn: phone_number, fileColumns }) as const;

	it('can be named, in any case', async () => {
		const { rows } = await importFile(voiso, {
			files: [file],
			parameters: {
				...manual({ phone_number: 'TEL', name: 'who', priority: 'prio' }),
				defaultCountry: 'GB',
			},
		});
		expect((await rows()).length).toBe(2);
		expect(sandbox.state().leads[3]?.['15550000001']).toMatchObject({ name: 'Bob', priority: 7 });
		// What the user named has to be right.
		expect(await rows()).toMatchObject([{ voiso_status: 'invalid' }, { voiso_status: 'created' }]);
	});

	it('can be numbered where there is no header', async () => {
		const { rows } = await importFile(voiso, {
			files: [`Ann;${phone(0)}\nBob;${phone(1)}\n`],
			parameters: manual({ phone_number: '2', name: '1' }),
			options: { headerRow: false },
		});
		expect((await rows()).length).toBe(2);
		expect(sandbox.state().leads[3]?.[phone(1)]).toMatchObject({ name: 'Bob' });
	});

	it('need no names where there is only one', async () => {
		const options = { headerRow: false };
		await importFile(voiso, { files: [`${phone(0)}\n${phone(1)}\n`], options });
		expect(storedNumbers(3)).toEqual([phone(0), phone(1)]);
	});

	it.each<[string, INodeParameters, INodeParameters]>([
		["'Columns'", { fileMapping: 'byHand' }, {}],
		["'Campaign From'", { campaignFrom: 'Campaign' }, {}],
		["'Delimiter'", {}, { delimiter: '\\t' }],
	])('are read as the list of %s offers, or not at all', async (name, parameters, options) => {
		const { error } = await importFile(voiso, { files: [file], parameters, options });
		expect(error?.message).toContain(name);
		expect(numberOfRequests()).toBe(0);
	});

	it.each([{ phone_number: 'Mobile' }, { phone_number: ' ', name: 'who' }])(
		'have to be there: %j',
		async (names) => {
			const { error } = await importFile(voiso, { files: [file], parameters: manual(names) });
			expect(error?.name).toBe('NodeOperationError');
			expect(numberOfRequests()).toBe(0);
		},
	);
});

describe('a campaign in each row', () => {
	const parameters = { campaignFrom: 'column', campaignColumn: 'Campaign' };

	it('by ID or name, with a result for each that is none', async () => {
		const id = newCampaign({ name: 'Autumn Offer' });
		const values = ['3', 'autumn offer', '', 'No Such Campaign', `${id}`];
		const leads = people(5).map((lead, index) => ({ ...lead, Campaign: values[index] ?? '' }));
		const { rows, summaries, items } = await importFile(voiso, { files: [csv(leads)], parameters });
		const all = await rows();

		expect(
			all.map(({ voiso_status, voiso_campaign_id }) => [voiso_status, voiso_campaign_id]),
		).toEqual([
			['created', '3'],
			['created', `${id}`],
			['invalid', ''],
			['invalid', ''],
			['created', `${id}`],
		]);
		expect(all[3]?.voiso_reason).toContain('No Such Campaign');
		expect(summaries).toMatchObject([
			{ campaign_id: 3, created: 1 },
			{ campaign_id: id, created: 2 },
			{ campaign_id: null, invalid: 2 },
		]);
		expect(items(LEADS).map(({ binary }) => binary !== undefined)).toEqual([true, false, false]);
	});

	it('is another column where not one of many campaigns is there', async () => {
		const leads = people(400).map((lead) => ({ ...lead, campaign: lead.phone_number }));
		const wrong = await importFile(voiso, {
			files: [csv(leads)],
			parameters,
			options: { batchSize: 2 },
		});
		expect(wrong.error?.message).toContain(phone(0));
		expect(numberOfRequests()).toBeLessThan(100);

		const ok = await importFile(voiso, {
			files: [csv([{ phone_number: phone(0), campaign: 3 }, ...leads.slice(0, 60)])],
			parameters,
			options: { batchSize: 2 },
			node: { onError: 'continueRegularOutput' },
		});
		expect((await ok.rowStatuses()).filter((status) => status === 'failed')).toHaveLength(60);
	});

	it('in a column that has to be there', async () => {
		for (const campaignColumn of ['Campaign', '']) {
			const { error } = await importFile(voiso, {
				files: [csv(people(1))],
				parameters: { ...parameters, campaignColumn },
			});
			expect(error?.message).toMatch(/no column/i);
		}
	});
});

describe('requests that fail', () => {
	const options = { batchSize: 2, maxWait: 0 };
	it('end the node with the rows they concern', async () => {
		const id = newCampaign({ live: false });
		const { error } = await importFile(voiso, { files: [csv(people(100))], to: id, options });
		expect(error?.description).toContain('rows 2 to 5 (4 leads)');
		expect(numberOfRequests()).toBe(1);
	});

	it.each([
		['add', 2],
		['update', 2],
		['upsert', 2],
		['deactivate', 2],
		['getStatus', 1],
	])('are not repeated for each part of the file: %s', async (operation, requests) => {
		const id = newCampaign();
		const times = 1000;
		sandbox.faults.add({ path: `/campaigns/${id}/`, kind: 'status', status: 503, times });
		// Most rows are no leads, so that a part of the file fills one batch only.
		const leads = people(400).map((lead, index) => (index % 10 === 0 ? lead : { name: 'Nobody' }));
		const { rows } = await importFile(voiso, {
			files: [csv(leads)],
			to: id,
			parameters: { operation },
			options,
			node: { onError: 'continueErrorOutput' },
		});
		const statuses = (await rows()).map(({ voiso_status }) => voiso_status);
		expect(statuses.filter((status) => status !== 'invalid')).toHaveLength(40);
		expect(statuses).not.toContain('created');
		expect(sandbox.faults.list()[0]?.left).toBe(times - requests);
	});

	it('count a number once, however many rows change its lead', async () => {
		const id = newCampaign();
		sandbox.faults.add({ path: '/leads$', kind: 'status', status: 500, skip: 3, times: 1 });
		const list = people(80).map((lead, index) => ({ ...lead, phone_number: phone(index % 30) }));
		const parameters = { operation: 'upsert' };
		const files = [csv(list)];
		const { error } = await importFile(voiso, { files, to: id, parameters, options });
		// The two that failed are not there to be changed.
		expect(error?.description).toMatch(/\b28\b[^.\d]*\.[^.\d]*\b2 unknown/);
	});

	it('are in the results where the user chose to go on', async () => {
		const id = newCampaign({ live: false });
		const { rows, summaries } = await importFile(voiso, {
			files: [csv(people(100))],
			to: id,
			options,
			node: { onError: 'continueErrorOutput' },
		});
		const all = await rows();
		expect(all).toHaveLength(100);
		expect(
			all.every(({ voiso_status, voiso_reason }) => voiso_status === 'failed' && voiso_reason),
		).toBe(true);
		expect(all.at(-1)?.voiso_reason).toContain('Batch 50');
		expect(summaries).toMatchObject([{ leads: 100, failed: 100 }]);
	});
});

test.each(['memory', 's3'] as const)(
	'works with a file that n8n keeps elsewhere than on its disk: %s',
	async (mode) => {
		const item = await fileItem(csv(people(3)), { mode, field: 'list' });
		const run = await importLeads({
			input: [item],
			parameters: { inputMode: 'file', campaign: campaign(3), inputDataFieldName: 'list' },
		});
		expect(run.error).toBeUndefined();
		expect((await fileText(run.items(LEADS)[0])).split('\n')).toHaveLength(5);
		expect(storedNumbers(3)).toHaveLength(3);
	},
);
