import type { Failure } from '../../../nodes/VoisoLeads/types.ts';
import type { Execution } from '../execution.mts';
import { hasNeighbor, type Facts } from '../facts.mts';
import type { Call } from '../ledger.mts';
import { firstOf, type Invariants } from './firstOf.mts';
import { name } from './pacing.mts';

/** What ends a delivery, ends it; and what is said about why is true. */
export const endings: Invariants = {
	nothingAfterStop: ({ callsOf, executions }) =>
		firstOf(executions, (execution) => {
			const { endedAt } = execution;
			if (endedAt === null) return undefined;
			const calls = callsOf.get(execution) ?? [];
			const late = calls.slice(execution.callsAtEnd)[0];
			return late === undefined ? undefined : `${name(late)} comes after the end at ${endedAt} ms`;
		}),

	settlesAtOnceWhenStopped: ({ executions }) =>
		firstOf(executions, ({ endedAt, killed, settledAt, startedAt }) => {
			if (endedAt === null || killed || settledAt === null || startedAt === null) return undefined;
			const late = settledAt - Math.max(endedAt, startedAt);
			return late > 0 ? `It settles ${late} ms after the stop` : undefined;
		}),

	nothingAfterFinal: ({ callsOf }) =>
		firstOf(callsOf.values(), (calls) =>
			firstOf(calls.keys(), (place) => {
				const call = calls[place];
				const over = calls.slice(0, place).find((one) => call && isOverFor(one, call, calls));
				return call && over ? `${name(call)} comes after the end by ${name(over)}` : undefined;
			}),
		),

	patchIsTriedAfterPut: (facts) =>
		firstOf(facts.executions, (execution) => {
			if (execution.endedAt !== null) return undefined;
			const calls = facts.callsOf.get(execution) ?? [];
			const last = new Map(calls.map((call) => [call.campaign, call]));
			return firstOf(last.values(), (call) =>
				isCutOff(facts, call, calls) ? name(call) : undefined,
			);
		}),

	causesAreTrue: (facts) =>
		firstOf(facts.executions, (execution) => {
			const told = new Set<Failure>();
			for (const response of execution.responses) {
				if (response.kind === 'failed') told.add(response.failure);
			}
			return firstOf(told, (failure) => lie(facts, execution, failure));
		}),
};

/** Whether nothing may be sent to the campaign of `later`, because of what was said to `earlier`. */
function isOverFor(earlier: Call, later: Call, calls: readonly Call[]): boolean {
	if (earlier.endOrder > later.startOrder) return false;
	if (earlier.meaning === 'finalForAll') return true;
	if (earlier.meaning !== 'final' || earlier.campaign !== later.campaign) return false;
	// Which method updates leads is not documented: PUT and PATCH are tried, once each.
	const mayBeMethod =
		earlier.method !== 'POST' && (earlier.status === 404 || earlier.status === 405);
	const isTried = calls.some(
		({ campaign, endOrder, meaning, method }) =>
			campaign === later.campaign &&
			method === later.method &&
			meaning?.startsWith('final') &&
			endOrder < later.startOrder,
	);
	return !mayBeMethod || isTried;
}

/** Whether a call was rejected for its method, as far as anybody knew, and the other one was not tried. */
function isCutOff(facts: Facts, call: Call, calls: readonly Call[]): boolean {
	if (call.method === 'POST' || (call.status !== 404 && call.status !== 405)) return false;
	const mayStop = calls.some(
		({ campaign, meaning, method }) =>
			meaning === 'finalForAll' ||
			(method === call.method && meaning === 'acknowledged') ||
			(method !== call.method && method !== 'POST' && campaign === call.campaign),
	);
	// The wait for the second one may be too long, also behind somebody who is stopped before a call.
	const isHeldBack = facts.voiso.ledger.some(
		({ campaign, process, retryAfter }) =>
			process === call.process && campaign === call.campaign && retryAfter > 0,
	);
	const isDelayed = isHeldBack || hasNeighbor(facts, call, call.campaign);
	return !mayStop && !isDelayed;
}

function lie(facts: Facts, execution: Execution, failure: Failure): string | undefined {
	const calls = facts.callsOf.get(execution) ?? [];
	const { attempts, batch, campaignIds, cause } = failure;
	const campaign = Number(campaignIds[0]);
	const mine = calls.filter((call) => call.campaign === campaign);
	const isFinal = mine.some(({ meaning }) => meaning === 'final' || meaning === 'finalForAll');
	const isFinalForAll = calls.some(({ meaning }) => meaning === 'finalForAll');
	// Somebody else in the process may have been told to wait.
	const hasPassing = facts.voiso.ledger.some(
		(call) =>
			call.process === execution.caller.process &&
			call.campaign === campaign &&
			(call.meaning === 'busy' || call.meaning === 'lost'),
	);
	// Or somebody else's call may have lasted for too long.
	const isBehind = hasNeighbor(facts, execution.caller, campaign);
	const given = execution.responses.filter(
		({ campaignId, kind }) => kind === 'failed' && campaignId === campaignIds[0],
	);
	const timeouts = given.filter(
		(one) => one.kind === 'failed' && one.failure.cause === 'outOfTime',
	);
	const holds: Record<Failure['cause'], boolean> = {
		final: isFinal && attempts > 0,
		notSent: isFinal || isFinalForAll || timeouts.length >= 2,
		outOfTime: attempts === 0 || hasPassing || isBehind,
		tooManyRejections: mine.length > 200,
		stopped: execution.endedAt !== null,
	};
	if (!holds[cause]) return `Batch ${batch} of campaign ${campaign} failed as ${cause}`;
	if (attempts > mine.length) return `${attempts} attempts of ${mine.length} calls`;
	return undefined;
}
