import type { IDataObject } from 'n8n-workflow';
import type { ChosenCampaign } from '../../shared/campaign/resolver';
import type { Pauser } from '../../shared/pauser';
import { toText } from '../../shared/text';
import type { LeadResult } from '../emit/results';
import { counted } from '../emit/words';
import type { LeadFieldName } from '../fields/leadFields';
import type { AutomaticMapping } from '../fields/mapAutomatically';
import { NO_VALUES, type RawLead } from '../fields/toLead';
import { NO_FIELDS, readLead, type ReadSettings } from '../read';
import type { GoodLead, InvalidLead } from '../types';
import type { CsvRow } from './csv';
import { NumberTable } from '../numberTable';
import type { OpenFile } from './open';
import { areResults } from './resultColumns';

/** A row of the file as a lead, with its result as soon as that is known. */
export interface FileRow {
	row: number;
	fields: readonly string[];
	lead: GoodLead | InvalidLead;
	/** The row that has the number first, for the same campaign; itself, where repeats are not looked for. */
	first: number;
	result: LeadResult | undefined;
	/** Of all fields together. */
	characters: number;
}

/** What decides how rows become leads. */
export interface RowSettings extends Pick<ReadSettings, 'operation' | 'defaultCountryOf'> {
	/** The input item that holds the file. */
	item: number;
	/** The campaign of all rows, or how to find that of each. */
	campaign: { id: string } | { column: string; find: CampaignFinder };
	/** The columns by field; without them, `mapping` finds them by their names. */
	columns: ReadonlyArray<{ field: LeadFieldName; column: string }> | undefined;
	mapping: AutomaticMapping;
	/** Whether repeated numbers are looked for. */
	findsRepeats: boolean;
	/** How many rows a wave has: what is read while another one is sent. */
	rowsPerWave: number;
}

export type CampaignFinder = (text: string) => Promise<ChosenCampaign | { reason: string }>;

/** Characters of a wave. */
export const MOST_CHARACTERS = 4_000_000;

/** The rows of a file as leads, a wave of them at a time. */
export async function* readWaves(
	file: OpenFile,
	settings: RowSettings,
	pauses: Pauser,
): AsyncGenerator<FileRow[]> {
	const toRow = rowReader(file, settings);
	let wave: FileRow[] = [];
	let characters = 0;
	for await (const rows of file.rows) {
		for (const row of rows) {
			if (pauses.isDue()) await pauses.take();
			const read = toRow(row);
			const fileRow = read instanceof Promise ? await read : read;
			wave.push(fileRow);
			characters += fileRow.characters;
			if (wave.length < settings.rowsPerWave && characters < MOST_CHARACTERS) continue;
			yield wave;
			wave = [];
			characters = 0;
		}
	}
	yield wave;
}

/** A promise only where a campaign has to be looked up. */
function rowReader(
	file: OpenFile,
	settings: RowSettings,
): (row: CsvRow) => FileRow | Promise<FileRow> {
	const { campaign, findsRepeats, item } = settings;
	const { columns } = file;
	const rawLead = rawLeadReader(settings);
	const mappedByHand =
		settings.columns === undefined
			? NO_FIELDS
			: new Set(settings.columns.map(({ field }) => field));
	const tables = new Map<string, NumberTable>();
	const named = new Set(settings.columns?.map(({ column }) => column));
	if ('column' in campaign) named.add(campaign.column);
	const results = areResults(columns);
	// They say nothing about the lead, unless the user names one.
	const isOurs = columns.map((name, place) => results[place] === true && !named.has(name));

	const invalid = (row: CsvRow, campaignId: string, reason: string): FileRow => {
		const lead = { kind: 'invalid', item, campaignId, phone: '', reason } as const;
		return fileRow(row, lead, row.row);
	};
	const valid = (row: CsvRow, record: IDataObject, campaignId: string): FileRow => {
		const lead = readLead(rawLead(record), mappedByHand, item, campaignId, settings);
		let first = row.row;
		if (findsRepeats && lead.kind === 'good') {
			const table = tables.get(campaignId) ?? new NumberTable();
			tables.set(campaignId, table);
			first = table.first(lead.lead.phone_number, row.row);
		}
		return fileRow(row, lead, first);
	};
	const byColumn = async (
		row: CsvRow,
		record: IDataObject,
		{ column, find }: { column: string; find: CampaignFinder },
	): Promise<FileRow> => {
		const text = toText(record[column]).trim();
		if (text === '') return invalid(row, '', `${column} is empty. Enter a campaign's ID or name.`);
		const found = await find(text);
		if ('reason' in found) return invalid(row, '', `${column}: ${found.reason}`);
		return valid(row, record, found.id);
	};
	return (row) => {
		const campaignId = 'id' in campaign ? campaign.id : '';
		const problem = problemOf(row, file);
		if (problem !== undefined) return invalid(row, campaignId, `Row ${row.row} ${problem}`);
		const record: IDataObject = {};
		for (let place = 0; place < columns.length; place++) {
			if (isOurs[place] !== true) record[columns[place] ?? ''] = row.fields[place] ?? '';
		}
		return 'id' in campaign ? valid(row, record, campaignId) : byColumn(row, record, campaign);
	};
}

function fileRow({ row, fields }: CsvRow, lead: FileRow['lead'], first: number): FileRow {
	let characters = 0;
	for (const field of fields) characters += field.length;
	return { row, fields, lead, first, result: undefined, characters };
}

function rawLeadReader({ columns, mapping }: RowSettings): (record: IDataObject) => RawLead {
	if (columns === undefined) return (record) => mapping.map(record);
	return (record) => {
		const raw: RawLead = { ...NO_VALUES };
		for (const { field, column } of columns) raw[field] = record[column];
		return raw;
	};
}

/** What is wrong with a row as a row of its file, with the remedy. */
function problemOf({ fields, problem }: CsvRow, { columns, header }: OpenFile): string | undefined {
	if (problem !== undefined) return problem;
	const { length } = columns;
	const found = counted(fields.length, 'column');
	if (fields.length < length) {
		return `has ${found} instead of ${length}. Add the missing ones, or check its quotes.`;
	}
	// Spreadsheets end rows with empty columns.
	if (fields.length > length && fields.slice(length).some((field) => field.trim() !== '')) {
		return `has ${found} instead of ${length}. Put quotes around a text with the delimiter in it.`;
	}
	if (fields.some((field) => field.includes('\0'))) {
		return "contains NUL bytes: the file is damaged or in another encoding. Export it again as UTF-8, or set 'Encoding'.";
	}
	if (
		header !== undefined &&
		header.every((name, place) => fields[place]?.trim() === name.trim())
	) {
		return 'is the header again. Remove it: files were probably joined.';
	}
	return undefined;
}
