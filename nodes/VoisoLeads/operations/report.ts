import { forEach, type Pauser } from '../../shared/pauser';
import type { CampaignEffort } from '../send/types';
import type { ReadLead, Settled } from '../types';

/** What an operation achieved. */
export interface Report {
	/** By position; nothing for leads that could not be read or are invalid. */
	results: Array<Settled | undefined>;
	/** The work per campaign and pass. */
	efforts: CampaignEffort[];
}

/** Gives every repeated number an outcome that points to the item which carries the real one. */
export async function markRepeats(
	results: Report['results'],
	repeats: ReadonlyMap<number, number>,
	leads: readonly ReadLead[],
	pauses: Pauser,
): Promise<void> {
	await forEach(repeats, pauses, ([position, first]) => {
		const item = leads[first]?.item;
		const isSameItem = item === leads[position]?.item;
		const reason = isSameItem
			? 'Same number as an earlier lead of this item. See that lead for the result.'
			: `Same number as item ${item}. See that item for the result.`;
		results[position] = { status: 'repeated', reason };
	});
}

/** Gives every repeated number the outcome of the lead that was sent for it. */
export async function copyRepeats(
	results: Report['results'],
	repeats: ReadonlyMap<number, number>,
	pauses: Pauser,
): Promise<void> {
	await forEach(repeats, pauses, ([position, first]) => {
		results[position] = results[first];
	});
}
