import type { IDataObject } from 'n8n-workflow';
import { NO_PROBLEM } from '../emit/items';
import { isObject } from '../../shared/api/problem';
import { toText } from '../../shared/text';
import { csvField, csvLine } from './csv';
import type { OpenFile } from './open';
import type { FileRow } from './readLeads';
import { areResults, type ResultName } from './resultColumns';

/** A column of results. */
interface ResultColumn<Name extends string = string> {
	name: Name;
	valueOf: (row: FileRow) => string;
}

const COLUMNS: ReadonlyArray<ResultColumn<ResultName>> = [
	{ name: 'voiso_status', valueOf: ({ result }) => result?.status ?? 'failed' },
	{ name: 'voiso_reason', valueOf: ({ result }) => result?.reason ?? result?.error ?? '' },
	{ name: 'voiso_warning', valueOf: ({ result }) => result?.warning ?? '' },
	{
		name: 'voiso_phone_number',
		valueOf: ({ lead }) => (lead.kind === 'good' ? lead.lead.phone_number : ''),
	},
];
const CAMPAIGN: ResultColumn<ResultName> = {
	name: 'voiso_campaign_id',
	valueOf: ({ lead }) => lead.campaignId,
};
const EVERYWHERE: ReadonlyArray<ResultColumn<ResultName>> = [
	{ name: 'voiso_found_in', valueOf: ({ result }) => (result?.foundIn ?? []).join(' ') },
	{
		name: 'voiso_not_switched_off_in',
		valueOf: ({ result }) => (result?.notSwitchedOffIn ?? []).join(' '),
	},
];
const AS_SENT: ResultColumn<ResultName> = {
	name: 'voiso_lead',
	valueOf: ({ result }) => toText(result?.lead),
};
/** What Get Status says as well: the node's own results have the campaign and the number. */
const KNOWN_CONTACT_FIELDS = new Set(['campaign_id', 'contact_number', 'status']);
/** What Voiso names for each number, if it knows one. */
const DOCUMENTED_CONTACT_FIELDS = ['dialed'];
const MOST_CONTACT_FIELDS = 50;

/** Which columns the results have beside the four that all have. */
export interface ResultsSettings {
	/** Whether each row names its campaign. */
	byColumn: boolean;
	allCampaigns: boolean;
	dryRun: boolean;
	/** Whether Voiso was asked for what it knows of the numbers. */
	getsStatus: boolean;
	/** Leave out the rows that are done with. */
	onlyProblems: boolean;
}

/** Writes the rows of a file with their results, with its own delimiter and ends of lines. */
export class ResultsWriter {
	private readonly file: OpenFile;

	private readonly settings: ResultsSettings;

	/** Known as soon as there are results. */
	private columns: readonly ResultColumn[] | undefined;

	/** The columns of the file that are its own. */
	private readonly own: readonly number[];

	constructor(file: OpenFile, settings: ResultsSettings) {
		this.file = file;
		this.settings = settings;
		const names = file.header ?? file.columns;
		const results = areResults(names);
		this.own = [...names.keys()].filter((place) => results[place] !== true);
	}

	/**
	 * The text of some rows, the header before the first of them.
	 *
	 * @param known all rows that have results so far: they tell what Voiso says of the numbers
	 */
	write(rows: readonly FileRow[], known = rows): string {
		let text = '';
		if (this.columns === undefined) {
			this.columns = this.columnsFor(known);
			const names = this.file.header ?? this.file.columns;
			const own = this.own.map((place) => names[place] ?? '');
			text = this.file.needsMark ? '\uFEFF' : '';
			text += this.line([...own, ...this.columns.map(({ name }) => name)]);
		}
		for (const row of rows) {
			const isDone = row.result?.error === undefined && NO_PROBLEM.has(row.result?.status);
			if (this.settings.onlyProblems && isDone) continue;
			text += this.lineOf(row, this.columns);
		}
		return text;
	}

	private line(fields: readonly string[]): string {
		return csvLine(fields, this.file.delimiter, this.file.lineEnd);
	}

	/** Put together by hand: there can be a million, and lists of fields are garbage. */
	private lineOf(row: FileRow, columns: readonly ResultColumn[]): string {
		const { delimiter, lineEnd } = this.file;
		let line = '';
		for (const place of this.own) line += csvField(this.fieldOf(row, place), delimiter) + delimiter;
		for (const [place, { valueOf }] of columns.entries()) {
			if (place > 0) line += delimiter;
			line += csvField(asText(valueOf(row)), delimiter);
		}
		return line + lineEnd;
	}

	/** As many as the header has, so that the results stand in their own columns; what is too much stays in the last. */
	private fieldOf({ fields }: FileRow, place: number): string {
		const last = this.file.columns.length - 1;
		if (place === last && fields.length > last + 1)
			return fields.slice(last).join(this.file.delimiter);
		return fields[place] ?? '';
	}

	private columnsFor(rows: readonly FileRow[]): ResultColumn[] {
		const { allCampaigns, byColumn, dryRun, getsStatus } = this.settings;
		const contactFields = new Set(getsStatus ? DOCUMENTED_CONTACT_FIELDS : []);
		for (const { result } of rows) {
			for (const name of Object.keys(result?.contact ?? {})) {
				if (contactFields.size < MOST_CONTACT_FIELDS) contactFields.add(name);
			}
		}
		return [
			...COLUMNS,
			...(byColumn ? [CAMPAIGN] : []),
			...(allCampaigns ? EVERYWHERE : []),
			...(dryRun ? [AS_SENT] : []),
			...[...contactFields].filter((name) => !KNOWN_CONTACT_FIELDS.has(name)).map(contactColumn),
		];
	}
}

/** What a spreadsheet would compute: Voiso may repeat what somebody has entered. */
const FORMULA = /^(?:[=@\t\r]|[+-](?![\d\s().]*$))/;

/** A text that no spreadsheet takes for a formula. The columns of the file itself stay as they are. */
function asText(value: string): string {
	return FORMULA.test(value) ? `'${value}` : value;
}

function contactColumn(name: string): ResultColumn {
	return { name: `voiso_${name}`, valueOf: ({ result }) => fieldText(result?.contact, name) };
}

function fieldText(contact: IDataObject | undefined, name: string): string {
	return isObject(contact) && Object.hasOwn(contact, name) ? toText(contact[name]) : '';
}
