import type { HttpResult } from '../../shared/api/http';
import type { ApiProblem } from '../../shared/api/problem';
import type { Clock } from '../../shared/throttle/throttle';
import type { ProcessMemory } from '../../shared/throttle/processMemory';
import type { CampaignPlan, Failure, Positions } from '../types';
import { CampaignSender } from './campaignSender';

/** Everything that sending needs from outside. A test brings its own. */
export interface Dependencies extends Clock {
	/** A number from 0 up to 1, for jitter. */
	random(): number;
	/** Makes one lead call. Never throws: a failed connection is a result. */
	post(call: LeadCall, signal?: AbortSignal): Promise<HttpResult>;
}

export interface LeadCall {
	method: 'POST' | 'PUT' | 'PATCH';
	campaignId: string;
	/** The JSON array of leads. */
	body: string;
}

/** The leads to send, and how. */
export interface Shipment {
	/** `add` makes new leads, `update` changes those that are there. */
	action: 'add' | 'update';
	campaigns: readonly CampaignPlan[];
	/** The body for some positions, as JSON. */
	serialise(positions: Positions): string;
	/** The numbers of some positions, as they are sent. */
	phones(positions: Positions): string[];
	baseUrl: string;
	/** ms from the end of one call of a campaign to the start of the next. */
	minimumInterval: number;
	/** ms for which a batch is tried again, from its first failure on. */
	maxWait: number;
}

/** What became of some leads of one batch. Every position of a shipment is in exactly one delivery. */
export type Delivery =
	/** Voiso took the call; `body` holds its lists of numbers. */
	| {
			kind: 'answered';
			campaignId: string;
			positions: Positions;
			body: unknown;
			/** An earlier answer for these leads was lost, so a duplicate may be our own. */
			uncertain: boolean;
	  }
	/** Voiso refuses the call as long as this one lead is in it. */
	| { kind: 'refused'; campaignId: string; positions: Positions; apiMessage: string }
	| { kind: 'failed'; campaignId: string; positions: Positions; failure: Failure };

/** The work done for one campaign. */
export interface CampaignEffort {
	campaignId: string;
	requests: number;
	/** Requests that repeated an earlier one or a part of it. */
	retries: number;
	/** ms from the wish to send the first batch to the end of the last. */
	duration: number;
}

/** What all campaigns of one shipment share. */
export interface Run {
	shipment: Shipment;
	outside: Dependencies;
	memory: ProcessMemory;
	signal: AbortSignal | undefined;
	onDelivery: (delivery: Delivery) => void;
	circuitBreaker: CircuitBreaker;
}

/** What an execution has found out about the cluster. The passes of one execution share it. */
export interface CircuitBreaker {
	/** Whether the cluster has answered at all. */
	reached: boolean;
	/** Set when something is wrong for every campaign, such as the key. */
	openedBy: ApiProblem | undefined;
	/** Why nothing more is sent to a campaign, by its id. */
	closedCampaigns: Map<string, ApiProblem>;
}

export function newCircuitBreaker(): CircuitBreaker {
	return { reached: false, openedBy: undefined, closedCampaigns: new Map() };
}

/** More would only crowd n8n's own event loop; each campaign is idle nine tenths of its time. */
const CAMPAIGNS_SIDE_BY_SIDE = 20;

/**
 * Sends every batch of every campaign: campaigns side by side, the batches of one campaign one after
 * the other in its lane. Reports each batch as soon as its fate is known, and settles without an
 * exception whatever the network does; after an abort nothing is sent any more and what is left is
 * reported as stopped.
 */
export async function send(
	shipment: Shipment,
	outside: Dependencies,
	memory: ProcessMemory,
	signal: AbortSignal | undefined,
	onDelivery: (delivery: Delivery) => void,
	circuitBreaker: CircuitBreaker = newCircuitBreaker(),
): Promise<CampaignEffort[]> {
	const run: Run = { shipment, outside, memory, signal, onDelivery, circuitBreaker };
	const efforts: CampaignEffort[] = [];
	const campaigns = shipment.campaigns.values();
	// All workers draw from one iterator, so each campaign is taken once.
	const worker = async () => {
		for (const campaign of campaigns) efforts.push(await new CampaignSender(run, campaign).send());
	};
	const workers = Math.min(CAMPAIGNS_SIDE_BY_SIDE, shipment.campaigns.length);
	await Promise.all(Array.from({ length: workers }, worker));
	return efforts;
}
