import { inspect } from 'node:util';
import type { INodeParameters } from 'n8n-workflow';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { PROBLEMS } from '../../../nodes/shared/api/messages.ts';
import { problemWithoutResponse } from '../../../nodes/shared/api/problem.ts';
import { VoisoCampaign } from '../../../nodes/VoisoCampaign/VoisoCampaign.node.ts';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import { VoisoTrigger } from '../../../nodes/VoisoTrigger/VoisoTrigger.node.ts';
import { listSearch, loadOptions, runWorkflow, testCredential } from '../harness/index.mts';
import { watch } from '../trigger/support.mts';

/** What a credential holds. */
export interface Entered extends Record<string, string> {
	clusterId: string;
	apiKey: string;
}

/** What is said of a problem with that address. */
export function why(kind: 'redirected' | 'unreadable', url: string): string {
	return PROBLEMS[kind](problemWithoutResponse(kind), { host: new URL(url).host }).why;
}

/** One way in which the API key is used, and all that n8n shows or stores of it. */
export interface Way {
	name: string;
	use: (entered: Entered) => Promise<string>;
}

const campaign = { __rl: true, mode: 'id', value: 3 };
const columns = { mappingMode: 'autoMapInputData', value: null };

/** Errors too, with what hangs on them: causes, contexts, hidden properties. */
const all = (value: unknown) => inspect(value, { depth: Infinity, showHidden: true });

/** A run of one node; what n8n would store of it. */
const execution =
	(type: 'voisoLeads' | 'voisoCampaign', parameters: INodeParameters): Way['use'] =>
	async (data) => {
		const { run } = await runWorkflow({
			nodes: [{ name: 'Voiso', type, parameters }],
			nodeTypes: { voisoLeads: new VoisoLeads(), voisoCampaign: new VoisoCampaign() },
			credentials: [{ type: new VoisoApi(), data }],
			input: [{ phone_number: '15550000001' }],
		});
		return all(run);
	};

/** A call of the editor, which shows the message of what it throws. */
const inEditor =
	(call: (credentials: [{ type: VoisoApi; data: Entered }]) => Promise<unknown>): Way['use'] =>
	async (data) => {
		try {
			return all(await call([{ type: new VoisoApi(), data }]));
		} catch (error) {
			return all(error);
		}
	};

const options = { minimumInterval: 0, maxWait: 0 };

/** All ways in which the nodes send the key. */
export const ways: Way[] = [
	{
		name: 'the test of the credential',
		use: async (data) => all(await testCredential(new VoisoCampaign(), 'voisoApi', data)),
	},
	{
		name: 'adding leads',
		use: execution('voisoLeads', {
			operation: 'add',
			inputMode: 'items',
			campaign,
			columns,
			options,
		}),
	},
	{
		name: 'stopping calls in all campaigns',
		use: execution('voisoLeads', {
			operation: 'deactivate',
			scope: 'allCampaigns',
			inputMode: 'items',
			columns,
			options,
		}),
	},
	{
		name: 'listing campaigns',
		use: execution('voisoCampaign', { resource: 'campaign', operation: 'getAll', returnAll: true }),
	},
	{
		name: 'pausing a campaign',
		use: execution('voisoCampaign', { resource: 'campaign', operation: 'pause', campaign }),
	},
	{
		name: 'adding users',
		use: execution('voisoCampaign', {
			resource: 'user',
			operation: 'add',
			campaign,
			userIds: '1, 2',
		}),
	},
	{
		name: 'the list of campaigns in the editor',
		use: inEditor(
			async (credentials) =>
				await listSearch({ nodeType: new VoisoLeads(), method: 'campaignSearch', credentials }),
		),
	},
	{
		name: 'the list of users in the editor',
		use: inEditor(
			async (credentials) =>
				await loadOptions({ nodeType: new VoisoCampaign(), method: 'getUsers', credentials }),
		),
	},
	{
		name: 'the list of campaigns of the trigger in the editor',
		use: inEditor(
			async (credentials) =>
				await loadOptions({
					nodeType: new VoisoTrigger(),
					method: 'getCampaigns',
					parameters: { triggerOn: 'campaignStatus' },
					credentials,
				}),
		),
	},
	{
		name: 'a poll of the trigger',
		use: async ({ clusterId, apiKey }) => {
			const options = { emitOnFirstActivation: true };
			const workflow = watch({ url: clusterId, apiKey }, { options });
			try {
				await workflow.activate();
			} catch (error) {
				return all(error);
			}
			return all([workflow.executions, workflow.stored]);
		},
	},
];
