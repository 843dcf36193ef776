import { OperationalError, sleep } from 'n8n-workflow';

/** How long a loop may keep the event loop to itself, in ms. What its current item takes comes on top. */
const LONGEST_RUN = 20;
/** Between two looks at the clock: so many ms, or so many items that come to less. A look can cost as much as an item. */
const SHORT_RUN = 1;
const MOST_UNSEEN = 31;

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
	/** Not before the first item has passed. */
	let looked = Number.NEGATIVE_INFINITY;
	/** How many items pass before the next look at the clock, and how many of them are left. */
	let unseen = 0;
	let left = 0;
	return {
		isDue() {
			if (signal?.aborted) return true;
			if (left-- > 0) return false;
			const now = performance.now();
			unseen = now - looked < SHORT_RUN ? Math.min(2 * unseen + 1, MOST_UNSEEN) : 0;
			left = unseen;
			looked = now;
			return now - since >= LONGEST_RUN;
		},
		async take() {
			await sleep(0);
			// n8n takes an execution for stopped, rather than failed, by this word.
			if (signal?.aborted) throw new OperationalError('The execution was canceled');
			since = performance.now();
			looked = since;
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
