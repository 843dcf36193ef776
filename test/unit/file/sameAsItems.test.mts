import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AutomaticMapping } from '../../../nodes/VoisoLeads/fields/mapAutomatically.ts';
import { csvField, DELIMITERS, type Delimiter } from '../../../nodes/VoisoLeads/file/csv.ts';
import type { Encoding } from '../../../nodes/VoisoLeads/file/encoding.ts';
import { openFile, type OpenFile } from '../../../nodes/VoisoLeads/file/open.ts';
import { readWaves, type FileRow } from '../../../nodes/VoisoLeads/file/readLeads.ts';
import { ResultsWriter } from '../../../nodes/VoisoLeads/file/results.ts';
import { NO_FIELDS, readLead } from '../../../nodes/VoisoLeads/read.ts';
import { pauser } from '../../../nodes/shared/pauser.ts';

const ITEM = 0;
const CAMPAIGN = '3';
const settings = { operation: 'add', defaultCountryOf: () => 'GB' } as const;

/** How a file is written. */
interface Writing {
	delimiter: Delimiter;
	lineEnd: string;
	encoding: Encoding;
	/** Whether all fields are quoted, or those only that have to be. */
	quotesAll: boolean;
	/** Bytes that come at once. */
	piece: number;
}

type Table = { columns: string[]; rows: string[][] };

const COLUMNS = [
	['Phone', 'Mobile', 'phone_number', 'Telefon', 'Number', 'Business Phone'],
	['Name', 'First Name', 'Last Name', 'Vorname', 'constructor', 'toString', 'NAME'],
	['Priority', 'Active', 'Lead Source', 'Source URL', 'Country Code', 'country', 'Notes', '1'],
];
const cell = fc.oneof(
	fc.constantFrom(
		'+447700900123',
		'07700 900123',
		'447700900123',
		'4.47701E+11',
		'447700900123.0',
		'="07700900123"',
		"'07700900123",
		'N/A',
		'Zoë "Zo" Müller',
		'Müller; Ann, Dr.',
		'two\nlines',
		'two\r\nlines',
		' ',
		'',
		'7',
		'yes',
		'=cmd()',
		'1,5',
		'a|b\tc',
		'44',
		'https://crm.test/1',
	),
	fc.string({ unit: 'grapheme-composite', maxLength: 6 }),
);
const table: fc.Arbitrary<Table> = fc
	.tuple(...COLUMNS.map((names) => fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 })))
	.map((parts) => ['Mobile Phone', ...parts.flat()])
	.chain((columns) =>
		fc.record({
			columns: fc.constant(columns),
			rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
				minLength: 1,
				maxLength: 6,
			}),
		}),
	)
	// Once more as a header is no lead.
	.filter(({ rows, columns }) => !rows.some((row) => row.join() === columns.join()));
const writing: fc.Arbitrary<Writing> = fc.record({
	delimiter: fc.constantFrom(...DELIMITERS),
	lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
	encoding: fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be'),
	quotesAll: fc.boolean(),
	piece: fc.integer({ min: 1, max: 50 }),
});

function written({ columns, rows }: Table, how: Writing): Buffer {
	const field = (text: string) =>
		how.quotesAll ? `"${text.replaceAll('"', '""')}"` : csvField(text, how.delimiter);
	// An empty line is no row.
	const lines = [columns, ...rows].map((row) => row.map(field).join(how.delimiter) || '""');
	const text = `\uFEFF${lines.join(how.lineEnd)}${how.lineEnd}`;
	if (how.encoding === 'utf-8') return Buffer.from(text);
	const bytes = Buffer.from(text, 'utf16le');
	return how.encoding === 'utf-16le' ? bytes : bytes.swap16();
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function opened(bytes: Uint8Array, { delimiter, piece }: Writing): Promise<OpenFile> {
	const file = await openFile(inPieces(bytes, piece), { hasHeader: true, delimiter });
	if ('problem' in file) throw new Error(`${file.problem}: ${file.description}`);
	return file;
}

async function rowsOf(file: OpenFile): Promise<FileRow[]> {
	const waves = readWaves(
		file,
		{
			...settings,
			item: ITEM,
			campaign: { id: CAMPAIGN },
			columns: undefined,
			mapping: new AutomaticMapping(),
			findsRepeats: false,
			rowsPerWave: 2,
		},
		pauser(undefined),
	);
	const rows: FileRow[] = [];
	for await (const wave of waves) rows.push(...wave);
	return rows;
}

it('a row is the lead that it would be as an item, however the file is written', async () => {
	await fc.assert(
		fc.asyncProperty(table, writing, async (given, how) => {
			const rows = await rowsOf(await opened(written(given, how), how));
			const mapping = new AutomaticMapping();
			const items = given.rows.map((row) => {
				const json = Object.fromEntries(given.columns.map((name, place) => [name, row[place]]));
				return readLead(mapping.map(json), NO_FIELDS, ITEM, CAMPAIGN, settings);
			});
			expect(rows.map(({ lead }) => lead)).toEqual(items);
		}),
		{ numRuns: 300 },
	);
});

it('the results are read as the file was, and once more give the same results', async () => {
	const once = async (bytes: Uint8Array, how: Writing) => {
		const file = await opened(bytes, how);
		const rows = await rowsOf(file);
		for (const row of rows) row.result = { status: 'created', reason: '"x"\r\n;' };
		const writer = new ResultsWriter(file, {
			allCampaigns: false,
			byColumn: true,
			dryRun: false,
			getsStatus: false,
			onlyProblems: false,
		});
		return { text: writer.write(rows), rows };
	};
	await fc.assert(
		fc.asyncProperty(table, writing, async (given, how) => {
			const first = await once(written(given, how), how);
			const again = await once(Buffer.from(first.text), how);
			expect(again.text).toBe(first.text);
			expect(again.rows.map(({ lead }) => lead)).toEqual(first.rows.map(({ lead }) => lead));
		}),
		{ numRuns: 200 },
	);
});
