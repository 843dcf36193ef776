import type { FaultKind } from './faults.mts';

/**
 * One simulated afternoon as plain data: who imports what, how Voiso reads the open points of its
 * API, and what goes wrong when. All chance is in here, so a schedule always takes the same course.
 */
export interface Schedule {
	world: World;
	/** `faults[n]` strikes the n-th lead call that is made; the calls after the last one are spared. */
	faults: FaultSpec[];
	importers: Importer[];
	/** Whether all that was not killed, and all that was, is run once more at the end, without faults. */
	again: boolean;
	/** Of the jitter. */
	seed: number;
}

/** How Voiso behaves in this schedule, and what is there at the start. */
export interface World {
	/** ms from the start of a call until it reaches Voiso, of the work on it, and of the way back. */
	latency: { there: number; work: number; back: number };
	/** ms that calls take longer on their way there, one after the other, then from the start. */
	uneven: number[];
	/** ms for which an import is processed after its answer was sent. */
	outlasts: number;
	/** Whether a call that comes too early is only counted, and taken all the same. */
	countsOnly: boolean;
	/** Index into `BUSY_ANSWERS`: how Voiso rejects a call that comes too early. */
	busyAnswer: number;
	/** Whether that answer says in how many seconds to come again. */
	busyRetryAfter: boolean;
	refusal: Refusal;
	/** Whether a refusal names all bad leads rather than the first. */
	refusesAll: boolean;
	updateMethod: 'PUT' | 'PATCH' | 'both';
	wrongMethodStatus: 404 | 405;
	echo: Echo;
	envelope: Envelope;
	okStatus: 200 | 201;
	/** ms by which Voiso's clock is ahead of n8n's. */
	skew: number;
	/** Whether the cluster takes updates by another method when all is run again. */
	changesMethod: boolean;
	/** More leads than this are answered with 413. */
	maxLeads: number;
	/** ms by which timers fire early, as Node's may. */
	earlyTimers: number;
	/** By campaign. */
	campaigns: CampaignState[];
	/** What the list of campaigns says, by campaign: that it may call, that it is off, or the truth. */
	listed: Array<'true' | 'on' | 'off'>;
	/** By number. */
	traits: Trait[];
}

/** The method with which leads are updated in the first or the second round. */
export function updateMethodIn(
	{ changesMethod, updateMethod }: World,
	round: number,
): World['updateMethod'] {
	if (round === 0 || !changesMethod || updateMethod === 'both') return updateMethod;
	return updateMethod === 'PUT' ? 'PATCH' : 'PUT';
}

/** What a 422 for a bad lead names. */
export const REFUSALS = ['index', 'nested', 'pointer', 'number', 'indexFromOne', 'field'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** How numbers come back. */
export const ECHOES = ['asSent', 'plus', 'spaced', 'jsonNumber', 'object'] as const;
export type Echo = (typeof ECHOES)[number];

export const ENVELOPES = ['leads_import', 'leads_update', 'bare', 'data'] as const;
export type Envelope = (typeof ENVELOPES)[number];

export const CAMPAIGN_STATES = ['live', 'stopped', 'completed', 'deleted'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** Whether the list of campaigns says that one can call somebody. */
export function mayCall(state: CampaignState, listed: World['listed'][number] = 'true'): boolean {
	return listed === 'true' ? state === 'live' || state === 'deleted' : listed === 'on';
}

/** What is special about a number: `present` is in the campaigns already, `poison` fails its whole call. */
export const TRAITS = ['good', 'present', 'rejected', 'omitted', 'poison'] as const;
export type Trait = (typeof TRAITS)[number];

export interface FaultSpec {
	kind: FaultKind;
	/** Chooses among the forms of the kind. */
	variant: number;
}

export interface LeadSpec {
	number: number;
	campaign: number;
	/** What there is to update; null for a lead that is only a number. */
	name: number | null;
}

export const OPERATIONS = [
	'add',
	'update',
	'upsert',
	'deactivate',
	'deactivateEverywhere',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One execution of the node. */
export interface Importer {
	/** Importers of one process share its memory. */
	process: number;
	/** Each has an API key of its own. */
	tenant: 0 | 1;
	operation: Operation;
	leads: LeadSpec[];
	batchSize: number;
	minimumInterval: number;
	maxWait: number;
	/** ms after which it starts. */
	startsAt: number;
	/**
	 * The importer with which an AI agent has called the same tool, with the same leads: n8n makes both calls in one
	 * execution, so the user's Stop ends both.
	 */
	toolCallOf: number | null;
	end: End | null;
}

/**
 * The user's Stop, or the sudden death of the importer's process: after the `event`-th appointment of
 * the whole schedule, when `reactions` steps of promise callbacks have run.
 */
export interface End {
	kind: 'stop' | 'kill';
	event: number;
	reactions: number;
}
