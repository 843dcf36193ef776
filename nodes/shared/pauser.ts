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

	/** Not before the first item has passed. */
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
		this.left = this.unseen;
		this.looked = now;
		return now - this.since >= LONGEST_RUN;
	}

	async take(): Promise<void> {
		await sleep(0);
		// n8n takes an execution for stopped, rather than failed, by this word.
		if (this.signal?.aborted) throw new OperationalError('The execution was canceled');
		this.since = performance.now();
		this.looked = this.since;
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

/**
 * Like `forEach`, for every lead of an import: where `handle` is made for one execution, V8 compiles it in each
 * execution anew (docs/decisions/compiled-code.md). `step` is a function of the module, and gets what it needs.
 *
 * @param places how many there are; `step` gets each, from 0 on
 */
export async function forEachPlace<State>(
	places: number,
	pauses: Pauser,
	state: State,
	step: (state: State, place: number) => void,
): Promise<void> {
	let next = stepOn(0, places, pauses, state, step);
	while (next < places) {
		await pauses.take();
		next = stepOn(next, places, pauses, state, step);
	}
}

/** @returns the place before which a pause is due */
function stepOn<State>(
	from: number,
	places: number,
	pauses: Pauser,
	state: State,
	step: (state: State, place: number) => void,
): number {
	let place = from;
	while (place < places && !pauses.isDue()) step(state, place++);
	return place;
}
