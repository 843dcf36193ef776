import { explain, type RequestContext, type Explanation } from '../../shared/api/explain';
import type { Row } from '../../shared/api/pages';
import type { ApiProblem } from '../../shared/api/problem';
import type { ChosenCampaign } from '../../shared/campaign/resolver';
import type { StaffedCampaign } from './campaignUsers';
import type { NamedUser } from './userIds';

/** What became of one user of a campaign. */
export type UserStatus =
	/** In the campaign now. */
	| 'added'
	/** Was in the campaign before. */
	| 'already_assigned'
	/** Not in the campaign, although it was to be. */
	| 'not_added'
	/** Voiso answered without naming the user, and whether it is in the campaign cannot be seen. */
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

export interface GroupResult {
	campaign: StaffedCampaign;
	outcomes: Outcomes;
	/** Users with an outcome that no item names. */
	others?: NamedUser[];
	failure?: GroupFailure;
}

/** A failure of a call, in words. */
export function toGroupFailure(problem: ApiProblem, about: RequestContext): GroupFailure {
	const { status } = problem;
	return { explanation: explain(problem, about), ...(status !== undefined && { status }) };
}

/** A campaign of which nothing could be done. */
export function failed(
	{ id }: ChosenCampaign,
	problem: ApiProblem,
	about: RequestContext,
): GroupResult {
	const failure = toGroupFailure(problem, about);
	return { campaign: { id, status: null }, outcomes: new Map(), failure };
}
