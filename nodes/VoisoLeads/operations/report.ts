import type { CampaignEffort } from '../send/send';
import type { Result } from '../settle';
import type { ReadLead } from '../types';

/** What an operation achieved. */
export interface Report {
	/** By position; nothing for leads that could not be read or are invalid. */
	results: Array<Result | undefined>;
	/** The work per campaign and pass. */
	efforts: CampaignEffort[];
}

/** Gives every repeated number an outcome that points to the item which carries the real one. */
export function markRepeats(
	results: Array<Result | undefined>,
	repeats: ReadonlyMap<number, number>,
	leads: readonly ReadLead[],
): void {
	for (const [position, first] of repeats) {
		const item = leads[first]?.item;
		const where = item === leads[position]?.item ? 'An earlier lead of this item' : `Item ${item}`;
		const reason = `${where} has the same number and carries the outcome.`;
		results[position] = { outcome: { status: 'repeated', reason } };
	}
}
