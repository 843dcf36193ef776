import { LASTING } from '../faults.mts';
import type { Failure } from '../../../nodes/VoisoLeads/types.ts';
import type { Execution } from '../execution.mts';
import { endOf, callsByCampaign, hasNeighbor, passOf, type Facts } from '../facts.mts';
import type { Call } from '../ledger.mts';
import { MINIMUM_INTERVAL as GAP } from '../../sandbox/rules/leadCalls.mts';
import { firstOf, type Invariants } from './firstOf.mts';
import { executionOf, name } from './pacing.mts';

const LONGEST_PAUSE = 30_000;
/** How often one gap is longer by two intervals, to let other processes in. */
const YIELD_EVERY = 90_000;
/** After rejections a gap is longer by up to four of Voiso's own; a shorter one counts as at least a second. */
const longestGap = (interval: number) => Math.max(interval, 1000) + 4 * GAP;

/** It delivers what can be delivered, without wasting time. */
export const liveness: Invariants = {
	enoughPatienceLosesNothing: (facts) => {
		if (!isPeaceful(facts)) return undefined;
		return firstOf(facts.executions, (execution) => {
			if (execution.endedAt !== null) return undefined;
			if (execution.importer.maxWait < worstCase(facts)) return undefined;
			return firstOf(failuresOf(execution).keys(), ({ batch, cause }) =>
				cause === 'tooManyRejections' ? undefined : `Batch ${batch} failed as ${cause}`,
			);
		});
	},

	behavingApiCostsNothing: (facts) => {
		const { schedule, voiso } = facts;
		const onlyOne = schedule.importers.length === 1 && !schedule.again;
		const answers = voiso.ledger.every(({ meaning }) => meaning === 'acknowledged');
		if (!onlyOne || !answers) return undefined;
		return firstOf(callsByCampaign(facts), (calls) =>
			firstOf(waits(calls), ([previous, call, wait]) => {
				if (passOf(previous) !== passOf(call)) return undefined;
				const { minimumInterval } = executionOf(facts, call).importer;
				const isLong = endOf(previous) - (calls[0]?.start ?? 0) >= YIELD_EVERY;
				const late = wait - minimumInterval - (isLong ? 2 * GAP : 0);
				return late > 1
					? `${name(call)} is ${late} ms later than ${name(previous)} asks`
					: undefined;
			}),
		);
	},

	waitsAreBounded: (facts) => {
		if (facts.schedule.importers.length > 1) return undefined;
		return firstOf(callsByCampaign(facts), (calls) =>
			firstOf(waits(calls), ([previous, call, wait]) => {
				if (previous.round !== call.round || passOf(previous) !== passOf(call)) return undefined;
				const { minimumInterval } = executionOf(facts, call).importer;
				const asked = Math.max(...calls.slice(0, calls.indexOf(call)).map(retryAfterEnd));
				const most = Math.max(longestGap(minimumInterval), LONGEST_PAUSE, asked - endOf(previous));
				return wait > most + 1 ? `${name(call)} comes after a wait of ${wait} ms` : undefined;
			}),
		);
	},

	gapsAreBounded: ({ executions, schedule }) => {
		const intervals = schedule.importers.map(({ minimumInterval }) => minimumInterval);
		const longest = longestGap(Math.max(...intervals));
		return firstOf(executions, ({ gapWaits, importer }) => {
			const { maxWait, minimumInterval } = importer;
			const most = Math.max(longest, minimumInterval + Math.max(maxWait, minimumInterval));
			const tooLong = gapWaits.find((wait) => wait > most + 1);
			return tooLong === undefined ? undefined : `It waits ${tooLong} ms for its turn to call`;
		});
	},

	endsAtOnce: (facts) =>
		firstOf(facts.executions, (execution) => {
			const { endedAt, importer, settledAt } = execution;
			if (endedAt !== null || settledAt === null || sharesProcess(facts, execution))
				return undefined;
			const calls = facts.callsOf.get(execution) ?? [];
			const isOneCampaign = new Set(importer.leads.map(({ campaign }) => campaign)).size === 1;
			if (calls.length === 0 || !isOneCampaign || importer.operation === 'deactivateEverywhere') {
				return undefined;
			}
			const late = settledAt - Math.max(...calls.map(endOf));
			return late > 0 ? `It settles ${late} ms after its last call` : undefined;
		}),

	doesNotGiveUpEarly: (facts) =>
		firstOf(facts.executions, (execution) =>
			firstOf(failuresOf(execution), ([failure, positions]) =>
				failure.cause === 'outOfTime'
					? gaveUpEarly(facts, execution, failure, positions)
					: undefined,
			),
		),
};

