import { campaignPath, nameOf, readCampaign, statusOf } from '../../shared/api/campaigns';
import type { Connection } from '../../shared/api/connection';
import type { RequestContext, Scope } from '../../shared/api/explain';
import { readList, type Listing } from '../../shared/api/pages';
import type { ApiProblem } from '../../shared/api/problem';
import type { ChosenCampaign } from '../../shared/campaign/resolver';

/** A campaign whose users are worked on, with what Voiso says about it. */
export interface StaffedCampaign {
	id: string;
	name?: string;
	/** Null when the API key may not read campaigns. */
	status: string | null;
}

export type CampaignLook =
	| { ok: true; campaign: StaffedCampaign }
	| { ok: false; problem: ApiProblem };

/**
 * Looks at a campaign before its users are worked on: whether it is there at all cannot be told later,
 * when a user is not found. A key that may only manage campaigns has to do without.
 */
export async function lookAtCampaign(
	connection: Connection,
	{ id, name }: ChosenCampaign,
): Promise<CampaignLook> {
	const look = await readCampaign(connection, id);
	if (look.ok) {
		const campaign = { id, name: nameOf(look.campaign), status: statusOf(look.campaign) };
		return { ok: true, campaign };
	}
	if (look.problem.kind !== 'forbidden') return look;
	return { ok: true, campaign: { id, status: null, ...(name !== undefined && { name }) } };
}

/** The path of a campaign's users. */
export function usersPath(campaignId: string): string {
	return `${campaignPath(campaignId)}/users`;
}

/** Reads the users of a campaign. */
export async function readUsers(
	connection: Connection,
	campaignId: string,
	limit?: number,
): Promise<Listing> {
	return await readList(connection, { path: usersPath(campaignId), key: 'users' }, limit);
}

/** For messages: what was being done to the users of the campaign. */
export function aboutUsers(
	{ host }: Connection,
	{ id, name }: ChosenCampaign,
	action: string,
	scope: Scope,
): RequestContext {
	return { action, campaignId: id, ...(name && { campaignName: name }), scope, host };
}
