import { expect, it } from 'vitest';
import { backOff } from '../../../nodes/VoisoLeads/send/backOff.ts';

it.each([
	[1, 500, 1000],
	[2, 1000, 2000],
	[3, 2000, 4000],
	[5, 8000, 16_000],
	[6, 15_000, 30_000],
	[40, 15_000, 30_000],
])('attempt %i is followed by a pause of %i to %i ms', (attempt, shortest, longest) => {
	expect(backOff(attempt, 0)).toBe(shortest);
	expect(backOff(attempt, 1)).toBe(longest);
	expect(backOff(attempt, 0.5)).toBe((shortest + longest) / 2);
});
