import type { ProblemKind } from '../../shared/api/problem';
import type { CampaignPlan, Failure, Outcome } from '../types';
import { deliver, type Job } from '../send/deliver';
import { leadAt, plan } from '../plan';
import type { Result } from '../settle';
import type { Report } from './report';

/** What is needed of a campaign to tell whether it could still call somebody. */
export interface SearchedCampaign {
	id: string;
	/** Empty when Voiso gives none. */
	status: string;
}

/** How Voiso may say that a campaign takes no leads, as against a key that is not valid. */
const TAKES_NO_LEADS = new Set<ProblemKind>(['refused', 'conflict', 'invalid', 'notFound']);

/** What the campaigns searched so far say about one lead. */
interface Finding {
	foundIn: string[];
	failures: Failure[];
	/** Campaigns that are not there, if Voiso updates leads at all. */
	gone: Failure[];
	/** An outcome that leaves open whether the lead is still called, and the campaign that gave it. */
	open?: { outcome: Outcome; campaignId: string };
}

/**
 * Stops calling the given numbers in every campaign: sends `active: false` to each of them, side by
 * side. A lead counts as `updated` only when every campaign has answered for it.
 */
export async function deactivateEverywhere(
	job: Job,
	campaigns: readonly SearchedCampaign[],
): Promise<Report> {
	const { leads, settings } = job;
	const { batchSize } = settings;
	const once = plan(leads, leads.keys(), { batchSize, repeats: 'firstWins' });
	const batches = once.campaigns.flatMap((all) => all.batches);
	const everywhere: CampaignPlan[] = campaigns.map(({ id }) => ({ campaignId: id, batches }));
	const harmless = new Set(
		campaigns.filter(({ status }) => status === 'completed').map(({ id }) => id),
	);
	const findings = new Map<number, Finding>();
	for (const { positions } of batches) {
		for (const position of positions) {
			findings.set(position, { foundIn: [], failures: [], gone: [] });
		}
	}
	const efforts = await deliver(
		job,
		{
			action: 'update',
			campaigns: everywhere,
			leadAt: (position) => leadAt(leads, once.merged, position),
		},
		(position, campaignId, result) => {
			const finding = findings.get(position);
			if (finding !== undefined) note(finding, campaignId, result, harmless.has(campaignId));
		},
	);
	const results: Report['results'] = new Array(leads.length);
	// Where no update ever succeeded, "not found" can mean that there is no such thing as an update.
	const isUpdatable = job.memory.updateMethod(settings.baseUrl) !== undefined;
	const conclude = concluder(isUpdatable);
	for (const [position, finding] of findings) results[position] = conclude(finding);
	for (const [position, first] of once.repeats) results[position] = results[first];
	return { results, efforts };
}

function note(finding: Finding, campaignId: string, result: Result, harmless: boolean): void {
	if ('failure' in result) {
		// A campaign that was deleted meanwhile calls nobody, nor does one that is completed.
		const { cause, problem } = result.failure;
		const refusesLeads = cause === 'final' || cause === 'notSent';
		if (refusesLeads && harmless && TAKES_NO_LEADS.has(problem.kind)) return;
		const isGone = refusesLeads && problem.kind === 'notFound';
		(isGone ? finding.gone : finding.failures).push(result.failure);
		return;
	}
	const { status } = result.outcome;
	if (status === 'updated') finding.foundIn.push(campaignId);
	else if (status !== 'not_found') finding.open ??= { outcome: result.outcome, campaignId };
}

/** Leads of one batch that met the same share one failure, so that it is put into words once. */
function concluder(isUpdatable: boolean): (finding: Finding) => Result {
	const numbers = new Map<Failure, number>();
	const shared = new Map<string, Failure>();
	const numberOf = (failure: Failure) => {
		const number = numbers.get(failure) ?? numbers.size;
		numbers.set(failure, number);
		return number;
	};
	return ({ foundIn, gone, open, ...finding }) => {
		const failures = isUpdatable ? finding.failures : [...finding.failures, ...gone];
		const [failure] = failures;
		if (failure !== undefined) {
			const key = `${failures.map(numberOf).join()} ${foundIn.join()}`;
			const campaignIds = failures.flatMap((each) => each.campaignIds);
			const known = shared.get(key) ?? { ...failure, campaignIds, foundIn };
			shared.set(key, known);
			return { failure: known };
		}
		if (open !== undefined) {
			const { status, reason } = open.outcome;
			const where = `Campaign ${open.campaignId}: ${reason ?? 'Voiso refused the number.'}`;
			return { outcome: { status, reason: where, foundIn } };
		}
		return { outcome: { status: foundIn.length > 0 ? 'updated' : 'not_found', foundIn } };
	};
}
