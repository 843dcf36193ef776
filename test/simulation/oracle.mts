import type { Result } from '../../nodes/VoisoLeads/settle.ts';
import type { Execution } from './execution.mts';
import type { Facts, Pass } from './facts.mts';
import { passOf } from './facts.mts';
import type { Call, Effect } from './ledger.mts';
import type { LeadSpec } from './schedule.mts';

/** What the ledger says of a lead: the only outcome that is true. */
export interface Truth {
	status: string;
	/** With a failure: whether an answer for the lead was lost. */
	maybeApplied?: boolean;
	/** With all campaigns searched: those that have the lead. */
	foundIn?: number[];
}

const STATUS_OF: Record<Effect, string> = {
	created: 'created',
	duplicate: 'duplicate',
	rejected: 'rejected',
	updated: 'updated',
	notFound: 'not_found',
};

/** What became of one number in one campaign and pass, as far as the caller can know it. */
export function fateOf(calls: readonly Call[], number: number): Truth {
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
	const calls = callsHeeded(facts, execution);
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

/** With Retry On Fail, what the first try has learned counts in the second as well. */
function callsHeeded({ callsOf, executions }: Facts, execution: Execution): Call[] {
	const isTry = (other: Execution) =>
		other === execution ||
		(execution.known !== undefined && other.known === execution.known && !other.killed);
	return executions
		.filter((other) => isTry(other) && other.caller.round <= execution.caller.round)
		.flatMap((other) => [...(callsOf.get(other) ?? [])]);
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
	if (operation === 'add') return fateOf(of('add', lead.campaign), lead.number);
	if (operation === 'upsert') {
		const added = fateOf(of('add', lead.campaign), lead.number);
		const isThere = added.status === 'duplicate' || added.status === 'unconfirmed';
		if (!isThere || mergedName(execution, lead) === null) return added;
		return fateOf(of('update', lead.campaign), lead.number);
	}
	if (operation !== 'deactivateEverywhere') return fateOf(of('update', lead.campaign), lead.number);
	return everywhere(facts, execution, lead.number, (campaign) => of('update', campaign));
}

function everywhere(
	facts: Facts,
	execution: Execution,
	number: number,
	callsTo: (campaign: number) => Call[],
): Truth {
	const { world } = facts.schedule;
	const foundIn: number[] = [];
	let open: Truth | undefined;
	let failure: Truth | undefined;
	for (const campaign of world.campaigns.keys()) {
		const fate = fateOf(callsTo(campaign), number);
		if (fate.status === 'updated') foundIn.push(campaign);
		else if (fate.status !== 'failure') open ??= fate.status === 'not_found' ? undefined : fate;
		else if (!callsNobody(facts, execution, campaign, number)) failure ??= fate;
	}
	if (failure !== undefined) return { status: 'failure', foundIn };
	if (open !== undefined) return { ...open, foundIn };
	return { status: foundIn.length > 0 ? 'updated' : 'not_found', foundIn };
}

/** Whether a campaign may well take the lead, but did not in time, or until the user stopped. */
function ranOutOfTime(
	{ deliveries, importer }: Execution,
	campaign: number,
	number: number,
): boolean {
	return deliveries.some(
		(one) =>
			one.kind === 'failed' &&
			one.campaignId === String(campaign) &&
			one.failure.cause !== 'final' &&
			one.failure.cause !== 'notSent' &&
			one.positions.some((position) => importer.leads[position]?.number === number),
	);
}

/** Whether an update has succeeded in the process: else 404 can mean that there is no such call. */
function knowsOfAnUpdate({ voiso }: Facts, { caller, settledAt }: Execution): boolean {
	return voiso.ledger.some(
		({ process, method, meaning, end }) =>
			process === caller.process &&
			method !== 'POST' &&
			meaning === 'acknowledged' &&
			(end ?? Number.POSITIVE_INFINITY) <= (settledAt ?? 0),
	);
}

/** Statuses with which a campaign refuses leads, as against a key that is not valid. */
const TAKES_NO_LEADS = new Set([400, 404, 409, 413, 422]);

/** Whether the lack of an answer for a number says nothing, as the campaign is completed or deleted. */
function callsNobody(
	facts: Facts,
	execution: Execution,
	campaign: number,
	number: number,
): boolean {
	const { world } = facts.schedule;
	const calls = (facts.callsOf.get(execution) ?? []).filter((call) => call.campaign === campaign);
	const own = calls.filter(({ numbers }) => numbers.includes(number)).at(-1);
	const wasSent = own !== undefined && own.meaning !== 'refused';
	const last = wasSent ? own : calls.at(-1);
	const isMethod = ({ method }: Call) =>
		world.updateMethod === 'both' || method === world.updateMethod;
	// As long as PUT and PATCH are tried, something else can come between.
	const isGone =
		(last?.status === 404 || last?.status === 405) &&
		calls.some((call) => call.status === 404 && isMethod(call));
	const isClosed =
		world.campaigns[campaign] === 'completed' &&
		TAKES_NO_LEADS.has(last?.status ?? 0) &&
		!ranOutOfTime(execution, campaign, number);
	return isClosed || (isGone && knowsOfAnUpdate(facts, execution));
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
export function asTruth(result: Result): Truth {
	if ('failure' in result) {
		const { maybeApplied, foundIn } = result.failure;
		const truth: Truth = { status: 'failure', maybeApplied };
		return foundIn === undefined ? truth : { status: 'failure', foundIn: foundIn.map(Number) };
	}
	const { status, foundIn } = result.outcome;
	return foundIn === undefined ? { status } : { status, foundIn: foundIn.map(Number) };
}
