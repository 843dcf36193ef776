/** The parts of the outside world that pacing needs; a test brings its own. */
export interface Clock {
	/** Monotonic milliseconds. */
	now(): number;
	/** Resolves with true after `ms`, or with false as soon as `signal` is aborted. */
	sleep(ms: number, signal?: AbortSignal): Promise<boolean>;
}

/** How the wish to enter a lane ended. Who entered holds the lane and must leave it. */
export type Entry = 'entered' | 'aborted' | 'embargoed';

/** How much a busy rejection lengthens the gap, as shares of the interval. */
const FIRST_STRETCH = 0.5;
const STRETCH_GROWTH = 1.5;
const MAX_STRETCH = 4;
/** What remains of the stretch after each accepted call. */
const RELAX = 0.6;
const NEGLIGIBLE_MS = 50;
/** The longest interval that can be set: somebody with that one must find the end of the last call. */
const REMEMBERED_MS = 600_000;

/**
 * The right to call one campaign: one call at a time, a gap from the end of each to the start of
 * the next, first come first served over all executions of the process.
 *
 * When Voiso turns a call away as busy although the gap was kept, somebody else (another worker, a
 * slow import) needs more room: the gap is stretched for a while and relaxes with each success.
 */
export class Lane {
	private readonly clock: Clock;

	private taken = false;

	private readonly waiting: Array<() => void> = [];

	private lastEnd = Number.NEGATIVE_INFINITY;

	private notBefore = Number.NEGATIVE_INFINITY;

	private stretch = 0;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	/** Milliseconds until Voiso allows the next call, as it said with `Retry-After`. */
	get embargo(): number {
		return Math.max(0, this.notBefore - this.clock.now());
	}

	/** Nobody uses or waits for the lane, and nothing about it is worth remembering. */
	get isIdle(): boolean {
		return (
			!this.taken &&
			this.waiting.length === 0 &&
			this.clock.now() >= Math.max(this.notBefore, this.lastEnd + REMEMBERED_MS)
		);
	}

	/**
	 * Waits for the turn and for the gap.
	 *
	 * @param interval ms from the end of the last call
	 * @param patience ms for which Voiso may ask to wait: with more it is not worth waiting
	 */
	async enter(interval: number, patience: number, signal?: AbortSignal): Promise<Entry> {
		if (!(await this.takeTurn(signal))) return 'aborted';
		// Whoever had the lane before may have been told to wait for an hour.
		if (this.embargo > patience) {
			this.passOn();
			return 'embargoed';
		}
		// A timer may fire early by a fraction of a millisecond, hence the loop.
		for (let wait = this.gap(interval); wait > 0; wait = this.gap(interval)) {
			if (!(await this.clock.sleep(Math.ceil(wait), signal))) {
				this.passOn();
				return 'aborted';
			}
		}
		return 'entered';
	}

	/**
	 * Gives the lane back at the end of a call.
	 *
	 * @param called false when no call was made after all: the gap then still counts from the last one
	 * @param embargo ms during which Voiso wants no further call
	 */
	leave(called = true, embargo = 0): void {
		if (called) this.lastEnd = this.clock.now();
		this.notBefore = Math.max(this.notBefore, this.clock.now() + embargo);
		this.passOn();
	}

	/** A call was turned away as busy although the gap was kept. */
	slowDown(interval: number): void {
		const next = Math.max(this.stretch * STRETCH_GROWTH, interval * FIRST_STRETCH);
		this.stretch = Math.min(next, interval * MAX_STRETCH);
	}

	/** A call was accepted. */
	relax(): void {
		this.stretch = this.stretch * RELAX < NEGLIGIBLE_MS ? 0 : this.stretch * RELAX;
	}

	private gap(interval: number): number {
		return Math.max(this.lastEnd + interval + this.stretch, this.notBefore) - this.clock.now();
	}

	private async takeTurn(signal?: AbortSignal): Promise<boolean> {
		if (signal?.aborted) return false;
		if (!this.taken) {
			this.taken = true;
			return true;
		}
		return await new Promise<boolean>((resolve) => {
			const giveUp = () => {
				this.waiting.splice(this.waiting.indexOf(proceed), 1);
				resolve(false);
			};
			const proceed = () => {
				signal?.removeEventListener('abort', giveUp);
				resolve(true);
			};
			signal?.addEventListener('abort', giveUp, { once: true });
			this.waiting.push(proceed);
		});
	}

	private passOn(): void {
		const next = this.waiting.shift();
		if (next === undefined) this.taken = false;
		else next();
	}
}
