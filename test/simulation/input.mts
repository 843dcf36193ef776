import type { ReadLead } from '../../nodes/VoisoLeads/types.ts';
import { phoneOf } from './ledger.mts';
import type { Importer, LeadSpec } from './schedule.mts';

/** The number that stands for an invalid lead. */
export const INVALID = 99_999;

/** A lead of a schedule, as the node's step `read` gives it. */
export function readLead(
	{ number, campaign, name }: LeadSpec,
	item: number,
	{ operation }: Importer,
): ReadLead {
	const campaignId = operation === 'deactivateEverywhere' ? '' : String(campaign);
	const phone = phoneOf(number);
	// A lead that the node itself refuses: no call may hold it.
	if (number === INVALID) return { kind: 'invalid', item, campaignId, phone, reason: 'bad' };
	const named = name === null ? {} : { name: `Name ${name}` };
	const changes = operation.startsWith('deactivate') ? { active: false } : named;
	return { kind: 'good', item, campaignId, lead: { phone_number: phone, ...changes } };
}
