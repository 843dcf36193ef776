import { OperationalError } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { forEachPlace, pauser } from '../../nodes/shared/pauser.ts';

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

describe('each place', () => {
	const record = (seen: number[], place: number) => {
		seen.push(place);
		now += 10;
	};

	test('is handled once, in order, with pauses', async () => {
		const pauses = pauser(undefined);
		const take = vi.spyOn(pauses, 'take');
		const seen: number[] = [];
		await forEachPlace(7, pauses, seen, record);
		expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
		expect(take).toHaveBeenCalledTimes(3);
	});

	test('of an empty list is none', async () => {
		const seen: number[] = [];
		await forEachPlace(0, pauser(undefined), seen, record);
		expect(seen).toEqual([]);
	});

	test('after a stop is left alone', async () => {
		const stop = new AbortController();
		const seen: number[] = [];
		const handled = forEachPlace(9, pauser(stop.signal), seen, (places, place) => {
			record(places, place);
			if (place === 2) stop.abort();
		});
		await expect(handled).rejects.toThrow(OperationalError);
		expect(seen).toEqual([0, 1, 2]);
	});
});
