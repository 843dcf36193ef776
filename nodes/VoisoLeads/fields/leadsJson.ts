import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/api/problem';
import { readColumnName } from './columnNames';

/** What is wrong with a value that should hold leads. */
export interface JsonProblem {
	/** Completes "Leads (JSON) …", such as `isn't valid JSON: line 3, column 15`. */
	problem: string;
	/** The text around the place where it stops being JSON. */
	near?: string;
}

/** How often JSON may be wrapped in text, in itself or in an object. */
const DEEPEST = 5;

/**
 * The leads of the parameter *Leads (JSON)*, as an expression, an HTTP request or an AI agent gives them: a list
 * of objects, phone numbers or JSON texts; one object; an object with such a list, as in `{"leads": […]}`; or
 * text of any of these, also in a Markdown code fence and when it was turned into JSON twice. Never throws.
 */
export function readLeadsJson(value: unknown): { leads: IDataObject[] } | JsonProblem {
	const list = listIn(value, DEEPEST);
	if ('problem' in list) return list;
	const leads: IDataObject[] = [];
	for (const [place, entry] of list.entries.entries()) {
		const lead = leadIn(entry);
		if (lead === undefined)
			return { problem: `isn't a list of leads: entry ${place} is ${kindOf(entry)}` };
		leads.push(lead);
	}
	return { leads };
}

function listIn(value: unknown, depth: number): { entries: unknown[] } | JsonProblem {
	if (Array.isArray(value)) return { entries: value };
	const isBlank = typeof value === 'string' && value.trim() === '';
	if (depth > 0 && typeof value === 'string' && !isBlank) {
		const parsed = parse(value);
		return 'problem' in parsed ? parsed : listIn(parsed.value, depth - 1);
	}
	if (!isObject(value)) return { problem: `isn't a list of leads: it is ${kindOf(value)}` };
	const wrapped = depth > 0 ? listKey(value) : undefined;
	return wrapped === undefined ? { entries: [value] } : listIn(value[wrapped], depth - 1);
}

/** The key that holds the list: `leads`, or the only one, unless it is a field of a lead. */
function listKey(value: Record<string, unknown>): string | undefined {
	const keys = Object.keys(value);
	const leads = keys.find((key) => key.toLowerCase() === 'leads');
	if (leads !== undefined) return leads;
	const [only = '', ...others] = keys;
	if (others.length > 0 || !Array.isArray(value[only])) return undefined;
	const part = readColumnName(only).meaning?.part;
	return part === undefined || part === 'weak_phone_number' ? only : undefined;
}

/** An entry as a lead; a number, or text that is no object in JSON, is the phone number of one. */
function leadIn(entry: unknown): IDataObject | undefined {
	if (isObject(entry)) return entry as IDataObject;
	if (typeof entry === 'number') return { phone_number: entry };
	if (typeof entry !== 'string' || entry.trim() === '') return undefined;
	const parsed = /^\s*[{["]/.test(entry) ? parse(entry) : { value: undefined };
	if ('value' in parsed && parsed.value !== undefined) return leadIn(parsed.value);
	return { phone_number: entry };
}

/** The first code fence of a Markdown text; one that is not closed goes to the end. */
const FENCE = /```[\w-]*\s*([\s\S]*?)(?:```|$)/;

function parse(text: string): { value: unknown } | JsonProblem {
	const json = text.replace(/^\uFEFF/, '');
	const value = parsed(json);
	if (value !== undefined) return { value };
	const fenced = FENCE.exec(json)?.[1];
	const inFence = fenced === undefined ? undefined : parsed(fenced);
	return inFence === undefined ? whereItEnds(fenced ?? json) : { value: inFence };
}

/** JSON has no `undefined`, so that this means that it is none. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const SHOWN = 40;

function whereItEnds(text: string): JsonProblem {
	const at = firstError(text);
	const lines = text.slice(0, at).split('\n');
	const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
	const before = `${at > SHOWN ? '…' : ''}${text.slice(Math.max(0, at - SHOWN), at)}`;
	const after = `${text.slice(at, at + SHOWN)}${text.length > at + SHOWN ? '…' : ''}`;
	const near = `${before} ⟹ ${after === '' ? '(end of the text)' : after}`
		.replace(/\s+/g, ' ')
		.trim();
	return { problem: `isn't valid JSON: ${place}`, near };
}

/** A text without its closing quote: all characters but quotes, backslashes and control characters, and escapes. */
const OPEN_STRING =
	/"[ !#-[\]-\u{10FFFF}]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[ !#-[\]-\u{10FFFF}]*)*/uy;
const OTHER_SCALAR =
	/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;
const BLANKS = /[ \t\r\n]*/y;

/**
 * The index at which a text stops being JSON, its length where only the end is missing. V8's own messages
 * don't always say.
 */
function firstError(text: string): number {
	const open: string[] = [];
	let expected: 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'next' = 'value';
	let at = 0;
	const end = (pattern: RegExp): number => {
		pattern.lastIndex = at;
		return pattern.test(text) ? pattern.lastIndex : at;
	};
	const close = () => {
		open.pop();
		expected = 'next';
		at++;
	};
	for (;;) {
		at = end(BLANKS);
		const character = text[at] ?? '';
		const inObject = open.at(-1) === '{';
		if (expected === 'next') {
			if (open.length === 0) return at;
			if (character === (inObject ? '}' : ']')) close();
			else if (character === ',') {
				expected = inObject ? 'key' : 'value';
				at++;
			} else return at;
		} else if (expected === 'colon') {
			if (character !== ':') return at;
			expected = 'value';
			at++;
		} else if (expected === 'keyOrEnd' && character === '}') close();
		else if (expected === 'valueOrEnd' && character === ']') close();
		else if (!expected.startsWith('key') && (character === '{' || character === '[')) {
			open.push(character);
			expected = character === '{' ? 'keyOrEnd' : 'valueOrEnd';
			at++;
		} else {
			const isKey = expected.startsWith('key');
			const isText = character === '"';
			const after = isText ? end(OPEN_STRING) : isKey ? at : end(OTHER_SCALAR);
			if (isText ? text[after] !== '"' : after === at) return after;
			expected = isKey ? 'colon' : 'next';
			at = isText ? after + 1 : after;
		}
	}
}

function kindOf(value: unknown): string {
	if (value === null || value === undefined) return 'empty';
	if (typeof value === 'string') return value.trim() === '' ? 'empty' : 'text';
	return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
