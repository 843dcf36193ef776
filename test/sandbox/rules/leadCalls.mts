// What Voiso's pages say of lead calls, for the sandbox, the simulation and unit tests alike. What the
// pages leave open, and all that goes wrong, is theirs: switches there, fates of a schedule here.

/** Pause of a campaign from the end of the work on one lead call to the start of the next, in ms. */
export const MINIMUM_INTERVAL = 2000;

/** The most leads of one call. */
export const MAX_LEADS = 1000;

/** How a campaign stands with lead calls, of which Voiso works on one at a time; ms on one clock. */
export interface Work {
	isWorking: boolean;
	/** When the work on the last call has ended, or is going to end. */
	freeAt: number;
}

/** A campaign to which no lead call was made. */
export const IDLE: Readonly<Work> = { isWorking: false, freeAt: Number.NEGATIVE_INFINITY };

/** Whether a lead call comes too early: the campaign works on another, or did so a moment ago. */
export const isTooEarly = (
	{ isWorking, freeAt }: Work,
	start: number,
	minimumInterval = MINIMUM_INTERVAL,
): boolean => isWorking || start < freeAt + minimumInterval;

/**
 * Milliseconds from now until a lead call is accepted.
 *
 * @param processing how long a call is worked on
 */
export function freeIn(
	{ isWorking, freeAt }: Work,
	now: number,
	processing: number,
	minimumInterval = MINIMUM_INTERVAL,
): number {
	return Math.max(0, (isWorking ? now + processing : freeAt) + minimumInterval - now);
}

/** What a lead call does with one number. */
export type Effect = 'created' | 'duplicate' | 'rejected' | 'updated' | 'notFound';

/** Adding a number that is there changes nothing; updating one that is not there adds nothing. */
export function effectOf(method: string, isStored: boolean, isRejected: boolean): Effect {
	if (isRejected) return 'rejected';
	if (method === 'POST') return isStored ? 'duplicate' : 'created';
	return isStored ? 'updated' : 'notFound';
}

/** The list of an answer in which the numbers of an effect are. */
export const LIST_OF: Record<Effect, string> = {
	created: 'created',
	duplicate: 'duplicates',
	rejected: 'rejected',
	updated: 'updated',
	notFound: 'not_found',
};

/** The effects that each have a list in the answer to a call, an empty one too. */
export const effectsOf = (method: string): Effect[] =>
	method === 'POST' ? ['created', 'rejected', 'duplicate'] : ['updated', 'rejected', 'notFound'];

/** The lists of an answer, an entry for each number. */
export function listsOf<Entry>(
	method: string,
	entries: Iterable<readonly [Effect, Entry]>,
): Record<string, Entry[]> {
	const lists: Record<string, Entry[]> = {};
	for (const effect of effectsOf(method)) lists[LIST_OF[effect]] = [];
	for (const [effect, entry] of entries) lists[LIST_OF[effect]]?.push(entry);
	return lists;
}

/** Whether updates are made by a method, of which Voiso's pages name two. */
export const takesMethod = (updateMethod: 'PUT' | 'PATCH' | 'both', method: string): boolean =>
	method === 'POST' || updateMethod === 'both' || updateMethod === method;
