import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberTable } from '../../../nodes/VoisoLeads/numberTable.ts';

const phones = fc.array(
	fc.oneof(
		fc.bigInt({ min: 1_000_000n, max: 999_999_999_999_999n }),
		fc.bigInt({ min: 447_700_900_000n, max: 447_700_900_050n }),
	),
	{ maxLength: 300 },
);

it('knows the first place of each number, as a map does', () => {
	fc.assert(
		fc.property(phones, (numbers) => {
			const table = new NumberTable();
			const map = new Map<string, number>();
			for (const [place, number] of numbers.entries()) {
				const row = place + 2;
				const first = map.get(String(number)) ?? row;
				map.set(String(number), first);
				expect(table.first(String(number), row)).toBe(first);
			}
		}),
	);
});

it('finds every number of a long list', { timeout: 60_000 }, () => {
	const table = new NumberTable();
	for (let row = 0; row < 300_000; row++) table.first(`4477${String(row).padStart(8, '0')}`, row);
	const wrong: number[] = [];
	for (let row = 0; row < 300_000; row++) {
		if (table.first(`4477${String(row).padStart(8, '0')}`, 999_999) !== row) wrong.push(row);
	}
	expect(wrong).toEqual([]);
});
