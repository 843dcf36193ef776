import { parse, type AnyNode, type Program } from 'acorn';
import {
	EXECUTION_NAMES,
	NODE_METHODS,
	PURE_FUNCTIONS,
	PURE_METHODS,
	PURE_STATICS,
} from '../../../nodes/shared/parameters/allowedNames.ts';

/**
 * What a real parser makes of code that may be evaluated for many items at once.
 *
 * @returns the fields of its item, sorted; or what is wrong: it is no expression, not the same one inside the
 *   function that it is put into, changes something, or uses what is not known
 */
export function examine(code: string): string[] | 'all' | { wrong: string } {
	const within = parsed(`($json) => { return (${code}) }`);
	const alone = parsed(code);
	if (!within || !alone) return { wrong: 'it is no JavaScript' };
	const [statement, ...others] = alone.body;
	if (statement?.type !== 'ExpressionStatement' || others.length > 0) {
		return { wrong: 'it is no expression' };
	}
	const inner = returned(within);
	if (!inner || shape(inner) !== shape(statement.expression)) {
		return { wrong: 'it means two things' };
	}
	const examination = new Examination();
	try {
		examination.value(inner);
	} catch (error) {
		if (error instanceof Wrong) return { wrong: error.message };
		throw error;
	}
	return examination.all ? 'all' : [...examination.fields].sort();
}

