import type { Connection } from './connection';
import { toNodeError, type RequestContext } from './explain';
import type { ApiContext } from './http';
import { isRow, readList, type ListRequest, type Row } from './pages';
import { isObject, type ApiResult } from './problem';
import { request } from './request';

/** The path of a campaign. The ID is escaped here as well, whatever was checked before. */
export function campaignPath(campaignId: string): string {
	return `/api/v4/campaigns/${encodeURIComponent(campaignId)}`;
}

/** The list of campaigns, for `readList` and `readPage`. */
export function campaignList(query: Record<string, string | number | boolean> = {}): ListRequest {
	return { path: '/api/v4/campaigns', key: 'campaigns', query };
}

/** What reading that list is about, for the message of its failure. */
export function listingCampaigns({ host }: Connection): RequestContext {
	return { action: 'list campaigns', scope: 'campaigns.read', host };
}

/**
 * Every campaign that the API key can access.
 *
 * @throws NodeApiError when the list can't be read as a whole
 */
export async function readAllCampaigns(
	context: ApiContext,
	connection: Connection,
): Promise<Row[]> {
	const result = await readList(connection, campaignList());
	if (result.ok) return result.rows;
	throw toNodeError(context.getNode(), result.problem, listingCampaigns(connection));
}

export type CampaignReading = ApiResult<{ campaign: Row }>;

/** Reads one campaign. */
export async function readCampaign(
	connection: Connection,
	campaignId: string,
): Promise<CampaignReading> {
	const result = await request(
		connection,
		{ method: 'GET', path: campaignPath(campaignId) },
		{ isExpected: (body) => campaignIn(body) !== undefined },
	);
	return result.ok ? { ok: true, campaign: campaignIn(result.body) as Row } : result;
}

/**
 * The campaign in an answer, wrapped in `campaign` or bare: Voiso's samples show both.
 *
 * @returns undefined when there is none
 */
export function campaignIn(body: unknown): Row | undefined {
	if (!isObject(body)) return undefined;
	const campaign = isObject(body.campaign) ? body.campaign : body;
	return isRow(campaign) ? campaign : undefined;
}

/** The status of a campaign; empty when the answer has none. */
export function statusOf(campaign: Row): string {
	return typeof campaign.status === 'string' ? campaign.status : '';
}

/** The name of a campaign; empty when the answer has none. */
export function nameOf(campaign: Row): string {
	return typeof campaign.name === 'string' ? campaign.name : '';
}
