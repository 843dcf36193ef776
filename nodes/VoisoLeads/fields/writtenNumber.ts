/** A phone number as somebody wrote it, without what stood round it. */
export interface WrittenNumber {
	/** No + and no 00. */
	digits: string;
	/** Whether a + or 00, or a (0) after other digits, says that it begins with a country code. */
	isInternational: boolean;
	/** The digits as they were grouped: `1 (202) 555-0143` is 1, 202, 555, 0143. */
	groups: readonly string[];
	/** Whether the first group is in brackets, as area codes are: `(202) 555-0143`. */
	beginsWithBracket: boolean;
	warning?: string;
}

/** More than any way of writing one number takes. */
const MOST_CHARACTERS = 100;
/** Fewer digits than this are an extension, not a number of their own. */
const FEWEST_DIGITS = 7;
/** A country code and the longest area code, before the slash of `+49 33203/12345`. */
const MOST_BEFORE_SLASH = 9;

/** How most numbers are written that are not mere digits. */
const SIMPLE = /^\+?[\d (][\d ()-]*\d$/;
/** The marks that are copied with a number and cannot be seen, such as those for its direction. */
const INVISIBLE = /[\p{Cf}\uFE0F]/gu;
const QUOTES = /["\u201C-\u201F\u00AB\u00BB<>`\u00B4]|^['\u2018-\u201B]+|['\u2018-\u201B]+$/g;
/** What may stand between digits, with the slash of `030/123456`; symbols are icons such as that of a phone. */
const SEPARATORS = /[\s\p{Pd}\p{So}\u2212\u30FC.\u00B7\u2022_~'\u2019()[\]/]/gu;

const LABEL_WORDS = [
	'p|ph|t|m|h|w|c|o|d|tel|telefon|tel[e\u00E9]fono|telefone|t[e\u00E9]l[e\u00E9]phone|telefoon',
	'no|nr|phone|mobile|mob|mobil|mobiel|m[o\u00F3]vil|cell|cellphone|cellulare|cel|celular|handy|portable|gsm',
	'home|work|office|business|main|primary|other|private|personal|direct|landline|number',
	'whatsapp|wa|viber|telegram|signal|\u0442\u0435\u043B|\u043C\u043E\u0431|\u7535\u8BDD|\u96FB\u8A71',
].join('|');
const LABEL = `(?:${LABEL_WORDS})(?:\\s+(?:phone|number|no|nr))?`;
const LABEL_BEFORE = new RegExp(
	`^(?:[([]?${LABEL}[)\\]]?(?:\\s*[.:=]+\\s*|\\s+|(?=[+(])))+(?=[^\\p{L}])`,
	'iu',
);
const LABEL_AFTER = new RegExp(`[\\s([,:\\p{Pd}]+${LABEL}\\s*[.)\\]]?$`, 'iu');
/** Any other word with a colon, such as a name. What these words stand before is no number to call. */
const OTHER_LABEL =
	/^(?!.*\b(?:fax|id|order|invoice|ref|date|time|ip|https?|mailto|skype|sips?|zip)\b)[\p{L}\s.]{1,40}:\/{0,2}\s*(?=[^\p{L}]*$)/iu;
/** How WhatsApp and its links name a number; a SIP address holds one when it has its +. */
const WHATSAPP = /^(?:https?:\/\/)?wa\.me\/|@(?:c\.us|s\.whatsapp\.net)$/gi;
const SIP = /^sips?:(\+\d+)(?:@.*)?$/i;

const EXPRESSION = /\{\{|\}\}/;
const SHORTENED = /^([+-]?)(\d+)(?:[.,](\d+))?e([+-]?\d+)$/i;
const DECIMAL = /^([+-]?\d{7,})[.,](0+|\d{1,2})$/;
const THOUSANDS = /^\+?\d{1,3}(?:,\d{3}){2,}$/;
const YEAR = '(?:19|20)\\d\\d';
const PART = '(?:0?[1-9]|[12]\\d|3[01])';
const DATE = new RegExp(
	`^(?:${YEAR}([-./])${PART}\\1${PART}|${PART}([-./])${PART}\\2${YEAR}|${PART}/${PART}/\\d\\d)(?:[T ,]+[\\d:.]+.*)?$`,
);
const FOUR_BYTES = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const BETWEEN_NUMBERS = /[/;,|&+\r\n\u2028\u2029]|:::|\s(?:or|and|oder|und|ou|et|o|y|e)\s/iu;
/** A number, and a few digits behind a word, a comma (a pause), a semicolon or a #. */
const EXTENSION = /^(\D*[^\p{L}]*\d)[^\d,;#\p{L}]*[,;#\p{L}]\D*(\d{1,6})#?$/u;
/** Letters that somebody, or the reading of a picture, took for the digits 0, 1, 2, 5, 6 or 8. */
const LOOKS_LIKE_DIGIT = /\d[OoQDIlZSGB]+\d/;
const ZERO_IN_BRACKETS = /^.*\d.*\(\s*0\s*\)/;
const AREA_CODE_FIRST = /^[([]\s*[1-9]\d*\s*[)\]]/;

const AS_TEXT = 'Format the column as text and export it again.';

/**
 * Takes a number out of what is written in a cell: prefixes (`tel:`, `p:`), labels, quotes, the formula
 * `="…"`, digits of other scripts, separators. What holds no number, or more than one, gives the
 * problem, a clause such as `contains letters. Write the number in digits.`
 */
export function readWriting(given: string): WrittenNumber | { problem: string } {
	if (given.length > MOST_CHARACTERS) {
		return { problem: `has ${given.length} characters. Keep one number.` };
	}
	if (SIMPLE.test(given) && !DATE.test(given)) return parts(given);
	if (EXPRESSION.test(given)) {
		return { problem: 'looks like an expression. Switch the field from Fixed to Expression.' };
	}
	const text = unwrap(given);
	const problem = problemOf(text);
	if (problem !== undefined) return { problem };
	return parts(plain(text));
}

function unwrap(given: string): string {
	const text = toAsciiDigits(given.normalize('NFKC').replace(INVISIBLE, ''))
		.replace(/^\s*=/, '')
		.replace(QUOTES, '')
		.replace(/^[\s,;]+|[\s,;]+$/g, '')
		.replace(WHATSAPP, '')
		.replace(SIP, '$1');
	const number = text.replace(LABEL_BEFORE, '').replace(LABEL_AFTER, '').replace(OTHER_LABEL, '');
	// Text from right to left can have its plus behind it.
	return number.trim().replace(/^([^+]*\d)\s*\+$/, '+$1');
}

/** Digits of other scripts: ten of them stand side by side, zero first. */
function toAsciiDigits(text: string): string {
	return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
		const point = digit.codePointAt(0) ?? 0;
		let before = 0;
		while (/\p{Nd}/u.test(String.fromCodePoint(point - before - 1))) before++;
		return String(before % 10);
	});
}

/** Why there is not one number in this text, or `undefined` when its digits remain to be looked at. */
function problemOf(text: string): string | undefined {
	const [shortened, , , decimalPlaces = '', power] = SHORTENED.exec(text) ?? [];
	if (shortened !== undefined) {
		const isWhole =
			decimalPlaces.length >= Number(power) && Number(shortened.replace(',', '.')) % 1 === 0;
		return isWhole && Number(power) > 0 ? undefined : `lost digits in a spreadsheet. ${AS_TEXT}`;
	}
	if (THOUSANDS.test(text)) return undefined;
	const [, whole = '', decimals = ''] = DECIMAL.exec(text) ?? [];
	const isDecimal = whole !== '' && !(text.startsWith('+') && text.includes(','));
	if (isDecimal && /^0+$/.test(decimals)) return undefined;
	if (isDecimal && text.includes('.')) return `is a decimal number. ${AS_TEXT}`;
	if (DATE.test(text)) return 'is a date, not a phone number. Check which column is mapped.';
	if (isIpAddress(text)) {
		return 'is an IP address, not a phone number. Check which column is mapped.';
	}
	return severalOrExtension(text) ?? strange(text);
}

function isIpAddress(text: string): boolean {
	const bytes = FOUR_BYTES.test(text) ? text.split('.') : [];
	const isByte = (part: string) => Number(part) < 256 && String(Number(part)) === part;
	// Pairs of digits are how Danes and Norwegians write their numbers.
	return bytes.length > 0 && bytes.every(isByte) && !bytes.every((part) => part.length === 2);
}

function severalOrExtension(text: string): string | undefined {
	const several = 'contains more than one number. Keep one.';
	const numbers = text.split(BETWEEN_NUMBERS).filter((part) => count(part) >= FEWEST_DIGITS);
	if (numbers.length > 1) return several;
	const [, number = '', extension = ''] =
		(!LOOKS_LIKE_DIGIT.test(text) && EXTENSION.exec(text)) || [];
	if (extension !== '' && count(number) >= FEWEST_DIGITS) {
		return "contains an extension, which can't be dialed. Remove it.";
	}
	const [before = '', ...behind] = text.split('/');
	const isAreaCode = count(before) <= MOST_BEFORE_SLASH && behind.length === 1;
	return behind.length === 0 || isAreaCode ? undefined : several;
}

function strange(text: string): string | undefined {
	if (!/\d/.test(text)) return 'has no digits';
	if (/\p{L}/u.test(text)) return 'contains letters. Write the number in digits.';
	const rest = text.replace(SEPARATORS, '');
	if (/^\+?\d+$/.test(rest)) return undefined;
	if (/^[+\d]*$/.test(rest)) return 'has a + in the wrong place. Put it in front.';
	return 'contains characters that no phone number has. Write the number in digits.';
}

/** Digits and separators, once the ways in which spreadsheets write numbers are undone. */
function plain(text: string): string {
	if (THOUSANDS.test(text)) return text.replaceAll(',', '');
	if (SHORTENED.test(text)) return String(Number(text.replace(',', '.')));
	return text.replace(/^([+-]?\d{7,})[.,]0+$/, '$1');
}

function parts(text: string): WrittenNumber {
	const rest = text.replace(SEPARATORS, '');
	// A + before a single zero was put there by a program: no country code begins with zero.
	const prefix = /^(?:\+?00|\+)/.exec(rest)?.[0] ?? '';
	const digits = rest.slice(prefix.length);
	const isNational = prefix === '' || (prefix === '+' && digits.startsWith('0'));
	const written: WrittenNumber = {
		digits,
		isInternational: !isNational || ZERO_IN_BRACKETS.test(text),
		groups: text.match(/\d+/g) ?? [],
		beginsWithBracket: AREA_CODE_FIRST.test(text),
	};
	if (/^[-\u2212]\s*\d/.test(text)) {
		written.warning = 'The minus sign before the number was left out.';
	}
	return written;
}

function count(text: string): number {
	return text.replace(/\D/g, '').length;
}
