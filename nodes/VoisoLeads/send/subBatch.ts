import type { Positions } from '../types';

/** Leads that travel together until they are accepted, refused or given up. */
export interface SubBatch {
	positions: Positions;
	/** Whether an answer for these leads was lost. */
	uncertain: boolean;
	/** The batch itself, a part of a refused one, or the leads that a refusal named. */
	role: 'whole' | 'part' | 'suspects';
}

/**
 * The parts in which a refused parcel is sent again, the next one last: the leads that the answer
 * names apart from the rest, or else two halves.
 *
 * @param named places within the parcel
 */
export function split({ positions, uncertain }: SubBatch, named: readonly number[]): SubBatch[] {
	const part = (some: Positions, role: SubBatch['role']): SubBatch => ({
		positions: some,
		uncertain,
		role,
	});
	if (named.length > 0 && named.length < positions.length) {
		const suspects = new Set(named);
		const others = positions.filter((_, place) => !suspects.has(place));
		const suspected = positions.filter((_, place) => suspects.has(place));
		return [part(others, 'part'), part(suspected, 'suspects')];
	}
	const middle = Math.ceil(positions.length / 2);
	return [part(positions.slice(middle), 'part'), part(positions.slice(0, middle), 'part')];
}
