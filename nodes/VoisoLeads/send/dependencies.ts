import type { IExecuteFunctions } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { realClock } from '../../shared/throttle/clock';
import { ProcessMemory } from '../../shared/throttle/processMemory';
import { PreviousAttempts } from './previousAttempts';
import type { Dependencies } from './send';

/** 1,000 leads may take Voiso a while; a shorter limit would give up calls that succeed. */
const LEAD_CALL_TIMEOUT = 120_000;

/**
 * The real world: n8n's requests, the real clock, real chance.
 *
 * @param timeout ms after which a lead call without an answer counts as hung
 */
export function realDependencies(
	connection: Connection,
	timeout = LEAD_CALL_TIMEOUT,
): Dependencies {
	return {
		...realClock,
		random: Math.random,
		post: async ({ method, campaignId, body }) =>
			await connection.send({
				method,
				path: `/api/v4/campaigns/${encodeURIComponent(campaignId)}/leads`,
				body,
				timeout,
			}),
	};
}

/** Shared by all executions of this process, so that together they keep each campaign's pace. */
export const processMemory = new ProcessMemory(realClock);

const recollections = new WeakMap<object, PreviousAttempts>();

/**
 * What earlier tries of this very execution of the node brought. n8n hands each try the same object
 * of execution data, which is the key here; the recollection is forgotten with that object.
 */
export function previousAttemptsOf(context: IExecuteFunctions): PreviousAttempts | undefined {
	if (context.getNode().retryOnFail !== true) return undefined;
	const execution = context.getExecuteData();
	const known = recollections.get(execution) ?? new PreviousAttempts();
	recollections.set(execution, known);
	return known;
}
