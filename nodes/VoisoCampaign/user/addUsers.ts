import type { Connection } from '../../shared/api/connection';
import type { RequestContext } from '../../shared/api/explain';
import { toRows, type Row } from '../../shared/api/pages';
import { isObject, type ApiProblem } from '../../shared/api/problem';
import { request } from '../../shared/api/request';
import { readUsers, usersPath, type StaffedCampaign } from './campaignUsers';
import { toGroupFailure, type GroupFailure, type Outcomes, type UserOutcome } from './outcome';
import { isSameKind, userKey, type NamedUser } from './userIds';

/** What Voiso takes in one call. */
const MAX_IDS = 100;
/** Calls that Voiso may refuse as a whole while the users it does not accept are looked for. */
const MAX_REFUSALS = 100;

/** Users whose calls are over, but whom no answer named. */
interface LeftOut {
	user: NamedUser;
	/** What Voiso said when it refused the user. */
	apiMessage?: string;
	/** An earlier answer was lost: it may have named the user. */
	wasRepeated: boolean;
}

interface Adding {
	connection: Connection;
	campaign: StaffedCampaign;
	outcomes: Outcomes;
	leftOut: LeftOut[];
	refusals: number;
	/** The users of the campaign, read when a call is refused for the first time. */
	assigned?: Set<string>;
	problem?: ApiProblem;
}

/**
 * Adds users to a campaign, at most 100 in a call, and finds out what became of each: Voiso may leave
 * users that it does not add out of its answer, or refuse the whole call for one of them.
 */
export async function addUsers(
	connection: Connection,
	campaign: StaffedCampaign,
	users: readonly NamedUser[],
	about: RequestContext,
): Promise<{ outcomes: Outcomes; failure?: GroupFailure }> {
	const adding: Adding = { connection, campaign, outcomes: new Map(), leftOut: [], refusals: 0 };
	for (let start = 0; start < users.length && !adding.problem; start += MAX_IDS) {
		await addTogether(adding, users.slice(start, start + MAX_IDS));
	}
	const { outcomes, problem } = adding;
	await settleLeftOut(adding);
	return problem ? { outcomes, failure: toGroupFailure(problem, about) } : { outcomes };
}

async function addTogether(adding: Adding, users: readonly NamedUser[]): Promise<void> {
	if (users.length === 0 || adding.problem) return;
	const { connection, campaign, outcomes, leftOut } = adding;
	const body = JSON.stringify({ user_ids: users.map(({ id }) => id) });
	const path = usersPath(campaign.id);
	const result = await request(connection, { method: 'POST', path, body }, { idempotent: true });
	if (!result.ok) return await resolveRefusal(adding, users, result.problem, result.retried);
	for (const [key, user] of byKey(usersIn(result.body)))
		outcomes.set(key, { status: 'added', user });
	for (const user of users) {
		if (!outcomes.has(user.key)) leftOut.push({ user, wasRepeated: result.retried });
	}
}

/** A call that is refused as a whole is made again without those that are assigned already, then in halves. */
async function resolveRefusal(
	adding: Adding,
	users: readonly NamedUser[],
	problem: ApiProblem,
	wasRepeated: boolean,
): Promise<void> {
	adding.refusals++;
	if (!isAboutUsers(problem, adding.campaign) || adding.refusals > MAX_REFUSALS) {
		adding.problem = problem;
		return;
	}
	const assigned = (adding.assigned ??= await assignedKeys(adding));
	const waiting = users.filter(({ key }) => !assigned.has(key));
	for (const user of users) if (assigned.has(user.key)) adding.leftOut.push({ user, wasRepeated });
	if (waiting.length < users.length) return await addTogether(adding, waiting);
	const [only, another] = users;
	if (only && !another) {
		adding.leftOut.push({ user: only, apiMessage: problem.apiMessage, wasRepeated });
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

async function assignedKeys({ connection, campaign }: Adding): Promise<Set<string>> {
	const list = await readUsers(connection, campaign.id);
	// Without the list, halving the call finds the same users, only slower.
	return new Set(list.ok ? byKey(list.rows).keys() : []);
}

/** Looks at the list of the campaign's users for those that no answer named. */
async function settleLeftOut({ connection, campaign, outcomes, leftOut }: Adding): Promise<void> {
	if (leftOut.length === 0) return;
	const list = await readUsers(connection, campaign.id);
	const assigned = list.ok ? byKey(list.rows) : undefined;
	for (const each of leftOut) outcomes.set(each.user.key, outcomeOf(each, assigned));
}

function outcomeOf(
	{ user: { key }, apiMessage, wasRepeated }: LeftOut,
	assigned: Map<string, Row> | undefined,
): UserOutcome {
	const user = assigned?.get(key);
	if (user && !wasRepeated) return { status: 'already_assigned', user };
	if (user) {
		const reason = 'An answer of Voiso was lost: the user may have been in the campaign before';
		return { status: 'added', reason, user };
	}
	if (apiMessage !== undefined) {
		return {
			status: 'not_added',
			reason: apiMessage === '' ? UNKNOWN_USER : `Voiso says: ${apiMessage}`,
		};
	}
	const keys = assigned && [...assigned.keys()];
	const isVisible = keys && (keys.length === 0 || keys.some((other) => isSameKind(other, key)));
	if (isVisible) return { status: 'not_added', reason: UNKNOWN_USER };
	return {
		status: 'unreported',
		reason:
			"Voiso's answer leaves the user out, and the list of the campaign's users does not tell whether the user is in it",
	};
}

const UNKNOWN_USER = 'Voiso did not add the user: check that there is a user with this ID';

function usersIn(body: unknown): Row[] {
	return isObject(body) ? toRows(body.added_users) : [];
}

function byKey(users: readonly Row[]): Map<string, Row> {
	return new Map(users.map((user) => [userKey(user.id), user]));
}
