/** Generators of n8n expressions, from everyday ones to those that are easy to misread. */
import fc from 'fast-check';
import { NASTY } from './nastyCode.mts';

const REFERENCES = [
	'$json.name',
	'$json.first',
	'$json.phone',
	'$json["Lead Name"]',
	"$json['email']",
	'$json.n',
	'$json.flag',
	'$json.date',
	'$json.nested',
	'$json.nested.deep',
	'$json.nested?.deep',
	'$json.nested.deep.deeper',
	'$json?.nested?.["deep"]?.deeper',
	'$json.tags',
	'$json.tags[0]',
	'$json.tags[7]',
	'$json.tags.length',
	'$json.contact',
	'$json.contact.mobile',
	'$json.contact?.work',
	'$json.contact[0]',
	'$json.missing',
	'$json.missing.more',
	'$json.missing?.more',
	'$json.toString',
	'$json.length',
	'$json.isProxy',
	'$json[0]',
	'$json',
	"$('Input').first().json.name",
	"$('Input').all().length",
	'$input.last().json.n',
	'$workflow.name',
	'$execution.mode',
	'$runIndex',
];

const LITERALS = [
	'0',
	'1',
	'12.5',
	'1000',
	"''",
	"' '",
	"'a'",
	'"$json.name"',
	'"it\'s"',
	"'{ $json }'",
	"'say \\'hi\\''",
	"'a // b /* c */'",
	'null',
	'undefined',
	'true',
	'false',
	'NaN',
	'[]',
	'[1, 2]',
	'({})',
	'({ a: 1 }).a',
	'/[}/"]{1}/.source',
];

const UNARY = ['!', '-', '+', '~', 'typeof '];
const BINARY = '+ - * / % ** == != === !== < > <= >= && || ?? & | ^ << >> >>> ,'.split(' ');

/** Calls that look at all of `OBJ`: its keys, those that are `undefined`, and the gaps of a list. */
const WHOLE_OBJECT_CALLS = [
	'OBJ.hasField("mobile")',
	'OBJ.removeField("mobile").hasField("mobile")',
	'OBJ.removeField("work").keys().join()',
	'JSON.stringify(OBJ.compact())',
	'({ ...OBJ }).hasField("mobile")',
	'OBJ.map((each) => each?.mobile ?? ARG).join()',
	'OBJ.map(() => 1).join("-")',
	'OBJ.filter(Boolean).length',
	'OBJ.flat().length',
	'OBJ.every((each) => each !== undefined)',
	'[...OBJ].indexOf(undefined)',
	'[...new Set(OBJ)].join("|")',
	'Object.values(OBJ).length',
	'OBJ.length',
	'OBJ.isEmpty()',
	'OBJ.unique().length',
	'OBJ.compact().length',
	'OBJ.join("-")',
	'Object.keys(OBJ).length',
	'JSON.stringify(OBJ)',
];

/** Calls on `OBJ`, with `ARG` as an argument. */
const CALLS = [
	'OBJ.trim()',
	'OBJ.toUpperCase()',
	'OBJ?.toLowerCase()',
	'OBJ.toString()',
	'String(OBJ)',
	'Number(OBJ)',
	'parseInt(OBJ, 10)',
	'OBJ.replace(/\\D/g, "")',
	"OBJ.replace(/['\"]/, `'`)",
	'OBJ.replace("+", "")',
	'OBJ.replaceAll(" ", "")',
	'OBJ.split(" ")[0]',
	"OBJ.split(',').at(-1)",
	'OBJ.slice(0, 3)',
	'OBJ.includes(ARG)',
	'OBJ.startsWith("+")',
	'OBJ.padStart(5, "0")',
	'OBJ.concat(ARG)',
	'OBJ.length',
	'OBJ.join("-")',
	'OBJ.map((tag) => tag + ARG).join()',
	'OBJ.map(($json) => $json).length',
	'OBJ.filter((tag) => tag?.length > 1)[0]',
	'OBJ.find((tag) => tag)',
	'OBJ.reduce((sum, each) => sum + each, "")',
	'((value) => value ?? ARG)(OBJ)',
	'(({ name }) => name)(OBJ)',
	'OBJ.toFixed(2)',
	'OBJ.isEmpty()',
	'OBJ.isNotEmpty()',
	'OBJ.toTitleCase()',
	'OBJ.extractEmail()',
	'OBJ.toInt()',
	'OBJ.toNumber()',
	'OBJ.toBoolean()',
	'OBJ.round(1)',
	'OBJ.first()',
	'OBJ?.last()',
	'OBJ.unique().length',
	'OBJ.removeTags()',
	'OBJ.urlEncode()',
	'OBJ.toJsonString()',
	'OBJ.toDateTime().toISODate()',
	'OBJ.hasField("deep")',
	...WHOLE_OBJECT_CALLS,
	'({ a: 1, "ada@example.com": 2 })[OBJ] ?? ARG',
	'OBJ[ARG]',
	'OBJ.keys().length',
	'$if(OBJ, ARG, "else")',
	'$ifEmpty(OBJ, ARG)',
	'(OBJ ? ARG : "none")',
	'JSON.stringify(OBJ)',
	'Object.keys(OBJ).length',
	'Object.entries(OBJ).map(([key, value]) => `${key}=${value}`).join("&")',
	'Array.isArray(OBJ)',
	'Math.max(OBJ, ARG)',
	'`Hi ${OBJ}`',
	"`${OBJ}/${`inner ${ARG}`} it's $json {`",
	'[OBJ, ARG].join(" ")',
	'[OBJ, ...[ARG]].length',
	'({ key: OBJ, "other key": ARG }).key',
	'({ ...$json, own: OBJ }).name',
	'DateTime.fromISO(OBJ).toISODate()',
	"DateTime.fromISO(OBJ, { zone: 'utc' }).plus({ days: 1 }).toISO()",
	'DateTime.fromISO(OBJ)',
	'new Date(OBJ).getFullYear()',
	'new Date(OBJ)',
	'OBJ.deep.deeper',
	'OBJ?.deep?.deeper?.toUpperCase()',
	'OBJ["deep"]',
	'OBJ[0]',
];

