import type { Positions } from '../types';

/** Leads that travel together until they are accepted, rejected or given up. */
export interface SubBatch {
	positions: Positions;
	/** Whether a response for these leads was lost. */
	maybeApplied: boolean;
	/** The batch itself, a part of a rejected one, or the leads that a rejection named. */
	role: 'whole' | 'part' | 'named';
}

/**
 * The parts in which a rejected sub-batch is sent again, the next one last: the leads that the response names
 * apart from the rest, or else two halves.
 *
 * @param named places within the sub-batch
 */
export function split({ positions, maybeApplied }: SubBatch, named: readonly number[]): SubBatch[] {
	const part = (some: Positions, role: SubBatch['role']): SubBatch => ({
		positions: some,
		maybeApplied,
		role,
	});
	if (named.length > 0 && named.length < positions.length) {
		const places = new Set(named);
		const others = positions.filter((_, place) => !places.has(place));
		const apart = positions.filter((_, place) => places.has(place));
		return [part(others, 'part'), part(apart, 'named')];
	}
	const middle = Math.ceil(positions.length / 2);
	return [part(positions.slice(middle), 'part'), part(positions.slice(0, middle), 'part')];
}
