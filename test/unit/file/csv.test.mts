import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	csvLine,
	CsvParser,
	DELIMITERS,
	detectDelimiter,
	type CsvRow,
	type Delimiter,
} from '../../../nodes/VoisoLeads/file/csv.ts';

/** The rows of a text that comes in pieces of the given lengths, then in one. */
function read(
	text: string,
	{ delimiter = ',' as Delimiter, cuts = [] as number[] } = {},
): CsvRow[] {
	const parser = new CsvParser(delimiter);
	const rows: CsvRow[] = [];
	let at = 0;
	for (const cut of cuts) {
		rows.push(...parser.push(text.slice(at, at + cut)));
		at += cut;
	}
	rows.push(...parser.push(text.slice(at), true));
	return rows;
}

const fieldsOf = (text: string, delimiter?: Delimiter) =>
	read(text, delimiter ? { delimiter } : {}).map(({ fields }) => fields);

/** Where its JSON has something else than its CSV. */
const CORRECTIONS: Record<string, object> = {
	location_coordinates: { 'Contact Phone Number': '2095257564' },
};

describe('csv-spectrum', () => {
	const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json'));
	const names = readdirSync(join(folder, 'csvs')).map((file) => file.replace('.csv', ''));

	it('has its cases', () => {
		expect(names.length).toBeGreaterThanOrEqual(12);
	});

	it.each(names)('%s', (name) => {
		const text = readFileSync(join(folder, 'csvs', `${name}.csv`), 'utf8');
		const expected: object = JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8'));
		const [header = [], ...rows] = fieldsOf(text);
		expect(
			rows.map((row) => Object.fromEntries(header.map((column, place) => [column, row[place]]))),
		).toEqual([expected].flat().map((row: object) => ({ ...row, ...CORRECTIONS[name] })));
	});
});

describe('RFC 4180', () => {
	it.each<[string, string, string[][]]>([
		[
			'2.1 lines end with CRLF',
			'a,b\r\nc,d\r\n',
			[
				['a', 'b'],
				['c', 'd'],
			],
		],
		[
			'2.2 the last may end without',
			'a,b\r\nc,d',
			[
				['a', 'b'],
				['c', 'd'],
			],
		],
		['2.4 spaces are part of a field', 'a , b\r\n', [['a ', ' b']]],
		['2.5 fields may be quoted or not', '"a","b",c', [['a', 'b', 'c']]],
		['2.6 quoted: line breaks and commas', '"a","b\r\nb","c,c"\r\n', [['a', 'b\r\nb', 'c,c']]],
		['2.7 quotes are doubled', '"a","b""b",""""', [['a', 'b"b', '"']]],
	])('%s', (_, text, rows) => {
		expect(fieldsOf(text)).toEqual(rows);
	});
});

it.each<[string, string, string[][]]>([
	[
		'LF',
		'a,b\nc,d\n',
		[
			['a', 'b'],
			['c', 'd'],
		],
	],
	[
		'CR alone',
		'a,b\rc,d\r',
		[
			['a', 'b'],
			['c', 'd'],
		],
	],
	[
		'lines that end differently',
		'a,b\rc,d\ne,f\r\ng,h\r\r\ni,"j"\r\r\n',
		[
			['a', 'b'],
			['c', 'd'],
			['e', 'f'],
			['g', 'h'],
			['i', 'j'],
		],
	],
	[
		'CR between lines, LF within a field, as Excel writes on a Mac',
		'a,b\rc,"d\ne"\rf,g\r',
		[
			['a', 'b'],
			['c', 'd\ne'],
			['f', 'g'],
		],
	],
	[
		'the byte order mark of each joined file',
		'a,b\n\uFEFFc,d\n\uFEFF\uFEFF"e, f",g\n\uFEFF\n',
		[
			['a', 'b'],
			['c', 'd'],
			['e, f', 'g'],
		],
	],
	['a quote within a field', '6" pipe,Ann "Bo" Lee', [['6" pipe', 'Ann "Bo" Lee']]],
	[
		'blanks around quotes',
		'"a" , "b, c"  \nc, d',
		[
			['a', 'b, c'],
			['c', ' d'],
		],
	],
	[
		'empty fields',
		',\n,""\n',
		[
			['', ''],
			['', ''],
		],
	],
	['a quoted field at the end of a delimiter', '"a",\n', [['a', '']]],
	['no rows', '', []],
	['a line of one empty quoted field', '""\na', [[''], ['a']]],
])('reads %s', (_, text, rows) => {
	expect(fieldsOf(text)).toEqual(rows);
});

