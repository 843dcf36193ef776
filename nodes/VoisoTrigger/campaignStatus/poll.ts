import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { connect } from '../../shared/api/connection';
import { readCampaigns, toJson } from './campaigns';
import { findChanges, fingerprint, readMemory } from './changes';
import { readWatchSettings } from './settings';

/** The static data of the nodes that are being polled at the moment. */
const polling = new WeakSet<IDataObject>();

/**
 * Reads the campaigns and gives those whose status has changed.
 *
 * What is remembered changes only when all campaigns could be read, and at the same moment as it is
 * compared: a poll that fails has no effect, and the next one finds what it missed. What it remembers when
 * nothing has changed, n8n writes to its database only with the next change or activation.
 *
 * @returns null when the workflow isn't triggered
 * @throws NodeApiError or NodeOperationError, which n8n stores as a failed execution
 */
export async function pollCampaigns(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const data = context.getWorkflowStaticData('node');
	// A slow poll that ended after a later one would set the statuses back.
	if (polling.has(data)) return null;
	polling.add(data);
	try {
		const settings = readWatchSettings(context.getNode(), (name) => context.getNodeParameter(name));
		const connection = await connect(context);
		const { apiKey } = await context.getCredentials('voisoApi');
		const account = { baseUrl: connection.baseUrl, key: fingerprint(String(apiKey)) };
		const campaigns = await readCampaigns(context, connection);
		const before = readMemory(data);
		const { memory, changes } = findChanges(before, account, campaigns, settings);
		const items = changes.map((change) => ({ json: toJson(change, settings) }));
		// n8n takes data that was written to for changed.
		if (JSON.stringify(memory) !== JSON.stringify(before)) Object.assign(data, memory);
		return items.length > 0 ? [items] : null;
	} finally {
		polling.delete(data);
	}
}
