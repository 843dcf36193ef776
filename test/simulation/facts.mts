import type { Execution } from './execution.mts';
import type { Call } from './ledger.mts';
import type { Course } from './play.mts';
import type { Caller } from './voiso.mts';

/** One of the one or two passes of an operation. */
export type Pass = 'add' | 'update';

/** The calls for one batch, in order; the first one carried the whole batch. */
export interface BatchCalls {
	execution: Execution;
	campaign: number;
	pass: Pass;
	calls: Call[];
	/** The batch's numbers. */
	numbers: ReadonlySet<number>;
}

/** The calls that carried one and the same set of leads. */
export interface SubBatchCalls {
	batch: BatchCalls;
	calls: Call[];
}

/** A course, sorted in the ways in which invariants look at it. */
export interface Facts extends Course {
	callsOf: ReadonlyMap<Execution, readonly Call[]>;
	batches: readonly BatchCalls[];
	subBatches: readonly SubBatchCalls[];
}

export const passOf = ({ method }: Call): Pass => (method === 'POST' ? 'add' : 'update');

export function factsOf(course: Course): Facts {
	const callsOf = new Map<Execution, Call[]>();
	const batches: BatchCalls[] = [];
	for (const execution of course.executions) {
		const { importer, round } = execution.caller;
		const mine = course.voiso.ledger.filter(
			(call) => call.importer === importer && call.round === round,
		);
		callsOf.set(execution, mine);
		batches.push(...batchesOf(execution, mine));
	}
	return { ...course, callsOf, batches, subBatches: batches.flatMap(subBatchesOf) };
}

function batchesOf(execution: Execution, calls: readonly Call[]): BatchCalls[] {
	const current = new Map<string, BatchCalls>();
	const batches: BatchCalls[] = [];
	for (const call of calls) {
		const pass = passOf(call);
		const key = `${pass} ${call.campaign}`;
		const batch = current.get(key);
		if (batch !== undefined && call.numbers.every((number) => batch.numbers.has(number))) {
			batch.calls.push(call);
			continue;
		}
		const { campaign, numbers } = call;
		const next = { execution, campaign, pass, calls: [call], numbers: new Set(numbers) };
		current.set(key, next);
		batches.push(next);
	}
	return batches;
}

function subBatchesOf(batch: BatchCalls): SubBatchCalls[] {
	const subBatches = new Map<string, SubBatchCalls>();
	for (const call of batch.calls) {
		const key = call.numbers.join();
		const subBatch = subBatches.get(key);
		if (subBatch === undefined) subBatches.set(key, { batch, calls: [call] });
		else subBatch.calls.push(call);
	}
	return [...subBatches.values()];
}

/** The calls of the executions of one process to one campaign, in order. */
export function callsByCampaign({ voiso }: Course): Call[][] {
	const byCampaign = new Map<string, Call[]>();
	for (const call of voiso.ledger) {
		const key = `${call.process} ${call.campaign}`;
		const calls = byCampaign.get(key);
		if (calls === undefined) byCampaign.set(key, [call]);
		else calls.push(call);
	}
	return [...byCampaign.values()];
}

/** When a call ended; one that never did counts as endless. */
export const endOf = ({ end }: Call): number => end ?? Number.POSITIVE_INFINITY;

/** Whether somebody else of the process has leads for the campaign, who may wait for a turn without a call. */
export function hasNeighbor(
	{ executions }: Facts,
	{ importer, process }: Pick<Caller, 'importer' | 'process'>,
	campaign: number,
): boolean {
	return executions.some(
		(other) =>
			other.caller.process === process &&
			other.caller.importer !== importer &&
			(other.importer.operation === 'deactivateEverywhere' ||
				other.importer.leads.some((lead) => lead.campaign === campaign)),
	);
}
