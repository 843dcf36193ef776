import type { IExecuteFunctions } from 'n8n-workflow';
import { isExpression } from './expression';
import { isObject, UNSURE, valueReader, type ValueReader } from './valueReader';

/** With fewer items there is nothing to gain: n8n itself evaluates two of them in any case. */
const FEWEST_ITEMS = 5;

/**
 * A reader of one parameter for each input item: it gives what n8n's `getNodeParameter` gives, but
 * is fast for many items. Evaluating an expression costs n8n about half a millisecond per item; here
 * a constant is read once, a plain reference such as `{{ $json.name }}` is taken from the item, and
 * expressions that depend on nothing but `$json` are evaluated once for all items. Whatever else
 * there is, every value that is an object, and every error is n8n's own.
 *
 * Make the readers of all parameters before the first value is read: what is there by then is
 * evaluated together, in a fraction of the time that it takes one after the other.
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
	if (!isExpression(raw) && !isObject(raw)) return readOnce(ask);
	const count = context.getInputData().length;
	if (count < FEWEST_ITEMS || isConverted(context, path)) return ask;
	const read = valueReader(context, raw);
	if (read === undefined) return ask;
	let isSound: boolean | undefined;
	return (itemIndex) => {
		isSound ??= agrees(read, ask, count);
		const value = isSound ? read(itemIndex) : UNSURE;
		return value === UNSURE ? ask(itemIndex) : value;
	};
}

/** The parameter with its expressions unevaluated; null when it is not set and there is no fallback. */
function rawValue(context: IExecuteFunctions, path: string, fallback?: unknown): unknown {
	return context.getNodeParameter(path, 0, fallback ?? null, { rawExpressions: true });
}

function readOnce(ask: ValueReader): ValueReader {
	let value: unknown = UNSURE;
	return (itemIndex) => {
		if (value === UNSURE) value = ask(itemIndex);
		return value;
	};
}

/** n8n can convert a top-level parameter, and converts the fields of a resource mapper read as a whole. */
function isConverted(context: IExecuteFunctions, path: string): boolean {
	const [parameter = '', ...rest] = path.split('.');
	if (rest.length === 0) return true;
	const raw = rawValue(context, parameter);
	return rest.join('.') === 'value' && isObject(raw) && 'mappingMode' in raw;
}

/** Whether n8n agrees about the first and the last item of which the reader is sure. */
function agrees(read: ValueReader, ask: ValueReader, count: number): boolean {
	const isSure = (index: number) => read(index) !== UNSURE;
	const hasSame = (index: number) => isSame(read(index), ask(index));
	let first = 0;
	let last = count - 1;
	try {
		while (first < count && !isSure(first)) first++;
		while (last > first && !isSure(last)) last--;
		return first === count || (hasSame(first) && (first === last || hasSame(last)));
	} catch {
		// n8n raises the error again when that item is read.
		return false;
	}
}

function isSame(one: unknown, other: unknown): boolean {
	if (!isObject(one) || !isObject(other)) return Object.is(one, other);
	const entries = Object.entries(one);
	return (
		Array.isArray(one) === Array.isArray(other) &&
		entries.length === Object.keys(other).length &&
		entries.every(([key, value]) => isSame(value, Reflect.get(other, key)))
	);
}
