import { describe, expect, it } from 'vitest';
import { refusal, sent } from './sent.mts';

describe('context_headers', () => {
	it.each([
		['rows', [{ name: 'X-Order-Id', value: '1234' }], { 'X-Order-Id': '1234' }],
		['an object', { 'X-Order-Id': '1234', 'x-b': 'c' }, { 'X-Order-Id': '1234', 'x-b': 'c' }],
		['trimmed text', [{ name: ' X-A ', value: ' b\n' }], { 'X-A': 'b' }],
		['numbers', { 'X-A': 5, 'X-B': true }, { 'X-A': '5', 'X-B': 'true' }],
		['all characters of a token', { "X-a0.!%*_+`'~-": 'b' }, { "X-a0.!%*_+`'~-": 'b' }],
	])('are read from %s', (_, value, context_headers) => {
		expect(sent({ context_headers: value })).toEqual({ context_headers });
	});

	it.each([
		['no rows', []],
		['an empty object', {}],
		['rows without a value', [{ name: 'X-A', value: '' }, { name: '', value: ' ' }, {}]],
	])('are left out when there are %s', (_, value) => {
		expect(sent({ context_headers: value })).toEqual({});
	});

	it.each([
		'Order-Id',
		'X-',
		'X-Order Id',
		'X-Order:Id',
		'X-Größe',
		'X-A\r\nVia: b',
		'',
		'__proto__',
		'constructor',
	])('the name %j is refused', (name) => {
		expect(sent({ context_headers: [{ name, value: 'b' }] })).toEqual(
			refusal('context_headers', JSON.stringify(name)),
		);
	});

	it.each([5, null, undefined, ['X-A']])('a name that is no text, %j, is refused', (name) => {
		expect(sent({ context_headers: [{ name, value: 'b' }] })).toEqual(refusal('context_headers'));
	});

	it.each(['a\nb', 'a\r\nVia: b', 'a\tb', 'a\u0000b', 'a\u2028b', 'a\u007Fb'])(
		'the value %j is refused',
		(value) => {
			expect(sent({ context_headers: { 'X-A': value } })).toEqual(
				refusal('context_headers', 'X-A'),
			);
		},
	);

	it.each([
		[{ a: 1 }, 'an object'],
		[['a'], 'an array'],
	])('the value %j is refused', (value, kind) => {
		expect(sent({ context_headers: { 'X-A': value } })).toEqual(
			refusal('context_headers', `X-A, got ${kind}`),
		);
	});

	it.each([
		[
			[
				{ name: 'X-A', value: 1 },
				{ name: 'x-a', value: 2 },
			],
		],
		[{ 'X-A': 1, 'x-a': 2 }],
	])('a name twice is refused, whatever its case', (value) => {
		expect(sent({ context_headers: value })).toEqual(expect.stringContaining('"x-a"'));
	});

	it.each([
		['{"X-A":"b"}', '"{\\"X-A\\":\\"b\\"}"'],
		[5, '5'],
		[new Date(0), 'a date'],
		[['X-A'], 'an array'],
		[[null], 'an array'],
	])('%j is refused', (value, shown) => {
		expect(sent({ context_headers: value })).toEqual(refusal('context_headers', `got ${shown}`));
	});
});
