import type { Explanation } from '../../shared/api/explain';
import { CsvParser, detectDelimiter, type CsvRow, type Delimiter } from './csv';
import { Decoder, detectEncoding, hasMark, notCsv, type Encoding } from './encoding';

/** How a file is written; nothing where that is to be detected. */
export interface FileFormat {
	encoding?: Encoding | undefined;
	delimiter?: Delimiter | undefined;
	/** Whether the first row has the names of the columns. */
	hasHeader: boolean;
}

/** A file of which the first rows have been read. */
export interface OpenFile {
	/** The names of the columns as they stand in the file; none where it has no header. */
	header: readonly string[] | undefined;
	/** A name for each column, no two the same. */
	columns: readonly string[];
	delimiter: Delimiter;
	lineEnd: string;
	/** Whether programs such as Excel need a byte order mark to read the text. */
	needsMark: boolean;
	/** The rows of leads, some at a time. */
	rows: AsyncGenerator<CsvRow[]>;
}

/** Why a file can't be read at all. */
export interface FileProblem {
	/** Completes "leads.csv …", such as `is empty`. */
	problem: string;
	description: Explanation['description'];
}

/** As much as is decoded and split into rows at once, in bytes. */
const PIECE = 128 * 1024;
/** Excel's own way to name the delimiter. */
const SEPARATOR_LINE = /^sep=(.)$/i;

/** Reads the beginning of a file: what it is, how it is written, and its header. Reads no further than needed. */
export async function openFile(
	bytes: AsyncIterable<Uint8Array>,
	format: FileFormat,
): Promise<OpenFile | FileProblem> {
	const pieces = piecesOf(bytes);
	const first = await pieces.next();
	const head = first.done === true ? { bytes: new Uint8Array(), isLast: true } : first.value;
	const encoding = format.encoding ?? detectEncoding(head.bytes, head.isLast);
	const decoder = new Decoder(encoding, format.encoding === undefined);
	const start = decoder.decode(head.bytes, head.isLast);
	const other = notCsv(head.bytes, start);
	if (other !== undefined) return { problem: `is ${other.is}`, description: other.description };

	const separator = SEPARATOR_LINE.exec(start.slice(0, start.search(/[\r\n]|$/)))?.[1];
	const named = separator === undefined ? undefined : delimiterOf(separator);
	const delimiter = format.delimiter ?? named ?? detectDelimiter(start);
	const parser = new CsvParser(delimiter);
	const rows = rowsOf(parser, decoder, pieces, parser.push(start, head.isLast));
	let next = await rows.next();
	let ready = next.done === true ? [] : next.value;
	if (separator !== undefined) ready = ready.slice(1);
	while (ready.length === 0 && next.done !== true) {
		next = await rows.next();
		ready = next.done === true ? [] : next.value;
	}
	const [top] = ready;
	const problem = format.hasHeader ? top?.problem : undefined;
	if (problem !== undefined) {
		return { problem: "can't be read", description: `Its header ${problem}` };
	}
	const columns = columnNames(top?.fields ?? [], format.hasHeader);
	return {
		header: format.hasHeader ? top?.fields : undefined,
		columns,
		delimiter,
		lineEnd: parser.lineEnd ?? '\r\n',
		needsMark: hasMark(head.bytes) || encoding !== 'utf-8',
		rows: after(format.hasHeader ? ready.slice(1) : ready, rows),
	};
}

function delimiterOf(text: string): Delimiter | undefined {
	return ([',', ';', '\t', '|'] as const).find((each) => each === text);
}

/** The bytes in pieces of one size: some stores give a whole file at once, others a few bytes at a time. */
async function* piecesOf(
	bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ bytes: Uint8Array; isLast: boolean }> {
	let full: Uint8Array | undefined;
	let parts: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of bytes) {
		for (let start = 0; start < chunk.length;) {
			const part = chunk.subarray(start, start + PIECE - size);
			parts.push(part);
			size += part.length;
			start += part.length;
			if (size < PIECE) continue;
			if (full !== undefined) yield { bytes: full, isLast: false };
			full = Buffer.concat(parts);
			parts = [];
			size = 0;
		}
	}
	if (full !== undefined) yield { bytes: full, isLast: size === 0 };
	if (size > 0) yield { bytes: Buffer.concat(parts), isLast: true };
}

async function* rowsOf(
	parser: CsvParser,
	decoder: Decoder,
	pieces: AsyncIterable<{ bytes: Uint8Array; isLast: boolean }>,
	first: CsvRow[],
): AsyncGenerator<CsvRow[]> {
	yield first;
	for await (const { bytes, isLast } of pieces)
		yield parser.push(decoder.decode(bytes, isLast), isLast);
}

async function* after(first: CsvRow[], rest: AsyncIterable<CsvRow[]>): AsyncGenerator<CsvRow[]> {
	yield first;
	yield* rest;
}

/** The names of the header, `Column 3` for one without, `Phone (2)` for the second of a name. */
function columnNames(fields: readonly string[], hasHeader: boolean): string[] {
	/** By name: the number that the next column of it may have. */
	const taken = new Map<string, number>();
	return fields.map((field, place) => {
		const given = hasHeader ? field.trim() : '';
		const name = given === '' || given === '__proto__' ? `Column ${place + 1}` : given;
		let free = name;
		for (let next = taken.get(name) ?? 2; taken.has(free); next++) {
			free = `${name} (${next})`;
			taken.set(name, next);
		}
		taken.set(free, 2);
		return free;
	});
}
