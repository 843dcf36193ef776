import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../shared/api/connection';
import { campaignResolver, type ChosenCampaign } from '../shared/campaign/resolver';
import { errorItem, shouldContinue, toFailure, type Failure } from '../shared/onError';
import { pauser } from '../shared/pauser';

/** All input items that are for one campaign. */
export interface Group<Wanted> {
	campaign: ChosenCampaign;
	/** Index of each of these items → what it wants. */
	items: Map<number, Wanted>;
	/** The first of them that couldn't be read. */
	unread?: number;
}

export interface Grouping<Wanted> {
	/** In the order in which the items name their campaigns. */
	groups: Array<Group<Wanted>>;
	/** Items that couldn't be read, when the user chose to continue. */
	failures: Map<number, Failure>;
	/** The first item of which not even the campaign is known: it may be for any. */
	unplaced?: number;
}

/**
 * Brings together what all items want, by campaign. Nothing has been sent yet when it throws.
 *
 * @param read gives what an item wants
 * @throws the failure of the first item that can't be read, unless the user chose to continue
 */
export async function groupByCampaign<Wanted>(
	context: IExecuteFunctions,
	connection: Connection,
	read: (itemIndex: number) => Wanted | Promise<Wanted>,
): Promise<Grouping<Wanted>> {
	const resolve = campaignResolver(context, connection);
	const groups = new Map<string, Group<Wanted>>();
	const grouping: Grouping<Wanted> = { groups: [], failures: new Map() };
	const pauses = pauser(context.getExecutionCancelSignal());
	for (const item of context.getInputData().keys()) {
		if (pauses.isDue()) await pauses.take();
		let group: Group<Wanted> | undefined;
		try {
			const campaign = await resolve(item);
			group = groups.get(campaign.id) ?? { campaign, items: new Map() };
			groups.set(campaign.id, group);
			group.items.set(item, await read(item));
		} catch (error) {
			const failure = toFailure(context.getNode(), error, item);
			if (!shouldContinue(context)) throw failure;
			grouping.failures.set(item, failure);
			if (group) group.unread ??= item;
			else grouping.unplaced ??= item;
		}
	}
	grouping.groups = [...groups.values()].filter(({ items }) => items.size > 0);
	return grouping;
}

/** The output of all items, in their order: what the groups gave, and the failures to read one. */
export function inItemOrder(
	output: Map<number, INodeExecutionData[]>,
	failures: Map<number, Failure>,
): INodeExecutionData[] {
	const errors = [...failures].map(
		([item, failure]) => [item, [errorItem(failure, item)]] as const,
	);
	return [...output, ...errors].sort(([a], [b]) => a - b).flatMap(([, items]) => items);
}
