import { pauser } from '../shared/pauser';
import type { Batch, CampaignPlan, ReadLead } from './types';
import { mergeContextHeaders } from './fields/contextHeaders';
import { type Lead } from './fields/toLead';
import { NumberTable } from './numberTable';

/** Some ms of work. A list that takes less is planned even after a stop: what is not sent then is in the results. */
const LEADS_BETWEEN_LOOKS = 1024;

/** Leads to send in one go. */
export interface Plan {
	/** `add` makes new leads, `update` changes those that are there. */
	action: 'add' | 'update';
	campaigns: CampaignPlan[];
	/** Position of a repeated number → position of the lead that is sent for it. */
	repeats: ReadonlyMap<number, number>;
	/** The lead to send for a position. */
	leadAt(position: number): Lead;
}

export interface PlanOptions {
	action: Plan['action'];
	/** Leads per request. */
	batchSize: number;
	/**
	 * Of a number that occurs more than once in a campaign, the `first` lead is sent, or one with the fields of
	 * `all`, later ones winning field by field.
	 */
	repeats: 'first' | 'all';
	/** The leads to send, each once; those of other kinds than good ones are passed over. Default: all. */
	positions?: Iterable<number>;
	/** Where the leads to send differ from those read. */
	leadAt?: Plan['leadAt'];
	/** Aborted when the user stops the execution. */
	signal?: AbortSignal | undefined;
}

/**
 * Groups leads by campaign, in the order in which the campaigns first occur, and cuts each group into batches,
 * with each number once. Lets the rest of n8n have its turn meanwhile.
 *
 * @throws OperationalError when the user has stopped the execution
 */
export async function plan(leads: readonly ReadLead[], options: PlanOptions): Promise<Plan> {
	const { action, batchSize, leadAt = readLeadAt, positions = leads.keys() } = options;
	/** Position of the first lead with a number → what comes later with the same. */
	const later = new Map<number, Lead[]>();
	const repeats = new Map<number, number>();
	const groups = new Map<string, { numbers: NumberTable; positions: number[] }>();
	const pauses = pauser(options.signal);
	let looks = 0;
	const isDue = () => ++looks % LEADS_BETWEEN_LOOKS === 0 && pauses.isDue();
	for (const position of positions) {
		if (isDue()) await pauses.take();
		const read = leads[position];
		if (read?.kind !== 'good') continue;
		let group = groups.get(read.campaignId);
		if (group === undefined) {
			group = { numbers: new NumberTable(), positions: [] };
			groups.set(read.campaignId, group);
		}
		const lead = leadAt(position);
		const first = group.numbers.first(lead.phone_number, position);
		if (first === position) {
			group.positions.push(position);
			continue;
		}
		repeats.set(position, first);
		if (options.repeats === 'first') continue;
		const others = later.get(first);
		if (others === undefined) later.set(first, [lead]);
		else others.push(lead);
	}
	const merged = new Map<number, Lead>();
	for (const [first, others] of later) {
		if (isDue()) await pauses.take();
		merged.set(first, mergeLeads(leadAt(first), others));
	}
	return {
		action,
		campaigns: Array.from(groups, ([campaignId, group]) => ({
			campaignId,
			batches: cut(group.positions, batchSize),
		})),
		repeats,
		leadAt: (position) => {
			const lead = merged.get(position) ?? leadAt(position);
			return action === 'update' ? changeable(lead) : lead;
		},
	};

	function readLeadAt(position: number): Lead {
		const read = leads[position];
		if (read?.kind !== 'good') throw new RangeError(`There is no lead to send at ${position}`);
		return read.lead;
	}
}

function cut(positions: number[], size: number): Batch[] {
	const batches: Batch[] = [];
	for (let start = 0; start < positions.length; start += size) {
		batches.push({ number: batches.length + 1, positions: positions.slice(start, start + size) });
	}
	return batches;
}

/** The parts of `source` and each context header count as fields of their own. */
function mergeLeads(first: Lead, later: readonly Lead[]): Lead {
	const merged: Lead = { ...first };
	for (const lead of later) {
		const source = { ...merged.source, ...lead.source };
		Object.assign(merged, lead);
		if (merged.source !== undefined) merged.source = source;
	}
	if (merged.context_headers !== undefined) {
		const headers = [first, ...later].map((lead) => lead.context_headers);
		merged.context_headers = mergeContextHeaders(headers);
	}
	return merged;
}

/** The part of a lead that Voiso can change: its headers for virtual agents are set once, by adding. */
function changeable(lead: Lead): Lead {
	const changes = { ...lead };
	delete changes.context_headers;
	return changes;
}

/** Whether an update of this lead would have anything to say. */
export function changesSomething(lead: Lead): boolean {
	return Object.keys(changeable(lead)).some((field) => field !== 'phone_number');
}
