import type { Settled } from '../../nodes/VoisoLeads/types.ts';
import type { Execution } from './execution.mts';
import type { Facts, Pass } from './facts.mts';
import { passOf } from './facts.mts';
import type { Effect } from '../sandbox/rules/leadCalls.mts';
import type { Call } from './ledger.mts';
import { mayCall, updateMethodIn, type LeadSpec } from './schedule.mts';

/** What the ledger says of a lead: the only outcome that is true. */
export interface Truth {
	status: string;
	/** With a failure: whether an answer for the lead was lost. */
	maybeApplied?: boolean;
	/** With all campaigns searched: those that have the lead. */
	foundIn?: number[];
	/** The same: those that call nobody and did not take the change. */
	notSwitchedOffIn?: number[];
}

const STATUS_OF: Record<Effect, string> = {
	created: 'created',
	duplicate: 'duplicate',
	rejected: 'rejected',
	updated: 'updated',
	notFound: 'not_found',
};

/** The result of one number in one campaign and pass, as far as the caller can know it. */
export function resultOf(calls: readonly Call[], number: number): Truth {
	let lost = false;
	for (const call of calls) {
		if (!call.numbers.includes(number)) continue;
		if (call.meaning === 'acknowledged') {
			if (call.leavesOut.has(number)) return { status: 'unreported' };
			const effect = call.effects.get(number) ?? 'rejected';
			if (effect === 'duplicate' && lost) return { status: 'unconfirmed' };
			return { status: STATUS_OF[effect] };
		}
		if (call.meaning === 'refused' && call.numbers.length === 1) return { status: 'rejected' };
		if (call.meaning === 'lost' || call.meaning === 'canceled') lost = true;
	}
	return { status: 'failure', maybeApplied: lost };
}

/** The true outcome of each lead of an execution; null for those that were never to be sent. */
export function truthsOf(facts: Facts, execution: Execution): Array<Truth | null> {
	const { importer, leads } = execution;
	const calls = facts.callsOf.get(execution) ?? [];
	const seen = new Set<string>();
	const repeatsAreMarked = importer.operation === 'add' || importer.operation === 'upsert';
	return importer.leads.map((lead, position) => {
		if (leads[position]?.kind !== 'good') return null;
		const key = `${lead.campaign} ${lead.number}`;
		if (seen.has(key) && repeatsAreMarked) return { status: 'repeated' };
		seen.add(key);
		return truthOf(facts, execution, calls, lead);
	});
}

function truthOf(
	facts: Facts,
	execution: Execution,
	calls: readonly Call[],
	lead: LeadSpec,
): Truth {
	const of = (pass: Pass, campaign: number) =>
		calls.filter((call) => passOf(call) === pass && call.campaign === campaign);
	const { operation } = execution.importer;
	if (operation === 'add') return resultOf(of('add', lead.campaign), lead.number);
	if (operation === 'upsert') {
		const added = resultOf(of('add', lead.campaign), lead.number);
		const isThere = added.status === 'duplicate' || added.status === 'unconfirmed';
		if (!isThere || mergedName(execution, lead) === null) return added;
		return resultOf(of('update', lead.campaign), lead.number);
	}
	if (operation !== 'deactivateEverywhere')
		return resultOf(of('update', lead.campaign), lead.number);
	return everywhere(facts, execution, lead.number, (campaign) => of('update', campaign));
}

function everywhere(
	facts: Facts,
	execution: Execution,
	number: number,
	callsTo: (campaign: number) => Call[],
): Truth {
	const { world } = facts.schedule;
	const where: Required<Pick<Truth, 'foundIn' | 'notSwitchedOffIn'>> = {
		foundIn: [],
		notSwitchedOffIn: [],
	};
	let open: Truth | undefined;
	let failure: Truth | undefined;
	for (const [campaign, state] of world.campaigns.entries()) {
		const result = resultOf(callsTo(campaign), number);
		const isOff = !mayCall(state, world.listed[campaign]);
		if (result.status === 'updated') where.foundIn.push(campaign);
		else if (result.status === 'not_found') continue;
		else if (result.status !== 'failure') {
			if (isOff) where.notSwitchedOffIn.push(campaign);
			else open ??= result;
		} else if (isGone(facts, execution, campaign, number)) continue;
		else if (isOff && refusesLeads(facts, execution, campaign, number)) {
			where.notSwitchedOffIn.push(campaign);
		} else failure ??= result;
	}
	if (failure !== undefined) return { status: 'failure', ...where };
	if (open !== undefined) return { ...open, ...where };
	return { status: where.foundIn.length > 0 ? 'updated' : 'not_found', ...where };
}

