import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { statusOf } from '../../shared/api/campaigns';
import { apiError } from '../../shared/api/explain';
import { simplifyCampaign } from '../../shared/campaign/simplifyCampaign';
import { errorItem, shouldContinue } from '../../shared/onError';
import { pauser } from '../../shared/pauser';
import { toText } from '../../shared/text';
import { groupByCampaign, inItemOrder } from '../groups';
import type { Operation } from '../operation';
import { showFor } from '../showFor';
import { isSimplified, simplifyProperty } from '../simplify';
import { actions, type Action } from './actions';
import { changeStatus, type Change, type ChangeOptions } from './changeStatus';

const DEFAULT_WAIT_TIMEOUT = 60;
const MAX_WAIT_TIMEOUT = 24 * 60 * 60;

/** With `changed` and `previous_status`, the most that a simplified form has. */
const SIMPLIFIED = ['status', 'live', 'strategy', 'method', 'dial_level'] as const;

const AUTO_PAUSED = 'auto_paused';

const AUTO_PAUSED_HINT: NodeExecutionHint = {
	message:
		"The campaign is on but paused itself (auto_paused): no leads left, outside the leads' calling hours, or no agent signed in. It resumes automatically.",
	type: 'info',
	location: 'outputPane',
};

const ifAutoPausedOption: INodeProperties = {
	displayName: 'If Auto Paused',
	name: 'ifAutoPaused',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'The campaign may call again by itself, so treat it as an error',
		},
		{
			name: 'Succeed',
			value: 'succeed',
			description: 'Pass the campaign on as done, with "changed" set to false',
		},
	],
	default: 'fail',
	description:
		'What to do if the campaign has paused itself: Voiso only pauses active campaigns, and it resumes automatically',
};

/** The parameters of an operation that changes the status. */
export function statusDescription(name: Action['name']): INodeProperties[] {
	return showFor(
		'campaign',
		[name],
		[
			simplifyProperty,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'If Already in That Status',
						name: 'ifAlready',
						type: 'options',
						options: [
							{ name: 'Fail', value: 'fail', description: 'Treat it as an error' },
							{
								name: 'Succeed',
								value: 'succeed',
								description: 'Pass the campaign on as done, with "changed" set to false',
							},
						],
						default: 'succeed',
						description: 'What to do if the campaign already has the target status',
					},
					...(name === 'pause' ? [ifAutoPausedOption] : []),
					{
						displayName: 'Wait for Status',
						name: 'waitForStatus',
						type: 'boolean',
						default: false,
						description:
							'Whether to wait until the campaign reaches the target status before continuing',
					},
					{
						displayName: 'Wait Timeout',
						name: 'waitTimeout',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: MAX_WAIT_TIMEOUT },
						default: DEFAULT_WAIT_TIMEOUT,
						displayOptions: { show: { waitForStatus: [true] } },
						hint: 'In seconds',
						description: 'Maximum time to wait. The item fails after that.',
					},
				],
			},
		],
	);
}

/**
 * The operation that does an action to the campaigns of all input items: once to each, whatever the number
 * of its items. Each of them comes out with the campaign; the options of the first one count.
 */
export function statusOperation(name: Action['name']): Operation {
	return async (context, connection) => {
		const { groups, failures } = await groupByCampaign(context, connection, (item) =>
			readOptions(context, item),
		);
		const output = new Map<number, INodeExecutionData[]>();
		let isAutoPaused = false;
		const pauses = pauser(context.getExecutionCancelSignal());
		for (const { campaign, items } of groups) {
			let change: Change | undefined;
			for (const [item, options] of items) {
				if (pauses.isDue()) await pauses.take();
				change ??= await changeStatus(connection, actions[name], campaign, options);
				if (!change.ok && !shouldContinue(context)) {
					const { explanation, status } = change.refusal;
					throw apiError(context.getNode(), explanation, status, item);
				}
				output.set(item, [toItem(context, change, item)]);
				isAutoPaused ||= name === 'start' && change.ok && statusOf(change.campaign) === AUTO_PAUSED;
			}
		}
		if (isAutoPaused) context.addExecutionHints(AUTO_PAUSED_HINT);
		return inItemOrder(output, failures);
	};
}

function toItem(context: IExecuteFunctions, change: Change, item: number): INodeExecutionData {
	if (!change.ok) return errorItem(change.refusal.explanation, item);
	const { campaign, before, changed } = change;
	const added = { changed, previous_status: before ? statusOf(before) : null };
	if (!isSimplified(context, item)) {
		return { json: { ...(campaign as IDataObject), ...added }, pairedItem: { item } };
	}
	// An action may answer few fields: what it leaves out is as it was before.
	const { campaign_id, campaign_name, status, ...rest } = simplifyCampaign(
		{ name: null, status: null, ...before, ...campaign },
		SIMPLIFIED,
	);
	return {
		json: { campaign_id, campaign_name, status, ...added, ...rest },
		pairedItem: { item },
	};
}

function readOptions(context: IExecuteFunctions, itemIndex: number): ChangeOptions {
	const given = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	return {
		ifAlready: given.ifAlready === 'fail' ? 'fail' : 'succeed',
		ifAutoPaused: given.ifAutoPaused === 'succeed' ? 'succeed' : 'fail',
		waitTimeout: given.waitForStatus === true ? readTimeout(context, given, itemIndex) : 0,
	};
}

function readTimeout(context: IExecuteFunctions, given: IDataObject, itemIndex: number): number {
	const seconds = Number(given.waitTimeout ?? DEFAULT_WAIT_TIMEOUT);
	if (seconds >= 1 && seconds <= MAX_WAIT_TIMEOUT) return seconds;
	throw new NodeOperationError(
		context.getNode(),
		`'Wait Timeout' must be a number of seconds from 1 to ${MAX_WAIT_TIMEOUT}`,
		{ description: `It is ${toText(given.waitTimeout)}.`, itemIndex },
	);
}
