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

/**
 * Reads CSV as RFC 4180 has it, in pieces: quoted fields with delimiters, line breaks and doubled quotes; lines that
 * end with CRLF, LF or, where there is no LF, CR. A quote within an unquoted field is part of it. Empty lines are
 * no rows, but count.
 *
 * What can't be read is one row with a `problem`: the line on which it begins. Reading goes on with the next line.
 */
export class CsvParser {
	private readonly delimiter: Delimiter;

	private rest = '';

	private row = 0;

	private lineEnd: '\n' | '\r' | undefined;

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
		this.lineEnd ??= lineEndOf(all);
		const reader = new RecordReader(all, this.delimiter, this.lineEnd ?? '\n', isLast);
		const rows: CsvRow[] = [];
		let at = 0;
		while (at < all.length) {
			if (this.isSkipping) {
				const line = reader.lineAt(at);
				this.isSkipping = line === 'open';
				at = line === 'open' ? all.length : line.end;
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
			at = record === 'open' ? all.length : record.end;
		}
		this.rest = all.slice(at);
		return rows;
	}
}

/** How lines end, as far as that can be told: CR only where there is no LF. */
function lineEndOf(text: string): '\n' | '\r' | undefined {
	if (text.includes('\n')) return '\n';
	const at = text.indexOf('\r');
	// The LF may be in the next piece.
	return at < 0 || at === text.length - 1 ? undefined : '\r';
}

interface CsvRecord {
	fields: string[];
	problem?: string;
	/** Where the next one begins. */
	end: number;
}

/** Reads the records of one piece of text; `open` means that the end of one is in the next piece. */
class RecordReader {
	private readonly text: string;

	private readonly delimiter: string;

	private readonly lineEnd: string;

	private readonly isLast: boolean;

	/** The next quote, from the place where it was looked for last. */
	private quote = -1;

	constructor(text: string, delimiter: string, lineEnd: string, isLast: boolean) {
		this.text = text;
		this.delimiter = delimiter;
		this.lineEnd = lineEnd;
		this.isLast = isLast;
	}

	recordAt(start: number): CsvRecord | 'open' {
		if (this.quote < start) {
			const next = this.text.indexOf('"', start);
			this.quote = next < 0 ? Number.POSITIVE_INFINITY : next;
		}
		const line = this.lineAt(start);
		const isPlain = line !== 'open' && this.quote >= line.end;
		if (!isPlain && this.quote !== Number.POSITIVE_INFINITY) return this.quotedRecordAt(start);
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

	/** The line at a place as one field. */
	lineAt(start: number): CsvRecord | 'open' {
		const found = this.text.indexOf(this.lineEnd, start);
		if (found < 0 && !this.isLast) return 'open';
		const end = found < 0 ? this.text.length : found;
		const line = this.text.slice(start, this.text[end - 1] === '\r' && end > start ? end - 1 : end);
		return { fields: [line], end: end + 1 };
	}

	private quotedRecordAt(start: number): CsvRecord | 'open' {
		const { delimiter, isLast, lineEnd, text } = this;
		const fields: string[] = [];
		for (let at = start; ;) {
			if (text[at] !== '"') {
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
			const field = this.quotedFieldAt(at, start);
			if (field === 'open') return field;
			if (field === undefined) return this.broken(start, OPEN_QUOTE);
			fields.push(field.value);
			at = field.end;
			while (text[at] === ' ') at++;
			if (text[at] === delimiter) {
				at++;
				continue;
			}
			const isReturn = text[at] === '\r' && lineEnd === '\n';
			const end = isReturn ? at + 1 : at;
			if (end >= text.length) return isLast ? { fields, end: end + 1 } : 'open';
			if (text[end] === lineEnd) return { fields, end: end + 1 };
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

/** The delimiter that gives most rows as many columns as the first row has; a comma where none gives any. */
export function detectDelimiter(text: string): Delimiter {
	let best: Delimiter = ',';
	let most = 0;
	for (const delimiter of DELIMITERS) {
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
	',': /[",\r\n]|^ | $/,
	';': /[";\r\n]|^ | $/,
	'\t': /["\t\r\n]|^ | $/,
	'|': /["|\r\n]|^ | $/,
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