/** Code that computes something from the item, nested up to a few levels. */
export const computedCode: fc.Arbitrary<string> = fc.letrec<{ code: string; call: string }>(
	(tie) => ({
		call: fc
			.tuple(fc.constantFrom(...CALLS), tie('code'), tie('code'))
			.map(([call, object, argument]) =>
				call.replaceAll('OBJ', () => wrap(object)).replaceAll('ARG', () => wrap(argument)),
			),
		code: fc.oneof(
			{ maxDepth: 3, depthSize: 'small' },
			{ weight: 5, arbitrary: fc.constantFrom(...REFERENCES) },
			{ weight: 2, arbitrary: fc.constantFrom(...LITERALS) },
			{ weight: 5, arbitrary: tie('call') },
			{
				weight: 2,
				arbitrary: fc
					.tuple(tie('code'), fc.constantFrom(...BINARY), tie('code'))
					.map(([left, operator, right]) => `${wrap(left)} ${operator} ${wrap(right)}`),
			},
			{
				weight: 1,
				arbitrary: fc
					.tuple(fc.constantFrom(...UNARY), tie('code'))
					.map(([operator, operand]) => `${operator}${wrap(operand)}`),
			},
		),
	}),
).code;

/** Code that looks at an object or a list as a whole, and at the item with it. */
export const wholeObjectCode: fc.Arbitrary<string> = fc
	.tuple(
		fc.constantFrom(...WHOLE_OBJECT_CALLS),
		fc.constantFrom('$json.contact', '$json.contact[0]', '$json'),
		fc.constantFrom('$json.name', "'mobile'", '0'),
	)
	.map(([call, object, argument]) => call.replaceAll('OBJ', object).replaceAll('ARG', argument));

function wrap(code: string): string {
	return /^[$\w.?[\]"']+$/.test(code) && !/^\d/.test(code) ? code : `(${code})`;
}

const TEXTS = [
	'Lead ',
	' ',
	'"',
	"'",
	'$json.name',
	'}}',
	'} }',
	'a\nb',
	'=',
	'\\',
	'\\\\',
	'\\{{',
	'é✓',
];

const code = fc.oneof(
	{ weight: 3, arbitrary: computedCode },
	{ weight: 1, arbitrary: fc.constantFrom(...NASTY) },
);

/** A parameter's value: an expression of one or more parts. */
export const expression: fc.Arbitrary<string> = fc.oneof(
	{ weight: 6, arbitrary: code.map((each) => `={{ ${each} }}`) },
	{ weight: 1, arbitrary: code.map((each) => `={{${each}}}`) },
	{ weight: 1, arbitrary: code.map((each) => `={{ ${each} `) },
	{
		weight: 3,
		arbitrary: fc
			.array(
				fc.oneof(
					fc.constantFrom(...TEXTS),
					code.map((each) => `{{ ${each} }}`),
				),
				{
					minLength: 1,
					maxLength: 4,
				},
			)
			.map((parts) => `=${parts.join('')}`),
	},
);
