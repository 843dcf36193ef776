/** Patterns for the pieces of JavaScript that `fieldsRead` knows, each for the current place in the code. */

export const SPACE = /[ \t\r\n]*/y;
export const NAME = /[A-Za-z_$][\w$]*/y;
export const NUMBER = /(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE]\d+)?(?![\w.$])/y;
export const STRING = /'(?:[^'\\\r\n]|\\[\\'"`/nrt])*'|"(?:[^"\\\r\n]|\\[\\'"`/nrt])*"/y;
/** Text of a template up to its end, or up to a value within it. */
export const TEMPLATE_TEXT = /(?:[^`\\$\r]|\$(?!\{)|\\[\\'"`/nrt])*(?<end>`|\$\{)/y;
export const REGULAR_EXPRESSION =
	/\/(?<source>(?![*/])(?:[^\\/[\r\n]|\\[^\r\n]|\[(?:[^\]\\\r\n]|\\[^\r\n])*\])+)\/(?<flags>[gimsuy]*)(?![\w$])/y;
/** A sign in front of a value; two of the same would be an increment or a decrement. */
export const PREFIX = /!|-(?!-)|\+(?!\+)|typeof(?![\w$])/y;
/** An operator between two values; none that assigns, starts a comment or is an arrow. */
export const OPERATOR =
	/[=!]==?|[<>]=?(?![<>=])|&&(?!=)|\|\|(?!=)|\?\?(?!=)|\+(?![+=])|-(?![-=])|\*(?![*=])|\/(?![*/=])|%(?!=)/y;
/** The present date has no argument, and might have none where they are spread. */
export const CREATION = /(?:Date|Set)[ \t\r\n]*\([ \t\r\n]*(?![).])/y;
export const CONDITION = /\?(?![?.])/y;
export const MEMBER = /\??\.[ \t\r\n]*(?=[A-Za-z_])/y;
export const MEMBER_NAME = /[A-Za-z_]\w*/y;
export const ELEMENT = /(?:\?\.)?\[/y;
export const PLAIN_KEY =
	/(?:'(?<single>[^'\\\r\n]*)'|"(?<double>[^"\\\r\n]*)"|(?<index>0|[1-9]\d*))\s*\]/y;
const PARAMETER = String.raw`[A-Za-z_]\w*`;
const PARAMETERS = String.raw`${PARAMETER}(?:\s*,\s*${PARAMETER})*`;
/** The parameters of an arrow function: names, or one list or object that is taken apart. */
export const ARROW = new RegExp(
	String.raw`(?:${PARAMETER}|\(\s*(?:${PARAMETERS}|\[\s*${PARAMETERS}\s*\]|\{\s*${PARAMETERS}\s*\})?\s*\))[ \t]*=>`,
	'y',
);
