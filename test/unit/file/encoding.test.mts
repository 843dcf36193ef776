import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	Decoder,
	detectEncoding,
	notCsv,
	type Encoding,
} from '../../../nodes/VoisoLeads/file/encoding.ts';
import { openFile, type FileFormat, type OpenFile } from '../../../nodes/VoisoLeads/file/open.ts';
import type { CsvRow } from '../../../nodes/VoisoLeads/file/csv.ts';

const bytesOf = (text: string, encoding: Encoding, mark = false): Uint8Array => {
	if (encoding === 'utf-8') return Buffer.from(`${mark ? '\uFEFF' : ''}${text}`);
	if (encoding === 'windows-1252') return Buffer.from(text, 'latin1');
	const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
	return encoding === 'utf-16le' ? bytes : bytes.swap16();
};

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const open = async (bytes: Uint8Array, format: Partial<FileFormat> = {}, size = 7) =>
	await openFile(inPieces(bytes, size), { hasHeader: true, ...format });

async function opened(...given: Parameters<typeof open>): Promise<OpenFile & { all: CsvRow[] }> {
	const file = await open(...given);
	if ('problem' in file) throw new Error(`${file.problem}: ${file.description}`);
	const all: CsvRow[] = [];
	for await (const rows of file.rows) all.push(...rows);
	return { ...file, all };
}

const text = 'Phone;Name\r\n447700900001;Zoë Müller\r\n447700900002;Señor Ñandú\r\n';

describe('the encoding of a file', () => {
	it.each<[Encoding, boolean]>([
		['utf-8', false],
		['utf-8', true],
		['utf-16le', false],
		['utf-16le', true],
		['utf-16be', false],
		['utf-16be', true],
		['windows-1252', false],
	])('is detected: %s, with a mark: %s', async (encoding, mark) => {
		const bytes = bytesOf(text, encoding, mark);
		expect(detectEncoding(bytes, true)).toBe(encoding);
		const file = await opened(bytes);
		expect(file).toMatchObject({ delimiter: ';', lineEnd: '\r\n', columns: ['Phone', 'Name'] });
		expect(file.needsMark).toBe(mark || encoding !== 'utf-8');
		expect(file.all.map(({ fields }) => fields[1])).toEqual(['Zoë Müller', 'Señor Ñandú']);
	});

	it.each([
		'Телефон;Имя\r\n447700900001;Иван Иванович Иванов\r\n',
		'电话;姓名\n447700900001;王小明\n',
	])('is detected by its digits and ends of lines: %j', async (list) => {
		for (const encoding of ['utf-16le', 'utf-16be'] as const) {
			const file = await opened(bytesOf(list, encoding));
			expect(file.all[0]?.fields[0]).toBe('447700900001');
		}
	});

	it.each<Encoding>(['utf-16le', 'utf-16be'])('is %s by its mark alone', (encoding) => {
		// Without a zero, and no UTF-8.
		expect(detectEncoding(bytesOf('Имя', encoding, true), true)).toBe(encoding);
		expect(detectEncoding(bytesOf('Имя'.repeat(9), encoding), true)).not.toBe(encoding);
	});

	it('is UTF-8 by its mark, even if the text is damaged', () => {
		const damaged = Buffer.concat([bytesOf('a', 'utf-8', true), Buffer.from([0xff])]);
		expect(detectEncoding(damaged, true)).toBe('utf-8');
	});

	it.each([
		['one NUL in much text', `Phone\0${'1'.repeat(100)}`],
		['one NUL a byte later', `Phones\0${'1'.repeat(100)}`],
		['NULs at even and odd places', 'a\0\0b'.repeat(50)],
		['as many NULs as tell nothing', `a\0${'1'.repeat(18)}`.repeat(10)],
	])('is not UTF-16 with %s', (_, list) => {
		expect(detectEncoding(Buffer.from(list), true)).toBe('utf-8');
	});

	it('is UTF-16 with a byte too many or too few', async () => {
		for (const bytes of [
			Buffer.concat([bytesOf(text, 'utf-16le'), Buffer.from('\n')]),
			bytesOf(text, 'utf-16le').subarray(0, -1),
		]) {
			const { all } = await opened(bytes);
			expect(all.slice(0, 2).map(({ fields }) => fields[1])).toEqual(['Zoë Müller', 'Señor Ñandú']);
		}
	});

	it('is the one that is chosen', async () => {
		const file = await opened(bytesOf(text, 'windows-1252'), { encoding: 'utf-8' });
		expect(file.all[0]?.fields[1]).toBe('Zo\uFFFD M\uFFFDller');
	});

	it('is Windows-1252 where the first piece is ASCII and a later one cannot be UTF-8', async () => {
		const rows = '447700900001,Ann\n'.repeat(20_000);
		const bytes = bytesOf(`Phone,Name\n${rows}1,Zoë\n`, 'windows-1252');
		expect((await opened(bytes, {}, 65_536)).all.at(-1)?.fields).toEqual(['1', 'Zoë']);
		const utf8 = bytesOf(`Phone,Name\n${rows}1,Zoë\n`, 'utf-8');
		expect((await opened(utf8, {}, 65_536)).all.at(-1)?.fields).toEqual(['1', 'Zoë']);
	});

	it('can still be another one after every ASCII character', () => {
		const decoder = new Decoder('utf-8', true);
		expect(decoder.decode(Buffer.from('\0 ~\x7F'), false)).toBe('\0 ~\x7F');
		expect(decoder.decode(Buffer.from([0xe4]), true)).toBe('ä');
	});

	it('does not depend on how the bytes are cut', async () => {
		const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252');
		await fc.assert(
			fc.asyncProperty(encodings, fc.integer({ min: 1, max: 20 }), async (encoding, size) => {
				const file = await opened(bytesOf(text.repeat(3), encoding), {}, size);
				expect(file.all.length).toBe(8);
				expect(file.all[0]?.fields[1]).toBe('Zoë Müller');
			}),
		);
	});

	it('is decoded without losing what is cut in two', () => {
		const bytes = Buffer.from('a€');
		const decoder = new Decoder('utf-8', true);
		expect(
			decoder.decode(bytes.subarray(0, 2), false) + decoder.decode(bytes.subarray(2), true),
		).toBe('a€');
	});
});

