import type { IExecuteFunctions } from 'n8n-workflow';
import { exactSize } from './exactData';
import {
	dependsOnItem,
	isObjectOrArray,
	UNSURE,
	valueReader,
	type ValueReader,
} from './valueReader';

/** With fewer items there is nothing to gain: n8n itself evaluates two of them in any case. */
const FEWEST_ITEMS = 5;

/**
 * A reader of one parameter for each input item: it gives what n8n's `getNodeParameter` gives, but
 * is fast for many items. Evaluating an expression costs n8n about half a millisecond per item; here
 * a constant and what depends on no item, such as `{{ $('Hook').first().json.id }}`, is evaluated once, a plain
 * reference such as `{{ $json.name }}` is taken from the item, and expressions that depend on nothing but
 * `$json` are evaluated for many items at once. Whatever else there is, every other value that is an object, and
 * every error is n8n's own.
 *
 * Reading an item takes a moment, and n8n's own way half a millisecond: let others have their turn between
 * items, see `pauser`.
 *
 * Not for a parameter within a collection whose description has a `validateType`: n8n converts those.
 *
 * @param path the parameter as `getNodeParameter` names it, such as `campaign.value`
 * @param fallback what an item gives whose parameter is not set
 * @returns a function from an item's index to its value; it throws n8n's own errors
 */
export function itemParameter(
	context: IExecuteFunctions,
	path: string,
	fallback?: unknown,
): (itemIndex: number) => unknown {
	const ask: ValueReader = (itemIndex) => context.getNodeParameter(path, itemIndex, fallback);
	const raw = rawValue(context, path, fallback);
	if (!dependsOnItem(raw)) return readOnce(ask);
	const last = context.getInputData().length - 1;
	if (last + 1 < FEWEST_ITEMS || isConverted(context, path)) return ask;
	const read = valueReader(context, raw);
	if (read === undefined) return ask;
	let isSound: boolean | undefined;
	return (itemIndex) => {
		const value = isSound === false ? UNSURE : attempt(read, itemIndex);
		if (value === UNSURE) return ask(itemIndex);
		isSound ??= agrees(read, ask, itemIndex) && agrees(read, ask, last);
		return isSound ? value : ask(itemIndex);
	};
}

/** The parameter with its expressions unevaluated; null when it is not set and there is no fallback. */
function rawValue(context: IExecuteFunctions, path: string, fallback?: unknown): unknown {
	return context.getNodeParameter(path, 0, fallback ?? null, { rawExpressions: true });
}

/** A getter or a proxy in an item can throw: what that comes to is n8n's own. */
function attempt(read: ValueReader, itemIndex: number): unknown {
	try {
		return read(itemIndex);
	} catch {
		return UNSURE;
	}
}

/** Asks for one item, and gives all others the same, or a copy of it. */
function readOnce(ask: ValueReader): ValueReader {
	let known: { value: unknown } | { json: string } | undefined;
	return (itemIndex) => {
		if (known) return 'json' in known ? JSON.parse(known.json) : known.value;
		const value = ask(itemIndex);
		if (!isObjectOrArray(value)) known = { value };
		else if (Number.isFinite(exactSize(value, Infinity))) known = { json: JSON.stringify(value) };
		return value;
	};
}

/** n8n can convert a top-level parameter, and converts the fields of a resource mapper read as a whole. */
function isConverted(context: IExecuteFunctions, path: string): boolean {
	const [parameter = '', ...rest] = path.split('.');
	if (rest.length === 0) return true;
	const raw = rawValue(context, parameter);
	return rest.join('.') === 'value' && isObjectOrArray(raw) && 'mappingMode' in raw;
}

/** Whether n8n gives the same for an item, if the reader is sure of it. */
function agrees(read: ValueReader, ask: ValueReader, itemIndex: number): boolean {
	try {
		const value = read(itemIndex);
		return value === UNSURE || isSame(value, ask(itemIndex));
	} catch {
		// n8n raises the error again when that item is read.
		return false;
	}
}

function isSame(one: unknown, other: unknown): boolean {
	if (!isObjectOrArray(one) || !isObjectOrArray(other)) return Object.is(one, other);
	const entries = Object.entries(one);
	return (
		Array.isArray(one) === Array.isArray(other) &&
		entries.length === Object.keys(other).length &&
		entries.every(([key, value]) => isSame(value, Reflect.get(other, key)))
	);
}
