import { NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import { isTransitional } from '../../shared/campaign/statuses';
import { readCampaignIds } from '../campaignIds';
import { oneOf, textsOf } from '../oneOf';

/** Which changes trigger the workflow, and with what. */
export interface WatchSettings {
	isWatched(campaignId: string): boolean;
	/** Whether a change to this status triggers the workflow. */
	isWanted(status: string): boolean;
	/** Whether a campaign in this status counts as still having the one before. */
	isIgnored(status: string): boolean;
	emitOnFirstActivation: boolean;
	simplify: boolean;
}

/**
 * Reads the parameters.
 *
 * @param parameter gives a parameter's value, which each of n8n's contexts is asked for in its own way
 * @throws NodeOperationError when no campaign or no status is selected where some must be, or one that isn't in its
 *   list
 */
export function readWatchSettings(
	node: INode,
	parameter: (name: string) => unknown,
): WatchSettings {
	const campaigns = oneOf(node, 'Campaigns', parameter('campaigns'), ['all', 'chosen']);
	const campaignIds = campaigns === 'chosen' ? selectedCampaigns(node, parameter) : null;
	const statuses = wantedStatuses(node, parameter);
	const { emitOnFirstActivation, includeTransitional } = parameter('options') as IDataObject;
	return {
		isWatched: (campaignId) => campaignIds?.has(campaignId) ?? true,
		isWanted: (status) => statuses?.has(status) ?? true,
		// A transitional status that is selected by name is wanted.
		isIgnored: (status) =>
			isTransitional(status) && !(statuses?.has(status) ?? includeTransitional === true),
		emitOnFirstActivation: emitOnFirstActivation === true,
		simplify: parameter('simplify') === true,
	};
}

function selectedCampaigns(node: INode, parameter: (name: string) => unknown): ReadonlySet<string> {
	const ids = readCampaignIds(node, parameter('campaignIds'));
	if (ids.size > 0) return ids;
	throw new NodeOperationError(node, 'No campaign is selected', {
		description: "Select one in 'Campaign Names or IDs', or set 'Campaigns' to 'All'.",
	});
}

/** The statuses that are wanted; null for any. */
function wantedStatuses(
	node: INode,
	parameter: (name: string) => unknown,
): ReadonlySet<string> | null {
	const given = parameter('newStatus');
	const newStatus = oneOf(node, 'New Status', given, ['any', 'autoPaused', 'chosen']);
	if (newStatus === 'autoPaused') return new Set(['auto_paused']);
	if (newStatus === 'any') return null;
	const statuses = textsOf(node, 'Statuses', parameter('statuses'));
	if (statuses.length > 0) return new Set(statuses);
	throw new NodeOperationError(node, 'No status is selected', {
		description: "Select one in 'Statuses', or set 'New Status' to 'Any'.",
	});
}
