import type { Execution } from '../execution.mts';
import { passOf, type Facts } from '../facts.mts';
import { numberOf, phoneOf, type Call, type SentLead } from '../ledger.mts';
import { asTruth, mergedName, truthsOf, type Truth } from '../oracle.mts';
import { firstOf, type Invariants } from './firstOf.mts';
import { executionOf, name } from './pacing.mts';

const NEEDS_REASON = new Set(['rejected', 'unreported', 'unconfirmed', 'repeated']);

/** Every lead has one outcome, and it is the truth. */
export const outcomes: Invariants = {
	everyLeadHasOneOutcome: ({ executions }) =>
		firstOf(executions, ({ leads, report }) => {
			if (report === undefined) return undefined;
			if (report.results.length > leads.length) return `${report.results.length} results`;
			return firstOf(leads.entries(), ([position, { kind }]) =>
				(report.results[position] !== undefined) === (kind === 'good')
					? undefined
					: `The ${kind} lead ${position} has ${report.results[position] ? 'a' : 'no'} result`,
			);
		}),

	everythingHasItsReason: ({ executions }) =>
		firstOf(executions, ({ report }) =>
			firstOf(report?.results ?? [], (settled) =>
				settled !== undefined &&
				'status' in settled &&
				NEEDS_REASON.has(settled.status) &&
				!settled.reason
					? `A lead is ${settled.status} without a reason`
					: undefined,
			),
		),

	everyLeadIsDeliveredOnce: ({ executions }) => firstOf(executions, deliveredOnce),

	outcomesAreTrue: (facts) =>
		firstOf(facts.executions, (execution) => {
			if (execution.report === undefined) return undefined;
			const { results } = execution.report;
			return firstOf(truthsOf(facts, execution).entries(), ([position, truth]) => {
				const result = results[position];
				if (truth === null || result === undefined) return undefined;
				if (isCutShort(execution, result)) return undefined;
				return differs(asTruth(result), truth, position);
			});
		}),

	sentLeadsAreTheInput: (facts) =>
		firstOf(facts.voiso.ledger, (call) => {
			const execution = executionOf(facts, call);
			return firstOf(call.leads, (lead) => foreignLead(execution, call, lead));
		}),

	nothingIsSentAfterItsAnswer: (facts) =>
		firstOf(facts.executions, (execution) => {
			const settled = new Set<string>();
			return firstOf(facts.callsOf.get(execution) ?? [], (call) => {
				const keys = call.numbers.map((number) => `${passOf(call)} ${call.campaign} ${number}`);
				const again = keys.find((key) => settled.has(key));
				const isAnswer =
					call.meaning === 'acknowledged' || (call.meaning === 'refused' && keys.length === 1);
				if (isAnswer) for (const key of keys) settled.add(key);
				return again === undefined ? undefined : `${name(call)} repeats ${again}`;
			});
		}),

	countsAddUp: (facts) => firstOf(facts.executions, (execution) => miscount(facts, execution)),
};

function deliveredOnce({ importer, leads, report, responses }: Execution): string | undefined {
	if (report === undefined) return undefined;
	const counts = new Map<string, number>();
	for (const { campaignId, positions } of responses) {
		for (const position of positions) {
			const key = `${campaignId} ${position}`;
			counts.set(key, (counts.get(key) ?? 0) + 1);
		}
	}
	const most = importer.operation === 'upsert' ? 2 : 1;
	const tooOften = [...counts].find(([, count]) => count > most);
	if (tooOften !== undefined) return `Lead ${tooOften[0]} is delivered ${tooOften[1]} times`;
	const seen = new Set<string>();
	return firstOf(leads.entries(), ([position, lead]) => {
		if (lead.kind !== 'good') return undefined;
		const key = `${lead.campaignId} ${lead.lead.phone_number}`;
		const isFirst = !seen.has(key);
		seen.add(key);
		const isDelivered = [...counts.keys()].some((one) => one.endsWith(` ${position}`));
		return isFirst === isDelivered ? undefined : `Lead ${position} is delivered: ${isDelivered}`;
	});
}

/**
 * A search that was stopped, or that could not even try a campaign because of a long `Retry-After`,
 * may say failure where the ledger holds no call that would say why.
 */
function isCutShort({ endedAt, importer, responses }: Execution, result: object): boolean {
	if (importer.operation !== 'deactivateEverywhere' || !('cause' in result)) return false;
	const wasNotTried = responses.some(
		(one) =>
			one.kind === 'failed' && one.failure.cause === 'outOfTime' && one.failure.attempts === 0,
	);
	return endedAt !== null || wasNotTried;
}

function differs(said: Truth, truth: Truth, position: number): string | undefined {
	const isSame =
		said.status === truth.status &&
		(truth.maybeApplied === undefined || said.maybeApplied === truth.maybeApplied) &&
		isSameList(said.foundIn, truth.foundIn) &&
		isSameList(said.notSwitchedOffIn, truth.notSwitchedOffIn);
	if (isSame) return undefined;
	return `Lead ${position} is ${JSON.stringify(truth)}, but said to be ${JSON.stringify(said)}`;
}

function isSameList(said: readonly number[] = [], truth: readonly number[] = []): boolean {
	return [...said].sort((a, b) => a - b).join() === truth.join();
}

const wantedOf = new WeakMap<Execution, Map<string, string>>();

/** The leads that an execution may send, as JSON, by campaign and number. */
function wantedLeads(execution: Execution): Map<string, string> {
	const known = wantedOf.get(execution);
	if (known !== undefined) return known;
	const { importer, leads } = execution;
	const wanted = new Map<string, string>();
	for (const [position, spec] of importer.leads.entries()) {
		const key = keyOf(execution, spec.campaign, spec.number);
		if (wanted.has(key) || leads[position]?.kind !== 'good') continue;
		const lead: SentLead = { phone_number: phoneOf(spec.number) };
		const named = mergedName(execution, spec);
		if (importer.operation.startsWith('deactivate')) lead.active = false;
		else if (named !== null) lead.name = `Name ${named}`;
		wanted.set(key, JSON.stringify(lead));
	}
	wantedOf.set(execution, wanted);
	return wanted;
}

function keyOf({ importer }: Execution, campaign: number, number: number): string {
	return `${importer.operation === 'deactivateEverywhere' ? '' : campaign} ${number}`;
}

function foreignLead(execution: Execution, call: Call, sent: SentLead): string | undefined {
	const key = keyOf(execution, call.campaign, numberOf(sent.phone_number));
	const wanted = wantedLeads(execution).get(key);
	const is = JSON.stringify(sent);
	return is === wanted ? undefined : `${name(call)} holds ${is} instead of ${wanted}`;
}

function miscount({ batches, callsOf }: Facts, execution: Execution): string | undefined {
	const { report } = execution;
	if (report === undefined) return undefined;
	const sum = (field: 'requests' | 'retries') =>
		report.efforts.reduce((total, effort) => total + effort[field], 0);
	const calls = callsOf.get(execution)?.length ?? 0;
	const first = batches.filter((batch) => batch.execution === execution).length;
	if (sum('requests') !== calls) return `${sum('requests')} requests are reported, not ${calls}`;
	if (sum('retries') !== calls - first) {
		return `${sum('retries')} retries are reported, not ${calls - first}`;
	}
	return undefined;
}
