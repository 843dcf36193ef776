import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { apiError } from '../../shared/api/explain';
import { idValue } from '../../shared/api/ids';
import { errorItem, shouldContinue } from '../../shared/onError';
import type { Operation } from '../operation';
import { readGroups, type Group } from './groups';
import type { GroupFailure, GroupResult, UserOutcome, UserStatus } from './outcome';
import type { NamedUser } from './userIds';

/** Works on the users of one campaign. */
export type GroupWork = (
	context: IExecuteFunctions,
	connection: Connection,
	group: Group,
) => Promise<GroupResult>;

/**
 * An operation on users, for all items of a campaign together. Each item gives one output item for
 * each user that it names, with the user's outcome.
 */
export function perCampaign(work: GroupWork, { mayBeEmpty = false } = {}): Operation {
	return async (context, connection) => {
		const { groups, failures } = await readGroups(context, connection, mayBeEmpty);
		const byItem = new Map<number, INodeExecutionData[]>();
		for (const [item, failure] of failures) byItem.set(item, [errorItem(failure, item)]);
		const results: GroupResult[] = [];
		for (const group of groups.filter(({ items }) => items.size > 0)) {
			const result = await work(context, connection, group);
			results.push(result);
			if (result.failure && !shouldContinue(context))
				throw toError(context, group, result.failure, results);
			for (const [item, output] of emit(group, result)) byItem.set(item, output);
		}
		addHint(context, results);
		return [...byItem].sort(([a], [b]) => a - b).flatMap(([, output]) => output);
	};
}

function emit(group: Group, { campaign, outcomes, others = [], failure }: GroupResult) {
	const about = { campaign_id: idValue(campaign.id), campaign_status: campaign.status };
	const byItem = new Map<number, INodeExecutionData[]>();
	let rest = others;
	for (const [item, named] of group.items) {
		// Users that no item names stand with the first item of their campaign.
		const users = [...named, ...rest];
		rest = [];
		const output = users.flatMap((user): INodeExecutionData[] => {
			const outcome = outcomes.get(user.key);
			return outcome
				? [{ json: { ...about, ...toJson(user, outcome) }, pairedItem: { item } }]
				: [];
		});
		if (failure && output.length < users.length + Number(users.length === 0)) {
			output.push(errorItem(failure.explanation, item));
		}
		if (output.length === 0)
			output.push({ json: { ...about, status: 'unchanged' }, pairedItem: { item } });
		byItem.set(item, output);
	}
	return byItem;
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
	group: Group,
	{ explanation, status }: GroupFailure,
	results: GroupResult[],
) {
	const { message, description } = explanation;
	const done = (['added', 'removed'] as const)
		.map((kind) => ({ kind, count: count(results, [kind]) }))
		.filter((each) => each.count > 0)
		.map((each) => `${inUsers(each.count)} ${each.count === 1 ? 'was' : 'were'} ${each.kind}`);
	const before =
		done.length > 0 ? ` Before this, ${done.join(' and ')}; running it again is safe.` : '';
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
		message: `${inUsers(undone)} could not be added or removed as asked: see "status" and "reason" of the output items.`,
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
