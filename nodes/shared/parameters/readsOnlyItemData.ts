/** Words that make a statement, bind `this` or change what they touch; none is needed to compute a value. */
const REFUSED_WORDS = new Set(
	`arguments async await break case catch class const continue debugger default delete do else enum
	eval export extends finally for function global globalThis if implements import in instanceof
	interface let package private process protected public return static super switch this throw try
	var void while window with yield`.split(/\s+/),
);

/** Members that change the object they belong to, which can be the item, or that call such a member. */
const REFUSED_MEMBERS = new Set(
	`apply assign bind call copyWithin defineProperties defineProperty fill freeze pop
	preventExtensions push reverse seal setPrototypeOf shift sort splice unshift`.split(/\s+/),
);

/** n8n's names that stand for the item's data, or for a function of nothing but its arguments. */
const ITEM_NAMES = new Set(['$json', '$if', '$ifEmpty']);

const OPERAND_FOLLOWS = new Set(['new', 'typeof']);

const TOKEN = new RegExp(
	[
		/[ \t\r\n]+/,
		/(?<number>(?:0|[1-9]\d*)(?:\.\d+)?(?![\w.$]))/,
		/(?<name>[A-Za-z_$][\w$]*)/,
		/(?<string>'(?:[^'\\\r\n]|\\[^\d\r\n])*'|"(?:[^"\\\r\n]|\\[^\d\r\n])*")/,
		/(?<mark>=>|===?|!==?|<=|>=|&&|\|\||\?\?|\?\.|\.\.\.|\*\*|<<|>>>?|[()[\]{},.?:+\-*/%!~<>&|^`])/,
	]
		.map(({ source }) => source)
		.join('|'),
	'y',
);
const REGULAR_EXPRESSION =
	/\/(?![*/])(?:[^\\/[\r\n]|\\[^\r\n]|\[(?:[^\]\\\r\n]|\\[^\r\n])*\])+\/[gimsuy]*(?![\w$])/y;
const TEMPLATE_TEXT = /(?:[^`\\$]|\$(?!\{))*(?<end>`|\$\{)/y;
const LITERAL_KEY = /\[[ ]*(?:'(?<single>[^'\\\r\n]*)'|"(?<double>[^"\\\r\n]*)"|\d+)[ ]*\]/y;

const CLOSERS: Record<string, string> = { '(': ')', '[': ']', '{': '}', '${': '}' };

/**
 * Whether the code of an expression depends on nothing but its own item's data and changes nothing,
 * so that it means the same in a function that n8n calls with one item after another.
 *
 * It is no parser: code that it accepts can still be wrong, which the evaluation then shows. But
 * what it accepts is one balanced piece without comments, statements, assignments, `this`, changing
 * members, and names of n8n other than `$json`, `$if` and `$ifEmpty`. Whatever is in doubt is refused.
 */
export function readsOnlyItemData(code: string): boolean {
	// Code that starts with a brace is an object to n8n and a block to JavaScript.
	if (/^\s*(?:\{|$)/.test(code) || code.includes('{{')) return false;
	return new Scanner(code).accepts();
}

class Scanner {
	#at = 0;
	#previous = '';
	/** Whether what came last is a value, after which `/` divides and `[` picks a member. */
	#afterOperand = false;
	readonly #open: string[] = [];
	readonly #code: string;

	constructor(code: string) {
		this.#code = code;
	}

	accepts(): boolean {
		while (this.#at < this.#code.length) {
			if (!this.#acceptNext()) return false;
		}
		return this.#open.length === 0;
	}

	#match(pattern: RegExp): RegExpExecArray | undefined {
		pattern.lastIndex = this.#at;
		const match = pattern.exec(this.#code);
		if (!match) return undefined;
		this.#at = pattern.lastIndex;
		return match;
	}

	#acceptNext(): boolean {
		const token = this.#match(TOKEN);
		if (!token) return false;
		const { number, name, string, mark } = token.groups ?? {};
		if (name !== undefined) return this.#acceptName(name);
		if (mark !== undefined) return this.#acceptMark(mark);
		if (number !== undefined || string !== undefined) this.#operand('literal');
		return true;
	}

	#operand(previous: string) {
		this.#previous = previous;
		this.#afterOperand = true;
		return true;
	}

	#acceptName(name: string): boolean {
		if (name.startsWith('__')) return false;
		if (this.#previous === '.' || this.#previous === '?.') {
			return this.#acceptMember(name) && this.#operand(name);
		}
		if (REFUSED_WORDS.has(name) || (name.includes('$') && !ITEM_NAMES.has(name))) return false;
		this.#operand(name);
		this.#afterOperand = !OPERAND_FOLLOWS.has(name);
		return true;
	}

	#acceptMember(name: string): boolean {
		return !REFUSED_MEMBERS.has(name) && !name.startsWith('__') && !name.includes('$');
	}

	#acceptMark(mark: string): boolean {
		switch (mark) {
			case '/':
				return this.#acceptSlash();
			case '`':
				return this.#acceptTemplate();
			case '[':
				if (this.#afterOperand || this.#previous === '?.') return this.#acceptLiteralKey();
				return this.#opens(mark);
			case '(':
				return this.#opens(mark);
			case '{':
				// After a parenthesis this would be a method's body.
				return this.#previous !== ')' && this.#opens(mark);
			case ')':
			case ']':
			case '}':
				return this.#closes(mark);
			case '.':
				if (this.#previous === 'new') return false;
		}
		// A doubled sign is an increment, a decrement or an HTML comment.
		if ((mark === '+' || mark === '-') && this.#code[this.#at] === mark) return false;
		this.#previous = mark;
		this.#afterOperand = false;
		return true;
	}

	#opens(mark: string): boolean {
		this.#open.push(mark);
		this.#previous = mark;
		this.#afterOperand = false;
		return true;
	}

	#closes(mark: string): boolean {
		const opened = this.#open.pop();
		if (opened === undefined || CLOSERS[opened] !== mark) return false;
		return opened === '${' ? this.#acceptTemplate() : this.#operand(mark);
	}

	/** A member picked by a computed key could be any, so the key must be written out. */
	#acceptLiteralKey(): boolean {
		this.#at -= 1;
		const key = this.#match(LITERAL_KEY);
		const { single, double } = key?.groups ?? {};
		return key !== undefined && this.#acceptMember(single ?? double ?? '') && this.#operand(']');
	}

	#acceptSlash(): boolean {
		if (this.#afterOperand) {
			const next = this.#code[this.#at];
			if (this.#previous === '}' || next === '/' || next === '*') return false;
			this.#previous = '/';
			this.#afterOperand = false;
			return true;
		}
		this.#at -= 1;
		return this.#match(REGULAR_EXPRESSION) !== undefined && this.#operand('literal');
	}

	#acceptTemplate(): boolean {
		const text = this.#match(TEMPLATE_TEXT);
		if (!text) return false;
		return text.groups?.end === '`' ? this.#operand('literal') : this.#opens('${');
	}
}
