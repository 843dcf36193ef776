import type { IExecuteFunctions } from 'n8n-workflow';
import { columnReader } from './columnReader';
import { isExpression, plainReference, splitExpression, type ExpressionPart } from './expression';
import { fieldsRead } from './fieldsRead';

/** Says of an item that only n8n's own evaluation can tell its value. */
export const UNSURE = Symbol('only n8n can tell');

/** Gives the value for the item with that index, or `UNSURE`. */
export type ValueReader = (itemIndex: number) => unknown;

/**
 * A reader of a parameter's raw value without n8n's evaluation of each item. Objects and lists are
 * put together anew for each item, as n8n does; the expressions in them may give anything but objects.
 *
 * @param raw the value with its expressions unevaluated
 * @returns undefined when n8n must evaluate the value for every item
 */
export function valueReader(context: IExecuteFunctions, raw: unknown): ValueReader | undefined {
	if (isExpression(raw)) return expressionReader(context, raw);
	if (!isObjectOrArray(raw)) return () => raw;
	const keys = Object.keys(raw);
	const isList = Array.isArray(raw);
	return combine(
		Object.values(raw).map((value) => valueReader(context, value)),
		(values) =>
			isList ? values : Object.fromEntries(values.map((value, index) => [keys[index], value])),
	);
}

/** Whether a parameter's raw value may differ from item to item. */
export function dependsOnItem(raw: unknown): boolean {
	if (isExpression(raw)) {
		const parts = splitExpression(raw);
		return !parts?.every((part) => 'text' in part || isShared(part.code));
	}
	return isObjectOrArray(raw) && Object.values(raw).some(dependsOnItem);
}

export function isObjectOrArray(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

function combine(
	readers: Array<ValueReader | undefined>,
	put: (values: unknown[]) => unknown,
): ValueReader | undefined {
	const known = readers.filter((reader) => reader !== undefined);
	if (known.length < readers.length) return undefined;
	return (itemIndex) => {
		const values = known.map((read) => read(itemIndex));
		return values.includes(UNSURE) ? UNSURE : put(values);
	};
}

function expressionReader(context: IExecuteFunctions, expression: string): ValueReader | undefined {
	const parts = splitExpression(expression);
	if (!parts) return undefined;
	const readers = parts.map((part) => partReader(context, part));
	if (readers.length === 1) return readers[0];
	// n8n rewrites the optional chains of all parts when one of them calls a method of its own.
	if (expression.includes('?.')) return undefined;
	return combine(readers, (values) => values.map(toText).join(''));
}

function partReader(context: IExecuteFunctions, part: ExpressionPart): ValueReader | undefined {
	if ('text' in part) return () => part.text;
	const keys = plainReference(part.code);
	if (keys) return referenceReader(context, keys);
	const fields = fieldsRead(part.code);
	if (!fields) return undefined;
	const read = isShared(part.code)
		? sharedReader(context, part.code)
		: columnReader(context, part.code, fields);
	return (itemIndex) => {
		const value = read(itemIndex);
		return isPrimitive(value) ? value : UNSURE;
	};
}

/** Whether code gives the same for all items of the node. */
function isShared(code: string): boolean {
	const fields = fieldsRead(code);
	return Array.isArray(fields) && fields.length === 0;
}

/** Evaluates once what depends on no item. */
function sharedReader(context: IExecuteFunctions, code: string): ValueReader {
	let value: unknown;
	let isDue = true;
	return () => {
		if (isDue) {
			isDue = false;
			try {
				value = context.evaluateExpression(`{{${code}}}`, 0);
			} catch {
				// n8n raises the error again when an item is read.
				value = UNSURE;
			}
		}
		return value;
	};
}

function referenceReader(context: IExecuteFunctions, keys: string[]): ValueReader {
	const items = context.getInputData();
	const [only = ''] = keys;
	const isPlainKey = keys.length === 1 && !(only in Object.prototype);
	return (itemIndex) => {
		const json: unknown = items[itemIndex]?.json;
		if (!isObjectOrArray(json)) return UNSURE;
		// The way of nearly all references: a field of the item's own that is text or a number.
		if (isPlainKey && Object.hasOwn(json, only) && !Array.isArray(json)) {
			const value: unknown = Reflect.get(json, only);
			if (typeof value === 'string' || typeof value === 'number') return value;
		}
		return follow(json, keys);
	};
}

/** What is at the end of the keys. Members that JavaScript itself gives are left to n8n. */
function follow(json: object, keys: string[]): unknown {
	let value: unknown = json;
	for (const key of keys) {
		if (value === undefined || value === null) return undefined;
		if (!isObjectOrArray(value) || key in Object.prototype) return UNSURE;
		if (Array.isArray(value) && !/^\d+$/.test(key)) return UNSURE;
		if (!Object.hasOwn(value, key) && key in value) return UNSURE;
		value = Reflect.get(value, key);
	}
	return isPrimitive(value) ? value : UNSURE;
}

/** How n8n puts the value of a part into the text around it. */
function toText(value: unknown): string {
	return value || value === 0 || value === false ? String(value) : '';
}

function isPrimitive(value: unknown): boolean {
	switch (typeof value) {
		case 'string':
		case 'number':
		case 'boolean':
		case 'undefined':
			return true;
		default:
			return value === null;
	}
}
