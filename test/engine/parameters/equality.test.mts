import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { expect, test } from 'vitest';
import {
	computedCode,
	expression,
	wholeObjectCode,
} from '../../unit/parameters/arbitraryExpressions.mts';
import { itemData, itemWithOddObject, oddItemData } from '../../unit/parameters/arbitraryItems.mts';
import { NASTY } from '../../unit/parameters/nastyCode.mts';
import { fastReader, n8nReader, readParameters } from './readParameters.mts';

/** How many cases to try, times those of a usual run. */
const EFFORT = Number(process.env.TEST_EFFORT ?? 1);

async function expectEqual(expressions: unknown[], items: unknown[]) {
	const copy = () => structuredClone(items) as IDataObject[];
	const expected = await readParameters(n8nReader, expressions, copy());
	const actual = await readParameters(fastReader, expressions, copy());
	for (const [index, each] of expressions.entries()) {
		if (!isDeepStrictEqual(actual[index], expected[index])) {
			expect({ expression: each, outcomes: actual[index] }).toEqual({
				expression: each,
				outcomes: expected[index],
			});
			throw new Error(`Outcomes of ${String(each)} differ in a way that toEqual does not see`);
		}
	}
}

const items = (minLength: number, data: fc.Arbitrary<unknown> = itemData) =>
	fc.array(data, { minLength, maxLength: 12 });

test('reads any expression as n8n does', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(expression, { minLength: 10, maxLength: 20 }), items(5), expectEqual),
		{ numRuns: Math.ceil(20 * EFFORT) },
	);
});

test('reads expressions that are evaluated together as n8n does', async () => {
	const computed = computedCode.map((code) => `={{ ${code} }}`);
	await fc.assert(
		fc.asyncProperty(fc.array(computed, { minLength: 2, maxLength: 6 }), items(5), expectEqual),
		{ numRuns: Math.ceil(30 * EFFORT) },
	);
});

test('reads items that n8n treats in different ways as n8n does', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(expression, { minLength: 10, maxLength: 20 }),
			items(1, fc.oneof({ weight: 5, arbitrary: itemData }, oddItemData)),
			expectEqual,
		),
		{ numRuns: Math.ceil(8 * EFFORT) },
	);
});

test('reads objects and lists that JSON cannot hold exactly as n8n does', async () => {
	const code = wholeObjectCode.map((each) => `={{ ${each} }}`);
	await fc.assert(
		fc.asyncProperty(
			fc.array(code, { minLength: 5, maxLength: 15 }),
			items(5, itemWithOddObject),
			expectEqual,
		),
		{ numRuns: Math.ceil(10 * EFFORT) },
	);
});

test('reads the nastiest expressions as n8n does', async () => {
	const [all = []] = fc.sample(items(8), { numRuns: 1, seed: 7 });
	const sample = EFFORT < 1 ? all.slice(0, 5) : all;
	await expectEqual(
		NASTY.map((code) => `={{ ${code} }}`),
		sample,
	);
	await expectEqual(
		NASTY.map((code) => `=a {{ ${code} }}`),
		sample,
	);
});
