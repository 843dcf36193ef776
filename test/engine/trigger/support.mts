import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { VoisoWebhookApi } from '../../../credentials/VoisoWebhookApi.credentials.ts';
import { VoisoTrigger } from '../../../nodes/VoisoTrigger/VoisoTrigger.node.ts';
import type { Sandbox } from '../../sandbox/index.mts';
import '../harness/environment.mts';
import { PollingWorkflow } from '../harness/pollingWorkflow.mts';
import type { TriggerWorkflow } from '../harness/triggerRun.mts';
import { WebhookWorkflow } from '../harness/webhookWorkflow.mts';

/** The secret in Voiso's webhook and in the credential. */
export const SECRET = 'correct-horse-battery';

let nodes = 0;

/** A node with an ID of its own, which shares nothing that the process remembers with others. */
export function triggerNode(parameters: INodeParameters) {
	const id = `trigger-${++nodes}`;
	return { id, name: 'Voiso Trigger', type: 'voisoTrigger', webhookId: 'a-webhook-id', parameters };
}

/** A workflow that watches the campaigns of the sandbox, not yet active. */
export function watch(
	{ url, apiKey }: Pick<Sandbox, 'url' | 'apiKey'>,
	parameters: INodeParameters = {},
	credential = new VoisoApi(),
): PollingWorkflow {
	return new PollingWorkflow(watching({ url, apiKey }, parameters, credential));
}

export function watching(
	{ url, apiKey }: Pick<Sandbox, 'url' | 'apiKey'>,
	parameters: INodeParameters = {},
	credential = new VoisoApi(),
): TriggerWorkflow {
	return {
		trigger: triggerNode({ triggerOn: 'campaignStatus', ...parameters }),
		nodeType: new VoisoTrigger(),
		credentials: [{ type: credential, data: { clusterId: url, apiKey } }],
	};
}

/** A workflow that listens for events, not yet active. */
export function listen(
	parameters: INodeParameters = {},
	{ mode = 'webhook', secret = SECRET }: { mode?: 'webhook' | 'manual'; secret?: string } = {},
): WebhookWorkflow {
	return new WebhookWorkflow(
		{
			trigger: triggerNode({ triggerOn: 'event', ...parameters }),
			nodeType: new VoisoTrigger(),
			credentials: [{ type: new VoisoWebhookApi(), data: { secret } }],
		},
		mode,
	);
}

/** The campaigns of each execution. */
export function ids(executions: IDataObject[][]): unknown[][] {
	return executions.map((items) => items.map(({ id, campaign_id = id }) => campaign_id));
}

/** Parameters of *Campaign Status Changed* with which a workflow can't be activated. */
export const unusableSettings: INodeParameters[] = [
	{ campaigns: 'chosen' },
	{ campaigns: 'chosen', campaignIds: ['3 b!'] },
	{ newStatus: 'chosen' },
	{ newStatus: 'auto_paused' },
	{ newStatus: '={{ undefined }}' },
	{ campaigns: 'selected' },
	{ newStatus: 'chosen', statuses: [{}] },
	{ newStatus: 'chosen', statuses: '={{ 5 }}' },
];

/** Parameters of *Event* with which a workflow can't be activated. */
export const unusableFilters: INodeParameters[] = [
	{ filters: { campaignIds: '3, b!' } },
	{ filters: { campaignIds: '={{ ["3", null, -5] }}' } },
	{ filters: { campaignIds: '={{ 10n }}' } },
	{ filters: { campaignIds: '={{ ({ toString: 1 }) }}' } },
	{ filters: { live: 'yes' } },
	{ filters: { direction: 'up' } },
	{ events: [] },
	{ events: [{}] },
];