/** Nothing lasting went wrong, and nobody else calls the campaigns. */
function isPeaceful({ executions, schedule, voiso }: Facts): boolean {
	const { importers, world } = schedule;
	return (
		new Set(importers.map(({ process }) => process)).size === 1 &&
		executions.every(({ killed }) => !killed) &&
		world.campaigns.every((state) => state === 'live') &&
		voiso.ledger.every(({ fault }) => !LASTING.has(fault))
	);
}

/** More than all faults and waits of the schedule take together. */
function worstCase({ schedule, voiso }: Facts): number {
	const { importers, world } = schedule;
	const interval = Math.max(...importers.map(({ minimumInterval }) => minimumInterval));
	const rest = world.outlasts + 2 * longestGap(interval) + 30_000;
	return voiso.ledger.reduce((total, call) => {
		const ordinary = call.fault === 'none' || call.fault === 'slow';
		const own = Math.min(endOf(call) - call.start, 200_000) + call.retryAfter;
		return total + (ordinary ? 0 : own + LONGEST_PAUSE + longestGap(interval));
	}, rest * importers.length);
}

const retryAfterEnd = (call: Call): number => endOf(call) + call.retryAfter;

function* waits(calls: readonly Call[]): Generator<[Call, Call, number]> {
	for (const [place, call] of calls.entries()) {
		const previous = calls[place - 1];
		if (previous) yield [previous, call, call.start - endOf(previous)];
	}
}

function sharesProcess({ executions }: Facts, execution: Execution): boolean {
	const { process, round } = execution.caller;
	return executions.some(
		({ caller }) =>
			caller !== execution.caller && caller.process === process && caller.round === round,
	);
}

function failuresOf({ responses }: Execution): Map<Failure, number[]> {
	const failures = new Map<Failure, number[]>();
	for (const response of responses) {
		if (response.kind === 'failed') failures.set(response.failure, [...response.positions]);
	}
	return failures;
}

/** Whether the longest pause that was due would still have ended in time. */
function gaveUpEarly(
	facts: Facts,
	execution: Execution,
	{ attempts, batch, campaignIds }: Failure,
	positions: readonly number[],
): string | undefined {
	const { leads, maxWait, minimumInterval } = execution.importer;
	const campaign = Number(campaignIds[0]);
	const number = leads[positions[0] ?? 0]?.number ?? 0;
	const calls = facts.voiso.ledger.filter(
		(call) => call.process === execution.caller.process && call.campaign === campaign,
	);
	const asked = Math.max(0, ...calls.map(retryAfterEnd));
	if (attempts === 0) {
		// Somebody else's call may have lasted for too long.
		const isDelayed = calls.some(
			(call) =>
				call.importer !== execution.caller.importer &&
				endOf(call) - call.start >= Math.max(maxWait, 1000),
		);
		return asked > 0 || isDelayed ? undefined : `Batch ${batch} was not even tried`;
	}
	const subBatch = facts.subBatches
		.filter((one) => one.batch.execution === execution && one.batch.campaign === campaign)
		.findLast(({ calls }) => calls[0]?.numbers.includes(number));
	const first = subBatch?.calls[0];
	const last = subBatch?.calls.at(-1);
	if (first === undefined || last === undefined) return `Batch ${batch} was never sent`;
	const growing = Math.min(1000 * 2 ** (attempts - 1), LONGEST_PAUSE);
	const spent = endOf(last) - endOf(first);
	const busy = Math.max(minimumInterval, 1000) + Math.min(4 * GAP, maxWait / 110);
	const due = Math.max(growing, busy, asked - endOf(last));
	// The last instant in time may be the turn of somebody else.
	const isBehind = hasNeighbor(facts, execution.caller, campaign);
	const isEarly = isBehind ? spent + due < maxWait : spent + due <= maxWait;
	return isEarly ? `Batch ${batch} was given up after ${spent} ms` : undefined;
}
