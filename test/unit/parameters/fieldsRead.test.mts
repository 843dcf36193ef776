import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsRead } from '../../../nodes/shared/parameters/fieldsRead.ts';
import { computedCode } from './arbitraryExpressions.mts';
import { examine } from './examine.mts';
import { NASTY } from './nastyCode.mts';

const ACCEPTED: Array<[code: string, fields: string[] | 'all']> = [
	["$json.first + ' ' + $json.last", ['first', 'last']],
	["$json.phone.replace(/\\D/g, '')", ['phone']],
	['$json.phone.replace(/[/)]+/, "")', ['phone']],
	['$json.name.replace(/["\']/g, ``)', ['name']],
	["'+' + $json.phone", ['phone']],
	['$json.vip ? 1 : 500', ['vip']],
	['$json["Lead Name"] ?? "unknown"', ['Lead Name']],
	['$json["Price $"].toNumber()', ['Price $']],
	['`${$json.first} ${$json.last?.trim() ?? `(${"none"})`}`', ['first', 'last']],
	["DateTime.fromISO($json.due, { zone: 'utc' }).toFormat('yyyy')", ['due']],
	['$json.tags.map((tag) => tag.name).join(", ")', ['tags']],
	['$json.tags.map(({ name, id }) => `${id} ${name}`)[0]', ['tags']],
	['Object.entries($json.map).map(([key, value]) => key + value).join()', ['map']],
	['$json.tags.filter(Boolean).map(Number).reduce((a, b) => a + b, 0)', ['tags']],
	['[$json.firstname, $json.lastname].filter(Boolean).join(" ")', ['firstname', 'lastname']],
	['$json.email.extractDomain()', ['email']],
	['$if($json.vip, 1, 500)', ['vip']],
	['$ifEmpty($json.name, "unknown")', ['name']],
	['Math.round($json.score / 10) / 2', ['score']],
	['new Date($json.due).getTime()', ['due']],
	['[...new Set($json.tags)].length', ['tags']],
	['({ gold: 1, silver: 2 })[$json.tier] ?? 9', ['tier']],
	['"$json.name // not a comment"', []],
	['/[}{"]/.test($json.name)', ['name']],
	["typeof $json.n === 'number'", ['n']],
	['$json.n - -1 < 3 && !$json.off', ['n', 'off']],
	['$json?.["a b"]?.c', ['a b']],
	['$json.hasField("name")', 'all'],
	['JSON.stringify($json)', 'all'],
	['$json[$json.key]', 'all'],
	['({ ...$json, own: 1 }).own', 'all'],
	["$('Hook').first().json.body.campaign", []],
	['$("Hook").all().map(({ json }) => json.name).join()', []],
	["$('Hook').last().json.prefix + $json.id", ['id']],
	['$input.first().json.campaign', []],
	['$workflow.name + $execution.id + $vars.campaign', []],
	['1 + 1', []],
];

const REFUSED = [
	'',
	' ',
	'{ a: $json.name }',
	'$itemIndex',
	"$('Input').item.json.name",
	"$('Input').itemMatching(0).json.name",
	'$("In" + "put").first().json.name',
	'$($json.name).first().json.name',
	'$node["Input"].json.name',
	'$input.item.json.name',
	'$now.toISO()',
	'$today',
	'DateTime.now()',
	'DateTime',
	'new Date()',
	'new Date(...[])',
	'new Map([])',
	'Date()',
	'Math.random()',
	'[1].map(Math.random)',
	'Math["random"]()',
	'Math',
	'$json.tags.randomItem()',
	'$jsonx',
	'$json.$name',
	'$json.n = 1',
	'$json.n += 1',
	'$json.n /= 1',
	'$json.n++',
	'- --$json.n',
	'$json.n ** 2',
	'delete $json.n',
	'"a" in $json',
	'this',
	'__proto__',
	'$json.__proto__',
	'$json.constructor',
	'$json["constructor"]',
	'$json.toString',
	'function () {}',
	'(() => { return 1 })()',
	'($json => $json.name)($json)',
	'(({ assign }) => assign({}, $json))(Object)',
	'(({ push }) => push)($json.tags).call($json.tags, 1)',
	'Reflect.apply([].push, $json.tags, [1])',
	'[Object].map(({ assign }) => assign($json, {}))',
	'[1].map(async (a) => a)',
	'[1].map((a, a) => a)',
	'[1].map((this) => 1)',
	'[1].map((Number) => Number("1"))',
	'({ a() {} })',
	'({ get a() { return 1 } })',
	'({ ["a"]: 1 })',
	'({ __proto__: $json }).name',
	'Object.assign($json, { name: 1 })',
	'$json.tags.push(1)',
	'$json.tags.sort()',
	'$json.tags["push"](1)',
	"$json.tags['sort']()",
	'$json.tags[$json.key]()',
	'$json.tags["po" + "p"]()',
	'$json.tags?.["pop"]()',
	'$json.name.trim?.()',
	'[].push.call($json.tags, 1)',
	'$json.name`a`',
	'$json.name; 1',
	'$json.name, 1',
	'with ($json) name',
	'$json.name // comment',
	'$json.name /* comment */',
	'/* comment */ $json.name',
	'$json.n <!-- 1',
	'$json.name) + ($json.phone',
	'$json.name]',
	'"$json.name',
	'`${$json.name`',
	'`$json.name',
	'$json.na\\u006de',
	"'\\101'",
	"'\\u{110000}'",
	'010',
	'1n',
	'1.toFixed()',
	'{}/1',
	'/(/.test($json.name)',
	'/a/gg.test($json.name)',
	'$json.a ?? $json.b || 1',
	'[, 1]',
	'[1].map(a\n=> a)',
	'x }} {{ y',
	'$json.name {{',
	'@name',
	'#name',
];

