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
	const groups = new Map<string, Group>();
	let group: Group | undefined;
	for (const position of positions) {
		const read = leads[position];
		if (read?.kind !== 'good') continue;
		if (group?.campaignId !== read.campaignId) group = groupOf(groups, read.campaignId);
		group.numbers.add(read.lead.phone_number);
		// A number that was there already leaves the set as large as it was.
		const isNew = group.numbers.size > group.positions.length;
		(isNew ? group.positions : group.again).push(position);
	}
	const result: Plan = { campaigns: [], repeats: new Map(), merged: new Map() };
	for (const { campaignId, positions: sent, again } of groups.values()) {
		result.campaigns.push({ campaignId, batches: cut(sent, batchSize) });
		const firsts = firstPositions(leads, sent, again);
		for (const position of again) {
			const lead = readLeadAt(leads, position);
			const first = firsts.get(lead.phone_number);
			if (first === undefined) throw new RangeError(`Lead ${position} repeats none`);
			result.repeats.set(position, first);
			if (rule !== 'merge') continue;
			result.merged.set(first, mergeLeads(leadAt(leads, result.merged, first), lead));
		}
	}
	return result;
}

/** The leads of one campaign. */
interface Group {
	campaignId: string;
	/** A set, because a map with the positions would take twice the memory and the time. */
	numbers: Set<string>;
	positions: number[];
	/** Positions whose number came before. */
	again: number[];
}

function groupOf(groups: Map<string, Group>, campaignId: string): Group {
	const group = groups.get(campaignId) ?? {
		campaignId,
		numbers: new Set(),
		positions: [],
		again: [],
	};
	groups.set(campaignId, group);
	return group;
}

/** Where the numbers of repeated leads came first. */
function firstPositions(
	leads: readonly ReadLead[],
	sent: readonly number[],
	again: readonly number[],
): Map<string, number> {
	const phoneAt = (position: number) => readLeadAt(leads, position).phone_number;
	const repeated = new Set(again.map(phoneAt));
	const firsts = new Map<string, number>();
	if (repeated.size === 0) return firsts;
	for (const position of sent) {
		const phone = phoneAt(position);
		if (repeated.has(phone)) firsts.set(phone, position);
	}
	return firsts;
}

/** The lead to send for a position. */
export function leadAt(
	leads: readonly ReadLead[],
	merged: ReadonlyMap<number, Lead>,
	position: number,
): Lead {
	return merged.get(position) ?? readLeadAt(leads, position);
}

function readLeadAt(leads: readonly ReadLead[], position: number): Lead {
	const read = leads[position];
	if (read?.kind !== 'good') throw new RangeError(`There is no lead to send at ${position}`);
	return read.lead;
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
