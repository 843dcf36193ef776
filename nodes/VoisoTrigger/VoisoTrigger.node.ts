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
import { receive } from './events/receive';
import { requireSecret, webhookSecretTest } from './events/secret';
import { exampleChange } from './campaignStatus/example';
import { pollCampaigns } from './campaignStatus/poll';
import { getCampaigns } from './getCampaigns';
import { triggerProperties } from './triggerOn';

/**
 * Two kinds of events in one node: n8n polls when there are poll times, and opens a webhook when its
 * method is not empty. `polling: true` is not set, because n8n would show its Poll Times for call
 * events too; all that it does beside that is to name the test button.
 */
export class VoisoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Voiso Trigger',
		name: 'voisoTrigger',
		icon: { light: 'file:../../icons/voiso.svg', dark: 'file:../../icons/voiso.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["triggerOn"] === "callEvent" ? "call event" : $parameter["newStatus"] === "ranDry" ? "campaign ran dry" : "campaign status" }}',
		description:
			'Starts the workflow when the status of a Voiso campaign changes, or when Voiso reports a call',
		defaults: { name: 'Voiso Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		// n8n's editor takes a parameter of which every value shows a credential for the choice of the
		// credential: it hides it and sets it itself. So one of the two is hidden instead of shown.
		credentials: [
			{
				name: 'voisoApi',
				required: true,
				displayOptions: { hide: { triggerOn: ['callEvent'] } },
			},
			{
				name: 'voisoWebhookApi',
				required: true,
				testedBy: 'webhookSecretTest',
				displayOptions: { show: { triggerOn: ['callEvent'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: '={{ $parameter["triggerOn"] === "callEvent" ? "POST" : "" }}',
				responseMode: 'onReceived',
				path: 'voiso',
				ndvHideUrl: '={{ $parameter["triggerOn"] !== "callEvent" }}',
			},
		],
		triggerPanel: {
			header: 'Pull in events from Voiso',
			executionsHelp: {
				inactive:
					'<b>While you build the workflow</b>, execute this step. For a campaign status it shows one of your campaigns as an example; for call events it waits until Voiso delivers one to the Test URL.<br><br><b>Once it is ready</b>, <a data-key="activate">activate</a> it. Each event then starts an execution, shown in the <a data-key="executions">executions list</a>.',
				active:
					'<b>While you build the workflow</b>, execute this step. For a campaign status it shows one of your campaigns as an example; for call events it waits until Voiso delivers one to the Test URL.<br><br><b>The workflow is active</b>: each event starts an execution, shown in the <a data-key="executions">executions list</a>.',
			},
			activationHint:
				'Once the workflow is active, it starts by itself with each event; those executions are not shown here.',
		},
		properties: triggerProperties,
	};

	methods = {
		loadOptions: { getCampaigns },
		credentialTest: { webhookSecretTest },
	};

	// Voiso has no API for webhooks: they are there when somebody has entered them in Voiso.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				await requireSecret(this);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
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
	 * Hands on what poll or webhook brought. Without this, n8n would poll in a test that a webhook has
	 * started, and the event would be lost.
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const isTest = this.getMode() === 'manual';
		if (isTest && this.getNodeParameter('triggerOn', 0) === 'campaignStatus') {
			return [await exampleChange(this)];
		}
		return [this.getInputData()];
	}
}