function parsed(code: string): Program | undefined {
	try {
		return parse(code, { ecmaVersion: 'latest', sourceType: 'script' });
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

function returned({ body }: Program): AnyNode | undefined {
	const [statement, ...others] = body;
	if (statement?.type !== 'ExpressionStatement' || others.length > 0) return undefined;
	const { expression: arrow } = statement;
	if (arrow.type !== 'ArrowFunctionExpression' || arrow.body.type !== 'BlockStatement') {
		return undefined;
	}
	const [only, ...more] = arrow.body.body;
	return only?.type === 'ReturnStatement' && more.length === 0
		? (only.argument ?? undefined)
		: undefined;
}

function shape(node: AnyNode): string {
	return JSON.stringify(node, (key, value: unknown) => {
		if (['start', 'end', 'directive'].includes(key)) return undefined;
		return typeof value === 'bigint' ? String(value) : value;
	});
}

class Wrong extends Error {}

const OPERATORS = new Set('+ - * / % == != === !== < > <= >= && || ?? ! typeof'.split(' '));
const CONSTANTS = new Set(['undefined', 'NaN', 'Infinity']);

class Examination {
	readonly fields = new Set<string>();
	all = false;
	readonly #parameters: string[] = [];

	value(node: AnyNode): void {
		switch (node.type) {
			case 'Literal':
				if (typeof node.value === 'bigint') throw new Wrong('it has a big integer');
				return;
			case 'Identifier':
				return this.#name(node.name);
			case 'TemplateLiteral':
				return node.expressions.forEach((each) => this.value(each));
			case 'ArrayExpression':
				return node.elements.forEach((each) => this.#argument(each));
			case 'ObjectExpression':
				return node.properties.forEach((each) => this.#property(each));
			case 'ConditionalExpression':
				return [node.test, node.consequent, node.alternate].forEach((each) => this.value(each));
			case 'BinaryExpression':
			case 'LogicalExpression':
				this.#operator(node.operator);
				return [node.left, node.right].forEach((each) => this.value(each));
			case 'UnaryExpression':
				this.#operator(node.operator);
				return this.value(node.argument);
			case 'ChainExpression':
			case 'ParenthesizedExpression':
				return this.value(node.expression);
			case 'MemberExpression':
				return this.#member(node.object, keyOf(node), node.property);
			case 'CallExpression':
				this.#callee(node.callee);
				return node.arguments.forEach((each) => this.#argument(each));
			case 'NewExpression':
				if (!isName(node.callee, 'Date', 'Set') || !node.arguments[0]) break;
				if (node.arguments[0].type === 'SpreadElement') break;
				return node.arguments.forEach((each) => this.#argument(each));
		}
		throw new Wrong(`it has a ${node.type}`);
	}

	#operator(operator: string): void {
		if (!OPERATORS.has(operator)) throw new Wrong(`it has ${operator}`);
	}

	#name(name: string): void {
		if (name === '$json') this.all = true;
		else if (this.#parameters.includes(name) || CONSTANTS.has(name)) return;
		else if (EXECUTION_NAMES.has(name)) return;
		else if (!PURE_FUNCTIONS.has(name) || name.startsWith('$')) throw new Wrong(`it uses ${name}`);
	}

	#member(object: AnyNode, key: string | undefined, property: AnyNode): void {
		if (key === undefined) {
			this.value(property);
			return this.value(object);
		}
		if (object.type === 'Identifier' && PURE_STATICS.get(object.name)?.has(key)) return;
		if (key in Object.prototype || key.startsWith('__')) throw new Wrong(`it uses ${key}`);
		if (isName(object, '$json')) this.fields.add(key);
		else this.value(object);
	}

	#callee(callee: AnyNode): void {
		if (callee.type === 'Identifier' && PURE_FUNCTIONS.has(callee.name)) return;
		if (callee.type !== 'MemberExpression' || callee.computed) throw new Wrong('it calls a value');
		const { object } = callee;
		const method = keyOf(callee) ?? '';
		if (object.type === 'Identifier' && PURE_STATICS.get(object.name)?.has(method)) return;
		if (NODE_METHODS.has(method)) {
			if (isName(object, '$input')) return;
			if (object.type === 'CallExpression' && isName(object.callee, '$')) {
				const [node, ...others] = object.arguments;
				if (node?.type === 'Literal' && others.length === 0) return;
			}
		}
		if (!PURE_METHODS.has(method)) throw new Wrong(`it calls ${method}`);
		this.value(object);
	}

	#argument(node: AnyNode | null): void {
		if (node === null) throw new Wrong('it has a gap');
		if (node.type === 'SpreadElement') return this.value(node.argument);
		if (node.type !== 'ArrowFunctionExpression') return this.value(node);
		const names = node.params.flatMap(namesOf);
		if (node.async || node.body.type === 'BlockStatement') throw new Wrong('it has a statement');
		const outer = this.#parameters.length;
		this.#parameters.push(...names);
		this.value(node.body);
		this.#parameters.length = outer;
	}

	#property(node: AnyNode): void {
		if (node.type === 'SpreadElement') return this.value(node.argument);
		if (node.type !== 'Property' || node.kind !== 'init' || node.method || node.computed) {
			throw new Wrong(`it has a ${node.type}`);
		}
		if (node.shorthand) throw new Wrong('it has a shorthand');
		const key = node.key.type === 'Identifier' ? node.key.name : String(literal(node.key));
		if (key in Object.prototype) throw new Wrong(`it sets ${key}`);
		this.value(node.value);
	}
}

function isName(node: AnyNode, ...names: string[]): boolean {
	return node.type === 'Identifier' && names.includes(node.name);
}

/** The key of a member that is written out. */
function keyOf({ property, computed }: Extract<AnyNode, { type: 'MemberExpression' }>) {
	if (!computed) return property.type === 'Identifier' ? property.name : undefined;
	const value = literal(property);
	return value === undefined ? undefined : String(value);
}

function literal(node: AnyNode): string | number | undefined {
	if (node.type !== 'Literal') return undefined;
	return typeof node.value === 'string' || typeof node.value === 'number' ? node.value : undefined;
}

function namesOf(parameter: AnyNode): string[] {
	switch (parameter.type) {
		case 'Identifier':
			return [parameter.name];
		case 'ArrayPattern':
			return parameter.elements.flatMap((each) => (each ? namesOf(each) : []));
		case 'ObjectPattern':
			return parameter.properties.flatMap((each) =>
				each.type === 'Property' ? namesOf(each.value) : [],
			);
		default:
			throw new Wrong(`it has a ${parameter.type}`);
	}
}
