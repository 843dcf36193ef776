import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { realClock } from '../../../nodes/shared/throttle/clock.ts';

// As n8n before 2.36 has it: it does not look at the signal.
vi.mock(import('n8n-workflow'), async (original) => ({
	...(await original()),
	sleep: async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms)),
}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('ends a wait at once when the user stops the execution, whatever n8n does', async () => {
	const stop = new AbortController();
	const waited = realClock.sleep(3_600_000, stop.signal);
	stop.abort();

	expect(await waited).toBe(false);
});

it('does not begin a wait after that', async () => {
	expect(await realClock.sleep(3_600_000, AbortSignal.abort())).toBe(false);
});

it('waits as long as it should, and leaves no listener behind', async () => {
	const { signal } = new AbortController();
	const remove = vi.spyOn(signal, 'removeEventListener');
	const waited = realClock.sleep(2000, signal);
	await vi.advanceTimersByTimeAsync(1999);
	expect(remove).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(1);

	expect(await waited).toBe(true);
	expect(remove).toHaveBeenCalledOnce();
});
