import type { IDataObject } from 'n8n-workflow';
import type { Row } from '../api/pages';

const MAIN_FIELDS = [
	'id',
	'name',
	'status',
	'strategy',
	'method',
	'live',
	'dial_level',
	'max_dial_attempts',
	'created_at',
	'updated_at',
];

/** What *Simplify* keeps of a campaign. */
export function simplifyCampaign(campaign: Row): IDataObject {
	return Object.fromEntries(
		MAIN_FIELDS.filter((field) => field in campaign).map((field) => [field, campaign[field]]),
	) as IDataObject;
}
