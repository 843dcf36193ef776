import { OperationalError, sleep } from 'n8n-workflow';

/** How long a loop may keep the event loop to itself, in ms. What its current item takes comes on top. */
const LONGEST_RUN = 20;

/** Pauses of a loop, in which the rest of n8n has its turn. */
export interface Pauser {
	/** Whether the loop has run for long enough, or was stopped. Cheap: ask before each item. */
	isDue(): boolean;
	/** @throws OperationalError when the user has stopped the execution */
	take(): Promise<void>;
}

/**
 * Keeps a loop over many items from blocking n8n: its other executions and webhooks, its timers, the user's
 * *Stop*. Wait only when a pause is due, since waiting for each of a million items takes longer than most work:
 *
 *     const pauses = pauser(context.getExecutionCancelSignal());
 *     for (const item of items) {
 *       if (pauses.isDue()) await pauses.take();
 *       …
 *     }
 *
 * @param signal without one, the loop goes on after a stop
 */
export function pauser(signal: AbortSignal | undefined): Pauser {
	let since = performance.now();
	return {
		isDue: () => signal?.aborted === true || performance.now() - since >= LONGEST_RUN,
		async take() {
			await sleep(0);
			// n8n takes an execution for stopped, rather than failed, by this word.
			if (signal?.aborted) throw new OperationalError('The execution was canceled');
			since = performance.now();
		},
	};
}

/** Does something small with each of many items, with pauses. */
export async function forEach<Item>(
	items: Iterable<Item>,
	pauses: Pauser,
	handle: (item: Item) => void,
): Promise<void> {
	for (const item of items) {
		if (pauses.isDue()) await pauses.take();
		handle(item);
	}
}
