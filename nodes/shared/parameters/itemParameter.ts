import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isExpression, plainReference, splitExpression, type ExpressionPart } from './expression';
import { evaluateForAllItems } from './jointEvaluation';
import { readsOnlyItemData } from './readsOnlyItemData';

/** With fewer items there is nothing to gain: two of them are always evaluated by n8n itself. */
const FEWEST_ITEMS = 5;

/** Says of an item that only n8n's own evaluation can tell its value. */
const UNSURE = Symbol('ask n8n');

type Reader = (itemIndex: number) => unknown;

/**
 * A reader of one parameter for each input item: it gives what n8n's `getNodeParameter` gives, but
 * is fast for many items. Evaluating an expression costs n8n about half a millisecond per item; here
 * a constant is read once, a plain reference such as `{{ $json.name }}` is taken from the item, and an
 * expression that depends on nothing but `$json` is evaluated once for all items. Whatever else
 * there is, every value that is an object, and every error is n8n's own.
 *
 * Not for parameters inside a collection whose description has a `validateType`: n8n converts those.
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
	const ask: Reader = (itemIndex) => context.getNodeParameter(path, itemIndex, fallback);
	let read: Reader | undefined;
	return (itemIndex) => {
		read ??= fastReader(context, path, fallback, ask) ?? (() => UNSURE);
		const value = read(itemIndex);
		return value === UNSURE ? ask(itemIndex) : value;
	};
}

function fastReader(
	context: IExecuteFunctions,
	path: string,
	fallback: unknown,
	ask: Reader,
): Reader | undefined {
	const raw: unknown = context.getNodeParameter(path, 0, fallback, { rawExpressions: true });
	if (!isExpression(raw) && !isObject(raw)) return readOnce(ask);
	const items = context.getInputData();
	if (items.length < FEWEST_ITEMS || isConverted(context, path)) return undefined;
	const read = readerOf(raw, context, items);
	return read && agrees(read, ask, items.length) ? read : undefined;
}

function readOnce(ask: Reader): Reader {
	let value: unknown = UNSURE;
	return (itemIndex) => {
		if (value === UNSURE) value = ask(itemIndex);
		return value;
	};
}

/** n8n converts top-level parameters, and the fields of a resource mapper when read as a whole. */
function isConverted(context: IExecuteFunctions, path: string): boolean {
	const [parameter = '', ...rest] = path.split('.');
	if (rest.length === 0) return true;
	const raw: unknown = context.getNodeParameter(parameter, 0, null, { rawExpressions: true });
	return rest.join('.') === 'value' && isObject(raw) && 'mappingMode' in raw;
}

/** Whether n8n agrees about the first and the last item of which the reader is sure. */
function agrees(read: Reader, ask: Reader, count: number): boolean {
	const indexes = Array.from({ length: count }, (_, index) => index);
	const isSure = (index: number) => read(index) !== UNSURE;
	try {
		return [indexes.find(isSure), indexes.findLast(isSure)].every(
			(index) => index === undefined || isSame(read(index), ask(index)),
		);
	} catch {
		// n8n raises the error again when that item is read.
		return false;
	}
}

function readerOf(
	raw: unknown,
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Reader | undefined {
	if (isExpression(raw)) return expressionReader(raw, context, items);
	if (!isObject(raw)) return () => raw;
	const readers = Object.entries(raw).map(
		([key, value]) => [key, readerOf(value, context, items)] as const,
	);
	const isList = Array.isArray(raw);
	const complete = readers.filter((entry): entry is [string, Reader] => entry[1] !== undefined);
	if (complete.length < readers.length) return undefined;
	return (itemIndex) => {
		const values = complete.map(([key, read]) => [key, read(itemIndex)] as const);
		if (values.some(([, value]) => value === UNSURE)) return UNSURE;
		return isList ? values.map(([, value]) => value) : Object.fromEntries(values);
	};
}

function expressionReader(
	expression: string,
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Reader | undefined {
	const parts = splitExpression(expression);
	if (!parts) return undefined;
	const readers = parts.map((part) => partReader(part, context, items));
	const complete = readers.filter((read) => read !== undefined);
	if (complete.length < parts.length) return undefined;
	const [first, ...others] = complete;
	if (first && others.length === 0) return first;
	// n8n rewrites optional chains in all parts when one of them calls a method of its own.
	if (expression.includes('?.')) return undefined;
	return (itemIndex) => {
		const values = complete.map((read) => read(itemIndex));
		return values.includes(UNSURE) ? UNSURE : values.map(toText).join('');
	};
}

function partReader(
	part: ExpressionPart,
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Reader | undefined {
	if ('text' in part) return () => part.text;
	const { code } = part;
	const keys = plainReference(code);
	if (keys) return (itemIndex) => follow(items[itemIndex]?.json, keys);
	if (!readsOnlyItemData(code)) return undefined;
	let results: unknown[][] | undefined;
	return (itemIndex) => {
		results ??= evaluateForAllItems(context, code) ?? [];
		const [result = []] = results.slice(itemIndex, itemIndex + 1);
		return result.length === 1 && isPrimitive(result[0]) ? result[0] : UNSURE;
	};
}

/** What `$json` has at the end of the keys. Members that JavaScript itself gives are left to n8n. */
function follow(json: unknown, keys: string[]): unknown {
	if (!isObject(json)) return UNSURE;
	let value: unknown = json;
	for (const key of keys) {
		if (value === undefined || value === null) return undefined;
		if (!isObject(value) || key in Object.prototype) return UNSURE;
		if (Array.isArray(value) && !/^\d+$/.test(key)) return UNSURE;
		if (!Object.hasOwn(value, key) && key in value) return UNSURE;
		value = Reflect.get(value, key);
	}
	return isPrimitive(value) ? value : UNSURE;
}

/** How n8n puts a value into the text around it. */
function toText(value: unknown): string {
	return value || value === 0 || value === false ? String(value) : '';
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

function isPrimitive(value: unknown): boolean {
	return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
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
