import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * The most that all items may weigh, in estimated bytes: some 60,000 rows of a dozen fields. Since n8n 2
 * expressions run in an isolate of 128 MB, which gets a copy of every item; an isolate that runs full
 * is lost, and every later expression of the execution with it. The values found take their share, and
 * can be as large as the items.
 */
const WEIGHT_LIMIT = 48_000_000;
const DEEPEST = 20;
/** Text that V8 keeps in one byte a character rather than two. */
const ONE_BYTE_EACH = /^[\0-\xFF]*$/;

/**
 * One expression that gives for each item the value of the code in an array of its own, or an empty
 * array where it is an object or fails otherwise than with the `TypeError` of a missing field, which
 * n8n takes for `undefined`. It gives false when what it sees are not the items as the code sees
 * them: some versions of n8n have no `$input.all()` here, and a setting of the workflow changes it.
 *
 * What stands around the code has no quotes, no name in the code's reach, and no method that n8n
 * gives to values, because each of these changes how n8n reads the code.
 */
const forEachItem = (code: string) =>
	`{{ ((items, evaluate) =>
		items.length - 1 === $itemIndex && JSON.stringify(items[$itemIndex].json) === JSON.stringify($json) &&
		items.map(evaluate)
	)($input.all(), ({ json: $json }) => {
		try { return [(${code})].filter((value) => Object(value) !== value) }
		catch (error) { return error instanceof TypeError ? [undefined] : [] }
	}) }}`;

const light = new WeakMap<IExecuteFunctions, boolean>();

/**
 * Evaluates the code of an expression once for all items of the node's input.
 *
 * @param code what `readsOnlyItemData` accepts
 * @returns for each item an array with the value, or an empty one where only n8n's own evaluation
 *   for that item can tell; undefined when this n8n cannot do it for these items
 */
export function evaluateForAllItems(
	context: IExecuteFunctions,
	code: string,
): unknown[][] | undefined {
	const items = context.getInputData();
	const isLight = light.get(context) ?? weigh(items, WEIGHT_LIMIT) <= WEIGHT_LIMIT;
	light.set(context, isLight);
	if (!isLight) return undefined;
	const results = evaluate(context, forEachItem(code), items.length - 1);
	return isListOfLists(results) && results.length === items.length ? results : undefined;
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
	if (typeof value === 'string') return 24 + value.length * (ONE_BYTE_EACH.test(value) ? 1 : 2);
	if (value === null || ['number', 'boolean', 'undefined'].includes(typeof value)) return 8;
	if (!isPlain(value) || depth > DEEPEST) return Infinity;
	let weight = 32;
	for (const [key, each] of Object.entries(value)) {
		// In the isolate such a key gives the member that every object has, but in a copy the data.
		if (key in Object.prototype) return Infinity;
		weight += 16 + weigh(each, limit - weight, depth + 1);
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
