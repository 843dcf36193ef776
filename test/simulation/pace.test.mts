import { describe, expect, it } from 'vitest';
import * as code from './code.mts';
import { measure, SCENARIOS } from './pace.mts';

/** Virtual time: the figures are the same on every machine. */
const RUNS = 40;
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('pacing', () => {
	it.each(['alone', 'countedAlone'] as const)(
		'costs nothing when Voiso behaves: %s',
		async (name) => {
			const { early, times } = await measure(SCENARIOS[name], code, 1);
			expect(early).toEqual([0]);
			expect(times[0]).toBeLessThanOrEqual(1.02);
		},
	);

	it('costs a long import little for the room that it leaves to others', async () => {
		const { early, times } = await measure(SCENARIOS.longAlone, code, 1);
		expect(early).toEqual([0]);
		expect(times[0]).toBeLessThanOrEqual(1.05);
	});

	// Among processes: no worse than what learned from pauses, whose worst cases these are (of 200 runs).
	it.each([
		{ name: 'two' as const, calls: 4, time: 2.14, last: 15 },
		{ name: 'four' as const, calls: 18, time: 1.79, last: 42 },
		{ name: 'workers' as const, calls: 7, time: 2.06, last: 29 },
		{ name: 'fourTold' as const, calls: 18, time: 1.63, last: 38 },
	])('of several processes loses no batch: $name', async ({ calls, last, name, time }) => {
		const { early, failed, lasts, times } = await measure(SCENARIOS[name], code, RUNS);
		expect(failed).toBe(0);
		expect(mean(early)).toBeLessThanOrEqual(calls);
		expect(Math.max(...times)).toBeLessThanOrEqual(time);
		expect(Math.max(...lasts)).toBeLessThanOrEqual(last * 1000);
	});

	it.each([
		{ name: 'outlasts' as const, time: 1.4 },
		{ name: 'outlastsALittle' as const, time: 1.6 },
	])('loses no batch where the work outlasts the response: $name', async ({ name, time }) => {
		const { failed, times } = await measure(SCENARIOS[name], code, RUNS);
		expect(failed).toBe(0);
		expect(Math.max(...times)).toBeLessThanOrEqual(time);
	});

	it.each([
		{ name: 'fourLong' as const, time: 1.29 },
		{ name: 'twoLongOutlasting' as const, time: 1.16 },
	])('lets each of several long imports in again and again: $name', async ({ name, time }) => {
		const { failed, times } = await measure(SCENARIOS[name], code, 10);
		expect(failed).toBe(0);
		expect(mean(times)).toBeLessThanOrEqual(time);
	});

	it('lets a small import in beside one that takes ten minutes', async () => {
		const { failed, lasts } = await measure(SCENARIOS.starvation, code, RUNS);
		expect(failed).toBe(0);
		expect(Math.max(...lasts)).toBeLessThan(287_000);
	});
});