describe('knows the fields of', () => {
	test.each(ACCEPTED)('%s', (code, fields) => {
		expect(fieldsRead(code)).toEqual(fields);
	});
});

describe('leaves to n8n', () => {
	test.each(REFUSED)('%s', (code) => {
		expect(fieldsRead(code)).toBeUndefined();
	});
});

test('leaves to n8n what is very long or very deep', () => {
	expect(fieldsRead('1 + '.repeat(2000) + '1')).toBeUndefined();
	expect(fieldsRead('('.repeat(1000) + '1' + ')'.repeat(1000))).toBeUndefined();
	expect(fieldsRead('!'.repeat(4000) + '1')).toEqual([]);
});

/** What is wrong with what is accepted, in the eyes of a real parser. All fields are always right. */
function mistakeIn(code: string): unknown {
	const fields = fieldsRead(code);
	if (fields === undefined) return undefined;
	const expected = examine(code);
	const actual = fields === 'all' ? fields : [...fields].sort();
	const isKnown = Array.isArray(expected) || expected === 'all';
	const isRight = isKnown && (actual === 'all' || String(actual) === String(expected));
	return isRight ? undefined : { code, actual, expected };
}

test('a parser reads the same in what is accepted', () => {
	for (const code of [...NASTY, ...ACCEPTED.map(([each]) => each)]) {
		expect(mistakeIn(code)).toBeUndefined();
	}
	fc.assert(
		fc.property(computedCode, (code) => {
			expect(mistakeIn(code)).toBeUndefined();
		}),
		{ numRuns: 2000 },
	);
});

test('most of what people write is accepted', () => {
	const codes = fc.sample(computedCode, { numRuns: 1000, seed: 1 });
	const refused = codes.filter((code) => fieldsRead(code) === undefined);
	expect(refused.length).toBeLessThan(250);
});

/** Pieces that change what code means when they end up somewhere in it. */
const PIECES = [
	...'()[]{}\'"`/\\$;=+-*.,?:<>!&|#@% \n0a~^'.split(''),
	...' this in new typeof delete function async await yield class return'.split(' '),
	...'=> ... ?. ${ // /* */ <!-- --> ++ -- += ** ??= {{ }} push sort $json $itemIndex __'.split(
		' ',
	),
	'["push"](1)',
	'.pop()',
	'\u2028',
	'\u00a0',
	'ё',
];

const damagedCode = fc
	.tuple(
		fc.oneof(
			computedCode,
			fc.constantFrom(...NASTY, ...ACCEPTED.map(([code]) => code), ...REFUSED),
		),
		fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...PIECES)), {
			minLength: 1,
			maxLength: 3,
		}),
	)
	.map(([code, edits]) =>
		edits.reduce((text, [position, removed, piece]) => {
			const at = position % (text.length + 1);
			return text.slice(0, at) + piece + text.slice(at + removed);
		}, code),
	);

test('a parser reads the same in what is accepted of damaged code', () => {
	fc.assert(
		fc.property(damagedCode, (code) => {
			expect(mistakeIn(code)).toBeUndefined();
		}),
		{ numRuns: 10_000 },
	);
});

test('the parser finds fault with what must not be accepted', () => {
	const found = REFUSED.filter((code) => {
		const result = examine(code);
		return typeof result === 'object' && 'wrong' in result;
	});
	// The others could be accepted, but nobody needs them.
	expect(REFUSED.filter((code) => !found.includes(code))).toEqual([
		'$json.$name',
		'[1].map((Number) => Number("1"))',
		'$json.name.trim?.()',
		'$json.name /* comment */',
		'/* comment */ $json.name',
		'$json.na\\u006de',
		"'\\101'",
		'010',
	]);
});