it('passes over empty lines, and counts them', () => {
	expect(read('a\n\n\r\nb\n').map(({ row, fields }) => [row, fields])).toEqual([
		[1, ['a']],
		[4, ['b']],
	]);
});

const long = 'x'.repeat(100_001);

describe('what cannot be read is one row, and the others are read', () => {
	it.each<[string, string, Array<[number, string[] | 'broken']>]>([
		[
			'an open quote',
			'a,b\n"c,d\ne,f\n',
			[
				[1, ['a', 'b']],
				[2, 'broken'],
				[3, ['e', 'f']],
			],
		],
		[
			'an open quote in the last row',
			'a\n"b',
			[
				[1, ['a']],
				[2, 'broken'],
			],
		],
		[
			'a quote that the next row closes',
			'a,"b\nc,"d"\ne,f',
			[
				[1, 'broken'],
				[2, ['c', 'd']],
				[3, ['e', 'f']],
			],
		],
		[
			'text behind a quote',
			'"a"b,c\nd,e',
			[
				[1, 'broken'],
				[2, ['d', 'e']],
			],
		],
		[
			'two of them',
			'"a\n"b"c\nd',
			[
				[1, 'broken'],
				[2, 'broken'],
				[3, ['d']],
			],
		],
		[
			'a line that is too long',
			`a\n${long}\nb`,
			[
				[1, ['a']],
				[2, 'broken'],
				[3, ['b']],
			],
		],
		[
			'a quoted text that is too long',
			`a\n"${long}\nb\n"\nc`,
			[
				[1, ['a']],
				[2, 'broken'],
				[3, ['b']],
				[4, 'broken'],
				[5, ['c']],
			],
		],
	])('%s', (_, text, expected) => {
		const short = ({ row, fields, problem }: CsvRow) => [row, problem ? 'broken' : fields];
		expect(read(text).map(short)).toEqual(expected);
		for (const row of read(text).filter(({ problem }) => problem)) {
			expect(row.fields).toHaveLength(1);
			expect(row.problem).toMatch(/^has .+\. .+\.$/);
		}
	});
});

describe('a row of the greatest length', () => {
	const plain = (length: number) => 'x'.repeat(length);
	const quoted = (length: number) => `"${'x'.repeat(length - 2)}"`;
	const open = (length: number) => `"${'\n'.repeat(length - 1)}`;

	it.each([plain, quoted])('is read, and one that is longer is not', (line) => {
		for (const cuts of [[], [50_000]]) {
			const longest = read(`a\n${line(100_000)}\nb`, { cuts });
			expect(longest.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
			const [, longer, last] = read(`a\n${line(100_001)}\nb`, { cuts });
			expect(longer?.fields).toEqual([line(100_001).slice(0, 1000)]);
			expect(longer?.problem).toBeDefined();
			expect(last).toEqual({ row: 3, fields: ['b'] });
		}
	});

	it('shows the line that it begins on', () => {
		expect(read(`a\n"b\n${long}\n"\nc`)[1]?.fields).toEqual(['"b']);
		expect(read(`a\n${open(100_002)}"\nc`)[1]?.fields).toEqual(['"']);
	});
});

it.each([
	['a\r\nb\n', '\r\n'],
	['a\nb\r\n', '\n'],
	['a\rb\n', '\r'],
	['"a\r\nb"\nc\r\n', '\n'],
	['a', undefined],
])('the first line of %j ends with %j', (text, lineEnd) => {
	const parser = new CsvParser(',');
	parser.push(text, true);
	expect(parser.lineEnd).toBe(lineEnd);
});

/** Text of the characters that mean something, and of some that do not. */
const nasty = fc
	.array(
		fc.constantFrom('"', '""', ',', ';', '\n', '\r\n', '\r', ' ', '\uFEFF', 'a', 'é', '😀', '1'),
		{ maxLength: 60 },
	)
	.map((parts) => parts.join(''));
const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 });

it('gives the same rows however the text is cut', () => {
	fc.assert(
		fc.property(nasty, cuts, (text, lengths) => {
			expect(read(text, { cuts: lengths })).toEqual(read(text));
		}),
		{ numRuns: 2000 },
	);
});

