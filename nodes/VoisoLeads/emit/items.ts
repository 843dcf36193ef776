import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { asOneText } from '../../shared/api/explain';
import { idValue } from '../../shared/api/ids';
import type { Report } from '../operations/report';
import type { CampaignEffort } from '../send/types';
import {
	isFailure,
	LEAD_STATUSES,
	type Failure,
	type LeadStatus,
	type Outcome,
	type ReadLead,
} from '../types';

/** What the user wants to see. */
export interface EmitSettings {
	output: 'perLead' | 'problems' | 'summary';
	/** Whether an outcome carries the fields of its input item, too. */
	includeInputFields: boolean;
	/** Whether leads that Voiso or the node did not accept fail, as n8n items do. */
	rejectedLeadsFail: boolean;
	/** Whether failed items leave by the error output, where n8n adds the input item's fields. */
	hasErrorOutput: boolean;
	/** The text of a failed batch. */
	failureText: (failure: Failure) => string;
}

/** What became of one lead, whichever step found out. */
export type LeadResult =
	| { kind: 'outcome'; outcome: Outcome }
	| ({ kind: 'failed'; message: string; outcome?: Outcome } & Where);

/** With all campaigns searched. */
type Where = Pick<Outcome, 'foundIn' | 'notSwitchedOffIn'>;

const NOT_ACCEPTED = new Set<LeadStatus>(['rejected', 'invalid', 'not_found', 'unreported']);
const FINE = new Set<LeadStatus>(['created', 'updated']);

/** Brings what is known of a lead into one form. Every lead read has a fate, or it is our defect. */
export function leadResultOf(
	lead: ReadLead,
	result: Report['results'][number],
	settings: EmitSettings,
): LeadResult {
	if (lead.kind === 'unread') return { kind: 'failed', message: asOneText(lead.error) };
	if (result !== undefined && isFailure(result)) {
		const { foundIn, notSwitchedOffIn } = result;
		const message = settings.failureText(result);
		return {
			kind: 'failed',
			message,
			...(foundIn && { foundIn }),
			...(notSwitchedOffIn && { notSwitchedOffIn }),
		};
	}
	const outcome: Outcome | undefined =
		lead.kind === 'invalid' ? { status: 'invalid', reason: lead.reason } : result;
	if (outcome === undefined) throw new RangeError(`The lead of item ${lead.item} has no outcome`);
	if (settings.rejectedLeadsFail && NOT_ACCEPTED.has(outcome.status)) {
		const why = outcome.reason === undefined ? '' : `: ${outcome.reason}`;
		return { kind: 'failed', message: `The lead is ${words(outcome.status)}${why}`, outcome };
	}
	return { kind: 'outcome', outcome };
}

/** Output items in the order of the leads read, each paired with the input item it comes from. */
export function emit(
	leads: readonly ReadLead[],
	report: Report,
	items: readonly INodeExecutionData[],
	settings: EmitSettings,
): INodeExecutionData[] {
	if (settings.output === 'summary') return summarise(leads, report, items, settings);
	const output: INodeExecutionData[] = [];
	leads.forEach((lead, position) => {
		const fate = leadResultOf(lead, report.results[position], settings);
		if (settings.output === 'problems' && fate.kind === 'outcome' && FINE.has(fate.outcome.status))
			return;
		output.push({ json: jsonOf(lead, fate, items, settings), pairedItem: { item: lead.item } });
	});
	return output;
}

function jsonOf(
	lead: ReadLead,
	fate: LeadResult,
	items: readonly INodeExecutionData[],
	{ hasErrorOutput, includeInputFields }: EmitSettings,
): IDataObject {
	const own = ownFields(lead, fate);
	const input = includeInputFields
		? withoutReserved(lead.given ?? items[lead.item]?.json)
		: undefined;
	if (fate.kind === 'outcome') return input === undefined ? own : { ...input, ...own };
	if (!hasErrorOutput) return { ...input, ...own, error: fate.message };
	// n8n sends an item to the error output only when it holds nothing but these two keys (2.4x takes
	// `details` as well, older ones do not), and adds the input item's fields; a lead that is one of
	// several in its item is not among those.
	return { error: fate.message, message: { ...withoutReserved(lead.given), ...own } };
}

