import { sleep } from 'n8n-workflow';
import type { Clock } from './throttle';

/**
 * The real clock. Monotonic, because an import must not stall or hurry when the machine's time is
 * corrected.
 */
export const realClock: Clock = { now: () => performance.now(), sleep: sleepUnlessAborted };

/** n8n's own `sleep` heeds the signal only since 2.36, so the signal is watched here as well. */
async function sleepUnlessAborted(ms: number, signal?: AbortSignal): Promise<boolean> {
	if (signal?.aborted) return false;
	const passed = sleep(ms, signal).then(
		() => true,
		() => false,
	);
	if (signal === undefined) return await passed;
	let stopWatching = () => {};
	const aborted = new Promise<boolean>((resolve) => {
		const onAbort = () => resolve(false);
		signal.addEventListener('abort', onAbort, { once: true });
		stopWatching = () => signal.removeEventListener('abort', onAbort);
	});
	try {
		return await Promise.race([passed, aborted]);
	} finally {
		stopWatching();
	}
}
