import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { expression, itemData, NASTY } from '../../unit/parameters/arbitraryExpressions.mts';
import { fastReader, n8nReader, readParameters } from './readParameters.mts';

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

const items = (minLength: number) => fc.array(itemData, { minLength, maxLength: 12 });

test('reads any expression as n8n does', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(expression, { minLength: 10, maxLength: 20 }), items(5), expectEqual),
		{ numRuns: Number(process.env.RUNS ?? 40) },
	);
});

test('reads the nastiest expressions as n8n does', async () => {
	const [sample = []] = fc.sample(items(8), { numRuns: 1, seed: 7 });
	await expectEqual(
		NASTY.map((code) => `={{ ${code} }}`),
		sample,
	);
	await expectEqual(
		NASTY.map((code) => `=a {{ ${code} }}`),
		sample,
	);
});