describe('the columns', () => {
	it('have names of their own', async () => {
		const file = await opened(Buffer.from('Phone, Name ,,Phone,__proto__\n1,2,3,4,5'));
		expect(file.columns).toEqual(['Phone', 'Name', 'Column 3', 'Phone (2)', 'Column 5']);
		expect(file.header).toEqual(['Phone', ' Name ', '', 'Phone', '__proto__']);
	});

	it('have names of their own in no time, however often one comes', async () => {
		const file = await opened(Buffer.from(`a (2),${'a,'.repeat(30_000)}a\n1`), {}, 65_536);
		expect(file.columns.slice(0, 4)).toEqual(['a (2)', 'a', 'a (3)', 'a (4)']);
		expect(new Set(file.columns).size).toBe(30_002);
	});

	it('are numbered where there is no header', async () => {
		const file = await opened(Buffer.from('1,Ann\n2,Bob'), { hasHeader: false });
		expect(file).toMatchObject({ header: undefined, columns: ['Column 1', 'Column 2'] });
		expect(file.all.map(({ row }) => row)).toEqual([1, 2]);
	});

	it('follow a line that names the delimiter', async () => {
		const file = await opened(Buffer.from('sep=|\nPhone|Name\n1|a,b\n'));
		expect(file).toMatchObject({ delimiter: '|', columns: ['Phone', 'Name'] });
		expect(file.all.map(({ row, fields }) => [row, fields])).toEqual([[3, ['1', 'a,b']]]);
	});
});

describe('a file that is no list', () => {
	it.each<[string, string | Uint8Array]>([
		['empty', ''],
		['empty', '\uFEFF \r\n\r\n'],
		['XLSX', Buffer.from([0x50, 0x4b, 3, 4, 20, 0])],
		['XLS', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
		['GZIP', Buffer.from([0x1f, 0x8b, 8, 0])],
		['PDF', '%PDF-1.7\n'],
		['web page', '\n<!DOCTYPE html><html><body>Sign in</body></html>'],
		['XML', '<?xml version="1.0"?><leads/>'],
		['JSON', '[{"phone_number":"447700900001"}]'],
		['JSON', '{ "leads": [] }'],
		['binary', Buffer.concat([Buffer.from('abc'), Buffer.alloc(50), Buffer.from([1, 2, 3])])],
	])('is called %s, with a remedy', async (word, content) => {
		const problem = await open(Buffer.from(content));
		expect(problem).toMatchObject({ problem: expect.stringContaining(word) });
		expect('description' in problem && problem.description).toMatch(/\S/);
	});

	it('can be one whose header cannot be read', async () => {
		expect(await open(Buffer.from('"Phone\n1\n'))).toMatchObject({ problem: expect.any(String) });
	});

	it.each(['Phone\n1', '"Phone"\n1', '<Phone>,Name\n1,2', 'Phone', 'a[0],b\n1,2'])(
		'is not %j',
		async (list) => {
			expect(notCsv(Buffer.from(list), list)).toBeUndefined();
		},
	);

	it('has NUL bytes all over its beginning, and not just some', () => {
		const list = (content: string) => notCsv(Buffer.from(content), content);
		expect(list('a\0'.repeat(10))).toMatchObject({ is: 'binary data' });
		expect(list(`${'a'.repeat(19)}\0`.repeat(10))).toBeUndefined();
		expect(list('a'.repeat(4096) + '\0'.repeat(4096))).toBeUndefined();
	});
});
