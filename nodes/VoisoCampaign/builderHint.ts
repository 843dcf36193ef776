import type { IBuilderHint } from 'n8n-workflow';
import { outputHint } from '../shared/outputHint';
import getCalls from './__schema__/v1.0.0/call/getAll.json';
import get from './__schema__/v1.0.0/campaign/get.json';
import getCampaigns from './__schema__/v1.0.0/campaign/getAll.json';
import pause from './__schema__/v1.0.0/campaign/pause.json';
import start from './__schema__/v1.0.0/campaign/start.json';
import stop from './__schema__/v1.0.0/campaign/stop.json';
import add from './__schema__/v1.0.0/user/add.json';
import getUsers from './__schema__/v1.0.0/user/getAll.json';
import remove from './__schema__/v1.0.0/user/remove.json';
import sync from './__schema__/v1.0.0/user/sync.json';

const OUTPUTS = {
	call: { getAll: getCalls },
	campaign: { get, getAll: getCampaigns, pause, start, stop },
	user: { add, getAll: getUsers, remove, sync },
};

/** What AI workflow builders read of the node beside its parameters. */
export const campaignHint: IBuilderHint = {
	searchHint:
		'Hand over all items at once: an action is done once per campaign, however many items name it. A campaign needs at least one lead (Voiso Leads) and one user before it can be started.',
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-voiso.voisoLeads',
			relationHint: 'Adds, updates and deactivates the leads of a campaign',
		},
		{
			nodeType: 'n8n-nodes-voiso.voisoTrigger',
			relationHint: 'Triggers when the status of a campaign changes, or on the result of a call',
		},
	],
	extraTypeDefContent: Object.entries(OUTPUTS).flatMap(([resource, operations]) =>
		Object.entries(operations).map(([operation, schema]) =>
			outputHint(schema, { resource: [resource], operation: [operation] }),
		),
	),
};
