import type { Batch, CampaignPlan, ReadLead } from '../types';
import type { Lead } from '../fields';

/** How numbers that occur more than once in a campaign are treated. */
export type RepeatRule =
	/** The first one is sent, the others are `repeated`. */
	| 'firstWins'
	/** One lead with the fields of all, later ones winning field by field, stands for them. */
	| 'merge';

export interface Plan {
	campaigns: CampaignPlan[];
	/** Position of a repeated number → position of the lead that is sent for it. */
	repeats: Map<number, number>;
	/** The leads to send where they differ from those read, by position. */
	merged: Map<number, Lead>;
}

/**
 * Groups leads by campaign, in the order in which the campaigns first occur, and cuts each group
 * into batches. Pure; takes time and memory in proportion to the leads.
 *
 * @param positions the leads to send; leads of other kinds than good ones are passed over
 */
export function plan(
	leads: readonly ReadLead[],
	positions: Iterable<number>,
	{ batchSize, repeats: rule }: { batchSize: number; repeats: RepeatRule },
): Plan {
	const result: Plan = { campaigns: [], repeats: new Map(), merged: new Map() };
	const groups = new Map<string, { first: Map<string, number>; positions: number[] }>();
	for (const position of positions) {
		const read = leads[position];
		if (read?.kind !== 'good') continue;
		let group = groups.get(read.campaignId);
		if (group === undefined) {
			group = { first: new Map(), positions: [] };
			groups.set(read.campaignId, group);
		}
		const first = group.first.get(read.lead.phone_number);
		if (first === undefined) {
			group.first.set(read.lead.phone_number, position);
			group.positions.push(position);
			continue;
		}
		result.repeats.set(position, first);
		if (rule === 'merge') {
			result.merged.set(first, mergeLeads(leadAt(leads, result.merged, first), read.lead));
		}
	}
	for (const [campaignId, group] of groups) {
		result.campaigns.push({ campaignId, batches: cut(group.positions, batchSize) });
	}
	return result;
}

/** The lead to send for a position. */
export function leadAt(
	leads: readonly ReadLead[],
	merged: ReadonlyMap<number, Lead>,
	position: number,
): Lead {
	const read = leads[position];
	if (read?.kind !== 'good') throw new RangeError(`There is no lead to send at ${position}`);
	return merged.get(position) ?? read.lead;
}

function cut(positions: number[], size: number): Batch[] {
	const batches: Batch[] = [];
	for (let start = 0; start < positions.length; start += size) {
		batches.push({ number: batches.length + 1, positions: positions.slice(start, start + size) });
	}
	return batches;
}

/** The parts of `source` and each context header count as fields of their own. */
function mergeLeads(earlier: Lead, later: Lead): Lead {
	const merged: Lead = { ...earlier, ...later };
	if (earlier.source && later.source) merged.source = { ...earlier.source, ...later.source };
	if (earlier.context_headers && later.context_headers) {
		merged.context_headers = { ...earlier.context_headers, ...later.context_headers };
	}
	return merged;
}
