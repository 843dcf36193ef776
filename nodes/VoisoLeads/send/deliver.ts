import type { ProcessMemory } from '../../shared/throttle/processMemory';
import type { Lead } from '../fields';
import type { CampaignPlan, ReadLead } from '../types';
import type { PreviousAttempts } from './previousAttempts';
import {
	newCircuitBreaker,
	send,
	type CampaignEffort,
	type Delivery,
	type Dependencies,
	type Shipment,
	type CircuitBreaker,
} from './send';
import { settle, type Result } from '../settle';

/** How leads are sent, whatever the operation. */
export interface DeliverySettings {
	baseUrl: string;
	/** Leads per call, 1 to 1,000. */
	batchSize: number;
	/** ms from the end of one call of a campaign to the start of the next. */
	minimumInterval: number;
	/** ms for which a batch is tried again. */
	maxWait: number;
}

/** Everything that an operation works with. */
export interface Job {
	leads: readonly ReadLead[];
	settings: DeliverySettings;
	outside: Dependencies;
	memory: ProcessMemory;
	signal: AbortSignal | undefined;
	/** What earlier tries of the same execution of the node brought; see {@link recall}. */
	known: PreviousAttempts | undefined;
	/** Called after each batch, to show that a long import lives. */
	onProgress: (delivery: Delivery, progress: Progress) => void;
}

/** How far a consignment is, in leads; in several campaigns a lead counts once for each. */
export interface Progress {
	action: Shipment['action'];
	done: number;
	total: number;
}

/** Leads to deliver in one go. */
export interface Consignment {
	action: Shipment['action'];
	campaigns: readonly CampaignPlan[];
	/** The lead to send for a position. */
	leadAt(position: number): Lead;
}

/**
 * Sends the batches of a plan and settles each answer as it comes.
 *
 * @param onResult is called once for every position of every campaign
 * @param circuitBreaker what earlier passes of the same execution found out
 */
export async function deliver(
	job: Job,
	{ action, campaigns, leadAt }: Consignment,
	onResult: (position: number, campaignId: string, result: Result) => void,
	circuitBreaker: CircuitBreaker = newCircuitBreaker(),
): Promise<CampaignEffort[]> {
	const { settings, known } = job;
	const keyOf = (campaignId: string, position: number) =>
		`${action} ${campaignId} ${JSON.stringify(leadAt(position))}`;
	const unsettled = known === undefined ? campaigns : campaigns.map(withoutKnown);

	function withoutKnown({ campaignId, batches }: CampaignPlan): CampaignPlan {
		const remaining = batches.map(({ number, positions }) => ({
			number,
			positions: positions.filter((position) => {
				const outcome = known?.outcomeOf(keyOf(campaignId, position));
				if (outcome !== undefined) onResult(position, campaignId, { outcome });
				return outcome === undefined;
			}),
		}));
		return { campaignId, batches: remaining.filter(({ positions }) => positions.length > 0) };
	}

	const phones = (positions: readonly number[]) =>
		positions.map((position) => leadAt(position).phone_number);
	const total = countLeads(unsettled);
	let done = 0;
	const onDelivery = (delivery: Delivery) => {
		const { campaignId, positions } = delivery;
		const results = settle(delivery, phones(positions), action);
		positions.forEach((position, index) => {
			const result = results[index];
			if (result === undefined) throw new RangeError(`Lead ${position} was not settled`);
			const settled = known?.add(keyOf(campaignId, position), result) ?? result;
			onResult(position, campaignId, settled);
		});
		done += positions.length;
		job.onProgress(delivery, { action, done, total });
	};
	const shipment: Shipment = {
		...settings,
		action,
		campaigns: unsettled,
		serialise: (positions) => JSON.stringify(positions.map(leadAt)),
		phones,
	};
	return await send(shipment, job.outside, job.memory, job.signal, onDelivery, circuitBreaker);
}

function countLeads(campaigns: readonly CampaignPlan[]): number {
	let count = 0;
	for (const { batches } of campaigns) {
		for (const { positions } of batches) count += positions.length;
	}
	return count;
}
