import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { apiError, operationError } from '../../shared/api/explain';
import { idValue } from '../../shared/api/ids';
import { errorItem, shouldContinue } from '../../shared/onError';
import { itemParameter } from '../../shared/parameters/itemParameter';
import { groupByCampaign, inItemOrder, type Group } from '../groups';
import type { Operation } from '../operation';
import { userFinder } from './findUser';
import {
	aboutUsers,
	fetchCampaign,
	readUsers,
	toGroupFailure,
	toStaff,
	type GroupFailure,
	type Staff,
	type StaffedCampaign,
	type UserOutcome,
	type UserStatus,
	type Work,
} from './staff';
import type { NamedUser } from './userIds';

/** One campaign, and all that the input says about its users. */
export interface CampaignTask {
	connection: Connection;
	campaign: StaffedCampaign;
	/** Who is in it; undefined when the API key may not see that. */
	before: Staff | undefined;
	/** The users that its items name, each once. */
	users: NamedUser[];
	/** An item that couldn't be read and is for this campaign, or may be. */
	unread?: number;
	/** A parameter of the campaign's first item. */
	parameter(name: string, fallback: IDataObject): IDataObject;
}

export interface UserWork extends Work {
	/** Users with an outcome that no item names. */
	others?: readonly NamedUser[];
}

interface GroupResult extends UserWork {
	campaign: StaffedCampaign;
}

/**
 * An operation on users, for all items of a campaign together. Each item gives one output item for
 * each user that it names, with the user's outcome.
 */
export function perCampaign(
	work: (task: CampaignTask) => Promise<UserWork>,
	{ mayBeEmpty = false } = {},
): Operation {
	return async (context, connection) => {
		const userIdsOf = itemParameter(context, 'userIds', []);
		const findUsers = userFinder(context, connection);
		const { groups, failures, unplaced } = await groupByCampaign(
			context,
			connection,
			async (item) => {
				const value = userIdsOf(item);
				const users = await findUsers(value, item);
				const hasNoValue = value === undefined || value === null;
				if (users.length > 0 || (mayBeEmpty && !hasNoValue)) return users;
				throw operationError(context.getNode(), hasNoValue ? NO_VALUE : NO_USER, item);
			},
		);
		const output = new Map<number, INodeExecutionData[]>();
		const results: GroupResult[] = [];
		for (const group of groups) {
			const unread = group.unread ?? unplaced;
			const result = await workOn({ context, connection, work }, group, unread);
			results.push(result);
			if (result.failure && !shouldContinue(context)) {
				throw toError(context, group, result.failure, results);
			}
			emit(output, group, result);
		}
		addHint(context, results);
		return inItemOrder(output, failures);
	};
}

const NO_VALUE = {
	message: 'No users selected',
	description:
		"The expression in 'User Names or IDs' has no value for this item. Check the field that it reads.",
};
const NO_USER = {
	message: 'No users selected',
	description:
		'Select at least one user from the list. An expression or an AI agent gives IDs or email addresses.',
};

interface Setting {
	context: IExecuteFunctions;
	connection: Connection;
	work: (task: CampaignTask) => Promise<UserWork>;
}

async function workOn(
	{ context, connection, work }: Setting,
	{ campaign: chosen, items }: Group<NamedUser[]>,
	unread: number | undefined,
): Promise<GroupResult> {
	const none = { campaign: { ...chosen, status: null }, outcomes: new Map() };
	const reading = aboutUsers(connection, chosen, 'read the users of', 'campaigns.read');
	const look = await fetchCampaign(connection, chosen);
	if (!look.ok) return { ...none, failure: toGroupFailure(look.problem, reading) };
	const { campaign } = look;
	const list = campaign.status === null ? undefined : await readUsers(connection, campaign.id);
	if (list && !list.ok && list.problem.kind !== 'forbidden') {
		const about = aboutUsers(connection, campaign, 'read the users of', 'campaigns.read');
		return { ...none, campaign, failure: toGroupFailure(list.problem, about) };
	}
	const users = new Map([...items.values()].flat().map((user) => [user.key, user]));
	const [firstItem = 0] = items.keys();
	const task: CampaignTask = {
		connection,
		campaign,
		before: list?.ok ? toStaff(list.rows) : undefined,
		users: [...users.values()],
		...(unread !== undefined && { unread }),
		parameter: (name, fallback) =>
			context.getNodeParameter(name, firstItem, fallback) as IDataObject,
	};
	return { campaign, ...(await work(task)) };
}

function emit(
	output: Map<number, INodeExecutionData[]>,
	group: Group<NamedUser[]>,
	{ campaign, outcomes, others = [], failure }: GroupResult,
): void {
	const about = {
		campaign_id: idValue(campaign.id),
		campaign_name: campaign.name ?? null,
		campaign_status: campaign.status,
	};
	let rest = others;
	for (const [item, named] of group.items) {
		// Users that no item names stand with the first item of their campaign.
		const users = [...named, ...rest];
		rest = [];
		const rows = users.flatMap((user): INodeExecutionData[] => {
			const outcome = outcomes.get(user.key);
			return outcome
				? [{ json: { ...about, ...toJson(user, outcome) }, pairedItem: { item } }]
				: [];
		});
		if (failure && rows.length < users.length + Number(users.length === 0)) {
			rows.push(errorItem(failure.explanation, item));
		}
		if (rows.length === 0) {
			rows.push({ json: { ...about, status: 'unchanged' }, pairedItem: { item } });
		}
		output.set(item, rows);
	}
}

function toJson({ id }: NamedUser, { status, reason, user }: UserOutcome): IDataObject {
	const json: IDataObject = { user_id: id, status };
	if (typeof user?.name === 'string') json.name = user.name;
	if (typeof user?.email === 'string') json.email = user.email;
	if (reason !== undefined) json.reason = reason;
	return json;
}

/** The failure that ends the execution, with what has been done until then. */
function toError(
	context: IExecuteFunctions,
	group: Group<NamedUser[]>,
	{ explanation, status }: GroupFailure,
	results: GroupResult[],
) {
	const { message, description } = explanation;
	const done = (['added', 'removed'] as const)
		.map((kind) => ({ kind, count: count(results, [kind]) }))
		.filter((each) => each.count > 0)
		.map((each) => `${inUsers(each.count)} ${each.count === 1 ? 'was' : 'were'} ${each.kind}`);
	const before =
		done.length > 0 ? ` Before this, ${done.join(' and ')}. Running it again is safe.` : '';
	const [firstItem] = group.items.keys();
	return apiError(
		context.getNode(),
		{ message, description: `${description}${before}` },
		status,
		firstItem,
	);
}

const UNDONE: readonly UserStatus[] = ['not_added', 'not_removed', 'unreported'];

function addHint(context: IExecuteFunctions, results: GroupResult[]): void {
	const undone = count(results, UNDONE);
	if (undone === 0) return;
	context.addExecutionHints({
		message: `${inUsers(undone)} couldn't be added or removed as asked. See "status" and "reason" of the output items.`,
		type: 'warning',
		location: 'outputPane',
	});
}

function count(results: GroupResult[], statuses: readonly UserStatus[]): number {
	return results
		.flatMap(({ outcomes }) => [...outcomes.values()])
		.filter(({ status }) => statuses.includes(status)).length;
}

function inUsers(number: number): string {
	return number === 1 ? '1 user' : `${number} users`;
}
