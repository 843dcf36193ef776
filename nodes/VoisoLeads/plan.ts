import { pauser } from '../shared/pauser';
import type { Batch, CampaignPlan, GoodLead, ReadLead } from './types';
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
	positions?: readonly number[];
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
	const { action, batchSize, positions, signal } = options;
	const grouping = new Grouping(leads, options);
	const { groups, repeats, later } = grouping;
	const pauses = pauser(signal);
	const end = positions?.length ?? leads.length;
	for (let start = 0; start < end; start += LEADS_BETWEEN_LOOKS) {
		if (start > 0 && pauses.isDue()) await pauses.take();
		grouping.add(start, Math.min(start + LEADS_BETWEEN_LOOKS, end));
	}
	const leadAt = options.leadAt ?? ((position: number) => readLeadAt(leads, position));
	const merged = new Map<number, Lead>();
	for (const [first, others] of later) {
		if (merged.size % LEADS_BETWEEN_LOOKS === LEADS_BETWEEN_LOOKS - 1 && pauses.isDue()) {
			await pauses.take();
		}
		merged.set(first, mergeLeads(leadAt(first), others));
	}
	return {
		action,
		campaigns: Array.from(groups, ([campaignId, { firsts }]) => ({
			campaignId,
			batches: cut(firsts, batchSize),
		})),
		repeats,
		leadAt: (position) => {
			const lead = merged.get(position) ?? leadAt(position);
			return action === 'update' ? changeable(lead) : lead;
		},
	};
}

/** The leads of each campaign, found step by step. */
class Grouping {
	/** Stays in memory, so that V8 keeps what it compiled for such objects: docs/decisions/compiled-code.md. */
	static readonly kept = new Grouping([], { repeats: 'first' });

	/** By campaign: its numbers, and the positions of the leads that have them first. */
	readonly groups = new Map<string, { numbers: NumberTable; firsts: number[] }>();

	/** Position of a repeated number → position of the first lead with it. */
	readonly repeats = new Map<number, number>();

	/** Position of the first lead with a number → what comes later with the same. */
	readonly later = new Map<number, Lead[]>();

	private readonly leads: readonly ReadLead[];

	private readonly positions: PlanOptions['positions'];

	private readonly leadAt: PlanOptions['leadAt'];

	private readonly isMerged: boolean;

	constructor(
		leads: readonly ReadLead[],
		{ positions, leadAt, repeats }: Pick<PlanOptions, 'positions' | 'leadAt' | 'repeats'>,
	) {
		this.leads = leads;
		this.positions = positions;
		this.leadAt = leadAt;
		this.isMerged = repeats === 'all';
	}

	/** Groups the leads at the places from `start` up to, not including, `end`. */
	add(start: number, end: number): void {
		for (let place = start; place < end; place++) {
			const position = this.positions === undefined ? place : this.positions[place];
			if (position === undefined) continue;
			const read = this.leads[position];
			if (read?.kind === 'good') this.addLead(position, read);
		}
	}

	private addLead(position: number, { campaignId, lead: given }: GoodLead): void {
		let group = this.groups.get(campaignId);
		if (group === undefined) {
			group = { numbers: new NumberTable(), firsts: [] };
			this.groups.set(campaignId, group);
		}
		const lead = this.leadAt === undefined ? given : this.leadAt(position);
		const first = group.numbers.first(lead.phone_number, position);
		if (first === position) {
			group.firsts.push(position);
			return;
		}
		this.repeats.set(position, first);
		if (!this.isMerged) return;
		const others = this.later.get(first);
		if (others === undefined) this.later.set(first, [lead]);
		else others.push(lead);
	}
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
