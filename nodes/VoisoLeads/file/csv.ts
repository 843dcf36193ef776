/** One row of a file, as it was written. */
export interface CsvRow {
	/** Its number, from 1, as a spreadsheet shows it. */
	row: number;
	fields: string[];
	/** Why it can't be read, with the remedy; its only field is then the line as it stands. */
	problem?: string;
}

/** What separates the fields of a row. */
export type Delimiter = ',' | ';' | '\t' | '|';
export const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

/** Characters; no lead has more, and an open quote must not take the rest of the file with it. */
const LONGEST_RECORD = 100_000;
/** What is shown of a longer one. */
const SHOWN = 1000;

const OPEN_QUOTE =
	'has a quote that is never closed. Close it, or double it ("") if it belongs to the text.';
const STRAY_QUOTE =
	'has text behind a closing quote. Double a quote ("") that belongs to the text.';
const TOO_LONG = `has more than ${LONGEST_RECORD} characters. Check where its line ends.`;

/** Some programs put it before each of the files that were joined. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads CSV as RFC 4180 has it, in pieces: quoted fields with delimiters, line breaks and doubled quotes, blanks
 * around the quotes; lines that end with CRLF, LF or CR, within one file, too. A quote within an unquoted field is
 * part of it. Empty lines are no rows, but count.
 *
 * What can't be read is one row with a `problem`: the line on which it begins. Reading goes on with the next line.
 */
export class CsvParser {
	/** How the first line ends; nothing where the text has one line only. */
	lineEnd: string | undefined;

	private readonly delimiter: Delimiter;

	private rest = '';

	private row = 0;

	/** The line is too long: what is left of it is passed over. */
	private isSkipping = false;

	constructor(delimiter: Delimiter) {
		this.delimiter = delimiter;
	}

	/**
	 * The rows that the text completes.
	 *
	 * @param isLast whether no more text comes, so that what is left is a row, too
	 */
	push(text: string, isLast = false): CsvRow[] {
		const all = this.rest + text;
		const reader = new RecordReader(all, this.delimiter, isLast);
		const rows: CsvRow[] = [];
		let at = 0;
		while (at < all.length) {
			if (this.isSkipping) {
				const line = reader.lineAt(at);
				this.isSkipping = line === 'open';
				at = line === 'open' ? reader.openEnd : line.end;
				if (this.isSkipping) break;
				continue;
			}
			if (all[at] === BYTE_ORDER_MARK) {
				at++;
				continue;
			}
			const found = reader.recordAt(at);
			const length = (found === 'open' ? all.length : found.end - 1) - at;
			if (found === 'open' && length <= LONGEST_RECORD) break;
			const record = length > LONGEST_RECORD ? reader.tooLongAt(at) : found;
			this.isSkipping = record === 'open';
			const { fields, problem }: Pick<CsvRecord, 'fields' | 'problem'> =
				record === 'open' ? { fields: [all.slice(at, at + SHOWN)], problem: TOO_LONG } : record;
			this.row++;
			if (problem !== undefined) rows.push({ row: this.row, fields, problem });
			else if (fields.length > 1 || fields[0] !== '' || all[at] === '"')
				rows.push({ row: this.row, fields });
			const start = at;
			at = record === 'open' ? reader.openEnd : record.end;
			this.lineEnd ??= /(?:\r?\n|\r)$/.exec(all.slice(start, at))?.[0];
			if (this.isSkipping) break;
		}
		this.rest = all.slice(at);
		return rows;
	}
}

interface CsvRecord {
	fields: string[];
	problem?: string;
	/** Where the next one begins. */
	end: number;
}

/** Finds one character from places of which most follow each other. */
class Finder {
	private readonly text: string;

	private readonly character: string;

	private from = 0;

	private found = -1;

	constructor(text: string, character: string) {
		this.text = text;
		this.character = character;
	}

	/** Its first place from `start` on; infinite where there is none. */
	next(start: number): number {
		if (start < this.from || start > this.found) {
			const found = this.text.indexOf(this.character, start);
			this.from = start;
			this.found = found < 0 ? Number.POSITIVE_INFINITY : found;
		}
		return this.found;
	}
}

/** Reads the records of one piece of text; `open` means that the end of one is in the next piece. */
class RecordReader {
	private readonly text: string;

	private readonly delimiter: string;

	private readonly isLast: boolean;

	/** Where an open line goes on: a CR at the end of a piece can be the first part of a line's end. */
	readonly openEnd: number;

	private readonly quotes: Finder;

	private readonly lineFeeds: Finder;

	private readonly returns: Finder;

	constructor(text: string, delimiter: string, isLast: boolean) {
		this.text = text;
		this.delimiter = delimiter;
		this.isLast = isLast;
		this.openEnd = text.length;
		while (this.openEnd > text.length - 2 && text[this.openEnd - 1] === '\r') this.openEnd--;
		this.quotes = new Finder(text, '"');
		this.lineFeeds = new Finder(text, '\n');
		this.returns = new Finder(text, '\r');
	}

