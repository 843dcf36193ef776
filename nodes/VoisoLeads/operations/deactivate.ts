import type { ProblemKind } from '../../shared/api/problem';
import { forEach } from '../../shared/pauser';
import { plan, type Plan } from '../plan';
import { classifyFailure } from '../send/classifyFailure';
import { send } from '../send/send';
import type { SendContext } from '../send/types';
import { isFailure, type Failure, type Outcome, type ReadLead, type Settled } from '../types';
import { copyRepeats, type Report } from './report';

/** A campaign in which to stop calling. */
export interface SearchedCampaign {
	id: string;
	/** Whether it can call somebody without being started first. */
	mayCall: boolean;
}

export interface DeactivateSettings {
	/** Whether a lead fails, too, when a campaign that calls nobody now does not take the change. */
	unreachableFails: boolean;
}

/** How Voiso may say that a campaign takes no leads, as against a key that is not valid. */
const TAKES_NO_LEADS = new Set<ProblemKind>(['refused', 'conflict', 'invalid', 'notFound']);

/** What a campaign said about a lead other than that it is deactivated or not there. */
interface Miss {
	campaign: SearchedCampaign;
	settled: Settled;
}

/** What the campaigns said about one lead. */
interface Finding {
	foundIn: string[];
	misses: Miss[];
}

/**
 * Stops calling the given numbers in every campaign: sends `active: false` to each of them, side by side. Every
 * campaign has to answer for a lead, except those that call nobody now and take no leads: they come out in
 * `notSwitchedOffIn`, with a warning.
 */
export async function deactivateEverywhere(
	context: SendContext,
	leads: readonly ReadLead[],
	campaigns: readonly SearchedCampaign[],
	{ unreachableFails }: DeactivateSettings,
): Promise<Report> {
	const { limits, pauses, signal } = context;
	const { batchSize } = limits;
	const once = await plan(leads, { action: 'update', batchSize, repeats: 'first', signal });
	const batches = once.campaigns.flatMap((all) => all.batches);
	const everywhere: Plan = {
		...once,
		campaigns: campaigns.map(({ id }) => ({ campaignId: id, batches })),
	};
	const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
	const findings = new Map<number, Finding>();
	const positions = batches.flatMap((batch) => batch.positions);
	await forEach(positions, pauses, (position) => {
		findings.set(position, { foundIn: [], misses: [] });
	});
	const efforts = await send(context, everywhere, (position, campaignId, settled) => {
		const finding = findings.get(position);
		const campaign = byId.get(campaignId);
		if (finding === undefined || campaign === undefined) return;
		const status = isFailure(settled) ? undefined : settled.status;
		if (status === 'updated' || status === 'created') finding.foundIn.push(campaignId);
		else if (status !== 'not_found') finding.misses.push({ campaign, settled });
	});
	// Where no update succeeded, "not found" can mean that there is no such thing as an update.
	const updatesLeads = context.breaker.updateMethod !== undefined;
	const results: Report['results'] = new Array(leads.length);
	const place = new Map(campaigns.map(({ id }, index) => [id, index]));
	const byPlace = (one: string, other: string) => (place.get(one) ?? 0) - (place.get(other) ?? 0);
	const conclude = concluder((miss) => {
		if (updatesLeads && isGone(miss.settled)) return 'ignored';
		return !unreachableFails && isUnreachable(miss) ? 'warning' : 'open';
	});
	await forEach(findings, pauses, ([position, { foundIn, misses }]) => {
		foundIn.sort(byPlace);
		misses.sort((one, other) => byPlace(one.campaign.id, other.campaign.id));
		results[position] = conclude({ foundIn, misses });
	});
	await copyRepeats(results, once.repeats, pauses);
	return { results, efforts };
}

/** A campaign that was deleted meanwhile calls nobody. */
function isGone(settled: Settled): boolean {
	return isRejection(settled) && settled.problem.kind === 'notFound';
}

/** A campaign that calls nobody now, and does not take the change. */
function isUnreachable({ campaign, settled }: Miss): boolean {
	if (campaign.mayCall) return false;
	return isFailure(settled)
		? isRejection(settled) && TAKES_NO_LEADS.has(settled.problem.kind)
		: true;
}

/** Not one that was only busy for too long. */
function isRejection(settled: Settled): settled is Failure {
	if (!isFailure(settled) || (settled.cause !== 'final' && settled.cause !== 'notSent'))
		return false;
	return classifyFailure(settled.problem, true) === 'final';
}

/** Sums up what the campaigns said. Leads of which they said the same share it, so that it is put into words once. */
function concluder(
	weigh: (miss: Miss) => 'ignored' | 'warning' | 'open',
): (finding: Finding) => Settled {
	const numbers = new Map<Settled, number>();
	const shared = new Map<string, Settled>();
	const numberOf = (settled: Settled) => {
		const number = numbers.get(settled) ?? numbers.size;
		numbers.set(settled, number);
		return number;
	};
	return ({ foundIn, misses }) => {
		const key = JSON.stringify([
			foundIn,
			misses.map(({ campaign, settled }) => [campaign.id, numberOf(settled)]),
		]);
		const known = shared.get(key);
		if (known !== undefined) return known;
		const open = misses.filter((miss) => weigh(miss) === 'open');
		const notSwitchedOffIn = misses
			.filter((miss) => weigh(miss) === 'warning')
			.map(({ campaign }) => campaign.id);
		const where = notSwitchedOffIn.length > 0 ? { foundIn, notSwitchedOffIn } : { foundIn };
		const settled = open.length > 0 ? openEnd(open, where) : success(where);
		shared.set(key, settled);
		return settled;
	};
}

type Where = Pick<Outcome, 'foundIn' | 'notSwitchedOffIn'>;

function success({ foundIn = [], notSwitchedOffIn }: Where): Outcome {
	const status = foundIn.length > 0 ? 'updated' : 'not_found';
	if (notSwitchedOffIn === undefined) return { status, foundIn };
	const campaigns = notSwitchedOffIn.length === 1 ? 'campaign' : 'campaigns';
	const warning = `Not deactivated in ${campaigns} ${notSwitchedOffIn.join(', ')}, which can't call anyone now and didn't accept the change. Stop calling the lead there before you start them.`;
	return { status, warning, foundIn, notSwitchedOffIn };
}

/** A campaign that may still call the lead: no success. */
function openEnd(open: readonly Miss[], where: Where): Settled {
	const failures = open.map(({ settled }) => settled).filter(isFailure);
	const [failure] = failures;
	if (failure !== undefined) {
		const campaignIds = open.map(({ campaign }) => campaign.id);
		const maybeApplied = failures.some((each) => each.maybeApplied);
		return { ...failure, campaignIds, maybeApplied, ...where };
	}
	const outcomes = open.flatMap(({ campaign, settled }) =>
		isFailure(settled) ? [] : [{ campaign, ...settled }],
	);
	const reason = outcomes.map((each) => `Campaign ${each.campaign.id}: ${each.reason}`).join(' ');
	return { status: outcomes[0]?.status ?? 'unreported', reason, ...where };
}
