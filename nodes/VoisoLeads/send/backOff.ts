const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/**
 * How long to hold back after a transient failure, in ms: doubles from one second up to half a minute, half of
 * it random, so that executions that failed together don't come back together.
 *
 * @param attempt attempts made so far, from 1
 * @param random from 0 up to 1
 */
export function backOff(attempt: number, random: number): number {
	const longest = Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE);
	return longest * (0.5 + random / 2);
}
