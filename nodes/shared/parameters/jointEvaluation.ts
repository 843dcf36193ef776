import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/**
 * The most that all items may weigh, in estimated bytes: some 60,000 rows of a dozen fields. Since n8n 2
 * expressions run in an isolate of 128 MB, which gets a copy of every item; an isolate that runs full
 * is lost, and every later expression of the execution with it. The values of each code take their
 * share, and can be as large as the items.
 */
const WEIGHT_LIMIT = 48_000_000;
/** The most that the items and values may weigh for one more code to be evaluated beside them. */
const WEIGHT_LIMIT_WITH_VALUES = 60_000_000;
/** What a value takes beside its characters. */
const VALUE_WEIGHT = 40;
/** Room comes in steps, because n8n keeps what it compiles for each wording of an expression. */
const ROOM_STEP = 4_000_000;
const DEEPEST = 20;
/** Text that V8 keeps in one byte a character rather than two. */
const ONE_BYTE_EACH = /^[\0-\xFF]*$/;

/**
 * For each item the value of some code, or an object where the value is one or the code fails
 * otherwise than with the `TypeError` of a missing field, which n8n takes for `undefined`.
 */
type Column = unknown[];

const forOneItem = (code: string) => `({ json: $json }) => {
		try { return (${code}) }
		catch (error) { return error instanceof TypeError ? undefined : [] }
	}`;

/**
 * One expression that gives the columns of some codes, of as many as there is room for and of one at
 * least. It gives false when what it sees are not the items as the codes see them: some versions of
 * n8n have no `$input.all()` here, and a setting of the workflow changes it.
 *
 * What stands around the codes has no quotes, no name in their reach, and no method that n8n gives to
 * values, because each of these changes how n8n reads the code.
 *
 * @param room estimated bytes for values
 */
const forAllItems = (codes: readonly string[], room: number) =>
	`{{ ((items, codes) =>
		items.length - 1 === $itemIndex && JSON.stringify(items[$itemIndex].json) === JSON.stringify($json) &&
		codes.reduce((columns, code) => columns.reduce((all, column) => column.reduce(
			(sum, value) => sum + ${VALUE_WEIGHT} + String(value).length, all), 0) > ${room} ? columns
			: columns.concat([items.map(code).map((value) => Object(value) === value ? [] : value)]), [])
	)($input.all(), [${codes.map(forOneItem).join(', ')}]) }}`;

/**
 * Evaluates code of a node's expressions once for all items of its input. Copying the items into n8n's
 * isolate is what takes longest, so all code that was announced is evaluated together when the first
 * value is asked for.
 */
class JointEvaluation {
	private readonly context: IExecuteFunctions;

	private readonly items: readonly INodeExecutionData[];

	private readonly announced = new Set<string>();

	private readonly columns = new Map<string, Column | undefined>();

	private room: number | undefined;

	constructor(context: IExecuteFunctions) {
		this.context = context;
		this.items = context.getInputData();
	}

	announce(code: string): void {
		this.announced.add(code);
	}

	column(code: string): Column | undefined {
		if (!this.columns.has(code)) this.evaluateAnnounced();
		return this.columns.get(code);
	}

	private evaluateAnnounced(): void {
		const codes = [...this.announced].filter((code) => !this.columns.has(code));
		// What cannot be evaluated stays without a column, and is not tried again.
		for (const code of codes) this.columns.set(code, undefined);
		// n8n rewrites optional chains when a method of its own is called anywhere in the expression.
		const alone = codes.filter((code) => code.includes('?.'));
		this.evaluate(codes.filter((code) => !code.includes('?.')));
		for (const code of alone) this.evaluate([code]);
	}

	private evaluate(codes: readonly string[]): void {
		if (codes.length === 0) return;
		const columns = this.columnsOf(codes);
		if (columns.length > 0) {
			const done = codes.slice(0, columns.length);
			done.forEach((code, index) => this.columns.set(code, columns[index]));
			this.evaluate(codes.slice(columns.length));
		} else if (codes.length > 1) {
			// One of them may be wrong, which must not be to the cost of the others.
			for (const code of codes) this.evaluate([code]);
		}
	}

	/** The columns of the first of the codes, one at least; none when n8n cannot do it for these items. */
	private columnsOf(codes: readonly string[]): Column[] {
		const { context, items } = this;
		this.room ??= roomBeside(items);
		if (this.room < 0) return [];
		try {
			const columns = context.evaluateExpression(forAllItems(codes, this.room), items.length - 1);
			return areColumns(columns, items.length) ? columns : [];
		} catch {
			// The item whose expression fails is evaluated by n8n on its own, which raises the error again.
			return [];
		}
	}
}

const evaluations = new WeakMap<IExecuteFunctions, JointEvaluation>();

/**
 * A reader of the values of code for all items of the node's input, which are evaluated together with
 * those of all other code that was handed in before the first value is asked for.
 *
 * @param code what `readsOnlyItemData` accepts
 * @returns a function from an item's index to the value, or to an object where only n8n's own
 *   evaluation for that item can tell
 */
export function jointReader(
	context: IExecuteFunctions,
	code: string,
): (itemIndex: number) => unknown {
	const evaluation = evaluations.get(context) ?? new JointEvaluation(context);
	evaluations.set(context, evaluation);
	evaluation.announce(code);
	let column: Column | undefined;
	return (itemIndex) => {
		column ??= evaluation.column(code) ?? [];
		return itemIndex < column.length ? column[itemIndex] : column;
	};
}

function areColumns(value: unknown, length: number): value is Column[] {
	return (
		Array.isArray(value) &&
		value.length > 0 &&
		value.every((column) => Array.isArray(column) && column.length === length)
	);
}

/** Estimated bytes for values; below zero when there is not even room for the items. */
function roomBeside(items: readonly INodeExecutionData[]): number {
	const room = WEIGHT_LIMIT_WITH_VALUES - weigh(items, WEIGHT_LIMIT);
	return Math.floor(room / ROOM_STEP) * ROOM_STEP;
}

/** About how many bytes a value takes; infinite for what JSON cannot hold and once `limit` is passed. */
function weigh(value: unknown, limit: number, depth = 0): number {
	switch (typeof value) {
		case 'string':
			return 24 + value.length * (ONE_BYTE_EACH.test(value) ? 1 : 2);
		case 'number':
		case 'boolean':
		case 'undefined':
			return 8;
	}
	if (value === null) return 8;
	if (!isPlain(value) || depth > DEEPEST) return Infinity;
	let weight = 32;
	for (const key in value) {
		// In the isolate such a key gives the member that every object has, but in a copy the data.
		if (key in Object.prototype) return Infinity;
		weight += 16 + weigh(Reflect.get(value, key), limit - weight, depth + 1);
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
