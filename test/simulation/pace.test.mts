import { describe, expect, it } from 'vitest';
import * as code from './code.mts';
import { measure, SCENARIOS } from './pace.mts';

/** Virtual time: the figures are the same on every machine. */
const RUNS = 40;
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('pacing', () => {
	it('costs nothing when Voiso behaves', async () => {
		const { rejected, times } = await measure(SCENARIOS.alone, code, 1);
		expect(rejected).toEqual([0]);
		expect(times[0]).toBeLessThanOrEqual(1.02);
	});

	it('costs a long import little for the room that it leaves to others', async () => {
		const { rejected, times } = await measure(SCENARIOS.longAlone, code, 1);
		expect(rejected).toEqual([0]);
		expect(times[0]).toBeLessThanOrEqual(1.05);
	});

	it.each([
		{ name: 'two' as const, calls: 4, time: 1.3 },
		{ name: 'four' as const, calls: 16, time: 1.4 },
		{ name: 'workers' as const, calls: 7, time: 1.3 },
		{ name: 'fourTold' as const, calls: 16, time: 1.4 },
	])('of several processes loses no batch: $name', async ({ calls, name, time }) => {
		const { failed, rejected, times } = await measure(SCENARIOS[name], code, RUNS);
		expect(failed).toBe(0);
		expect(mean(rejected)).toBeLessThanOrEqual(calls);
		expect(mean(times)).toBeLessThanOrEqual(time);
	});

	it.each([
		{ name: 'outlasts' as const, calls: 8, time: 1.15 },
		{ name: 'outlastsALittle' as const, calls: 6, time: 1.3 },
	])('learns how long the work outlasts the answer: $name', async ({ calls, name, time }) => {
		const { failed, rejected, times } = await measure(SCENARIOS[name], code, RUNS);
		expect(failed).toBe(0);
		expect(mean(rejected)).toBeLessThanOrEqual(calls);
		expect(mean(times)).toBeLessThanOrEqual(time);
	});

	it('lets each of four long imports in again and again', async () => {
		const { failed, times } = await measure(SCENARIOS.fourLong, code, 10);
		expect(failed).toBe(0);
		expect(mean(times)).toBeLessThanOrEqual(1.3);
	});

	it('lets a small import in beside one that takes ten minutes', async () => {
		const { failed, lasts } = await measure(SCENARIOS.starvation, code, RUNS);
		expect(failed).toBe(0);
		expect(Math.max(...lasts)).toBeLessThan(330_000);
	});
});
