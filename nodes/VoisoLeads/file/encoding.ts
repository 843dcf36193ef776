import type { Explanation } from '../../shared/api/explain';

/** As `TextDecoder` calls them. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const BYTE_ORDER_MARKS: ReadonlyArray<{ encoding: Encoding; bytes: readonly number[] }> = [
	{ encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
	{ encoding: 'utf-16le', bytes: [0xff, 0xfe] },
	{ encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];
const LOOKED_AT = 4096;

function beginsWith(bytes: Uint8Array, first: readonly number[]): boolean {
	return first.every((byte, place) => bytes[place] === byte);
}

/** Whether a file begins with the mark that tells its encoding. */
export function hasMark(head: Uint8Array): boolean {
	return BYTE_ORDER_MARKS.some(({ bytes }) => beginsWith(head, bytes));
}

/**
 * The encoding of a file by its first bytes: a byte order mark, the zeros of UTF-16, or whether it can be UTF-8.
 *
 * @param isWhole whether these are all bytes of the file
 */
export function detectEncoding(head: Uint8Array, isWhole: boolean): Encoding {
	const marked = BYTE_ORDER_MARKS.find(({ bytes }) => beginsWith(head, bytes));
	if (marked !== undefined) return marked.encoding;
	// In UTF-16, every other byte of a digit, a comma or a Latin letter is zero; names can be in another script.
	const zeros = [0, 0];
	const looked = head.subarray(0, LOOKED_AT);
	looked.forEach((byte, place) => {
		if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
	});
	const [even = 0, odd = 0] = zeros;
	const many = looked.length / 20;
	if (odd > many && even < odd / 4) return 'utf-16le';
	if (even > many && odd < even / 4) return 'utf-16be';
	return isUtf8(head, isWhole) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes: Uint8Array, isWhole: boolean): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
		return true;
	} catch {
		return false;
	}
}

/** With a plain loop: a function called for each byte takes longer than all the rest. */
function isAscii(bytes: Uint8Array): boolean {
	for (let place = 0; place < bytes.length; place++) if ((bytes[place] ?? 0) > 0x7f) return false;
	return true;
}

/**
 * Turns the bytes of a file into text, in pieces. Of a file whose encoding was detected, the first bytes can be
 * plain ASCII, which tells nothing: it is taken for Windows-1252 where UTF-8 turns out to be impossible.
 */
export class Decoder {
	private decoder: InstanceType<typeof TextDecoder>;

	/** Nothing but ASCII came so far: the encoding can still be another one. */
	private isOpen: boolean;

	constructor(encoding: Encoding, isDetected: boolean) {
		this.decoder = new TextDecoder(encoding);
		this.isOpen = isDetected && encoding === 'utf-8';
	}

	decode(bytes: Uint8Array, isLast: boolean): string {
		if (this.isOpen && !isAscii(bytes)) {
			this.isOpen = false;
			if (!isUtf8(bytes, isLast)) this.decoder = new TextDecoder('windows-1252');
		}
		return this.decoder.decode(bytes, { stream: !isLast });
	}
}

const EXPORT_AS_CSV = 'Save it as CSV (UTF-8) first';
const EXTRACT =
	"or turn it into items with the node 'Extract from File' and use the Input Mode 'Input Items'";

/** Files that are not CSV, by their first bytes. */
const SIGNATURES: ReadonlyArray<{ bytes: readonly number[]; is: string; remedy: string }> = [
	{
		bytes: [0x50, 0x4b, 0x03, 0x04],
		is: 'an Excel workbook (XLSX) or another ZIP archive',
		remedy: `${EXPORT_AS_CSV}, ${EXTRACT}. Unpack a ZIP archive with the node 'Compression'.`,
	},
	{
		bytes: [0xd0, 0xcf, 0x11, 0xe0],
		is: 'an old Excel workbook (XLS)',
		remedy: `${EXPORT_AS_CSV}, ${EXTRACT}.`,
	},
	{
		bytes: [0x1f, 0x8b],
		is: 'compressed (GZIP)',
		remedy: "Decompress it with the node 'Compression' first.",
	},
	{ bytes: [0x25, 0x50, 0x44, 0x46], is: 'a PDF', remedy: 'Export the list as CSV instead.' },
];
const MARKUP = /^\s*<(?:!doctype|html|head|body|table|\?xml)\b/i;
const JSON_START = /^\s*(?:\{\s*"|\[\s*[[{"])/;
/** No list has so many. */
const MOST_NULS = 0.05;

/** What a file is when it is no list of rows, and what to do about it. */
export function notCsv(
	head: Uint8Array,
	text: string,
): (Omit<Explanation, 'message'> & { is: string }) | undefined {
	const known = SIGNATURES.find(({ bytes }) => beginsWith(head, bytes));
	if (known !== undefined) return { is: known.is, description: known.remedy };
	if (text.trim() === '') {
		const description = 'Check the node that gets the file: the export may not be finished.';
		return { is: 'empty', description };
	}
	if (MARKUP.test(text)) {
		const description =
			'It may be a login or an error page instead of the list. Check the address and the access of the node that gets the file.';
		return { is: 'a web page or XML', description };
	}
	if (JSON_START.test(text)) {
		const description =
			"Set 'Input Mode' to 'JSON', or turn it into items with the node 'Extract from File'.";
		return { is: 'JSON', description };
	}
	const start = text.slice(0, LOOKED_AT);
	if (start.split('\0').length - 1 > start.length * MOST_NULS) {
		const description = `It has NUL bytes all over. ${EXPORT_AS_CSV}, or set 'Encoding' if it is text.`;
		return { is: 'binary data', description };
	}
	return undefined;
}