/** An input field of such a name would pass for an outcome, or for an error of n8n's. */
const RESERVED = new Set([
	'status',
	'reason',
	'warning',
	'found_in',
	'not_switched_off_in',
	'error',
	'$error',
]);

function withoutReserved(input: IDataObject | undefined): IDataObject {
	if (input === undefined) return {};
	return Object.fromEntries(Object.entries(input).filter(([name]) => !RESERVED.has(name)));
}

function ownFields(lead: ReadLead, fate: LeadResult): IDataObject {
	if (lead.kind === 'unread') return {};
	const phone_number = lead.kind === 'good' ? lead.lead.phone_number : lead.phone;
	const campaign_id = campaignIdForOutput(lead.campaignId);
	const { outcome } = fate;
	// In one literal, because a field that is added later takes room beside the object.
	const fields: IDataObject =
		outcome === undefined
			? { phone_number, campaign_id }
			: { phone_number, campaign_id, status: outcome.status };
	if (outcome?.reason !== undefined) fields.reason = outcome.reason;
	const warnings = [lead.warning, outcome?.warning].filter((warning) => warning !== undefined);
	if (warnings.length > 0) fields.warning = warnings.join(' ');
	const { foundIn, notSwitchedOffIn }: Where = fate.kind === 'failed' ? fate : fate.outcome;
	if (foundIn !== undefined) fields.found_in = foundIn.map(idValue);
	if (notSwitchedOffIn !== undefined) fields.not_switched_off_in = notSwitchedOffIn.map(idValue);
	return fields;
}

/** Null when all campaigns were meant. */
function campaignIdForOutput(id: string): number | string | null {
	return id === '' ? null : idValue(id);
}

/** One item per campaign, paired with the campaign's first item, and one per failure. */
function summarise(
	leads: readonly ReadLead[],
	{ efforts, results }: Report,
	items: readonly INodeExecutionData[],
	settings: EmitSettings,
): INodeExecutionData[] {
	const summaries = new Map<
		string,
		{ counts: Map<string, number>; first: number; leads: number }
	>();
	const failed: INodeExecutionData[] = [];
	for (const [position, lead] of leads.entries()) {
		const fate = leadResultOf(lead, results[position], settings);
		if (fate.kind === 'failed') {
			const json = jsonOf(lead, fate, items, settings);
			failed.push({ json, pairedItem: { item: lead.item } });
		}
		if (lead.kind === 'unread') continue;
		const summary = summaries.get(lead.campaignId) ?? {
			counts: new Map<string, number>(),
			first: lead.item,
			leads: 0,
		};
		summaries.set(lead.campaignId, summary);
		summary.leads++;
		const status = fate.outcome?.status ?? 'failed';
		summary.counts.set(status, (summary.counts.get(status) ?? 0) + 1);
	}
	const effortsOf = new Map<string, CampaignEffort[]>();
	for (const effort of efforts) {
		effortsOf.set(effort.campaignId, [...(effortsOf.get(effort.campaignId) ?? []), effort]);
	}
	const output: INodeExecutionData[] = [];
	for (const [campaignId, { counts, first, leads: total }] of summaries) {
		const json: IDataObject = { campaign_id: campaignIdForOutput(campaignId), leads: total };
		for (const status of LEAD_STATUSES) json[status] = counts.get(status) ?? 0;
		const failures = counts.get('failed');
		if (failures !== undefined) json.failed = failures;
		// With all campaigns searched, the only summary stands for all of them.
		const mine = campaignId === '' ? efforts : (effortsOf.get(campaignId) ?? []);
		output.push({ json: { ...json, ...totalEffort(mine) }, pairedItem: { item: first } });
	}
	return [...output, ...failed];
}

/** Requests of all passes; the time is that of the passes of one campaign, one after the other. */
export function totalEffort(efforts: readonly CampaignEffort[]): {
	requests: number;
	retries: number;
	seconds: number;
} {
	const durations = new Map<string, number>();
	let requests = 0;
	let retries = 0;
	for (const effort of efforts) {
		requests += effort.requests;
		retries += effort.retries;
		const before = durations.get(effort.campaignId) ?? 0;
		durations.set(effort.campaignId, before + effort.duration);
	}
	const longest = [...durations.values()].reduce((a, b) => Math.max(a, b), 0);
	return { requests, retries, seconds: Math.round(longest / 100) / 10 };
}

function words(status: LeadStatus): string {
	return status.replaceAll('_', ' ');
}
