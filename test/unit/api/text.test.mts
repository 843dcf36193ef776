import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { shorten, toText } from '../../../nodes/shared/text.ts';

const cyclic: unknown[] = [];
cyclic.push(cyclic);
const throwing = () => {
	throw new Error('No');
};

describe('the text', () => {
	it.each<[unknown, string]>([
		['a', 'a'],
		[undefined, ''],
		[null, ''],
		[0, '0'],
		[false, 'false'],
		[10n, '10'],
		[Symbol('a'), 'Symbol(a)'],
		[['a', 1], '["a",1]'],
		[{ a: 1 }, '{"a":1}'],
		[{ toString: 1 }, '{"toString":1}'],
		[Object.create(null), '{}'],
		[{ toJSON: () => undefined }, ''],
		[{ toJSON: throwing }, '[object]'],
		[{ a: 1n }, '[object]'],
		[cyclic, '[object]'],
		[Object.assign(() => 1, { toString: throwing }), '[function]'],
	])('of %o is %j', (value, text) => {
		expect(toText(value)).toBe(text);
	});

	it('can be made of anything', () => {
		const anything = fc.anything({
			withBigInt: true,
			withDate: true,
			withMap: true,
			withNullPrototype: true,
			withObjectString: true,
			withSparseArray: true,
			withTypedArray: true,
		});
		fc.assert(
			fc.property(anything, (value) => {
				expect(toText(value)).toBeTypeOf('string');
			}),
		);
	});
});

describe('a text that is too long', () => {
	test.each([
		['abc', 3, 'abc'],
		['abcd', 3, 'ab…'],
		['  a \n\t b ', 3, 'a b'],
		['ab\u{1f600}c', 5, 'ab\u{1f600}c'],
		['ab\u{1f600}cd', 4, 'ab…'],
		['abc', 0, '…'],
	])('%j is cut to %i characters: %j', (text, max, cut) => {
		expect(shorten(text, max)).toBe(cut);
	});

	test('keeps to its length in one line, and is well-formed where the text is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
				const short = shorten(text, max);
				expect(short.length).toBeLessThanOrEqual(max);
				expect(short).not.toMatch(/[\r\n]/);
				expect(short.isWellFormed()).toBe(true);
			}),
		);
	});
});
