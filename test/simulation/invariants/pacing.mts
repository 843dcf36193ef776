import type { Execution } from '../execution.mts';
import { endOf, callsByCampaign, type Facts } from '../facts.mts';
import type { Call } from '../ledger.mts';
import { firstOf, type Invariants } from './firstOf.mts';

/** A clock with timers is allowed this much rounding, in ms. */
const ROUNDING = 1e-6;

/** The limits of the API, within each process: nothing else is in a process's power. */
export const pacing: Invariants = {
	oneCallInFlight: (facts) =>
		eachPair(facts, (previous, call) =>
			call.startOrder < previous.endOrder
				? `${name(call)} starts before the end of ${name(previous)}`
				: undefined,
		),

	gapAfterEveryCall: (facts) =>
		eachPair(facts, (previous, call) => {
			const { minimumInterval } = executionOf(facts, call).importer;
			const gap = call.start - endOf(previous);
			return gap + ROUNDING < minimumInterval
				? `${name(call)} starts ${gap} ms after the end of ${name(previous)}`
				: undefined;
		}),

	neverBeforeRetryAfter: (facts) =>
		firstOf(callsByCampaign(facts), (calls) => {
			let earliest = Number.NEGATIVE_INFINITY;
			return firstOf(calls, (call) => {
				const early = earliest - call.start;
				// A date has whole seconds, and an absurd wait need not be kept for longer than a day.
				earliest = Math.max(earliest, endOf(call) + Math.min(call.retryAfter, 86_400_000));
				return early > ROUNDING ? `${name(call)} starts ${early} ms before Retry-After` : undefined;
			});
		}),

	oneToBatchSizeLeadsACall: (facts) =>
		firstOf(facts.voiso.ledger, (call) => {
			const { batchSize } = executionOf(facts, call).importer;
			const { length } = call.leads;
			return length < 1 || length > batchSize || length > 1000
				? `${name(call)} holds ${length} leads`
				: undefined;
		}),

	noNumberTwiceInACall: ({ voiso }) =>
		firstOf(voiso.ledger, (call) =>
			new Set(call.numbers).size < call.numbers.length ? name(call) : undefined,
		),
};

function eachPair(
	facts: Facts,
	complaint: (previous: Call, call: Call) => string | undefined,
): string | undefined {
	return firstOf(callsByCampaign(facts), (calls) =>
		firstOf(calls.keys(), (place) => {
			const previous = calls[place - 1];
			const call = calls[place];
			return previous && call ? complaint(previous, call) : undefined;
		}),
	);
}

export function executionOf({ executions }: Facts, call: Call): Execution {
	const found = executions.find(
		({ caller }) => caller.importer === call.importer && caller.round === call.round,
	);
	if (found === undefined) throw new RangeError(`Nobody made ${name(call)}`);
	return found;
}

export function name({ index, start }: Call): string {
	return `call ${index} (at ${start} ms)`;
}
