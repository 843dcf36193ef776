import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { readId } from '../../shared/api/ids';
import { fieldsOf, type CallDirection } from '../../shared/call/simplifyCall';
import { readCampaignIds } from '../campaignIds';
import { oneOf, textsOf } from '../oneOf';
import type { Envelope } from './envelope';
import { callOf } from './simplify';

/** Which events trigger the workflow. */
export interface EventFilter {
	/** Names of events; one that ends with `*` stands for all that begin like it. */
	events: readonly string[];
	/** Only of these campaigns; empty for any, and for events without a campaign. */
	campaignIds: ReadonlySet<string>;
	/** Only of live campaigns, or only of others. */
	live: boolean | undefined;
	/** Only of inbound calls, or only of outbound calls. */
	direction: CallDirection | undefined;
}

/**
 * Reads the parameters.
 *
 * @throws NodeOperationError when no event could ever pass
 */
export function readEventFilter(context: IHookFunctions | IWebhookFunctions): EventFilter {
	const node = context.getNode();
	const { campaignIds, live, direction } = context.getNodeParameter('filters') as IDataObject;
	const events = textsOf(node, 'Events', context.getNodeParameter('events'));
	if (events.length === 0) {
		throw new NodeOperationError(node, 'No event is selected', {
			description: "Select at least one in 'Events'.",
		});
	}
	return {
		events,
		campaignIds: readCampaignIds(node, campaignIds),
		live: live === undefined ? undefined : oneOf(node, 'Campaigns', live, [true, false]),
		direction:
			direction === undefined
				? undefined
				: oneOf(node, 'Direction', direction, ['inbound', 'outbound'] as const),
	};
}

/** Whether an event passes the filter. */
export function isWanted({ event, data }: Envelope, filter: EventFilter): boolean {
	const { events, campaignIds, live, direction } = filter;
	if (!events.some((pattern) => matches(event, pattern))) return false;
	const campaign = fieldsOf(data.campaign);
	if (campaignIds.size > 0 && !campaignIds.has(readId(campaign.id) ?? '')) return false;
	if (live !== undefined && campaign.is_live !== live) return false;
	return direction === undefined || callOf({ event, data })?.direction === direction;
}

function matches(event: string, pattern: string): boolean {
	return pattern.endsWith('*') ? event.startsWith(pattern.slice(0, -1)) : event === pattern;
}
