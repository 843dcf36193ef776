import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pauser } from '../../nodes/shared/pauser.ts';

let now = 0;

beforeEach(() => {
	now = 1000;
	vi.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
	vi.restoreAllMocks();
});

/** Runs a loop whose items take so many milliseconds each, and counts its pauses. */
async function loop(items: number, each: number, signal?: AbortSignal, onItem = (_: number) => {}) {
	const pauses = pauser(signal);
	let taken = 0;
	for (let item = 0; item < items; item++) {
		if (pauses.isDue()) {
			await pauses.take();
			taken++;
		}
		onItem(item);
		now += each;
	}
	return taken;
}

describe('a loop', () => {
	test.each([
		[1000, 0, 0],
		[10, 1, 0],
		[1000, 1, 49],
		[10, 100, 9],
	])('over %i items that take %i ms each pauses %i times', async (items, each, pauses) => {
		expect(await loop(items, each)).toBe(pauses);
	});

	test('that looks at the clock less often for short items sees when they become longer', async () => {
		const pauses = pauser(undefined);
		let began = now;
		let longest = 0;
		const lengths = [
			...Array.from({ length: 10_000 }, () => 0.002),
			...Array.from({ length: 1000 }, () => 0.5),
			...Array.from({ length: 10_000 }, (_, item) => (item % 100 === 0 ? 5 : 0.01)),
		];
		for (const length of lengths) {
			if (pauses.isDue()) {
				await pauses.take();
				began = now;
			}
			now += length;
			longest = Math.max(longest, now - began);
		}
		expect(longest).toBeLessThanOrEqual(50);
	});

	test('over short items looks at the clock for few of them', async () => {
		const look = vi.spyOn(performance, 'now').mockImplementation(() => now);
		await loop(10_000, 0.001);
		expect(look.mock.calls.length).toBeLessThan(1000);
	});

	test.each([
		[1, 1],
		[1, 2],
		[30, 1],
		[30, 2],
	])(
		'over items of %i ms, that asks %i times before a pause and once right after it, has no longer turns',
		async (each, asks) => {
			const pauses = pauser(undefined);
			let longest = 0;
			let began = now;
			for (let item = 0; item < 200; item++) {
				if (pauses.isDue()) {
					for (let ask = 1; ask < asks; ask++) expect(pauses.isDue()).toBe(true);
					await pauses.take();
					expect(pauses.isDue()).toBe(false);
					began = now;
				}
				now += each;
				longest = Math.max(longest, now - began);
			}
			expect(longest).toBeLessThanOrEqual(Math.max(50, each));
			expect(longest).toBeGreaterThan(0);
		},
	);

	test('gives each turn of the event loop to others', async () => {
		let turns = 0;
		let last = setImmediate(function turn() {
			turns++;
			last = setImmediate(turn);
		});
		const taken = await loop(20, 50);
		clearImmediate(last);
		expect(taken).toBe(19);
		expect(turns).toBeGreaterThanOrEqual(taken - 1);
	});

	test('lets timers run', async () => {
		let isRun = false;
		setTimeout(() => (isRun = true), 0);
		await loop(2, 50);
		expect(isRun).toBe(true);
	});

	test('ends when the user stops the execution, even while no pause is due', async () => {
		const stop = new AbortController();
		const seen: number[] = [];
		const run = loop(1000, 0, stop.signal, (item) => {
			seen.push(item);
			if (item === 5) stop.abort();
		});
		// By this word n8n takes the execution for stopped rather than failed.
		await expect(run).rejects.toThrow('canceled');
		expect(seen).toHaveLength(6);
	});
});