it('gives the same rows however a line that is too long is cut', () => {
	const ends = fc.constantFrom('\n', '\r', '\r\n', '\r\r\n');
	fc.assert(
		fc.property(ends, fc.integer({ min: -3, max: 9 }), fc.boolean(), (end, place, isQuoted) => {
			const text = `${isQuoted ? '"' : ''}${long}${end}b,c${end}`;
			const rows = read(text, { cuts: [long.length + place] });
			expect(rows).toMatchObject([{ row: 1 }, { row: 2, fields: ['b', 'c'] }]);
			expect(rows[0]?.problem).toBeDefined();
		}),
	);
});

it('loses no row behind one that cannot be read', () => {
	fc.assert(
		fc.property(nasty, (text) => {
			const rows = fieldsOf(
				`${text.replaceAll('"', '')}\n"open\n${text.replaceAll('"', '')}\nlast`,
			);
			expect(rows.at(-1)).toEqual(['last']);
		}),
	);
});

const cell = fc
	.array(fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r\n', ' ', 'a', 'é', '😀', '0'), {
		maxLength: 8,
	})
	.map((parts) => parts.join(''));
const table = fc
	.integer({ min: 1, max: 4 })
	.chain((width) =>
		fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }),
	);

it('reads what it writes, and as csv-parse reads it', () => {
	const delimiters = fc.constantFrom(...DELIMITERS);
	fc.assert(
		fc.property(
			table,
			delimiters,
			fc.constantFrom('\n', '\r\n'),
			cuts,
			(rows, delimiter, end, lengths) => {
				const text = rows.map((row) => csvLine(row, delimiter, end)).join('');
				const read_ = read(text, { delimiter, cuts: lengths });
				expect(read_.map(({ fields }) => fields)).toEqual(rows);
				expect(read_.some(({ problem }) => problem)).toBe(false);
				const record_delimiter = end;
				expect(parse(text, { delimiter, record_delimiter, relax_column_count: true })).toEqual(
					rows,
				);
			},
		),
		{ numRuns: 1000 },
	);
});

it('reads well-formed text as csv-parse does', () => {
	const quoted = cell.map((text) => `"${text.replaceAll('"', '""')}"`);
	const plain = fc.constantFrom('', 'a', ' b ', 'é', "o'c", '6');
	const line = fc.array(fc.oneof(quoted, plain), { minLength: 2, maxLength: 4 });
	fc.assert(
		fc.property(fc.array(line, { maxLength: 6 }), cuts, (lines, lengths) => {
			const text = lines.map((fields) => fields.join(',')).join('\n');
			const expected: unknown = parse(text, { record_delimiter: '\n', relax_column_count: true });
			expect(read(text, { cuts: lengths }).map(({ fields }) => fields)).toEqual(expected);
		}),
		{ numRuns: 1000 },
	);
});

it.each<[string, Delimiter]>([
	['a,b\n1,2\n', ','],
	['a;b;c\n1,5;2;3\n1,5;2;3', ';'],
	['a\tb\n"x,y,z"\t2', '\t'],
	['a|b\n1|2', '|'],
	['Name;Notes\nAnn;a, b, c\nBob;d, e', ';'],
	['Name,Notes\nAnn,a; b\nBob,c', ','],
	['Price, EUR;Phone\n1,50;1\n2,50;2\n', ';'],
	['"Name, first";Phone\n"Ann, B";1\n', ';'],
	['Phone;Name, first', ';'],
	['Phone\n1\n2', ','],
	['', ','],
	// Rows that are alike tell more than columns do, and those at the beginning more than later ones.
	['Name;a,b,c\nAnn;x\nBob;y', ';'],
	['a|b;c;d\n1|2;3;4', ';'],
	[`a,x;b\n${'1;2\n'.repeat(49)}${'1,2\n'.repeat(100)}`, ';'],
])('finds the delimiter of %j', (text, delimiter) => {
	expect(detectDelimiter(text)).toBe(delimiter);
});

// With time that grows with the square of the text, each would take hours.
it.each([
	['quotes that are opened again and again', Array(200).fill('"'.concat('x'.repeat(64 * 1024)))],
	['a quote in each row that nothing closes', ['"a\n'.repeat(50_000)]],
	['a quote within each row', ['a"b\n'.repeat(50_000)]],
	['quotes in pairs', [`"${'""'.repeat(40_000)}`]],
])('comes to an end with %s', { timeout: 60_000 }, (_, pieces: string[]) => {
	const parser = new CsvParser(',');
	const rows = pieces.flatMap((piece) => parser.push(piece));
	rows.push(...parser.push('', true));
	expect(rows.length).toBeGreaterThan(0);
});
