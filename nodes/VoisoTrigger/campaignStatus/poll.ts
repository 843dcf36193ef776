import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { connect } from '../../shared/api/connection';
import { readCampaigns, toJson } from './campaigns';
import { findChanges, readMemory } from './changes';
import { readWatchSettings } from './settings';

/** The static data of the nodes that are looking at the campaigns at the moment. */
const polling = new WeakSet<IDataObject>();

/**
 * Looks at the campaigns and gives those whose status has changed.
 *
 * What is remembered changes only when all campaigns could be read, and in the same moment as it is
 * compared: a poll that fails has no effect, and the next one finds what it missed.
 *
 * @returns null when nothing starts
 * @throws NodeApiError or NodeOperationError, which n8n stores as a failed execution
 */
export async function pollCampaigns(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const data = context.getWorkflowStaticData('node');
	// A slow poll that ended after a later one would take the statuses back to what they were.
	if (polling.has(data)) return null;
	polling.add(data);
	try {
		const settings = readWatchSettings(context.getNode(), (name) => context.getNodeParameter(name));
		const connection = await connect(context);
		const campaigns = await readCampaigns(context, connection);
		const before = readMemory(data);
		const { memory, changes } = findChanges(before, connection.baseUrl, campaigns, settings);
		// n8n writes the data to its database when it was touched.
		if (JSON.stringify(memory) !== JSON.stringify(before)) Object.assign(data, memory);
		if (changes.length === 0) return null;
		return [changes.map((change) => ({ json: toJson(change, settings) }))];
	} finally {
		polling.delete(data);
	}
}
