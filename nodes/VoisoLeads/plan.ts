import type { Batch, CampaignPlan, ReadLead } from './types';
import { mergeContextHeaders, type Lead } from './fields';

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
	for (const [campaignId, group] of byCampaign(leads, positions)) {
		const repeats = repeatsIn(leads, group);
		const sent = repeats.size === 0 ? group : group.filter((position) => !repeats.has(position));
		result.campaigns.push({ campaignId, batches: cut(sent, batchSize) });
		for (const [position, first] of repeats) {
			result.repeats.set(position, first);
			if (rule !== 'merge') continue;
			const earlier = leadAt(leads, result.merged, first);
			result.merged.set(first, mergeLeads(earlier, readLeadAt(leads, position)));
		}
	}
	return result;
}

/** The positions of the good leads of each campaign. */
function byCampaign(
	leads: readonly ReadLead[],
	positions: Iterable<number>,
): Map<string, number[]> {
	const groups = new Map<string, number[]>();
	let last: { campaignId: string; group: number[] } | undefined;
	for (const position of positions) {
		const read = leads[position];
		if (read?.kind !== 'good') continue;
		const { campaignId } = read;
		if (last?.campaignId !== campaignId) {
			last = { campaignId, group: groups.get(campaignId) ?? [] };
			groups.set(campaignId, last.group);
		}
		last.group.push(position);
	}
	return groups;
}

/** Position of each repeated number → position at which the number came first. */
function repeatsIn(leads: readonly ReadLead[], group: readonly number[]): Map<number, number> {
	const repeats = new Map<number, number>();
	const suspects = numbersThatOccurTwice(leads, group);
	if (suspects.size === 0) return repeats;
	const firsts = new Map<string, number>();
	for (const position of group) {
		const { phone_number: phone } = readLeadAt(leads, position);
		if (!suspects.has(Number(phone))) continue;
		const first = firsts.get(phone);
		if (first === undefined) firsts.set(phone, position);
		else repeats.set(position, first);
	}
	return repeats;
}

/**
 * The phone numbers, as numbers, that occur more than once. Two texts can give one number (or none), so
 * it only tells where to look. Sorted numbers take a fraction of the memory that a set of a million
 * texts takes, which no cache of the processor holds: the set took twenty times as long for ten times
 * the leads.
 */
function numbersThatOccurTwice(leads: readonly ReadLead[], group: readonly number[]): Set<number> {
	const numbers = new Float64Array(group.length);
	group.forEach((position, index) => {
		numbers[index] = Number(readLeadAt(leads, position).phone_number);
	});
	numbers.sort();
	const twice = new Set<number>();
	for (let index = 1; index < numbers.length; index++) {
		const number = numbers[index];
		if (number !== undefined && Object.is(number, numbers[index - 1])) twice.add(number);
	}
	return twice;
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
		merged.context_headers = mergeContextHeaders(earlier.context_headers, later.context_headers);
	}
	return merged;
}
