import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { voisoApiTest } from '../shared/api/voisoApiTest';
import { runNode } from '../shared/onError';
import { triggerHint } from './builderHint';
import { getCampaigns } from './campaignStatus/campaigns';
import { exampleChange } from './campaignStatus/example';
import { pollCampaigns } from './campaignStatus/poll';
import { forgetDeliveries } from './events/deliveries';
import { readEventFilter } from './events/filter';
import { receive } from './events/receive';
import { requireSecret, webhookSecretTest } from './events/secret';
import { triggerProperties } from './triggerOn';

/**
 * Two kinds of triggers in one node: n8n polls when there are poll times, and opens a webhook when its
 * method isn't empty. `polling: true` isn't set, because n8n would show its Poll Times for events too;
 * all that it does beside that is to name the test button.
 */
export class VoisoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Voiso Trigger',
		name: 'voisoTrigger',
		icon: { light: 'file:../../icons/voiso.svg', dark: 'file:../../icons/voiso.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["triggerOn"] === "event" ? "event" : $parameter["newStatus"] === "autoPaused" ? "campaign auto paused" : "campaign status changed" }}',
		description:
			'Starts the workflow when the status of a Voiso campaign changes, or when Voiso sends an event about a call, recording, agent or message',
		defaults: { name: 'Voiso Trigger' },
		builderHint: triggerHint,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		// n8n's editor takes a parameter of which every value shows a credential for the choice of the
		// credential: it hides it and sets it itself. So one of the two is hidden instead of shown.
		credentials: [
			{
				name: 'voisoApi',
				required: true,
				testedBy: 'voisoApiTest',
				displayOptions: { hide: { triggerOn: ['event'] } },
			},
			{
				name: 'voisoWebhookApi',
				required: true,
				testedBy: 'webhookSecretTest',
				displayOptions: { show: { triggerOn: ['event'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: '={{ $parameter["triggerOn"] === "event" ? "POST" : "" }}',
				responseMode: 'onReceived',
				path: 'voiso',
				ndvHideUrl: '={{ $parameter["triggerOn"] !== "event" }}',
			},
		],
		triggerPanel: {
			header: 'Pull in events from Voiso',
			executionsHelp: {
				inactive:
					"<b>While building your workflow</b>, execute this step. With 'Campaign Status Changed' it shows one of your campaigns as sample data. With 'Event' it waits until Voiso sends an event to the Test URL.<br /><br /><b>Once you're happy with your workflow</b>, <a data-key=\"activate\">activate</a> it. Then every event triggers an execution, shown in the <a data-key=\"executions\">executions list</a>.",
				active:
					"<b>While building your workflow</b>, execute this step. With 'Campaign Status Changed' it shows one of your campaigns as sample data. With 'Event' it waits until Voiso sends an event to the Test URL.<br /><br /><b>Your workflow is active</b>: every event triggers an execution, shown in the <a data-key=\"executions\">executions list</a>.",
			},
			activationHint:
				'Once you activate the workflow, it runs on every event. These executions appear in the executions list, not here.',
		},
		properties: triggerProperties,
	};

	methods = {
		loadOptions: { getCampaigns },
		credentialTest: { voisoApiTest, webhookSecretTest },
	};

	// Voiso has no API for webhooks: somebody adds them in Voiso by hand.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				await requireSecret(this);
				readEventFilter(this);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				forgetDeliveries(this);
				return true;
			},
		},
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getNodeParameter('triggerOn') !== 'campaignStatus') return null;
		return await pollCampaigns(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}

	/**
	 * Passes on what poll or webhook gave. Without this, n8n would poll in a test that a webhook has
	 * started, and the event would be lost.
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const isTest = this.getMode() === 'manual';
		if (isTest && this.getNodeParameter('triggerOn', 0) === 'campaignStatus') {
			return await runNode(this, async () => [await exampleChange(this)]);
		}
		return [this.getInputData()];
	}
}
