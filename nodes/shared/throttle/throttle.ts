/** The parts of the outside world that pacing needs; a test brings its own. */
export interface Clock {
	/** Monotonic milliseconds. */
	now(): number;
	/** Resolves with true after `ms`, or with false as soon as `signal` is aborted. */
	sleep(ms: number, signal?: AbortSignal): Promise<boolean>;
}

/** How the wish to enter a lane ended. Who entered holds the lane and must leave it. */
export type Entry = 'entered' | 'aborted' | 'embargoed';

/** More room than so many intervals is not made: it was somebody else who was in the way. */
const MOST_ROOM = 7;
const NEGLIGIBLE_MS = 100;
/** The unit for those who set a shorter interval, or none. */
const SHORTEST_UNIT = 1000;
/** At most so many calls are made before it is tried again with half the room. */
const LONGEST_HOLD = 4;
/**
 * So often one gap is longer by an interval, to let somebody else in: often after a rejection that
 * must be due to a rival, and a little less often each time after.
 */
const COURTESY_AMONG_RIVALS_MS = 10_000;
const COURTESY_GROWTH = 1.2;
const COURTESY_MS = 50_000;
/** The longest interval that can be set: somebody with that one must find the end of the last call. */
const REMEMBERED_MS = 600_000;

/**
 * The right to call one campaign: one call at a time, a gap from the end of each to the start of
 * the next, first come first served over all executions of the process.
 *
 * When Voiso turns a call away as busy although the gap was kept, somebody else (another worker, a
 * slow import) needs more room. How much is learned from how long after the last accepted call one
 * was turned away and the next one accepted, and forgotten little by little. Who is never turned away
 * cannot know that others are, so a long import leaves room now and then.
 */
export class Throttle {
	private readonly clock: Clock;

	private taken = false;

	private readonly waiting: Array<() => void> = [];

	private lastEnd = Number.NEGATIVE_INFINITY;

	private notBefore = Number.NEGATIVE_INFINITY;

	/** No call before, because Voiso was busy a moment ago. */
	private restUntil = Number.NEGATIVE_INFINITY;

	private acceptedEnd = Number.NEGATIVE_INFINITY;

	/** ms from the end of the last accepted call to the start of the present one. */
	private waited = 0;

	/** The same of the last call that was turned away since one was accepted. */
	private refusedAfter: number | undefined;

	/** ms that are left beyond the interval after an accepted call. */
	private room = 0;

	/** The room that sufficed before it was tried with half of it. */
	private provenRoom: number | undefined;

	/** After how many calls it is tried with half the room, and how many were made. */
	private hold = 1;

	private held = 0;

	/** When somebody else could last have got in. */
	private courteousAt = Number.NEGATIVE_INFINITY;

	private isCourtesy = false;

	private courtesyEvery = COURTESY_MS;

	private interval = 0;

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
		this.interval = interval;
		this.waited = this.clock.now() - this.acceptedEnd;
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

	/** The last call was turned away as busy although the gap was kept. */
	turnedAway(): void {
		const tooLittle = this.waited - this.interval;
		const proven = this.provenRoom ?? 0;
		// Half the room was too little: at first something in between is tried, then what sufficed.
		if (proven > tooLittle) {
			const isFirst = this.refusedAfter === undefined && this.hold < LONGEST_HOLD;
			this.room = isFirst ? (tooLittle + proven) / 2 : proven;
		} else if (proven > 0) this.courtesyEvery = COURTESY_AMONG_RIVALS_MS;
		this.refusedAfter = this.waited;
	}

	/** Keeps everybody from calling for some ms. */
	rest(pause: number): void {
		this.restUntil = Math.max(this.restUntil, this.clock.now() + pause);
	}

	/** The last call was accepted. */
	accepted(): void {
		if (this.refusedAfter !== undefined) this.makeRoom(this.refusedAfter);
		else if (this.room > 0 && ++this.held >= this.hold) this.tryHalf();
		this.refusedAfter = undefined;
		this.restUntil = Number.NEGATIVE_INFINITY;
		this.acceptedEnd = this.lastEnd;
		this.beCourteous();
	}

	private beCourteous(): void {
		if (this.isCourtesy)
			this.courtesyEvery = Math.min(this.courtesyEvery * COURTESY_GROWTH, COURTESY_MS);
		const hadRoom = this.isCourtesy || this.waited > 2 * this.interval + this.room;
		if (hadRoom) this.courteousAt = this.lastEnd;
		this.isCourtesy = this.lastEnd - this.courteousAt >= this.courtesyEvery;
	}

	/** What sufficed is kept, and for longer each time it turns out to be needed. */
	private makeRoom(refusedAfter: number): void {
		const sufficed = this.waited - this.interval;
		const proven = this.provenRoom ?? Number.POSITIVE_INFINITY;
		this.hold = this.room > 0 ? Math.min(this.hold * 2, LONGEST_HOLD) : 1;
		this.room = proven > refusedAfter - this.interval ? Math.min(proven, sufficed) : sufficed;
		if (this.room > mostRoom(this.interval)) {
			this.room = 0;
			this.courtesyEvery = COURTESY_AMONG_RIVALS_MS;
		}
		this.provenRoom = this.room;
		this.held = 0;
	}

	/** Somebody who was in the way may be gone. */
	private tryHalf(): void {
		this.provenRoom = this.room;
		this.room = this.room / 2 < NEGLIGIBLE_MS ? 0 : this.room / 2;
		this.held = 0;
	}

	private gap(interval: number): number {
		const most = mostRoom(interval);
		const room = Math.min(this.room, most) + (this.isCourtesy ? interval : 0);
		const start = Math.max(
			this.lastEnd + interval,
			this.acceptedEnd + interval + room,
			// The rest was measured by another caller's interval, which may be minutes.
			Math.min(this.restUntil, this.lastEnd + interval + most),
			this.notBefore,
		);
		return start - this.clock.now();
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

function mostRoom(interval: number): number {
	return MOST_ROOM * Math.max(interval, SHORTEST_UNIT);
}
