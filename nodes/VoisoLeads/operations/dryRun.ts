import { readCampaign } from '../../shared/api/campaigns';
import type { Connection } from '../../shared/api/connection';
import type { ApiProblem } from '../../shared/api/problem';
import { forEach, pauser } from '../../shared/pauser';
import { plan, type Plan } from '../plan';
import type { CampaignEffort, SendLimits } from '../send/types';
import type { Failure, LeadOperation, ReadLead } from '../types';
import { copyRepeats, markRepeats, type Report } from './report';

export interface DryRunSettings {
	operation: LeadOperation;
	limits: SendLimits;
	/** With all campaigns meant: those that would be asked. */
	everywhere: ReadonlyArray<{ id: string }> | undefined;
	/** What is known of campaigns by ID: why leads can't be sent, or nothing. Those that are read are added. */
	known: Map<string, ApiProblem | undefined>;
}

/** Campaigns that are read at the same time. */
const SIDE_BY_SIDE = 10;

/**
 * Plans an operation as it would be carried out, and asks Voiso for the campaigns only. Each lead that would be
 * sent is `ready`, with the lead as it would be sent; requests and time are what the run would take.
 */
export async function dryRun(
	connection: Connection,
	leads: readonly ReadLead[],
	{ operation, limits, everywhere, known }: DryRunSettings,
): Promise<Report> {
	const action = operation === 'add' || operation === 'upsert' ? 'add' : 'update';
	const isMerged = operation === 'upsert' || (operation === 'update' && everywhere === undefined);
	const planned = await plan(leads, {
		action,
		batchSize: limits.batchSize,
		repeats: isMerged ? 'all' : 'first',
		signal: connection.signal,
	});
	const results: Report['results'] = new Array(leads.length);
	const pauses = pauser(connection.signal);
	if (everywhere === undefined) await readCampaigns(connection, planned, known);
	for (const { campaignId, batches } of planned.campaigns) {
		const problem = known.get(campaignId);
		for (const { number, positions } of batches) {
			const failure = problem && failureOf(campaignId, number, problem);
			await forEach(positions, pauses, (position) => {
				results[position] = failure ?? { status: 'ready', lead: planned.leadAt(position) };
			});
		}
	}
	if (action === 'add') await markRepeats(results, planned.repeats, leads, pauses);
	else await copyRepeats(results, planned.repeats, pauses);
	return { results, efforts: expectedEfforts(planned, limits, everywhere) };
}

/** Finds out why the leads of a campaign could not be sent, for each that isn't known yet. */
async function readCampaigns(
	connection: Connection,
	{ campaigns }: Plan,
	known: DryRunSettings['known'],
): Promise<void> {
	const waiting = campaigns.filter(({ campaignId }) => !known.has(campaignId)).values();
	// All workers draw from one iterator, so each campaign is read once.
	const worker = async () => {
		for (const { campaignId } of waiting) {
			const reading = await readCampaign(connection, campaignId);
			let problem = reading.ok ? undefined : reading.problem;
			// A key that may add leads need not be allowed to read campaigns.
			if (problem?.kind === 'forbidden') problem = undefined;
			if (reading.ok && reading.campaign.live === false) problem = NOT_LIVE;
			known.set(campaignId, problem);
		}
	};
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

/** As Voiso would answer. */
const NOT_LIVE: ApiProblem = {
	kind: 'refused',
	status: 400,
	apiMessage: 'The campaign is not live',
	fields: {},
	maybeApplied: false,
};

function failureOf(campaignId: string, batch: number, problem: ApiProblem): Failure {
	const attempts = 0;
	return {
		campaignIds: [campaignId],
		problem,
		batch,
		attempts,
		maybeApplied: false,
		cause: 'notSent',
	};
}

/** What the run would take when nothing goes wrong. */
function expectedEfforts(
	{ campaigns }: Plan,
	{ minimumInterval }: SendLimits,
	everywhere: DryRunSettings['everywhere'],
): CampaignEffort[] {
	const effort = (campaignId: string, requests: number): CampaignEffort => ({
		campaignId,
		requests,
		retries: 0,
		duration: Math.max(0, requests - 1) * minimumInterval,
	});
	if (everywhere === undefined)
		return campaigns.map(({ batches, campaignId }) => effort(campaignId, batches.length));
	const batches = campaigns.reduce((sum, each) => sum + each.batches.length, 0);
	return everywhere.map(({ id }) => effort(id, batches));
}
