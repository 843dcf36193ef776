import { expect, test } from 'vitest';
import {
	isExpression,
	plainReference,
	splitExpression,
} from '../../../nodes/shared/parameters/expression.ts';

test('only text that starts with = is an expression', () => {
	expect(['=1', '={{ 1 }}', '='].map(isExpression)).toEqual([true, true, true]);
	expect(['', ' =1', '{{ 1 }}', 1, null, ['=1']].some(isExpression)).toBe(false);
});

test.each([
	['=', []],
	['=text', [{ text: 'text' }]],
	['={{ a }}', [{ code: ' a ' }]],
	['=x {{a}}{{ b }} y', [{ text: 'x ' }, { code: 'a' }, { code: ' b ' }, { text: ' y' }]],
	['=}} {{ {a: {}} }}', [{ text: '}} ' }, { code: ' {a: {' }, { text: ' }}' }]],
	['={{ "{{" }}', [{ code: ' "{{" ' }]],
	['={{ "\\n" }}', [{ code: ' "\\n" ' }]],
	['={{ a ', undefined],
	['=\\{{ a }}', undefined],
	['={{ a \\}} }}', undefined],
	['=C:\\ {{ a }}', undefined],
])('splits %s where n8n does', (expression, parts) => {
	expect(splitExpression(expression)).toEqual(parts);
});

test.each([
	[' $json.name ', ['name']],
	['$json["Lead Name"]', ['Lead Name']],
	["$json['a.b'][0].c", ['a.b', '0', 'c']],
	['$json?.a?.["b"]', ['a', 'b']],
	['$json', undefined],
	['$json.a()', undefined],
	['$json["a\\n"]', undefined],
	['$json[a]', undefined],
	['$json[01]', undefined],
	['$json.a + 1', undefined],
	['$json.$a', undefined],
	['$jsonx.a', undefined],
	['x.$json.a', undefined],
])('knows the keys of %s', (code, keys) => {
	expect(plainReference(code)).toEqual(keys);
});
