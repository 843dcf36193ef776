import type { IDataObject, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { ApiProblem } from '../shared/api/problem';
import type { Lead } from './fields/toLead';

/** What the node does with leads. */
export type LeadOperation = 'add' | 'update' | 'upsert' | 'deactivate' | 'getStatus';

/** The result of a lead; see the guide for the meaning of each. */
export const LEAD_STATUSES = [
	'created',
	'updated',
	'duplicate',
	'not_found',
	'rejected',
	'invalid',
	'repeated',
	'unconfirmed',
	'unreported',
	/** Get Status: Voiso knows the number. */
	'found',
	/** Dry run: would be sent. */
	'ready',
] as const;

export type LeadStatus = (typeof LEAD_STATUSES)[number];

/** One lead as read from the input. Its place in the list of all leads read is its *position*. */
export type ReadLead = GoodLead | InvalidLead | UnreadLead;

interface FromItem {
	/** Index of the n8n input item that the lead comes from. */
	item: number;
	/** The lead as it was given, where it is one of several in its item. */
	given?: IDataObject;
}

/** A lead that can be sent. */
export interface GoodLead extends FromItem {
	kind: 'good';
	/** Empty when all campaigns are meant. */
	campaignId: string;
	lead: Lead;
	/** What was assumed, left out or is unusual, one sentence for each, such as `priority was left out: …`. */
	warning?: string;
}

/** A lead that breaks a rule of ours and is not sent. */
export interface InvalidLead extends FromItem {
	kind: 'invalid';
	campaignId: string;
	/** The number as given. */
	phone: string;
	reason: string;
	/** As of a good lead. */
	warning?: string;
}

/** An item whose parameters could not be read: no campaign, a failing expression, … */
export interface UnreadLead extends FromItem {
	kind: 'unread';
	error: NodeApiError | NodeOperationError;
}

/** What Voiso, or a rule of ours, says about one lead. */
export interface Outcome {
	status: LeadStatus;
	/** In one or two sentences; every `rejected` has one. */
	reason?: string;
	/** What the status leaves open, in one sentence. */
	warning?: string;
	/** With all campaigns searched: the IDs of those that have the lead. */
	foundIn?: string[];
	/** The same: the IDs of those that call nobody now and did not take the change. */
	notSwitchedOffIn?: string[];
	/** With a dry run: the lead as it would be sent. */
	lead?: Lead;
	/** With Get Status: what Voiso says of the number, under its own names. */
	contact?: IDataObject;
}

/** Why nothing is known of a lead: its batch could not be delivered. Leads of a batch share their failure. */
export interface Failure {
	/** The campaigns that could not be reached: one, unless all campaigns were searched. */
	campaignIds: string[];
	problem: ApiProblem;
	/** Number of the batch within its campaign, from 1. */
	batch: number;
	/** Requests made for it; 0 when it was not sent. */
	attempts: number;
	/** Whether a lost response leaves open if Voiso did what was asked. */
	maybeApplied: boolean;
	cause: FailureCause;
	/** As of an outcome. */
	foundIn?: string[];
	notSwitchedOffIn?: string[];
}

export type FailureCause =
	/** Wrong for good: another attempt would not help. */
	| 'final'
	/** Not sent, because the campaign failed for good before. */
	| 'notSent'
	/** Retried until `maxWait` was over, or not sent because the wait was too long. */
	| 'outOfTime'
	/** Rejected as a whole too often while looking for the leads that Voiso does not accept. */
	| 'tooManyRejections'
	/** The user stopped the execution. */
	| 'stopped';

/** What is known of one lead after its batch. */
export type Settled = Outcome | Failure;

export function isFailure(settled: Settled): settled is Failure {
	return 'cause' in settled;
}

/** Leads that travel in one request: positions in the list of leads read, in order. */
export type Positions = readonly number[];

export interface Batch {
	/** From 1, within the campaign. */
	number: number;
	positions: Positions;
}

export interface CampaignPlan {
	campaignId: string;
	batches: Batch[];
}
