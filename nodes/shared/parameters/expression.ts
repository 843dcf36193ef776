/** A piece of an n8n expression: literal text, or the code between a pair of double braces. */
export type ExpressionPart = { text: string } | { code: string };

/** Whether n8n evaluates the value of a parameter. */
export function isExpression(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('=');
}

/**
 * The parts of an expression, cut where n8n cuts it: code ends at the first `}}`, wherever that is.
 *
 * @param expression the parameter's value with its leading `=`
 * @returns undefined where versions of n8n differ: escaped braces, backslashes in text and code
 *   that is not closed
 */
export function splitExpression(expression: string): ExpressionPart[] | undefined {
	if (/\\[{}]/.test(expression)) return undefined;
	const parts: ExpressionPart[] = [];
	let rest = expression.slice(1);
	while (rest !== '') {
		const open = rest.indexOf('{{');
		const text = open === -1 ? rest : rest.slice(0, open);
		if (text.includes('\\')) return undefined;
		if (text !== '') parts.push({ text });
		if (open === -1) break;
		const close = rest.indexOf('}}', open + 2);
		if (close === -1) return undefined;
		parts.push({ code: rest.slice(open + 2, close) });
		rest = rest.slice(close + 2);
	}
	return parts;
}

const REFERENCE =
	/^\$json(?:\??\.[A-Za-z_]\w*|(?:\?\.)?\[(?:'[^'\\\r\n]*'|"[^"\\\r\n]*"|0|[1-9]\d*)\])+$/;
const STEP = /\.([A-Za-z_]\w*)|\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/g;

/** The keys of a plain reference: `a`, `b c`, `0` for `$json.a["b c"][0]`; undefined for other code. */
export function plainReference(code: string): string[] | undefined {
	const reference = code.trim();
	if (!REFERENCE.test(reference)) return undefined;
	return Array.from(
		reference.matchAll(STEP),
		([, ...keys]) => keys.find((key) => key !== undefined) ?? '',
	);
}
