import type { RetryDecision } from './classifyFailure';

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
/** How much longer than the interval the wait for a busy campaign may be, in intervals. */
const FIRST_SPAN = 0.5;
const SPAN_GROWTH = 1.5;
const LONGEST_SPAN = 4;
/** The less time is left, the more often it is worth trying: so many tries fit in at least. */
const TRIES_LEFT = 32;

/** What decides on a pause; times in ms. */
export interface Situation {
	/** Tries made so far, from 1. */
	attempt: number;
	minimumInterval: number;
	/** Until the batch is given up. */
	timeLeft: number;
}

/**
 * How long to hold back before the next try, in ms.
 *
 * - busy: the interval, and a random span on top that grows with the attempts, so that several workers
 *   do not meet again and again
 * - again: doubles from one second up to half a minute, half of it random
 *
 * @param random from 0 up to 1
 */
export function backOff(
	verdict: Extract<RetryDecision, 'busy' | 'again'>,
	{ attempt, minimumInterval, timeLeft }: Situation,
	random: number,
): number {
	if (verdict === 'busy') {
		const interval = Math.max(minimumInterval, FIRST_PAUSE);
		const grown = Math.min(FIRST_SPAN * SPAN_GROWTH ** (attempt - 1), LONGEST_SPAN) * interval;
		return interval + random * Math.min(grown, Math.max(0, timeLeft) / TRIES_LEFT);
	}
	const longest = Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE);
	return longest * (0.5 + random / 2);
}
