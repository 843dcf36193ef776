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
	return new LoopPauser(signal);
}

class LoopPauser implements Pauser {
	private readonly signal: AbortSignal | undefined;

	private since = performance.now();

	/** When it looked last, if an item has passed since the last pause. */
	private looked = Number.NEGATIVE_INFINITY;

	/** How many items pass before the next look at the clock, and how many of them are left. */
	private unseen = 0;

	private left = 0;

	constructor(signal: AbortSignal | undefined) {
		this.signal = signal;
	}

	isDue(): boolean {
		if (this.signal?.aborted) return true;
		if (this.left-- > 0) return false;
		const now = performance.now();
		const isShort = now - this.looked < SHORT_RUN;
		this.unseen = isShort ? Math.min(2 * this.unseen + 1, MOST_UNSEEN) : 0;
		this.looked = now;
		const isOver = now - this.since >= LONGEST_RUN;
		// Whoever asks again before the pause gets the same answer.
		this.left = isOver ? 0 : this.unseen;
		return isOver;
	}

	async take(): Promise<void> {
		await sleep(0);
		// n8n takes an execution for stopped, rather than failed, by this word.
		if (this.signal?.aborted) throw new OperationalError('The execution was canceled');
		this.since = performance.now();
		this.looked = Number.NEGATIVE_INFINITY;
	}
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
