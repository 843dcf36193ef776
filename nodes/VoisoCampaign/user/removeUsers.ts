import { isRow } from '../../shared/api/pages';
import type { Connection } from '../../shared/api/connection';
import type { RequestContext } from '../../shared/api/explain';
import { isObject, type ApiProblem } from '../../shared/api/problem';
import { request, type Result } from '../../shared/api/request';
import { usersPath, type StaffedCampaign } from './campaignUsers';
import { toGroupFailure, type GroupFailure, type Outcomes, type UserOutcome } from './outcome';
import type { NamedUser } from './userIds';

/**
 * Takes users out of a campaign, one call each, as Voiso has it. A failure that concerns more than one
 * user ends it: the rest would fail too.
 */
export async function removeUsers(
	connection: Connection,
	campaign: StaffedCampaign,
	users: readonly NamedUser[],
	about: RequestContext,
): Promise<{ outcomes: Outcomes; failure?: GroupFailure }> {
	const outcomes: Outcomes = new Map();
	for (const { key, id } of users) {
		const path = `${usersPath(campaign.id)}/${encodeURIComponent(String(id))}`;
		const result = await request(connection, { method: 'DELETE', path }, { idempotent: true });
		const outcome = result.ok ? removed(result.body) : whatItMeans(result, campaign);
		if (outcome) {
			outcomes.set(key, outcome);
		} else if (!result.ok) {
			const aboutUser = { ...about, action: `remove user ${id} from` };
			return { outcomes, failure: toGroupFailure(result.problem, aboutUser) };
		}
	}
	return { outcomes };
}

function removed(body: unknown): UserOutcome {
	const user = isObject(body) ? body.user : undefined;
	return { status: 'removed', ...(isRow(user) && { user }) };
}

/** @returns undefined when the failure does not concern this user alone */
function whatItMeans(
	{ problem, retried }: Extract<Result, { ok: false }>,
	campaign: StaffedCampaign,
): UserOutcome | undefined {
	if (problem.kind === 'notFound') {
		// The answer to the first try was lost, and that try did it.
		if (retried) return { status: 'removed' };
		return campaign.status === null
			? {
					status: 'not_assigned',
					reason:
						'There is no such user in the campaign, or no such campaign: to tell which, the API key needs the scope campaigns.read',
				}
			: { status: 'not_assigned' };
	}
	return isAboutUser(problem)
		? {
				status: 'not_removed',
				reason: problem.apiMessage ? `Voiso says: ${problem.apiMessage}` : NO_REASON,
			}
		: undefined;
}

const NO_REASON = 'Voiso refused to remove the user, without a reason';

function isAboutUser({ kind }: ApiProblem): boolean {
	return kind === 'invalid' || kind === 'refused' || kind === 'conflict';
}
