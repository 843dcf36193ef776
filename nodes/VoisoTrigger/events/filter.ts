import { readId } from '../../shared/api/ids';
import { isObject } from '../../shared/api/problem';
import type { Envelope } from './envelope';

/** Which events start the workflow. */
export interface EventFilter {
	/** Names of events; one that ends with `*` stands for all that begin like it. */
	events: readonly string[];
	/** Only of these campaigns; empty for any, and for calls without one. */
	campaignIds: ReadonlySet<string>;
	/** Only of campaigns that are live, or that are not. */
	live: boolean | undefined;
}

export function isWanted(
	{ event, data }: Envelope,
	{ events, campaignIds, live }: EventFilter,
): boolean {
	if (!events.some((pattern) => matches(event, pattern))) return false;
	const campaign = isObject(data.campaign) ? data.campaign : {};
	if (campaignIds.size > 0 && !campaignIds.has(readId(campaign.id) ?? '')) return false;
	return live === undefined || campaign.is_live === live;
}

function matches(event: string, pattern: string): boolean {
	return pattern.endsWith('*') ? event.startsWith(pattern.slice(0, -1)) : event === pattern;
}
