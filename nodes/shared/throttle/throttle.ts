import type { Slots } from './slots';

/** The parts of the outside world that pacing needs; a test brings its own. */
export interface Clock {
	/** Monotonic milliseconds. */
	now(): number;
	/** Resolves with true after `ms`, or with false as soon as `signal` is aborted. */
	sleep(ms: number, signal?: AbortSignal): Promise<boolean>;
}

/** What a caller asks of a throttle. */
export interface TurnRequest {
	/** ms from the end of the campaign's last call, whoever made it. */
	interval: number;
	/** ms beyond the interval for which Voiso, or somebody else's call, may delay the own one. */
	maxDelay: number;
	/** The calls that the caller's execution may have open at the same time. */
	slots: Slots;
	signal?: AbortSignal | undefined;
}

/** How a request for a turn ended. Whoever `acquired` it, and a slot with it, has to release both. */
export type Grant = 'acquired' | 'aborted' | 'tooLong';

/** How a turn ended: the result of its call, and when Voiso wants the next one. */
export interface TurnEnd {
	/** `rejected`: Voiso was busy with the campaign, or the call came too early. `unused`: there was no call. */
	outcome: 'accepted' | 'rejected' | 'failed' | 'unused';
	/** ms, from `Retry-After`. */
	retryAfter?: number | undefined;
	/** ms until the caller gives up: with little time left it tries more often. */
	timeLeft?: number;
}

interface Waiter extends TurnRequest {
	arrival: number;
	/** Ends the waiter's sleep. */
	wake: () => void;
}

/** After so many of its intervals a caller is waited for: with a longer one than others it would never be due. */
const INTERVALS_UNTIL_FIRST = 8;
/** But nobody waits for a caller with a longer interval than this, in ms. */
const LONGEST_WAITED_FOR = 30_000;
/** Longer gaps are made of these units: the caller's interval within bounds, in ms. */
const SHORTEST_UNIT = 1000;
const LONGEST_UNIT = 2000;
/** The random share of a unit that a gap is longer after one rejection, after each more in a row, and at most. */
const FIRST_SHARE = 0.4;
const SHARE_GROWTH = 2;
const LONGEST_SHARE = 4;
/** But no longer than this part of the time that the caller has left. */
const PART_OF_TIME_LEFT = 1 / 110;
/** The units that a gap is longer now and then, to let other processes in. */
const YIELD_UNITS = 2;
/** How often that is, in ms: often after a rejection, and less often each time after. */
const YIELD_AMONG_RIVALS = 15_000;
const YIELD_GROWTH = 1.2;
const YIELD_ALONE = 90_000;
/** ms; the longest interval that can be set: a caller with that one needs the end of the last call. */
const REMEMBERED = 600_000;

/**
 * The right to call one campaign: one call at a time, and an interval from the end of each to the start of the
 * next, over all executions of the process. Callers sleep outside the turn; whoever is due first goes, in the
 * order of arrival.
 *
 * Other processes share no memory with this one. A rejection is the only sign of them, and makes the next gap
 * longer by a random span. Whoever is never rejected can't know that others are: so one gap is longer now and
 * then.
 */
export class Throttle {
	private readonly clock: Clock;

	private readonly random: () => number;

	private readonly waiting: Waiter[] = [];

	private isCalling = false;

	private lastEnd = Number.NEGATIVE_INFINITY;

	/** No call before: Voiso said so. */
	private notBefore = Number.NEGATIVE_INFINITY;

	/** How much longer the next gap is, in units. */
	private extraUnits = 0;

	/** Calls rejected since the last accepted one. */
	private rejections = 0;

	/** When another process could last get in. */
	private yieldedAt = Number.NEGATIVE_INFINITY;

	private yieldEvery = YIELD_ALONE;

	/** @param random from 0 up to 1 */
	constructor(clock: Clock, random: () => number) {
		this.clock = clock;
		this.random = random;
	}

	/** Somebody calls or waits. */
	get isInUse(): boolean {
		return this.isCalling || this.waiting.length > 0;
	}

	/** Nobody needs it any more: what it knows is of no use. */
	get isIdle(): boolean {
		const usefulUntil = Math.max(this.notBefore, this.lastEnd + REMEMBERED);
		return !this.isInUse && this.clock.now() >= usefulUntil;
	}

	/** ms until a call with this interval is due. */
	delay(interval: number): number {
		return Math.max(0, this.dueAt(interval) - this.clock.now());
	}

