import type { Result } from '../../shared/result';
import { describe, isEmpty, NOTHING, type Reading, refuse } from './reading';
import { toText, UNSENDABLE } from './values';

/** `X-` and the characters that RFC 3261 (SIP) allows in a header's name, its "token". */
const NAME = /^x-[a-z0-9.!%*_+`'~-]+$/i;

/**
 * The SIP headers that a virtual agent is given with the call. Takes the rows of the node's parameter
 * (`[{ name, value }]`) or an object of names and values. A row without a value is left out. The whole
 * lead is refused when one header is: a call with half its context helps nobody.
 */
export function readContextHeaders(value: unknown): Reading<Record<string, string>> {
	if (isEmpty(value)) return NOTHING;
	const rows = toRows(value);
	if (rows === undefined) return refuse('an object of header names and values', value);
	const headers: Record<string, string> = {};
	const seen = new Set<string>();
	for (const row of rows) {
		if (isEmpty(row.value)) continue;
		const header = readHeader(row);
		if (!header.ok) return header;
		const key = header.name.toLowerCase();
		if (seen.has(key)) return { ok: false, reason: `names ${describe(header.name)} twice` };
		seen.add(key);
		headers[header.name] = header.value;
	}
	return { ok: true, value: seen.size === 0 ? undefined : headers };
}

/** The headers of several leads in one; where some name the same, in any case, the last value. */
export function mergeContextHeaders(
	all: ReadonlyArray<Record<string, string> | undefined>,
): Record<string, string> {
	const merged = new Map<string, [name: string, value: string]>();
	for (const [name, value] of all.flatMap((headers) => Object.entries(headers ?? {}))) {
		const key = name.toLowerCase();
		merged.delete(key);
		merged.set(key, [name, value]);
	}
	return Object.fromEntries(merged.values());
}

interface Row {
	name?: unknown;
	value?: unknown;
}

function toRows(value: unknown): Row[] | undefined {
	if (typeof value !== 'object' || value === null || value instanceof Date) return undefined;
	if (!Array.isArray(value)) {
		return Object.entries(value).map(([name, content]) => ({ name, value: content }));
	}
	return value.every(isRow) ? value : undefined;
}

function isRow(row: unknown): row is Row {
	return typeof row === 'object' && row !== null;
}

function readHeader(row: Row): Result<{ name: string; value: string }, { reason: string }> {
	const name = typeof row.name === 'string' ? row.name.trim() : undefined;
	if (name === undefined || !NAME.test(name)) {
		return {
			ok: false,
			reason: `must have names such as X-Order-Id (X-, then letters, digits or -), got ${describe(row.name)}`,
		};
	}
	const text = toText(row.value);
	if (text === undefined) {
		return { ok: false, reason: `must have text in ${name}, got ${describe(row.value)}` };
	}
	if (UNSENDABLE.test(text)) {
		return { ok: false, reason: `must not have line breaks or control characters in ${name}` };
	}
	return { ok: true, name, value: text };
}
