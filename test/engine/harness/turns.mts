import { onTestFinished, vi } from 'vitest';

/**
 * Counts how many reads there are in one turn of the event loop, after which timers, requests and other executions
 * go on. Each read seems to take 10 ms.
 */
export function watchTurns() {
	const realNow = performance.now.bind(performance);
	let passed = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => realNow() + passed);
	let turn = 0;
	let next = setImmediate(function nextTurn() {
		turn++;
		next = setImmediate(nextTurn);
	});
	onTestFinished(() => {
		clearImmediate(next);
		vi.restoreAllMocks();
	});
	const counts = new Map<number, number>();
	return {
		onRead() {
			passed += 10;
			counts.set(turn, (counts.get(turn) ?? 0) + 1);
		},
		count: () => passed / 10,
		mostInOneTurn: () => Math.max(...counts.values()),
	};
}
