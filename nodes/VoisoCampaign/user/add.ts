import type { Connection } from '../../shared/api/connection';
import { toRows, type Row } from '../../shared/api/pages';
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
	type Staff,
	type StaffedCampaign,
	type UserOutcome,
	type Work,
} from './staff';
import { userIdsProperty, type NamedUser } from './userIds';

/** What Voiso takes in one call. */
const MAX_IDS = 100;
/** Calls that Voiso may refuse as a whole while the users it does not accept are looked for. */
const MAX_REFUSALS = 100;

export const description = showFor('user', ['add'], [{ ...userIdsProperty, required: true }]);

/** Adds the users that the items name to their campaigns. */
export const execute = perCampaign(async ({ connection, campaign, before, users }) => {
	return await addUsers(connection, campaign, before, users);
});

/**
 * Adds users to a campaign, at most 100 in a call, and finds out what came of each by reading the list of
 * the campaign's users again: Voiso may leave users that it does not add out of its answer, or refuse the
 * whole call for one of them. Without the right to read that list, the answers have to do.
 *
 * @param before who is in the campaign; undefined when the API key may not see it
 */
export async function addUsers(
	connection: Connection,
	campaign: StaffedCampaign,
	before: Staff | undefined,
	users: readonly NamedUser[],
): Promise<Work> {
	const missing = users.filter(({ key }) => !before?.has(key));
	const adding: Adding = {
		connection,
		campaign,
		named: new Map(),
		refused: new Map(),
		sent: new Set(),
		refusals: 0,
	};
	for (let start = 0; start < missing.length && !adding.problem; start += MAX_IDS) {
		await addTogether(adding, missing.slice(start, start + MAX_IDS));
	}
	const list = before && missing.length > 0 && (await readUsers(connection, campaign.id));
	const after = list && list.ok ? toStaff(list.rows) : undefined;
	const outcomes = new Map<string, UserOutcome>();
	for (const user of users) {
		const assigned = before?.get(user.key);
		const outcome: UserOutcome | undefined = assigned
			? { status: 'already_assigned', user: assigned }
			: outcomeOf(user, adding, after);
		if (outcome) outcomes.set(user.key, outcome);
	}
	if (!adding.problem) return { outcomes };
	const context = aboutUsers(connection, campaign, 'add users to', 'campaigns.manage');
	return { outcomes, failure: toGroupFailure(adding.problem, context) };
}

interface Adding {
	connection: Connection;
	campaign: StaffedCampaign;
	/** Users that the answers name as added. */
	named: Map<string, Row>;
	/** Users that Voiso refused each by itself. */
	refused: Map<string, ApiProblem>;
	/** Users whose calls are over. */
	sent: Set<string>;
	refusals: number;
	/** What ended the calls before their time. */
	problem?: ApiProblem;
}

async function addTogether(adding: Adding, users: readonly NamedUser[]): Promise<void> {
	if (adding.problem) return;
	const { connection, campaign } = adding;
	const body = JSON.stringify({ user_ids: users.map(({ id }) => id) });
	const path = usersPath(campaign.id);
	const result = await request(
		connection,
		{ method: 'POST', path, body },
		{ idempotent: true, isExpected: isObjectOrNothing },
	);
	if (result.ok) {
		for (const { key } of users) adding.sent.add(key);
		const added = isObject(result.body) ? toRows(result.body.added_users) : [];
		for (const [key, user] of toStaff(added)) adding.named.set(key, user);
		return;
	}
	// An unknown user makes Voiso refuse the whole call: that one is found by halves.
	adding.refusals++;
	if (!isAboutUsers(result.problem, campaign) || adding.refusals > MAX_REFUSALS) {
		adding.problem = result.problem;
		return;
	}
	const [only, another] = users;
	if (only && !another) {
		adding.sent.add(only.key);
		adding.refused.set(only.key, result.problem);
		return;
	}
	const middle = Math.ceil(users.length / 2);
	await addTogether(adding, users.slice(0, middle));
	await addTogether(adding, users.slice(middle));
}

/** 422 as documented for what is not valid; an unknown user may also be a bad request or not found. */
function isAboutUsers({ kind }: ApiProblem, { status }: StaffedCampaign): boolean {
	const isCampaignThere = status !== null;
	return kind === 'invalid' || kind === 'refused' || (kind === 'notFound' && isCampaignThere);
}

/** @returns undefined when the user was not sent, and is not there either */
function outcomeOf(
	user: NamedUser,
	{ named, refused, sent }: Adding,
	after: Staff | undefined,
): UserOutcome | undefined {
	const { key } = user;
	const present = after?.get(key);
	if (present) return { status: 'added', user: present };
	if (!sent.has(key)) return undefined;
	const problem = refused.get(key);
	if (problem) return { status: 'not_added', reason: refusalReason(problem, UNKNOWN_USER) };
	const answered = named.get(key);
	if (after && tellsAbout(after, user)) {
		return { status: 'not_added', reason: answered ? NOT_LISTED : UNKNOWN_USER };
	}
	if (answered) return { status: 'added', user: answered };
	return { status: 'unreported', reason: UNREPORTED };
}

const UNKNOWN_USER = "Voiso didn't add the user. Check that a user with this ID exists.";
const NOT_LISTED =
	"Voiso answered that it added the user, but doesn't list the user in the campaign.";
const UNREPORTED =
	"Voiso's response leaves the user out, and whether the user is in the campaign can't be read.";
