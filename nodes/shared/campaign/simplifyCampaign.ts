import type { IDataObject } from 'n8n-workflow';
import { idValue } from '../api/ids';
import { idOf, type Row } from '../api/pages';

const MAIN_FIELDS = [
	'status',
	'live',
	'strategy',
	'method',
	'dial_level',
	'max_dial_attempts',
	'created_at',
	'updated_at',
] as const;

type MainField = (typeof MAIN_FIELDS)[number];

/**
 * What *Simplify* keeps of a campaign: `campaign_id`, `campaign_name` and the main fields, as far as Voiso
 * gives them.
 */
export function simplifyCampaign(
	campaign: Row,
	fields: readonly MainField[] = MAIN_FIELDS,
): IDataObject {
	const simplified: Record<string, unknown> = { campaign_id: idValue(idOf(campaign)) };
	if ('name' in campaign) simplified.campaign_name = campaign.name;
	for (const field of fields) if (field in campaign) simplified[field] = campaign[field];
	return simplified as IDataObject;
}
