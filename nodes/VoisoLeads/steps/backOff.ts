import type { Verdict } from './judge';

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/**
 * How long to hold back before the next try, in ms. The gap of the campaign's lane comes on top
 * where it is longer.
 *
 * - busy: the lane's gap is the wait; a random share of another interval keeps several workers
 *   from meeting again and again
 * - again: doubles from one second up to half a minute, half of it random
 *
 * @param attempt tries made so far, from 1
 * @param random from 0 up to 1
 */
export function backOff(
	verdict: Extract<Verdict, 'busy' | 'again'>,
	attempt: number,
	minimumInterval: number,
	random: number,
): number {
	if (verdict === 'busy') return random * Math.max(minimumInterval, FIRST_PAUSE);
	const longest = Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE);
	return longest * (0.5 + random / 2);
}
