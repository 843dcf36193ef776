import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { idValue } from '../../shared/api/ids';
import type { CampaignEffort } from '../send/types';
import type { LeadOperation, LeadStatus, ReadLead } from '../types';
import type { LeadResult } from './results';
import { grouped } from './words';

/** What the user wants to see. */
export interface ItemSettings {
	output: 'perLead' | 'problems' | 'summary';
	/** Whether a result carries the fields of its input item as well. */
	includeInputFields: boolean;
	/** Whether failed items leave by the error output, where n8n adds the input item's fields. */
	hasErrorOutput: boolean;
}

/** What *Problems Only* leaves out; *Summary* leaves out all but what failed. */
export const NO_PROBLEM: ReadonlySet<LeadStatus | undefined> = new Set<LeadStatus>([
	'created',
	'updated',
	'duplicate',
	'repeated',
	'found',
	'ready',
]);

/** The output item of a lead, paired with the input item it comes from; nothing when it isn't to be shown. */
export function itemOf(
	lead: ReadLead,
	result: LeadResult,
	input: readonly INodeExecutionData[],
	settings: ItemSettings,
): INodeExecutionData | undefined {
	if (!isShown(result, settings.output)) return undefined;
	return { json: jsonOf(lead, result, input, settings), pairedItem: { item: lead.item } };
}

function isShown({ error, status }: LeadResult, output: ItemSettings['output']): boolean {
	if (output === 'perLead' || error !== undefined) return true;
	return output === 'problems' && !NO_PROBLEM.has(status);
}

function jsonOf(
	lead: ReadLead,
	result: LeadResult,
	input: readonly INodeExecutionData[],
	{ hasErrorOutput, includeInputFields }: ItemSettings,
): IDataObject {
	const own = ownFields(lead, result);
	const { error } = result;
	const fields = includeInputFields ? (lead.given ?? input[lead.item]?.json) : undefined;
	if (error === undefined) return fields === undefined ? own : { ...beside(fields), ...own };
	if (!hasErrorOutput) return { ...beside(fields), ...own, error };
	// n8n sends an item to the error output only when it holds nothing but these two keys (2.4x takes
	// `details` as well, older ones do not), and adds the input item's fields; a lead that is one of
	// several in its item is not among those.
	return { error, message: { ...beside(lead.given), ...own } };
}

/** Names that the results use, or that mean an error to n8n. */
const OWN_NAMES: ReadonlySet<string> = new Set([
	'phone_number',
	'campaign_id',
	'status',
	'reason',
	'warning',
	'found_in',
	'not_switched_off_in',
	'lead',
	'error',
	'$error',
	'message',
]);

/** Fields under names that no result has: the input's own `status` is `input_status`. */
function beside(fields: IDataObject | undefined, prefix = 'input_'): IDataObject {
	if (fields === undefined) return {};
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => {
			let free = name;
			while (OWN_NAMES.has(free) || (free !== name && Object.hasOwn(fields, free)))
				free = `${prefix}${free}`;
			return [free, value];
		}),
	);
}

function ownFields(lead: ReadLead, result: LeadResult): IDataObject {
	if (lead.kind === 'unread') return {};
	const phone_number = lead.kind === 'good' ? lead.lead.phone_number : lead.phone;
	const campaign_id = campaignIdForOutput(lead.campaignId);
	const { status, reason, warning, foundIn, notSwitchedOffIn } = result;
	// In one literal, because a field that is added later takes room beside the object.
	const fields: IDataObject =
		status === undefined ? { phone_number, campaign_id } : { phone_number, campaign_id, status };
	if (reason !== undefined) fields.reason = reason;
	if (warning !== undefined) fields.warning = warning;
	if (foundIn !== undefined) fields.found_in = foundIn.map(idValue);
	if (notSwitchedOffIn !== undefined) fields.not_switched_off_in = notSwitchedOffIn.map(idValue);
	if (result.lead !== undefined) fields.lead = { ...result.lead };
	if (result.contact === undefined) return fields;
	const contact = beside({ ...result.contact }, 'voiso_');
	delete contact.voiso_campaign_id;
	return { ...fields, ...contact };
}

/** Null when all campaigns were meant. */
function campaignIdForOutput(id: string): number | string | null {
	return id === '' ? null : idValue(id);
}

/** Statuses of a summary, which has a count of each; `ready` is for a dry run only. */
const SENT = [
	'created',
	'updated',
	'duplicate',
	'not_found',
	'rejected',
	'invalid',
	'repeated',
	'unconfirmed',
	'unreported',
] as const;
const ASKED = ['found', 'not_found', 'invalid', 'repeated', 'unreported'] as const;

function countedStatuses(operation: LeadOperation): readonly LeadStatus[] {
	return operation === 'getStatus' ? ASKED : SENT;
}

/** How many leads of each campaign have each status, however many leads. */
export class CampaignSummaries {
	private readonly campaigns = new Map<
		string,
		{ counts: Map<string, number>; first: number; leads: number; warnings: number }
	>();

	/** A campaign that is named even without leads. */
	open(campaignId: string, item: number) {
		const known = this.campaigns.get(campaignId);
		const summary = known ?? { counts: new Map(), first: item, leads: 0, warnings: 0 };
		if (known === undefined) this.campaigns.set(campaignId, summary);
		return summary;
	}

	add(lead: ReadLead, result: LeadResult): void {
		if (lead.kind === 'unread') return;
		const summary = this.open(lead.campaignId, lead.item);
		summary.leads++;
		if (result.warning !== undefined) summary.warnings++;
		const status = result.status ?? 'failed';
		summary.counts.set(status, (summary.counts.get(status) ?? 0) + 1);
	}

	/** One item per campaign, in the order in which they came, paired with the campaign's first item. */
	items(
		efforts: readonly CampaignEffort[],
		settings: { dryRun: boolean; operation: LeadOperation },
	): INodeExecutionData[] {
		const effortsOf = grouped(efforts, ({ campaignId }) => campaignId);
		return Array.from(this.campaigns, ([campaignId, { counts, first, leads, warnings }]) => {
			const json: IDataObject = { campaign_id: campaignIdForOutput(campaignId), leads };
			if (settings.dryRun) json.ready = counts.get('ready') ?? 0;
			for (const status of countedStatuses(settings.operation))
				json[status] = counts.get(status) ?? 0;
			const failures = counts.get('failed');
			if (failures !== undefined) json.failed = failures;
			if (warnings > 0) json.warnings = warnings;
			// With all campaigns searched, the only summary stands for all of them.
			const mine = campaignId === '' ? efforts : (effortsOf.get(campaignId) ?? []);
			return { json: { ...json, ...totalEffort(mine) }, pairedItem: { item: first } };
		});
	}
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
