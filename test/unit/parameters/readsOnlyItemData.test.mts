import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readsOnlyItemData } from '../../../nodes/shared/parameters/readsOnlyItemData.ts';
import { computedCode } from './arbitraryExpressions.mts';
import { examine } from './examine.mts';
import { NASTY } from './nastyCode.mts';

const ACCEPTED = [
	"$json.first + ' ' + $json.last",
	"$json.phone.replace(/\\D/g, '')",
	'$json.phone.replace(/[/)]+/, "")',
	"'+' + $json.phone",
	'$json.vip ? 1 : 500',
	'$json["Lead Name"] ?? "unknown"',
	'`${$json.first} ${$json.last?.trim() ?? `(${"none"})`}`',
	"DateTime.fromISO($json.due, { zone: 'utc' }).toFormat('yyyy')",
	'$json.tags.map((tag) => tag.name).join(", ")',
	'$json.email.extractDomain()',
	'$if($json.vip, 1, 500)',
	'$ifEmpty($json.name, "unknown")',
	'Math.round($json.score / 10) / 2',
	'new Date($json.due).getTime()',
	'(($json) => $json.name)($json)',
	'"$json.name // not a comment"',
	'/[}{"]/.test($json.name)',
	"typeof $json.n === 'number'",
];

const REFUSED = [
	'',
	'{ a: $json.name }',
	'$itemIndex',
	"$('Input').item.json.name",
	'$now.toISO()',
	'$jsonx',
	'$json.$name',
	'$json.n = 1',
	'$json.n += 1',
	'$json.n++',
	'- --$json.n',
	'delete $json.n',
	'"a" in $json',
	'this',
	'__proto__',
	'$json.__proto__',
	'function () {}',
	'(() => { return 1 })()',
	'({ a() {} })',
	'$json.tags.push(1)',
	'$json.tags.sort()',
	'$json.tags["push"](1)',
	"$json.tags['sort']()",
	'$json.tags[$json.key]',
	'$json.tags["po" + "p"]()',
	'$json.tags?.["pop"]()',
	'[].push.call($json.tags, 1)',
	'$json.name; 1',
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
	'010',
	'{}/1',
	'x }} {{ y',
	'$json.name {{',
	'@name',
	'#name',
];

describe('what is evaluated for all items at once', () => {
	test.each(ACCEPTED)('%s', (code) => {
		expect(readsOnlyItemData(code)).toBe(true);
		expect(examine(code)).toBeUndefined();
	});
});

describe('what is left to n8n', () => {
	test.each(REFUSED)('%s', (code) => {
		expect(readsOnlyItemData(code)).toBe(false);
	});
});

test('a parser finds nothing wrong with what is accepted', () => {
	for (const code of NASTY.filter(readsOnlyItemData)) {
		expect({ code, wrong: examine(code) }).toEqual({ code, wrong: undefined });
	}
	fc.assert(
		fc.property(computedCode, (code) => !readsOnlyItemData(code) || examine(code) === undefined),
		{ numRuns: 2000 },
	);
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
		fc.oneof(computedCode, fc.constantFrom(...NASTY, ...ACCEPTED, ...REFUSED)),
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

test('a parser finds nothing wrong with what is accepted of damaged code', () => {
	fc.assert(
		fc.property(damagedCode, (code) => {
			if (readsOnlyItemData(code)) expect({ code, wrong: examine(code) }).toEqual({ code });
		}),
		{ numRuns: 10_000 },
	);
});

test('the parser would find what must not be accepted', () => {
	const found = REFUSED.filter((code) => examine(code) !== undefined);
	expect(found).toEqual(
		expect.arrayContaining([
			'$itemIndex',
			'$json.n = 1',
			'$json.n++',
			'delete $json.n',
			'this',
			'$json.tags.push(1)',
			'$json.tags["push"](1)',
			'$json.tags[$json.key]',
			'$json.name) + ($json.phone',
		]),
	);
});
