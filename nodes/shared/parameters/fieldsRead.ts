import {
	EXECUTION_NAMES,
	NODE_METHODS,
	PURE_FUNCTIONS,
	PURE_METHODS,
	PURE_STATICS,
} from './allowedNames';
import {
	ARROW,
	CONDITION,
	CREATION,
	ELEMENT,
	MEMBER,
	MEMBER_NAME,
	NAME,
	NUMBER,
	OPERATOR,
	PLAIN_KEY,
	PREFIX,
	REGULAR_EXPRESSION,
	SPACE,
	STRING,
	TEMPLATE_TEXT,
} from './tokens';

/** The top-level fields of an item's data, or all of them. */
export type Fields = readonly string[] | 'all';

const LONGEST_CODE = 5000;
const DEEPEST = 50;

const CONSTANTS = new Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity']);
/** Words that no parameter can be called, because they mean something else to JavaScript or to n8n. */
const RESERVED_WORDS = new Set(
	`arguments async await break case catch class const continue debugger default delete do else enum eval
	export extends finally for function global globalThis if implements import in instanceof interface let
	new package private process protected public return self static super switch this throw try typeof var
	void while window with yield`.split(/\s+/),
);

/**
 * The fields of its item that the code of an expression reads. None means that its value is the same for
 * all items of the node.
 *
 * What is accepted is a list of what is known: literals, `$json` and its members, operators, conditions,
 * templates, objects and lists, functions and methods that change nothing and depend on nothing but what they
 * are given (`allowedNames.ts`), arrow functions as their arguments, and names of n8n that stand for the same
 * as long as the node runs.
 *
 * @returns undefined for all other code, of which only n8n can tell
 */
