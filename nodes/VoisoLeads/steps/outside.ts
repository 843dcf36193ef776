import type { IExecuteFunctions } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { realClock } from '../../shared/pacing/clock';
import { ProcessMemory } from '../../shared/pacing/memory';
import type { Outcome } from '../types';
import type { Outside } from './send';

/** 1,000 leads may take Voiso a while; a shorter limit would give up calls that succeed. */
const LEAD_CALL_TIMEOUT = 120_000;

/** The real world: n8n's requests, the real clock, real chance. */
export function realOutside(connection: Connection): Outside {
	return {
		...realClock,
		random: Math.random,
		post: async ({ method, campaignId, body }) =>
			await connection.exchange({
				method,
				path: `/api/v4/campaigns/${encodeURIComponent(campaignId)}/leads`,
				body,
				timeout: LEAD_CALL_TIMEOUT,
			}),
	};
}

/** Shared by all executions of this process, so that together they keep each campaign's pace. */
export const processMemory = new ProcessMemory(realClock);

const outcomesOfTries = new WeakMap<object, Map<string, Outcome>>();

/**
 * The outcomes that earlier tries of this very execution of the node brought. n8n's *Retry On Fail*
 * runs the whole node again, and what Voiso has answered for a lead must not be asked again: a lead
 * created by the first try would come back as a duplicate. n8n hands each try the same object of
 * execution data, which is the key here; it is forgotten with that object.
 */
export function recall(context: IExecuteFunctions): Map<string, Outcome> | undefined {
	if (context.getNode().retryOnFail !== true) return undefined;
	const execution = context.getExecuteData();
	const known = outcomesOfTries.get(execution) ?? new Map<string, Outcome>();
	outcomesOfTries.set(execution, known);
	return known;
}