	recordAt(start: number): CsvRecord | 'open' {
		const line = this.lineAt(start);
		const quote = this.quotes.next(start);
		const isPlain = line !== 'open' && quote >= line.end;
		if (!isPlain && quote !== Number.POSITIVE_INFINITY) return this.quotedRecordAt(start);
		if (line === 'open') return line;
		const [content = ''] = line.fields;
		return { fields: content.split(this.delimiter), end: line.end };
	}

	/** A record that is too long: the line on which it begins. */
	tooLongAt(start: number): CsvRecord | 'open' {
		const line = this.lineAt(start);
		if (line === 'open') return line;
		return {
			fields: [this.text.slice(start, Math.min(line.end - 1, start + SHOWN))],
			problem: TOO_LONG,
			end: line.end,
		};
	}

	/** The line at a place as one field. Text that went through two programs can end its lines with CRCRLF. */
	lineAt(start: number): CsvRecord | 'open' {
		const { isLast, openEnd, text } = this;
		const found = Math.min(this.lineFeeds.next(start), this.returns.next(start), text.length);
		if (!isLast && found >= openEnd) return 'open';
		let end = found;
		while (end < found + 2 && text[end] === '\r') end++;
		// Of two CRs without LF, each ends a line.
		end = text[end] === '\n' ? end + 1 : found + 1;
		return { fields: [text.slice(start, found)], end };
	}

	private quotedRecordAt(start: number): CsvRecord | 'open' {
		const { delimiter, text } = this;
		const fields: string[] = [];
		for (let at = start; ;) {
			let open = at;
			while (text[open] === ' ') open++;
			if (text[open] !== '"') {
				// Up to the next delimiter or the end of the line, whichever comes first.
				const line = this.lineAt(at);
				if (line === 'open') return line;
				const [content = ''] = line.fields;
				const length = content.indexOf(delimiter);
				fields.push(length < 0 ? content : content.slice(0, length));
				if (length < 0) return { fields, end: line.end };
				at += length + 1;
				continue;
			}
			const field = this.quotedFieldAt(open, start);
			if (field === 'open') return field;
			if (field === undefined) return this.broken(start, OPEN_QUOTE);
			fields.push(field.value);
			at = field.end;
			while (text[at] === ' ') at++;
			if (text[at] === delimiter) {
				at++;
				continue;
			}
			const rest = this.lineAt(at);
			if (rest === 'open') return rest;
			if (rest.fields[0] === '') return { fields, end: rest.end };
			return this.broken(start, STRAY_QUOTE);
		}
	}

	/** Undefined where its quote is not closed. */
	private quotedFieldAt(
		start: number,
		recordStart: number,
	): { value: string; end: number } | 'open' | undefined {
		const { isLast, text } = this;
		let value = '';
		for (let from = start + 1; ;) {
			const close = text.indexOf('"', from);
			const isOpen = close < 0 || (close + 1 === text.length && !isLast);
			const length = (isOpen ? text.length : close) - recordStart;
			if (length > LONGEST_RECORD) return undefined;
			if (isOpen) return isLast ? undefined : 'open';
			const isDoubled = text[close + 1] === '"';
			value += text.slice(from, isDoubled ? close + 1 : close);
			if (!isDoubled) return { value, end: close + 1 };
			from = close + 2;
		}
	}

	private broken(start: number, problem: string): CsvRecord | 'open' {
		const line = this.lineAt(start);
		return line === 'open' ? line : { ...line, problem };
	}
}

/** How many rows tell which delimiter a file has. */
const COMPARED = 50;

/**
 * The delimiter that gives most rows as many columns as the first row has; a comma where none gives any. Of two, the
 * comma is not it: it stands in numbers (`1,50`) and in names of columns.
 */
export function detectDelimiter(text: string): Delimiter {
	let best: Delimiter = ',';
	let most = 0;
	for (const delimiter of [...DELIMITERS].reverse()) {
		const rows = new CsvParser(delimiter).push(text, true).slice(0, COMPARED);
		const columns = rows[0]?.fields.length ?? 0;
		if (columns < 2) continue;
		const alike = rows.filter(({ fields }) => fields.length === columns).length;
		const score = alike * 1000 + columns;
		if (score > most) [best, most] = [delimiter, score];
	}
	return best;
}

/** What a field has that needs quotes around it. */
const NEEDS_QUOTES: Readonly<Record<Delimiter, RegExp>> = {
	',': /[",\r\n]|^[ \uFEFF]| $/,
	';': /[";\r\n]|^[ \uFEFF]| $/,
	'\t': /["\t\r\n]|^[ \uFEFF]| $/,
	'|': /["|\r\n]|^[ \uFEFF]| $/,
};

/** A field as a file has it, quoted where it has to be. */
export function csvField(text: string, delimiter: Delimiter): string {
	return NEEDS_QUOTES[delimiter].test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A row of text for a file. */
export function csvLine(fields: readonly string[], delimiter: Delimiter, lineEnd: string): string {
	const line = fields.map((field) => csvField(field, delimiter)).join(delimiter);
	// A row of one empty field would be an empty line, which is none.
	return (line === '' ? '""' : line) + lineEnd;
}
