import type { Account } from '../contenders/job.mts';

/** What one run cost its process. */
export interface Cost {
	/** Milliseconds. */
	wall: number;
	/** Milliseconds of processor time, user and system, of all threads. */
	cpu: number;
	/** Highest resident memory of the process until the end of the run, in bytes. */
	peakMemory: number;
	/** Resident memory when the run began: n8n and the leads, after a collection of garbage. */
	memoryBefore: number;
}

export interface Measurement extends Cost {
	account: Account;
}

/** Milliseconds of processor time, user and system, of all threads. */
export function cpuOf(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/**
 * Measures the work, which starts with no garbage. Needs `--expose-gc`.
 *
 * @param accountOf counts the outcomes in what the work gave; not part of what is measured
 */
export async function measure<Result>(
	work: () => Promise<Result>,
	accountOf: (result: Result) => Account,
): Promise<Measurement> {
	if (!globalThis.gc) throw new Error('Run this with node --expose-gc');
	globalThis.gc();
	const memoryBefore = process.memoryUsage.rss();
	const start = performance.now();
	const before = process.cpuUsage();
	const result = await work();
	const { user, system } = process.cpuUsage(before);
	const wall = performance.now() - start;
	const peakMemory = process.resourceUsage().maxRSS * 1024;
	return {
		wall,
		cpu: (user + system) / 1000,
		peakMemory,
		memoryBefore,
		account: accountOf(result),
	};
}
