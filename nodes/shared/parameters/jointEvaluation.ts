import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * The most that all items may weigh, in estimated bytes. Since n8n 2 expressions run in an isolate of
 * 128 MB, which gets a copy of every item; an isolate that runs full is lost, and every later
 * expression of the execution with it. Seen to be lost with about 100 MB by this estimate.
 */
const WEIGHT_LIMIT = 32_000_000;
const DEEPEST = 20;

/**
 * What one evaluation gives for each item: the value in an array of its own, or an empty array where
 * it is an object or an error other than the `TypeError` of a missing field, which n8n takes for
 * `undefined`.
 *
 * The code around the expression has no quotes, no name that the expression could use, and no word
 * that n8n would take for one of its own methods.
 */
const forEachItem = (code: string) =>
	`{{ $input.all().map(({ json: $json }) => { try { return [(${code})].filter((value) => Object(value) !== value) } catch (error) { return error instanceof TypeError ? [undefined] : [] } }) }}`;

const SEES_ALL_ITEMS =
	'{{ ((items) => items.length - 1 === $itemIndex && JSON.stringify(items[$itemIndex].json) === JSON.stringify($json))($input.all()) }}';

const usable = new WeakMap<IExecuteFunctions, boolean>();

/**
 * Evaluates the code of an expression once for all items of the node's input.
 *
 * @param code what `readsOnlyItemData` accepts
 * @returns for each item an array with the value, or an empty one where only n8n's own evaluation
 *   for that item can tell; undefined when this n8n cannot do it
 */
export function evaluateForAllItems(
	context: IExecuteFunctions,
	code: string,
): unknown[][] | undefined {
	if (!usable.has(context)) usable.set(context, isUsable(context));
	if (usable.get(context) !== true) return undefined;
	const results = evaluate(context, forEachItem(code), 0);
	const count = context.getInputData().length;
	return isListOfLists(results) && results.length === count ? results : undefined;
}

function isUsable(context: IExecuteFunctions): boolean {
	const items = context.getInputData();
	let left = WEIGHT_LIMIT;
	for (const item of items) {
		left -= weigh(item, left);
		if (left < 0) return false;
	}
	// Some versions of n8n have no `$input.all()` here, and a workflow's setting can change what it gives.
	return evaluate(context, SEES_ALL_ITEMS, items.length - 1) === true;
}

function evaluate(context: IExecuteFunctions, expression: string, itemIndex: number): unknown {
	try {
		return context.evaluateExpression(expression, itemIndex);
	} catch {
		// The item whose expression fails is evaluated by n8n on its own, which raises the error again.
		return undefined;
	}
}

function isListOfLists(value: unknown): value is unknown[][] {
	return Array.isArray(value) && value.every((each) => Array.isArray(each));
}

/** About how many bytes a value takes; infinite for what JSON cannot hold and once `limit` is passed. */
function weigh(value: unknown, limit: number, depth = 0): number {
	if (typeof value === 'string') return 32 + 2 * value.length;
	if (value === null || ['number', 'boolean', 'undefined'].includes(typeof value)) return 32;
	if (!isPlain(value) || depth > DEEPEST) return Infinity;
	let weight = 64;
	for (const each of Object.values(value)) {
		weight += weigh(each, limit - weight, depth + 1);
		if (weight > limit) return Infinity;
	}
	return weight;
}

function isPlain(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	if (Array.isArray(value)) return true;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