export function fieldsRead(code: string): Fields | undefined {
	// Code that starts with a brace is an object to n8n and a block to JavaScript.
	if (code.length > LONGEST_CODE || /^\s*\{|\{\{|[\u2028\u2029]/.test(code)) return undefined;
	return new Parser(code).fields();
}

/** Each method tells whether there is such a thing at the current place, and moves behind it. */
class Parser {
	#at = 0;
	#depth = 0;
	#readsAll = false;
	readonly #fields = new Set<string>();
	readonly #parameters: string[] = [];
	readonly #code: string;

	constructor(code: string) {
		this.#code = code;
	}

	fields(): Fields | undefined {
		if (!this.#expression() || this.#at < this.#code.length) return undefined;
		return this.#readsAll ? 'all' : [...this.#fields];
	}

	#match(pattern: RegExp): RegExpExecArray | undefined {
		pattern.lastIndex = this.#at;
		const match = pattern.exec(this.#code);
		if (!match) return undefined;
		this.#at = pattern.lastIndex;
		return match;
	}

	/** A token and the space behind it. */
	#token(pattern: RegExp): RegExpExecArray | undefined {
		const match = this.#match(pattern);
		if (match) this.#match(SPACE);
		return match;
	}

	#mark(mark: string): boolean {
		if (!this.#code.startsWith(mark, this.#at)) return false;
		this.#at += mark.length;
		this.#match(SPACE);
		return true;
	}

	#expression(): boolean {
		this.#match(SPACE);
		this.#depth++;
		const isExpression = this.#depth <= DEEPEST && this.#operation();
		this.#depth--;
		if (!isExpression || !this.#token(CONDITION)) return isExpression;
		return this.#expression() && this.#mark(':') && this.#expression();
	}

	/** Values with operators between them. Which of them binds first makes no difference here. */
	#operation(): boolean {
		const operators = new Set<string>();
		for (;;) {
			while (this.#token(PREFIX));
			if (!this.#value()) return false;
			const [operator] = this.#token(OPERATOR) ?? [];
			if (operator === undefined) break;
			operators.add(operator);
		}
		// JavaScript wants parentheses there.
		return !(operators.has('??') && (operators.has('||') || operators.has('&&')));
	}

	#value(): boolean {
		return this.#primary() && this.#members();
	}

	#primary(): boolean {
		if (this.#token(STRING) || this.#token(NUMBER)) return true;
		if (this.#mark('(')) return this.#expression() && this.#mark(')');
		if (this.#mark('[')) return this.#list(']');
		if (this.#mark('{')) return this.#object();
		if (this.#code[this.#at] === '`') return this.#template();
		if (this.#code[this.#at] === '/') return this.#regularExpression();
		const [name] = this.#token(NAME) ?? [];
		return name !== undefined && this.#named(name);
	}

	#named(name: string): boolean {
		if (name === '$json') return this.#itemData();
		if (name === '$' || name === '$input') return this.#nodeData(name);
		if (name === 'new') return this.#creation();
		const isValue = CONSTANTS.has(name) || this.#parameters.includes(name);
		if (isValue || EXECUTION_NAMES.has(name)) return true;
		const statics = PURE_STATICS.get(name);
		if (statics && this.#token(MEMBER)) return statics.has(this.#name()) && this.#call() !== false;
		// Without parentheses it is an argument, as in `filter(Boolean)`.
		return PURE_FUNCTIONS.has(name) && (this.#call() ?? !name.startsWith('$'));
	}

	/** The name of a member, which stands behind `MEMBER`. */
	#name(): string {
		return this.#token(MEMBER_NAME)?.[0] ?? '';
	}

	/** @returns undefined where nothing is called */
	#call(): boolean | undefined {
		return this.#mark('(') ? this.#list(')') : undefined;
	}

	/** The field of the item that is read; all of them where its data is used as a whole. */
	#itemData(): boolean {
		const start = this.#at;
		const name = this.#token(MEMBER) ? this.#name() : this.#token(ELEMENT) && this.#plainKey();
		if (name !== undefined && this.#code[this.#at] !== '(') {
			this.#fields.add(name);
			return isOrdinary(name);
		}
		this.#at = start;
		this.#readsAll = true;
		return true;
	}

	/** What follows `$` or `$input`: only what does not depend on the item. */
	#nodeData(name: string): boolean {
		if (name === '$' && !(this.#mark('(') && this.#token(STRING) && this.#mark(')'))) return false;
		return (
			this.#token(MEMBER) !== undefined && NODE_METHODS.has(this.#name()) && this.#call() === true
		);
	}

	/** A date, though not the present one, or a set. */
	#creation(): boolean {
		return this.#token(CREATION) !== undefined && this.#list(')');
	}

	/** Any number of members and calls of methods. What a computed key gives is never called. */
	#members(): boolean {
		for (;;) {
			if (this.#token(MEMBER)) {
				const name = this.#name();
				if (
					!(this.#code[this.#at] === '('
						? PURE_METHODS.has(name) && this.#call()
						: isOrdinary(name))
				)
					return false;
			} else if (this.#token(ELEMENT)) {
				const key = this.#plainKey();
				if (!(key === undefined ? this.#expression() && this.#mark(']') : isOrdinary(key)))
					return false;
			} else return true;
		}
	}

	/** A key that is written out, and the bracket behind it. */
	#plainKey(): string | undefined {
		const { single, double, index } = this.#token(PLAIN_KEY)?.groups ?? {};
		return single ?? double ?? index;
	}

	/** Arguments or elements, up to the mark that closes them. */
	#list(end: string): boolean {
		if (this.#mark(end)) return true;
		do {
			const isElement = this.#mark('...')
				? this.#expression()
				: (this.#arrow() ?? this.#expression());
			if (!isElement) return false;
		} while (this.#mark(','));
		return this.#mark(end);
	}

	#object(): boolean {
		if (this.#mark('}')) return true;
		do {
			if (this.#mark('...')) {
				if (!this.#expression()) return false;
				continue;
			}
			const [key] = this.#token(NAME) ?? this.#token(STRING) ?? this.#token(NUMBER) ?? [];
			const isKey = key !== undefined && isOrdinary(key.replace(/^['"]|['"]$/g, ''));
			if (!isKey || !this.#mark(':') || !this.#expression()) return false;
		} while (this.#mark(','));
		return this.#mark('}');
	}

	#template(): boolean {
		this.#at++;
		for (;;) {
			const end = this.#match(TEMPLATE_TEXT)?.groups?.end;
			if (end === undefined) return false;
			if (end === '`') break;
			if (!this.#expression() || this.#code[this.#at] !== '}') return false;
			this.#at++;
		}
		this.#match(SPACE);
		return true;
	}

	#regularExpression(): boolean {
		const { source, flags } = this.#token(REGULAR_EXPRESSION)?.groups ?? {};
		if (source === undefined) return false;
		try {
			new RegExp(source, flags);
			return true;
		} catch {
			return false;
		}
	}

	/** @returns undefined where there is no arrow function */
	#arrow(): boolean | undefined {
		const [arrow] = this.#token(ARROW) ?? [];
		if (arrow === undefined) return undefined;
		const names = arrow.match(/\w+/g) ?? [];
		const isBlock = this.#code[this.#at] === '{';
		if (isBlock || names.some((name) => !isParameter(name)) || new Set(names).size < names.length)
			return false;
		const outer = this.#parameters.length;
		this.#parameters.push(...names);
		const isBody = this.#expression();
		this.#parameters.length = outer;
		return isBody;
	}
}

/** Whether a member is data, rather than what JavaScript gives to every object and n8n may refuse. */
function isOrdinary(name: string): boolean {
	return !(name in Object.prototype) && !/^__|^(?:prototype|caller|callee)$/.test(name);
}

function isParameter(name: string): boolean {
	return !(
		CONSTANTS.has(name) ||
		RESERVED_WORDS.has(name) ||
		PURE_FUNCTIONS.has(name) ||
		PURE_STATICS.has(name) ||
		name.startsWith('__')
	);
}
