import { describe, expect, it } from 'vitest';
import type { OpenFile } from '../../../nodes/VoisoLeads/file/open.ts';
import type { FileRow } from '../../../nodes/VoisoLeads/file/readLeads.ts';
import { ResultsWriter, type ResultsSettings } from '../../../nodes/VoisoLeads/file/results.ts';

const header = ['Phone', 'Note', 'voiso_status'];
const file = (more: Partial<OpenFile> = {}): OpenFile => ({
	delimiter: ';',
	lineEnd: '\n',
	columns: header,
	header,
	needsMark: false,
	rows: (async function* () {})(),
	...more,
});
const settings: ResultsSettings = {
	byColumn: false,
	allCampaigns: false,
	dryRun: false,
	getsStatus: false,
	onlyProblems: false,
};
const row = (number: number, result: FileRow['result'], fields: string[] = []): FileRow => ({
	row: number,
	fields: [`0${number}`, 'a;b', 'old', ...fields],
	lead: { kind: 'good', item: 0, campaignId: '3', lead: { phone_number: `44${number}` } },
	first: number,
	characters: 0,
	result,
});

const STANDARD = 'voiso_status;voiso_reason;voiso_warning;voiso_phone_number';

describe('the results of a file', () => {
	it('have their header once, and replace those of an earlier run', () => {
		const writer = new ResultsWriter(file(), settings);
		expect(writer.write([row(2, { status: 'created' })])).toBe(
			`Phone;Note;${STANDARD}\n02;"a;b";created;;;442\n`,
		);
		expect(writer.write([row(3, { error: 'No.' }), row(4, undefined)])).toBe(
			'03;"a;b";failed;No.;;443\n04;"a;b";failed;;;444\n',
		);
	});

	it.each<[Partial<ResultsSettings>, FileRow['result'], string, string]>([
		[{ byColumn: true }, { status: 'created' }, 'voiso_campaign_id', '3'],
		[
			{ allCampaigns: true },
			{ status: 'updated', foundIn: ['3', '5'], notSwitchedOffIn: ['9'] },
			'voiso_found_in;voiso_not_switched_off_in',
			'3 5;9',
		],
		[
			{ dryRun: true },
			{ status: 'ready', lead: { phone_number: '442' } },
			'voiso_lead',
			'"{""phone_number"":""442""}"',
		],
		[
			{},
			{
				status: 'found',
				contact: { campaign_id: 3, contact_number: '442', status: 'x', dialed: false },
			},
			'voiso_dialed',
			'false',
		],
	])('have more columns where that is asked for: %j', (more, result, names, values) => {
		const text = new ResultsWriter(file(), { ...settings, ...more }).write([row(2, result)]);
		expect(text.split('\n')[0]).toBe(`Phone;Note;${STANDARD};${names}`);
		expect(text).toMatch(new RegExp(`;442;${values}\n$`));
	});

	it('name what Get Status is documented to say, whatever the first rows are', () => {
		const writer = new ResultsWriter(file(), { ...settings, getsStatus: true });
		expect(writer.write([row(2, { status: 'invalid' })])).toMatch(/^.*;voiso_dialed\b/);
	});

	it('can be the problems only', () => {
		const writer = new ResultsWriter(file(), { ...settings, onlyProblems: true });
		const rows = [row(2, { status: 'created' }), row(3, { status: 'rejected', reason: 'No' })];
		const failed = row(4, { status: 'created', error: 'Failed.' });
		const lines = writer
			.write([...rows, failed])
			.trimEnd()
			.split('\n');
		expect(lines.slice(1).map((line) => line.slice(0, 2))).toEqual(['03', '04']);
	});

	it('have a mark where the file needs one, and keep what is too much in its last column', () => {
		const columns = ['Phone', 'Note'];
		const open = file({ needsMark: true, lineEnd: '\r\n', columns, header: columns });
		const text = new ResultsWriter(open, settings).write([row(2, { status: 'created' })]);
		expect(text).toMatch(/^\uFEFFPhone;.*\r\n02;"a;b;old";created;;;442\r\n$/);
	});
});
