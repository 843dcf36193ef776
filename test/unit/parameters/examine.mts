import { parse, type Node } from 'acorn';

const NAMES = new Set(['$json', '$if', '$ifEmpty']);
const CHANGING_MEMBERS = new Set(
	`apply assign bind call copyWithin defineProperties defineProperty fill freeze pop
	preventExtensions push reverse seal setPrototypeOf shift sort splice unshift`.split(/\s+/),
);
const HARMLESS = new Set(
	`ArrayExpression ArrayPattern ArrowFunctionExpression BinaryExpression BlockStatement
	CallExpression ChainExpression ConditionalExpression EmptyStatement ExpressionStatement
	Identifier LabeledStatement Literal LogicalExpression MemberExpression NewExpression
	ObjectExpression ObjectPattern Property RestElement SequenceExpression SpreadElement
	TaggedTemplateExpression TemplateElement TemplateLiteral UnaryExpression`.split(/\s+/),
);

const options = { ecmaVersion: 'latest', sourceType: 'script' } as const;

/**
 * What a real parser finds wrong with code that may be evaluated for all items at once.
 *
 * @returns undefined when nothing is wrong: the code is no JavaScript even inside the function, or
 *   it is there the same one expression that it is on its own, which changes nothing and knows no
 *   name of n8n but those of its item
 */
export function examine(code: string): string | undefined {
	const within = parsed(`[(${code})].filter(String)`);
	if (!within) return undefined;
	const alone = parsed(code);
	if (!alone) return 'it is an expression only inside the function';
	const [statement, ...others] = alone.body ?? [];
	if (statement?.type !== 'ExpressionStatement' || others.length > 0) return 'it is no expression';
	const [inner] = within.body?.[0]?.expression?.callee?.object?.elements ?? [];
	if (!inner || shape(inner) !== shape(statement.expression)) return 'it means two things';
	return complaint(inner);
}

/** The fields of acorn's nodes that matter here. */
interface SyntaxNode {
	type: string;
	name?: string;
	value?: unknown;
	operator?: string;
	kind?: string;
	computed?: boolean;
	method?: boolean;
	property?: SyntaxNode;
	expression?: SyntaxNode;
	callee?: SyntaxNode;
	object?: SyntaxNode;
	elements?: SyntaxNode[];
	body?: SyntaxNode[];
}

function parsed(code: string): SyntaxNode | undefined {
	try {
		return parse(code, options) as Node as SyntaxNode;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

function shape(node: SyntaxNode | undefined): string {
	return JSON.stringify(node, (key, value: unknown) => {
		if (['start', 'end', 'directive'].includes(key)) return undefined;
		return typeof value === 'bigint' ? String(value) : value;
	});
}

function complaint(node: SyntaxNode, isName = false): string | undefined {
	const { type, name, operator } = node;
	if (!HARMLESS.has(type)) return `it has a ${type}`;
	if (name?.includes('$') && !NAMES.has(name)) return `it uses ${name}`;
	if (operator === 'delete') return 'it deletes';
	if (type === 'MemberExpression') {
		const member = memberOf(node);
		if (member === undefined) return 'it computes a member';
		if (CHANGING_MEMBERS.has(member)) return `it uses ${member}`;
	}
	if (isName) return undefined;
	for (const [key, value] of Object.entries(node)) {
		const isFixed = (key === 'property' || key === 'key') && !node.computed;
		for (const child of [value].flat()) {
			const found = isSyntaxNode(child) ? complaint(child, isFixed) : undefined;
			if (found !== undefined) return found;
		}
	}
	return undefined;
}

function isSyntaxNode(value: unknown): value is SyntaxNode {
	return typeof value === 'object' && value !== null && 'type' in value;
}

/** The name of a member that is written out. */
function memberOf({ property, computed }: SyntaxNode): string | undefined {
	if (!computed) return property?.name;
	return property?.type === 'Literal' ? String(property.value) : undefined;
}