	/** Waits for a turn: until the gap is over, nobody else calls, and a slot is free. */
	async acquire(request: TurnRequest): Promise<Grant> {
		const { interval, maxDelay, signal, slots } = request;
		const waiter: Waiter = { ...request, arrival: this.clock.now(), wake: () => {} };
		this.waiting.push(waiter);
		try {
			for (;;) {
				if (signal?.aborted) return 'aborted';
				// The gap itself is never too long, and a call of somebody else may take a second or two.
				const from = Math.max(waiter.arrival, this.lastEnd + interval);
				if (this.notBefore > from + maxDelay) return 'tooLong';
				// One reading of the clock for all that follows: what becomes due between two would be slept over.
				const now = this.clock.now();
				if (this.isNext(waiter, now)) {
					if (slots.tryTake()) return this.begin(interval);
					// Others can go until there is one.
					this.remove(waiter);
					if (!(await slots.take(signal))) return 'aborted';
					waiter.arrival = this.clock.now();
					this.waiting.push(waiter);
					if (this.isNext(waiter, waiter.arrival)) return this.begin(interval);
					slots.give();
					continue;
				}
				const due = this.dueAt(interval);
				const latest = from + Math.max(maxDelay, unitOf(interval));
				if (due <= now && latest <= now) return 'tooLong';
				await this.sleep(waiter, (due > now ? due : latest) - now);
			}
		} finally {
			this.remove(waiter);
		}
	}

	/** Gives a turn and its slot back. */
	release(slots: Slots, { outcome, retryAfter = 0, timeLeft }: TurnEnd): void {
		this.isCalling = false;
		if (outcome !== 'unused') this.noteEnd(outcome, retryAfter, timeLeft);
		slots.give();
		this.wakeAll();
	}

	private begin(interval: number): Grant {
		const now = this.clock.now();
		if (now - this.lastEnd >= 2 * unitOf(interval)) this.yieldedAt = now;
		this.isCalling = true;
		return 'acquired';
	}

	private noteEnd(outcome: TurnEnd['outcome'], retryAfter: number, timeLeft = Infinity): void {
		const now = this.clock.now();
		this.lastEnd = now;
		this.notBefore = Math.max(this.notBefore, now + retryAfter);
		const { extraUnits, rejections } = this;
		this.extraUnits = 0;
		if (outcome === 'rejected') {
			const share = Math.min(FIRST_SHARE * SHARE_GROWTH ** rejections, LONGEST_SHARE);
			const most = (timeLeft * PART_OF_TIME_LEFT) / LONGEST_UNIT;
			this.extraUnits = this.random() * Math.min(share, most);
			this.rejections++;
		} else if (outcome === 'accepted') {
			if (rejections > 0) {
				this.yieldEvery = YIELD_AMONG_RIVALS;
				this.yieldedAt = now;
			} else if (extraUnits > 0) {
				this.yieldEvery = Math.min(this.yieldEvery * YIELD_GROWTH, YIELD_ALONE);
			}
			if (now - this.yieldedAt >= this.yieldEvery) this.extraUnits = YIELD_UNITS;
			this.rejections = 0;
		}
	}

	/** When a call with this interval may start. */
	private dueAt(interval: number): number {
		const unit = unitOf(interval);
		const isLonger = this.extraUnits > 0 || this.rejections > 0;
		const gap = isLonger ? Math.max(interval, unit) + this.extraUnits * unit : interval;
		return Math.max(this.lastEnd + gap, this.notBefore);
	}

	private isNext(waiter: Waiter, now: number): boolean {
		const isDue = ({ interval }: Waiter) => this.dueAt(interval) <= now;
		if (this.isCalling || !isDue(waiter)) return false;
		const isOverdue = ({ arrival, interval }: Waiter) =>
			interval <= LONGEST_WAITED_FOR && now - arrival > INTERVALS_UNTIL_FIRST * interval;
		return this.waiting.find((each) => isDue(each) || isOverdue(each)) === waiter;
	}

	/** Sleeps, until something changes at most. */
	private async sleep(waiter: Waiter, ms: number): Promise<void> {
		const awake = new AbortController();
		waiter.wake = () => awake.abort(WOKEN);
		waiter.signal?.addEventListener('abort', waiter.wake);
		// A timer may fire early by a fraction of a millisecond: who wakes looks at the clock again.
		await this.clock.sleep(Math.ceil(ms), awake.signal);
		waiter.signal?.removeEventListener('abort', waiter.wake);
	}

	private remove(waiter: Waiter): void {
		const place = this.waiting.indexOf(waiter);
		if (place < 0) return;
		this.waiting.splice(place, 1);
		this.wakeAll();
	}

	private wakeAll(): void {
		for (const { wake } of this.waiting) wake();
	}
}

/** Made once: waking is frequent, and an error with its stack takes longer than all else of it. */
const WOKEN = new Error('Woken');

function unitOf(interval: number): number {
	return Math.min(Math.max(interval, SHORTEST_UNIT), LONGEST_UNIT);
}
