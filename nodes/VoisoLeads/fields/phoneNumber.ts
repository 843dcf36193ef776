import { dropTrunkZero, isCountry, nationalToInternational } from './nationalNumber';
import { describe, isEmpty, type LeadOptions, type Reading, refuse } from './reading';

export { isCountry } from './nationalNumber';

/** How many digits a number with country code has; fifteen is the limit of ITU-T E.164. */
export const PHONE_DIGITS = { min: 7, max: 15 } as const;

/** More than any way of writing one number takes. */
const MOST_CHARACTERS = 100;

/** The digits to send, or why there are none. */
type PhoneReading = Reading<string>;

const PLAIN = /^[1-9]\d{6,14}$/;
const LEADING_APOSTROPHE = /^['\u2018\u2019]/;
/** Blanks, dashes, dots, brackets, and the invisible marks that phones put round a copied number. */
const SEPARATORS = /[\s\p{Pd}\p{Cf}\u2212\u30FC.\u00B7\u2024\uFF0E()[\]\uFF08\uFF09\uFF3B\uFF3D]/gu;
const OTHER_DIGITS = /[\uFF10-\uFF19\u0660-\u0669\u06F0-\u06F9]/g;
const FULL_WIDTH_PLUS = /\uFF0B/g;
const BRACKETED_ZERO = /^.*\d.*[(\uFF08]\s*0\s*[)\uFF09]/;
const LINE_BREAK = /[\r\n\u2028\u2029]/;
const SHORTENED = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;
const DECIMAL = /^\+?\d{7,}[.,]\d{1,2}$/;
const EXTENSION = /(?:x|ext|extn|extension|#)\s*[:.=]?\s*\d+$/i;
const LETTER = /\p{L}/u;

const AS_TEXT = 'format the column as text and export it again';

/**
 * The digits of a phone number with its country code, as Voiso takes them: blanks, dashes, dots,
 * brackets, a plus or `00` and a spreadsheet's leading apostrophe are taken off. What cannot be read
 * without guessing is refused with what to do about it. Never throws.
 *
 * @param value text or a whole number
 * @param options without `defaultCountry`, numbers without `+` or `00` are taken as international ones
 */
export function readPhone(value: unknown, { defaultCountry }: LeadOptions = {}): PhoneReading {
	// The way of nearly all numbers of a large import.
	if (typeof value === 'string' && PLAIN.test(value) && isEmpty(defaultCountry)) {
		return { ok: true, value };
	}
	if (isEmpty(value)) return { ok: false, reason: 'is empty' };
	const text = phoneText(value);
	if (text === undefined) return refuse('text or a positive whole number', value);
	if (text.startsWith('+') && PLAIN.test(text.slice(1))) return { ok: true, value: text.slice(1) };
	if (PLAIN.test(text) && isEmpty(defaultCountry)) return { ok: true, value: text };
	const ascii = toAscii(text);
	const problem = unreadable(ascii);
	if (problem !== undefined) return { ok: false, reason: `${describe(value)} ${problem}` };
	const result = toDigits(ascii, isEmpty(defaultCountry) ? undefined : defaultCountry);
	return result.ok ? result : { ok: false, reason: `${describe(value)} ${result.reason}` };
}

function phoneText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim().replace(LEADING_APOSTROPHE, '').trim();
	if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
	const whole = typeof value === 'number' || typeof value === 'bigint';
	return whole && value > 0 ? String(value) : undefined;
}

/** Full-width and Arabic digits stand for one digit each; their code points end in that digit. */
function toAscii(text: string): string {
	return text
		.replace(FULL_WIDTH_PLUS, '+')
		.replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** Why the number cannot be read from this text, or `undefined` when only its digits remain to be looked at. */
function unreadable(text: string): string | undefined {
	if (text.length > MOST_CHARACTERS) return `has ${text.length} characters: give one number`;
	if (LINE_BREAK.test(text)) return 'has more than one line: give one number';
	if (SHORTENED.test(text)) return `has lost digits in a spreadsheet: ${AS_TEXT}`;
	if (DECIMAL.test(text)) return `is a decimal number: ${AS_TEXT}`;
	if (EXTENSION.test(text)) return 'has an extension, which cannot be dialled: take it off';
	if (LETTER.test(text)) return 'has letters: write the number in digits';
	const rest = text.replace(SEPARATORS, '');
	if (/^\+?\d+$/.test(rest)) return undefined;
	if (!/\d/.test(rest)) return 'has no digits';
	if (/^[+\d]*$/.test(rest)) return 'has a plus where none belongs: give one number, + first';
	return 'has other characters than digits, blanks, dashes, dots, brackets and a plus: give one number';
}

function toDigits(text: string, defaultCountry: string | undefined): PhoneReading {
	const rest = text.replace(SEPARATORS, '');
	const prefix = /^(?:\+|00)/.exec(rest)?.[0] ?? '';
	const digits = rest.slice(prefix.length);
	if (BRACKETED_ZERO.test(text)) return checked(dropTrunkZero(digits));
	if (prefix !== '' || defaultCountry === undefined) return checked(digits);
	if (!isCountry(defaultCountry)) {
		return {
			ok: false,
			reason: `needs a known default country, got ${describe(defaultCountry)}: use two letters such as GB`,
		};
	}
	const international = nationalToInternational(digits, defaultCountry);
	if (international !== undefined) return checked(international);
	return {
		ok: false,
		reason: `is not a possible number in ${defaultCountry.trim().toUpperCase()}: write it with + and the country code`,
	};
}

function checked(digits: string | undefined): PhoneReading {
	if (digits === undefined) {
		return { ok: false, reason: 'is not a possible number: write it without the (0)' };
	}
	if (digits.startsWith('0') || digits === '') {
		return {
			ok: false,
			reason: 'has no country code: write it in full or set the option Default Country',
		};
	}
	if (digits.length < PHONE_DIGITS.min || digits.length > PHONE_DIGITS.max) {
		return {
			ok: false,
			reason: `has ${digits.length} digits: a number with country code has ${PHONE_DIGITS.min} to ${PHONE_DIGITS.max}`,
		};
	}
	return { ok: true, value: digits };
}
