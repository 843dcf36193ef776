import { NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import { isTransitional } from '../../shared/campaign/statuses';
import { readCampaignIds } from '../campaignIds';

/** Which changes start the workflow, and what it is given. */
export interface WatchSettings {
	isWatched(campaignId: string): boolean;
	/** Whether a change to this status is wanted. */
	isWanted(status: string): boolean;
	/** Whether a campaign in this status is taken to have the one before still. */
	isPassing(status: string): boolean;
	emitOnFirstActivation: boolean;
	simplify: boolean;
}

/** What the interface calls *Ran Dry*. */
const RAN_DRY = 'auto_paused';

/**
 * Reads the parameters.
 *
 * @param parameter gives a parameter's value: how it is asked for differs between n8n's contexts
 * @throws NodeOperationError when no campaign or no status is chosen where some must be
 */
export function readWatchSettings(
	node: INode,
	parameter: (name: string) => unknown,
): WatchSettings {
	const campaignIds = parameter('campaigns') === 'chosen' ? chosenCampaigns(node, parameter) : null;
	const statuses = wantedStatuses(node, parameter);
	const { emitOnFirstActivation, includeTransitional } = parameter('options') as IDataObject;
	return {
		isWatched: (campaignId) => campaignIds?.has(campaignId) ?? true,
		isWanted: (status) => statuses?.has(status) ?? true,
		// A status that is chosen by name is wanted even when it passes.
		isPassing: (status) =>
			isTransitional(status) && !(statuses?.has(status) ?? includeTransitional === true),
		emitOnFirstActivation: emitOnFirstActivation === true,
		simplify: parameter('simplify') === true,
	};
}

function chosenCampaigns(node: INode, parameter: (name: string) => unknown): ReadonlySet<string> {
	const ids = readCampaignIds(node, parameter('campaignIds'));
	if (ids.size > 0) return ids;
	throw new NodeOperationError(node, 'No campaign is chosen', {
		description: 'Choose one under "Campaign Names or IDs", or set "Campaigns" to "All".',
	});
}

/** The statuses that are wanted; null for any. */
function wantedStatuses(
	node: INode,
	parameter: (name: string) => unknown,
): ReadonlySet<string> | null {
	const newStatus = parameter('newStatus');
	if (newStatus === 'ranDry') return new Set([RAN_DRY]);
	if (newStatus !== 'chosen') return null;
	const statuses = [parameter('statuses')]
		.flat()
		.map(String)
		.filter((status) => status !== '');
	if (statuses.length > 0) return new Set(statuses);
	throw new NodeOperationError(node, 'No status is chosen', {
		description: 'Choose one under "Statuses", or set "New Status" to "Any".',
	});
}
