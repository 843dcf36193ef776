import { describe, expect, it } from 'vitest';
import { backOff, type Situation } from '../../../nodes/VoisoLeads/send/backOff.ts';

const situation = (attempt: number, more: Partial<Situation> = {}): Situation => ({
	attempt,
	minimumInterval: 2000,
	timeLeft: 300_000,
	...more,
});

describe('after a passing fault', () => {
	it.each([
		[1, 500, 1000],
		[2, 1000, 2000],
		[3, 2000, 4000],
		[5, 8000, 16_000],
		[6, 15_000, 30_000],
		[40, 15_000, 30_000],
	])('try %i is followed by a pause of %i to %i ms', (attempt, shortest, longest) => {
		expect(backOff('again', situation(attempt), 0)).toBe(shortest);
		expect(backOff('again', situation(attempt), 1)).toBe(longest);
		expect(backOff('again', situation(attempt), 0.5)).toBe((shortest + longest) / 2);
	});
});

describe('while Voiso is busy', () => {
	it('the interval is waited for, a second at least', () => {
		expect(backOff('busy', situation(1), 0)).toBe(2000);
		expect(backOff('busy', situation(9), 0)).toBe(2000);
		expect(backOff('busy', situation(1, { minimumInterval: 0 }), 0)).toBe(1000);
		expect(backOff('busy', situation(1, { minimumInterval: 10_000 }), 0)).toBe(10_000);
	});

	it.each([
		[1, 0.5],
		[2, 0.75],
		[3, 1.125],
		[7, 4],
		[99, 4],
	])('up to a share of it comes on top that grows with the tries: after %i, %d', (tries, share) => {
		const hours = situation(tries, { timeLeft: 3_600_000 });
		expect(backOff('busy', hours, 1)).toBeCloseTo(2000 * (1 + share), 0);
	});

	it('less comes on top when little time is left', () => {
		expect(backOff('busy', situation(9, { timeLeft: 32_000 }), 1)).toBe(3000);
		expect(backOff('busy', situation(9, { timeLeft: 0 }), 1)).toBe(2000);
	});
});
