import type { Connection } from '../../shared/api/connection';
import { isRow } from '../../shared/api/pages';
import { isObject, isObjectOrNothing, type ApiProblem } from '../../shared/api/problem';
import { request } from '../../shared/api/request';
import { showFor } from '../showFor';
import { perCampaign } from './perCampaign';
import {
	aboutUsers,
	readUsers,
	refusalReason,
	tellsAbout,
	toGroupFailure,
	toStaff,
	usersPath,
	type Outcomes,
	type Staff,
	type StaffedCampaign,
	type UserOutcome,
	type Work,
} from './staff';
import { userIdsProperty, type NamedUser } from './userIds';

export const description = showFor('user', ['remove'], [{ ...userIdsProperty, required: true }]);

/** Removes the users that the items name from their campaigns. */
export const execute = perCampaign(async ({ connection, campaign, before, users }) => {
	return await removeUsers(connection, campaign, before, users);
});

/**
 * Removes users from a campaign, one call each, as Voiso has it, and finds out what came of each by reading
 * the list of the campaign's users again. Without the right to read that list, the answers have to do. A
 * failure that concerns more than one user ends it: the rest would fail, too.
 *
 * @param before who is in the campaign; undefined when the API key may not see it
 */
export async function removeUsers(
	connection: Connection,
	campaign: StaffedCampaign,
	before: Staff | undefined,
	users: readonly NamedUser[],
): Promise<Work> {
	const outcomes: Outcomes = new Map();
	let problem: ApiProblem | undefined;
	let failedUser: NamedUser | undefined;
	for (const user of users) {
		if (before && !before.has(user.key) && tellsAbout(before, user)) {
			outcomes.set(user.key, { status: 'not_assigned' });
			continue;
		}
		const outcome = await removeUser(connection, campaign, user);
		if ('kind' in outcome) {
			problem = outcome;
			failedUser = user;
			break;
		}
		const known = before?.get(user.key);
		outcomes.set(user.key, { ...(known && { user: known }), ...outcome });
	}
	if ([...outcomes.keys()].some((key) => before?.has(key))) {
		const list = await readUsers(connection, campaign.id);
		if (list.ok) correct(outcomes, toStaff(list.rows));
	}
	if (!problem || !failedUser) return { outcomes };
	const action = `remove user ${failedUser.id} from`;
	const context = aboutUsers(connection, campaign, action, 'campaigns.manage');
	return { outcomes, failure: toGroupFailure(problem, context) };
}

/** What the list of users says against the answers. */
function correct(outcomes: Outcomes, after: Staff): void {
	for (const [key, { status }] of outcomes) {
		const user = after.get(key);
		if (status === 'not_removed' || !user) continue;
		outcomes.set(key, { status: 'not_removed', reason: STILL_LISTED, user });
	}
}

/** @returns a problem when the failure does not concern this user alone */
async function removeUser(
	connection: Connection,
	campaign: StaffedCampaign,
	{ id }: NamedUser,
): Promise<UserOutcome | ApiProblem> {
	const path = `${usersPath(campaign.id)}/${encodeURIComponent(String(id))}`;
	const result = await request(
		connection,
		{ method: 'DELETE', path },
		{ idempotent: true, isExpected: isObjectOrNothing },
	);
	if (result.ok) {
		const user = isObject(result.body) ? result.body.user : undefined;
		return { status: 'removed', ...(isRow(user) && { user }) };
	}
	const { problem } = result;
	if (problem.kind === 'notFound') {
		// The response to the first attempt was lost, and that attempt did it.
		if (result.retried) return { status: 'removed' };
		return {
			status: 'not_assigned',
			...(campaign.status === null && { reason: NOBODY_OR_NOTHING }),
		};
	}
	return isAboutUser(problem)
		? { status: 'not_removed', reason: refusalReason(problem, NO_REASON) }
		: problem;
}

function isAboutUser({ kind }: ApiProblem): boolean {
	return kind === 'invalid' || kind === 'refused' || kind === 'conflict';
}

const STILL_LISTED = 'Voiso still lists the user in the campaign.';
const NO_REASON = "Voiso didn't remove the user, and gave no reason.";
const NOBODY_OR_NOTHING =
	'The user is not in the campaign, or there is no such campaign. To tell which, the API key needs the scope campaigns.read.';
