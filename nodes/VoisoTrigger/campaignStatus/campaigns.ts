import type { IDataObject, IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { campaignList } from '../../shared/api/campaigns';
import type { Connection } from '../../shared/api/connection';
import { toNodeError } from '../../shared/api/explain';
import { readList, type Row } from '../../shared/api/pages';
import type { Change } from './changes';
import type { WatchSettings } from './settings';

/**
 * Reads all campaigns.
 *
 * @throws NodeApiError
 */
export async function readCampaigns(
	context: IPollFunctions | IExecuteFunctions,
	connection: Connection,
): Promise<Row[]> {
	const result = await readList(connection, campaignList());
	if (result.ok) return result.rows;
	throw toNodeError(context.getNode(), result.problem, {
		doing: 'look at the campaigns',
		scope: 'campaigns.read',
		host: connection.host,
	});
}

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

/** What the workflow is given of a change. */
export function toJson(
	{ campaign, previousStatus }: Change,
	{ simplify }: WatchSettings,
): IDataObject {
	const fields = Object.entries(campaign).filter(
		([name]) => !simplify || MAIN_FIELDS.includes(name),
	);
	return { ...Object.fromEntries(fields), previous_status: previousStatus } as IDataObject;
}
