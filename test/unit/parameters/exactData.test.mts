import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactData, exactSize } from '../../../nodes/shared/parameters/exactData.ts';

const gap: unknown[] = [1];
gap[2] = 3;
const listWithField = Object.assign([1, 2], { index: 0 });
const gapAndField = Object.assign([1, 2], { index: 0 });
delete gapAndField[1];
const hidden = Object.defineProperty({ a: 1 }, 'b', { value: 2 });
let deep: unknown = 1;
for (let level = 0; level < 10_000; level++) deep = [deep];
const circle: { self?: object } = {};
circle.self = circle;

describe('what JSON cannot hold exactly', () => {
	test.each<[string, unknown]>([
		['undefined', undefined],
		['a member that is undefined', { mobile: undefined }],
		['NaN', Number.NaN],
		['an infinite number', [Infinity]],
		['-0', -0],
		['a big integer', 1n],
		['a symbol', Symbol('a')],
		['a function', { toJSON: () => 1 }],
		['a date', new Date(0)],
		['a set', new Set([1])],
		['an object of a class', new (class Own {})()],
		['a list with a gap', gap],
		['a list with a gap at its end', new Array(1)],
		['a list with a field', listWithField],
		['a list with a gap and a field', gapAndField],
		['a hidden field', hidden],
		['a field with a symbol as its key', { [Symbol('a')]: 1 }],
		['a field that every object has', { toString: 'mine' }],
		['__proto__', JSON.parse('{"__proto__": 1}')],
		['what is very deep', deep],
		['what holds itself', circle],
	])('%s', (_, value) => {
		expect(exactSize(value, 1e6)).toBe(Infinity);
		expect(exactSize([{ a: value }], 1e6)).toBe(Infinity);
	});
});

test('what counts as exact is the same after a copy by JSON', () => {
	const value = fc.oneof(
		fc.anything({
			withSparseArray: true,
			withDate: true,
			withNullPrototype: true,
			withBigInt: true,
		}),
		fc.jsonValue(),
	);
	fc.assert(
		fc.property(value, (each) => {
			if (!Number.isFinite(exactSize(each, 1e6))) return;
			const copy: unknown = JSON.parse(JSON.stringify(each));
			expect(isDeepStrictEqual(copy, structuredClone(each))).toBe(true);
		}),
		{ numRuns: 2000 },
	);
});

test('data from JSON is exact, and its size about that of its JSON', () => {
	const value = fc
		.jsonValue({ maxDepth: 5 })
		.map((each) => JSON.parse(JSON.stringify(each)) as unknown);
	fc.assert(
		fc.property(value, (each) => {
			const size = exactSize(each, 1e6);
			if (size === Infinity) expect(hasInheritedKey(each)).toBe(true);
			else expect(size).toBeLessThanOrEqual(6 * JSON.stringify(each).length + 10);
		}),
	);
});

function hasInheritedKey(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return Object.entries(value).some(
		([key, each]) => key in Object.prototype || hasInheritedKey(each),
	);
}

test('looks no further than there is room', () => {
	const many = Object.fromEntries(Array.from({ length: 1000 }, (_, key) => [`key${key}`, 1]));
	const trap = Object.defineProperty(many, 'last', {
		enumerable: true,
		get: () => expect.unreachable('It was read'),
	});
	expect(exactSize(trap, 1000)).toBe(Infinity);
});

describe('some fields of an object', () => {
	const json = { name: 'Ada', phone: undefined, tags: ['a'], when: new Date(0), gap };

	test('leave out what is missing or undefined', () => {
		expect(exactData(json, ['name', 'phone', 'none', 'tags'], 1000)?.value).toStrictEqual({
			name: 'Ada',
			tags: ['a'],
		});
	});

	test.each<[string, unknown, string[] | 'all', number]>([
		['are not exact when one of them is not', json, ['name', 'when'], 1000],
		['are not exact as a whole when one of all is not', json, 'all', 1000],
		[
			'are not exact in an object of a class',
			new (class {
				name = 'Ada';
			})(),
			['name'],
			1000,
		],
		['can be too large', json, ['name', 'tags'], 20],
		['are no fields without an object', null, ['name'], 1000],
	])('%s', (_, value, fields, most) => {
		expect(exactData(value, fields, most)).toBeUndefined();
	});

	test('are the object itself when they are all', () => {
		const data = { name: 'Ada', list: [1, null, { a: true }] };
		expect(exactData(data, 'all', 1000)?.value).toBe(data);
	});
});