/** After so many batches that ran out of time one after the other, the node gives a campaign up. */
const MOST_OUT_OF_TIME = 2;

/**
 * Whether a campaign may well take the lead, but did not in time, or until the user stopped. So it is with leads
 * that were not sent any more because others ran out of time there, unless an update elsewhere had shown by then
 * that the campaign is gone.
 */
function ranOutOfTime(
	{ importer, responses }: Execution,
	campaign: number,
	number: number,
): boolean {
	const failed = responses.flatMap((one) =>
		one.kind === 'failed' && one.campaignId === String(campaign) ? [one] : [],
	);
	const outOfTime = failed.filter(({ failure }) => failure.cause === 'outOfTime');
	const isGivenUp = outOfTime.length >= MOST_OUT_OF_TIME;
	return failed.some(({ failure: { cause, problem }, positions }) => {
		const isMeant = positions.some((position) => importer.leads[position]?.number === number);
		const isOpen =
			cause === 'notSent' ? isGivenUp && problem.kind !== 'notFound' : cause !== 'final';
		return isMeant && isOpen;
	});
}

/** Whether an update of the execution has succeeded: else 404 can mean that there is no such call. */
function knowsOfAnUpdate({ callsOf }: Facts, execution: Execution): boolean {
	const calls = callsOf.get(execution) ?? [];
	return calls.some(({ method, meaning }) => method !== 'POST' && meaning === 'acknowledged');
}

/** Statuses with which a campaign refuses leads, as against a key that is not valid. */
const TAKES_NO_LEADS = new Set([400, 409, 413, 422]);

/** The calls to a campaign, and the one that decides the result of a number there. */
function lastCall(facts: Facts, execution: Execution, campaign: number, number: number) {
	const calls = (facts.callsOf.get(execution) ?? []).filter((call) => call.campaign === campaign);
	const own = calls.filter(({ numbers }) => numbers.includes(number)).at(-1);
	const wasSent = own !== undefined && own.meaning !== 'refused';
	return { calls, last: wasSent ? own : calls.at(-1) };
}

/** Whether Voiso updates leads with the method of a call. */
function hasMethod({ schedule: { world } }: Facts, { method, round }: Call): boolean {
	const updates = updateMethodIn(world, round);
	return updates === 'both' || method === updates;
}

/** Whether a campaign is not there any more. */
function isGone(facts: Facts, execution: Execution, campaign: number, number: number): boolean {
	const { calls, last } = lastCall(facts, execution, campaign, number);
	// While the other method is tried as well, something else can end it.
	const isOther = last?.meaning?.startsWith('final') && last.status !== 404 && last.status !== 405;
	const isMissing = !isOther && calls.some((call) => call.status === 404 && hasMethod(facts, call));
	return (
		isMissing && knowsOfAnUpdate(facts, execution) && !ranOutOfTime(execution, campaign, number)
	);
}

function refusesLeads(
	facts: Facts,
	execution: Execution,
	campaign: number,
	number: number,
): boolean {
	const { calls, last } = lastCall(facts, execution, campaign, number);
	if (last?.meaning !== 'final' || ranOutOfTime(execution, campaign, number)) return false;
	if (last.status !== 404 && last.status !== 405) return TAKES_NO_LEADS.has(last.status ?? 0);
	// One method's "not found" alone says nothing.
	const missing = calls.filter(({ status }) => status === 404 || status === 405);
	return (
		missing.some(({ status }) => status === 404) &&
		new Set(missing.map(({ method }) => method)).size === 2
	);
}

/** The name that stands in the lead which is sent for a number, when repeated ones are merged. */
export function mergedName({ importer }: Execution, { number, campaign }: LeadSpec): number | null {
	const everywhereAtOnce = importer.operation === 'deactivateEverywhere';
	const same = importer.leads.filter(
		(lead) => lead.number === number && (everywhereAtOnce || lead.campaign === campaign),
	);
	if (importer.operation === 'add') return same[0]?.name ?? null;
	return same.reduce<number | null>((name, lead) => lead.name ?? name, null);
}

/** A result in the oracle's words. */
export function asTruth(settled: Settled): Truth {
	const where: Pick<Truth, 'foundIn' | 'notSwitchedOffIn'> = {};
	if (settled.foundIn !== undefined) where.foundIn = settled.foundIn.map(Number);
	if (settled.notSwitchedOffIn !== undefined) {
		where.notSwitchedOffIn = settled.notSwitchedOffIn.map(Number);
	}
	if (!('cause' in settled)) return { status: settled.status, ...where };
	const { maybeApplied } = settled;
	return { status: 'failure', ...(where.foundIn === undefined && { maybeApplied }), ...where };
}
