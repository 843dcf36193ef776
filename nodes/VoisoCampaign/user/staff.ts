import { campaignPath, nameOf, readCampaign, statusOf } from '../../shared/api/campaigns';
import type { Connection } from '../../shared/api/connection';
import {
	explain,
	type Explanation,
	type RequestContext,
	type Scope,
} from '../../shared/api/explain';
import { idOf, readList, type Listing, type Row } from '../../shared/api/pages';
import type { ApiProblem, ApiResult } from '../../shared/api/problem';
import type { ChosenCampaign } from '../../shared/campaign/resolver';
import { isSameKind, toUser, type NamedUser } from './userIds';

/** What came of one user of a campaign. */
export type UserStatus =
	/** In the campaign now. */
	| 'added'
	/** Was in the campaign before. */
	| 'already_assigned'
	/** Not in the campaign, although it was to be. */
	| 'not_added'
	/** Voiso answered without naming the user, and whether it is in the campaign can't be seen. */
	| 'unreported'
	| 'removed'
	/** Was not in the campaign. */
	| 'not_assigned'
	/** Still in the campaign, although it was not to be. */
	| 'not_removed'
	/** In the campaign before and after `sync`. */
	| 'kept'
	/** What `sync` would do. */
	| 'would_add'
	| 'would_remove';

export interface UserOutcome {
	status: UserStatus;
	reason?: string;
	/** What Voiso knows of the user. */
	user?: Row;
}

/** Outcomes by the key of the user. */
export type Outcomes = Map<string, UserOutcome>;

/** Why the rest of a campaign's users have no outcome. */
export interface GroupFailure {
	explanation: Explanation;
	/** HTTP status. */
	status?: number;
}

/** What was done to the users of a campaign, as far as it went. */
export interface Work {
	outcomes: Outcomes;
	failure?: GroupFailure;
}

/** A campaign whose users are worked on, with what Voiso says about it. */
export interface StaffedCampaign {
	id: string;
	name?: string;
	/** Null when the API key may not read campaigns. */
	status: string | null;
}

/** The users of a campaign by their keys. */
export type Staff = ReadonlyMap<string, Row>;

type Look = ApiResult<{ campaign: StaffedCampaign }>;

/**
 * Reads a campaign before its users are worked on: whether it is there at all can't be told later, when a
 * user is not found. A key that may only manage campaigns has to do without.
 */
export async function fetchCampaign(
	connection: Connection,
	{ id, name }: ChosenCampaign,
): Promise<Look> {
	const read = await readCampaign(connection, id);
	if (read.ok) {
		const campaign = { id, name: nameOf(read.campaign), status: statusOf(read.campaign) };
		return { ok: true, campaign };
	}
	if (read.problem.kind !== 'forbidden') return read;
	return { ok: true, campaign: { id, status: null, ...(name !== undefined && { name }) } };
}

/** The path of a campaign's users. */
export function usersPath(campaignId: string): string {
	return `${campaignPath(campaignId)}/users`;
}

/** Reads the list of a campaign's users. */
export async function readUsers(
	connection: Connection,
	campaignId: string,
	limit?: number,
): Promise<Listing> {
	return await readList(connection, { path: usersPath(campaignId), key: 'users' }, limit);
}

/** The users of a list, or of an answer, by their keys. */
export function toStaff(users: readonly Row[]): Staff {
	return new Map(users.map((user) => [toUser(idOf(user)).key, user]));
}

/**
 * Whether a list of users can tell about a user at all. It can't when all in it have another kind of ID.
 */
export function tellsAbout(staff: Staff, { key }: NamedUser): boolean {
	return staff.size === 0 || [...staff.keys()].some((other) => isSameKind(key, other));
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

/** A failure of a call, in words. */
export function toGroupFailure(problem: ApiProblem, context: RequestContext): GroupFailure {
	const { status } = problem;
	return { explanation: explain(problem, context), ...(status !== undefined && { status }) };
}

/** What Voiso says about a user that it refuses. */
export function refusalReason({ apiMessage }: ApiProblem, otherwise: string): string {
	return apiMessage === '' ? otherwise : `Voiso says: ${apiMessage}`;
}
