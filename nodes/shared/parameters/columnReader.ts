import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { exactData } from './exactData';
import type { Fields } from './fieldsRead';

/**
 * How much is evaluated at once: as many items, characters of their data, characters of the values and
 * milliseconds. Since n8n 2 expressions run in an isolate of 128 MB; one that runs full is lost, and every
 * later expression of the execution with it. Nothing else of the process runs meanwhile.
 */
const MOST_ITEMS = 1000;
const MOST_DATA = 250_000;
const MOST_VALUES = 500_000;
const LONGEST = 5;
/** n8n's isolate keeps text in the pieces that it was made of, which weigh many times its characters. */
const LONG_TEXT = 100;

/**
 * An expression that evaluates code for the items whose data is in `rows` of the node's context, up to the
 * limits. It gives a list of values as JSON can hold them, because n8n's `quickjs` engine hands them over as
 * JSON. In place of `undefined` is a list with one entry; an empty list is in place of the value of an item
 * without data, of whatever else JSON can't hold or is an object, and where the code fails otherwise than with
 * the `TypeError` of a missing field, which n8n takes for `undefined`.
 *
 * What stands around the code has no quotes, no name in its reach, and no method that n8n gives to values,
 * because each of these changes how n8n reads the code. Global names are looked up once, not for each item.
 */
const forRows = (code: string, nodeName: string) => `{{ (
	(rows, valueOf, values, room, json, clock, end, value) => (rows.some((row) => (
		value = row === null ? [] : valueOf(row),
		typeof value === \`string\` ? (
			room -= value.length,
			value.length > ${LONG_TEXT} && (value = json.parse(json.stringify(value)))
		) : value === undefined
			? value = [0]
			: value === null || value === true || value === false ||
				typeof value === \`number\` && value - value === 0 && (value !== 0 || 1 / value > 0) ||
				(value = []),
		values.push(value),
		room < 0 || clock.now() >= end
	)), values)
)(
	JSON.parse($node[\`${nodeName}\`].context.rows),
	($json) => {
		try { return (${code}) }
		catch (error) { return error instanceof TypeError ? undefined : [] }
	},
	[], ${MOST_VALUES}, JSON, Date, Date.now() + ${LONGEST}
) }}`;

/** What these mean within a template changes how n8n reads it. */
const SPECIAL = /[`\\$\r\n{}'"]/;

/** What a reader gives where it can't tell. */
const UNKNOWN = {};

/** Executions in which evaluating several items at once has failed. */
const failed = new WeakSet<IExecuteFunctions>();

/**
 * A reader of the values of code that depends on nothing but some fields of the item's data. It evaluates the
 * code for the item asked for and for as many after it as the limits allow.
 *
 * Where that fails once, all later values of the execution are left to n8n's own evaluation. So are the items
 * whose data a copy can't hold exactly or is too large for.
 *
 * @returns a function from an item's index to the value, or to an object where only n8n's own evaluation of
 *   that item can tell
 */
export function columnReader(
	context: IExecuteFunctions,
	code: string,
	fields: Fields,
): (itemIndex: number) => unknown {
	const nodeName = context.getNode().name;
	if (SPECIAL.test(nodeName)) return () => UNKNOWN;
	const items = context.getInputData();
	const expression = forRows(code, nodeName);
	let first = 0;
	let values: unknown[] = [];
	let most = MOST_ITEMS;
	return (itemIndex) => {
		if (failed.has(context)) return UNKNOWN;
		if (itemIndex < first || itemIndex >= first + values.length) {
			const rows = rowsFrom(items, itemIndex, fields, most);
			if (rows[0] === null) return UNKNOWN;
			first = itemIndex;
			values = evaluate(context, expression, itemIndex, rows);
			if (values.length === 0) failed.add(context);
			// Where one takes long, do not copy many in vain.
			most = values.length < rows.length ? Math.min(2 * values.length, MOST_ITEMS) : MOST_ITEMS;
		}
		if (itemIndex >= first + values.length) return UNKNOWN;
		const value = values[itemIndex - first];
		return Array.isArray(value) && value.length === 1 ? undefined : value;
	};
}

/** The data of an item and of those after it; null for data that a copy can't hold. */
function rowsFrom(
	items: readonly INodeExecutionData[],
	itemIndex: number,
	fields: Fields,
	most: number,
): Array<object | null> {
	const rows: Array<object | null> = [];
	let room = MOST_DATA;
	for (let index = itemIndex; index < items.length; index++) {
		const data = exactData(items[index]?.json, fields, MOST_DATA);
		rows.push(data?.value ?? null);
		room -= data?.size ?? 0;
		if (rows.length === most || room < 0 || rows[0] === null) break;
	}
	return rows;
}

/** The values of the first rows, of one at least; none when n8n can't do it. */
function evaluate(
	context: IExecuteFunctions,
	expression: string,
	itemIndex: number,
	rows: Array<object | null>,
): unknown[] {
	try {
		const store = context.getContext('node');
		try {
			store.rows = JSON.stringify(rows);
			const values: unknown = context.evaluateExpression(expression, itemIndex);
			return Array.isArray(values) && values.length <= rows.length ? values : [];
		} finally {
			delete store.rows;
		}
	} catch {
		return [];
	}
}
