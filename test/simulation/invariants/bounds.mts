import { endOf, type BatchCalls, type SubBatchCalls } from '../facts.mts';
import type { World } from '../schedule.mts';
import { firstOf, type Invariants } from './firstOf.mts';
import { name } from './pacing.mts';

/** Shorter pauses between two tries are not worth anything. */
const SHORTEST_RHYTHM = 250;
const MAX_PARTS = 200;
const LONGEST_PAUSE = 30_000;
const LONGEST_CALL = 120_000;

/** Attempts, parts and pauses stay within their bounds. */
export const bounds: Invariants = {
	everyCallEnds: ({ executions, voiso }) => {
		const isAlive = executions.every(({ killed }) => !killed);
		return firstOf(voiso.ledger, (call) => {
			const duration = endOf(call) - call.start;
			return isAlive && duration > LONGEST_CALL + 1
				? `${name(call)} lasts ${duration} ms`
				: undefined;
		});
	},

	attemptsAreBounded: ({ subBatches }) =>
		firstOf(subBatches, ({ batch, calls }) => {
			const { maxWait, minimumInterval } = batch.execution.importer;
			const most = 2 + maxWait / Math.max(minimumInterval, SHORTEST_RHYTHM);
			return calls.length > most ? `${calls.length} attempts in ${maxWait} ms` : undefined;
		}),

	triesEndWithMaxWait: ({ subBatches, schedule }) => {
		// With others in the queue the last try can start later.
		if (schedule.importers.length > 1) return undefined;
		return firstOf(subBatches, ({ batch, calls }) => {
			const { maxWait, minimumInterval } = batch.execution.importer;
			const [first, last] = [calls[0], calls.at(-1)];
			if (first === undefined || last === undefined || first === last) return undefined;
			// PUT and PATCH are two tries of one call.
			const from = calls.find(({ method }) => method === last.method) ?? first;
			const late = last.start - endOf(from) - maxWait - 9 * Math.max(minimumInterval, 2000);
			return late > 1 ? `${name(last)} is ${late} ms too late` : undefined;
		});
	},

	splittingIsBounded: ({ subBatches, schedule }) => {
		const parts = new Map<BatchCalls, number>();
		for (const { batch } of subBatches) parts.set(batch, (parts.get(batch) ?? -1) + 1);
		return firstOf(parts, ([batch, count]) => {
			const most = mostParts(batch, schedule.world);
			return count > most ? `${count} parts instead of ${most} at most` : undefined;
		});
	},

	pausesAreJittered: ({ executions }) => {
		const seen = new Set<number>();
		return firstOf(executions, ({ pauses }) =>
			firstOf(pauses, (pause) => {
				if (!(pause >= 0 && pause <= LONGEST_PAUSE)) return `It pauses for ${pause} ms`;
				if (pause > 0 && seen.has(pause)) return `Two pauses last ${pause} ms`;
				seen.add(pause);
				return undefined;
			}),
		);
	},

	backsOffMoreAndMore: ({ subBatches }) => firstOf(subBatches, tooSoon),
};

/**
 * About 2·k·log2(n) requests find k bad leads; a name that turns out wrong costs two, and so does each one whose
 * response was lost or which was not sent in time, since it hasn't turned out to be wrong.
 */
function mostParts(
	{ calls, campaign, execution, numbers }: BatchCalls,
	{ maxLeads, refusal, traits }: World,
): number {
	const bad = [...numbers].filter((number) => traits[number] === 'poison').length;
	const depth = Math.ceil(Math.log2(Math.max(2, numbers.size)));
	const tooLarge = numbers.size > maxLeads ? 2 * numbers.size : 0;
	const open = calls.filter(({ meaning }) => meaning === 'lost' || meaning === 'busy').length;
	const unsent = execution.responses.filter(
		(one) =>
			one.kind === 'failed' &&
			one.campaignId === String(campaign) &&
			one.failure.cause === 'outOfTime' &&
			one.failure.attempts === 0,
	).length;
	const misled = refusal === 'indexFromOne' ? 2 * (1 + open + unsent) : 0;
	const search = bad === 0 ? 0 : 2 * bad * depth + misled;
	// At the cap nothing is divided any more; parts that were made before are still sent.
	return Math.min(MAX_PARTS + depth, search + tooLarge);
}

function tooSoon({ calls }: SubBatchCalls): string | undefined {
	return firstOf(calls.keys(), (place) => {
		const call = calls[place];
		const next = calls[place + 1];
		if (call?.meaning !== 'lost' || next === undefined) return undefined;
		// PUT and PATCH are one attempt.
		const attempts = calls.slice(0, place).filter(({ meaning }) => meaning !== 'final').length;
		const least = Math.min(1000 * 2 ** attempts, LONGEST_PAUSE) / 2;
		const pause = next.start - endOf(call);
		// Timers may be early by a fraction of a millisecond.
		return pause + 1 < least ? `${name(next)} comes ${pause} ms after a fault` : undefined;
	});
}
