import type { Connection } from '../../shared/api/connection';
import { realClock } from '../../shared/throttle/clock';
import { ProcessMemory } from '../../shared/throttle/processMemory';
import type { Dependencies } from './types';

/** 1,000 leads may take Voiso a while; a shorter limit would give up requests that succeed. */
const LEAD_CALL_TIMEOUT = 120_000;

/**
 * The real world: n8n's requests, the real clock, real chance.
 *
 * @param timeout ms after which a lead request without a response counts as hung
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
export const processMemory = new ProcessMemory(realClock, Math.random);
