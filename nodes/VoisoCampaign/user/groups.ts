import type { IExecuteFunctions } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { operationError, type Explanation } from '../../shared/api/explain';
import { campaignResolver, type ChosenCampaign } from '../../shared/campaign/resolver';
import { itemParameter } from '../../shared/parameters/itemParameter';
import { shouldContinue, toFailure, type Failure } from '../../shared/onError';
import { pauser } from '../../shared/pauser';
import { readUserIds, type NamedUser } from './userIds';

/** All that the input says about the users of one campaign. */
export interface Group {
	campaign: ChosenCampaign;
	/** Index of each input item that is for the campaign → the users that it names. */
	items: Map<number, NamedUser[]>;
	/** The users of all these items, each once. */
	users: NamedUser[];
	/** The first of its items whose users could not be read. */
	unread?: number;
}

export interface Groups {
	groups: Group[];
	/** Items that could not be read, when the user chose to go on. */
	failures: Map<number, Failure>;
}

/**
 * Brings together what all items say, by campaign. Nothing has been sent yet when it throws.
 *
 * @param mayBeEmpty whether an item may name nobody; an expression without a value is never meant so
 * @throws the failure of the first item that cannot be read, unless the user chose to go on
 */
export async function readGroups(
	context: IExecuteFunctions,
	connection: Connection,
	mayBeEmpty: boolean,
): Promise<Groups> {
	const resolve = campaignResolver(context, connection);
	const userIdsOf = itemParameter(context, 'userIds', []);
	const groups = new Map<string, Group>();
	const failures = new Map<number, Failure>();
	const pauses = pauser(context.getExecutionCancelSignal());
	for (const item of context.getInputData().keys()) {
		if (pauses.isDue()) await pauses.take();
		let group: Group | undefined;
		try {
			group = groupOf(groups, await resolve(item));
			group.items.set(item, usersOf(context, userIdsOf(item), mayBeEmpty, item));
		} catch (error) {
			const failure = toFailure(context.getNode(), error, item);
			if (!shouldContinue(context)) throw failure;
			failures.set(item, failure);
			if (group) group.unread ??= item;
		}
	}
	for (const group of groups.values()) group.users = unique([...group.items.values()].flat());
	return { groups: [...groups.values()], failures };
}

function groupOf(groups: Map<string, Group>, campaign: ChosenCampaign): Group {
	const group = groups.get(campaign.id) ?? { campaign, items: new Map(), users: [] };
	groups.set(campaign.id, group);
	return group;
}

function usersOf(
	context: IExecuteFunctions,
	value: unknown,
	mayBeEmpty: boolean,
	itemIndex: number,
): NamedUser[] {
	const reading = readUserIds(value);
	if (!reading.ok) throw operationError(context.getNode(), notAnId(reading.wrong), itemIndex);
	const hasNoValue = value === undefined || value === null;
	if (reading.users.length > 0 || (mayBeEmpty && !hasNoValue)) return reading.users;
	const description = hasNoValue
		? 'The expression for the users has no value for this item. Check the field that it reads.'
		: 'Choose at least one user from the list, or give IDs by an expression.';
	throw operationError(context.getNode(), { message: 'No user chosen', description }, itemIndex);
}

function notAnId(wrong: string): Explanation {
	return {
		message: `"${wrong}" is not the ID of a user`,
		description:
			'Choose users from the list, or give their IDs: one, a list, or several with commas between them. Names and e-mail addresses are not IDs.',
	};
}

function unique(users: NamedUser[]): NamedUser[] {
	return [...new Map(users.map((user) => [user.key, user])).values()];
}
