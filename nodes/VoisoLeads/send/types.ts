import type { HttpResult } from '../../shared/api/http';
import type { ApiProblem } from '../../shared/api/problem';
import type { Pauser } from '../../shared/pauser';
import type { ProcessMemory, UpdateMethod } from '../../shared/throttle/processMemory';
import type { Slots } from '../../shared/throttle/slots';
import type { Clock } from '../../shared/throttle/throttle';
import type { Failure, Positions } from '../types';

/** Everything that sending needs from outside. A test brings its own. */
export interface Dependencies extends Clock {
	/** A number from 0 up to 1, for jitter. */
	random(): number;
	/** Makes one lead call. A failed connection is a result; so is whatever this throws. */
	post(call: LeadCall, signal?: AbortSignal): Promise<HttpResult>;
}

/** One request with leads. */
export interface LeadCall {
	method: 'POST' | UpdateMethod;
	campaignId: string;
	/** The JSON array of leads. */
	body: string;
}

/** The limits that an import keeps. */
export interface SendLimits {
	/** Leads per request, 1 to 1,000. */
	batchSize: number;
	/** ms from the end of one request of a campaign to the start of the next. */
	minimumInterval: number;
	/** ms for which a batch is retried, and for which it waits while Voiso or other executions delay it. */
	maxWait: number;
}

/** What one execution sends with, whatever the operation: limits, the outside world, what it has found out. */
export interface SendContext {
	/** The cluster, such as `https://cc-ams03.voiso.com`. */
	baseUrl: string;
	limits: SendLimits;
	dependencies: Dependencies;
	/** What the executions of this process share. */
	memory: ProcessMemory;
	/** Aborted when the user stops the execution. */
	signal: AbortSignal | undefined;
	/** In which n8n has its turn. They don't end with a stop: what was sent is settled and reported. */
	pauses: Pauser;
	/** The requests that the execution may have open at the same time. */
	slots: Slots;
	breaker: CircuitBreaker;
	/** Called after each response, to show that a long import lives. */
	onProgress(progress: Progress, response: BatchResponse): void;
}

/** What an execution has found out about the cluster; nothing of it counts for another one. */
export interface CircuitBreaker {
	/** Whether the cluster has answered at all. */
	reached: boolean;
	/** Set when something is wrong for every campaign, such as the key. */
	openedBy: ApiProblem | undefined;
	/** Why nothing more is sent to a campaign, by its ID. */
	closedCampaigns: Map<string, ApiProblem>;
	/** Batches in a row that ran out of `maxWait`, by the ID of their campaign. */
	outOfTimeInARow: Map<string, number>;
	/** The method with which an update has succeeded. */
	updateMethod: UpdateMethod | undefined;
}

/** How far a plan is, in leads; in several campaigns a lead counts once for each. */
export interface Progress {
	/** Leads that are settled, failed ones included. */
	done: number;
	total: number;
	/** Requests of the campaign that has the most. */
	batches: number;
}

/** The result of some leads of one batch. Every position of a plan is in one response for each campaign. */
export type BatchResponse = { campaignId: string; positions: Positions } & (
	| {
			/** Voiso took the request; `body` holds its lists of numbers. */
			kind: 'accepted';
			body: unknown;
			/** An earlier response for these leads was lost, so a duplicate may be this execution's own. */
			maybeApplied: boolean;
	  }
	/** Voiso rejects every request with this one lead in it. */
	| { kind: 'rejected'; apiMessage: string }
	| { kind: 'failed'; failure: Failure }
);

/** How one request went. */
export type CallResult =
	| { kind: 'accepted'; body: unknown }
	/** A failure, with what to do about it. */
	| { kind: RetryDecision; problem: ApiProblem }
	/** There was no request: nothing more is sent to the campaign, or its turn would come too late. */
	| { kind: 'notSent' | 'tooLong'; problem: ApiProblem };

/** What to do about a request that failed. */
export type RetryDecision =
	/** Voiso works on the campaign's previous request: retry after the gap. */
	| 'busy'
	/** A transient failure: retry after a growing pause. */
	| 'retry'
	/** Something in the batch is rejected: find the lead. */
	| 'split'
	/** Wrong for good, for every batch of the campaign. */
	| 'final'
	/** The user stopped the execution. */
	| 'stopped';

/** The work done for one campaign. */
export interface CampaignEffort {
	campaignId: string;
	requests: number;
	/** Requests that repeated an earlier one or a part of it. */
	retries: number;
	/** ms from the wish to send the first batch to the end of the last. */
	duration: number;
}
