import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { split, type SubBatch } from '../../../nodes/VoisoLeads/send/subBatch.ts';

const subBatch = (positions: number[], maybeApplied = false): SubBatch => ({
	positions,
	maybeApplied,
	role: 'whole',
});

describe('a rejected sub-batch', () => {
	it('is divided into halves, the first of which is sent first', () => {
		expect(split(subBatch([4, 5, 6, 7, 8]), [])).toEqual([
			{ positions: [7, 8], maybeApplied: false, role: 'part' },
			{ positions: [4, 5, 6], maybeApplied: false, role: 'part' },
		]);
	});

	it('is divided into the leads that are named, which are sent first, and the others', () => {
		expect(split(subBatch([4, 5, 6, 7]), [1, 3])).toEqual([
			{ positions: [4, 6], maybeApplied: false, role: 'part' },
			{ positions: [5, 7], maybeApplied: false, role: 'named' },
		]);
	});

	it('is divided into halves when all of its leads are named', () => {
		expect(split(subBatch([4, 5]), [0, 1]).map(({ positions }) => positions)).toEqual([[5], [4]]);
	});

	it('leaves its parts the doubt whether they arrived', () => {
		for (const part of [
			...split(subBatch([1, 2], true), []),
			...split(subBatch([1, 2], true), [0]),
		]) {
			expect(part.maybeApplied).toBe(true);
		}
	});

	it('is in two parts that have leads and hold each of its leads once', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.nat(500), { minLength: 2, maxLength: 60 }),
				fc.array(fc.nat(70)),
				(positions, named) => {
					const places = [...new Set(named)].filter((place) => place < positions.length);
					const parts = split(subBatch(positions), places).map((part) => [...part.positions]);
					expect(parts.map(({ length }) => length > 0)).toEqual([true, true]);
					expect(parts.flat().sort((a, b) => a - b)).toEqual([...positions].sort((a, b) => a - b));
				},
			),
		);
	});
});
