import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { apiError } from '../../shared/api/explain';
import { statusOf } from '../../shared/api/campaigns';
import { campaignResolver } from '../../shared/campaign/resolver';
import { perItem, type Operation } from '../operation';
import { showFor } from '../showFor';
import { changeStatus, type ChangeOptions } from './changeStatus';
import { actions, type Action } from './actions';

const DEFAULT_WAIT_TIMEOUT = 60;
const MAX_WAIT_TIMEOUT = 24 * 60 * 60;

const AUTO_PAUSED: NodeExecutionHint = {
	message:
		'A campaign with the status auto_paused is started, but has paused itself: it has no leads left to call, none whose local calling hours it is, or no agent signed in. It resumes by itself.',
	location: 'outputPane',
};

/** The options of an operation that changes the status. */
export function statusDescription(name: Action['name']): INodeProperties[] {
	return showFor(
		'campaign',
		[name],
		[
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
							{
								name: 'Succeed',
								value: 'succeed',
								description: 'Pass the campaign on as done, with "changed" set to false',
							},
							{ name: 'Fail', value: 'fail', description: 'Treat it as an error' },
						],
						default: 'succeed',
						description: 'What to do about a campaign that is already where it should be',
					},
					{
						displayName: 'Wait for Status',
						name: 'waitForStatus',
						type: 'boolean',
						default: false,
						description:
							'Whether to wait until the campaign has reached the status, instead of going on as soon as Voiso has accepted it. A transition that is in the way is waited for too.',
					},
					{
						displayName: 'Wait Timeout',
						name: 'waitTimeout',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: MAX_WAIT_TIMEOUT },
						default: DEFAULT_WAIT_TIMEOUT,
						hint: 'In seconds',
						description: 'How long to wait for the status at most. After that it is an error.',
					},
				],
			},
		],
	);
}

/** The operation that does an action to the campaign of each input item. */
export function statusOperation(name: Action['name']): Operation {
	return perItem((context, connection) => {
		const resolve = campaignResolver(context, connection);
		let hasHint = false;
		return async (itemIndex) => {
			const options = readOptions(context, itemIndex);
			const campaign = await resolve(itemIndex);
			const change = await changeStatus(connection, actions[name], campaign, options);
			if (!change.ok) {
				const { explanation, status } = change.refusal;
				throw apiError(context.getNode(), explanation, status, itemIndex);
			}
			const hasPausedItself = name === 'start' && statusOf(change.campaign) === 'auto_paused';
			if (hasPausedItself && !hasHint) context.addExecutionHints(AUTO_PAUSED);
			hasHint ||= hasPausedItself;
			return [{ ...change.campaign, changed: change.changed } as IDataObject];
		};
	});
}

function readOptions(context: IExecuteFunctions, itemIndex: number): ChangeOptions {
	const given = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const ifAlready = given.ifAlready === 'fail' ? 'fail' : 'succeed';
	if (given.waitForStatus !== true) return { ifAlready, waitTimeout: 0 };
	const waitTimeout = Number(given.waitTimeout ?? DEFAULT_WAIT_TIMEOUT);
	if (waitTimeout >= 1 && waitTimeout <= MAX_WAIT_TIMEOUT) return { ifAlready, waitTimeout };
	throw new NodeOperationError(
		context.getNode(),
		`Wait Timeout must be a number of seconds from 1 to ${MAX_WAIT_TIMEOUT}`,
		{ description: `It is ${JSON.stringify(given.waitTimeout)}.`, itemIndex },
	);
}
