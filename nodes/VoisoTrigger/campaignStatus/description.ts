import { cronNodeOptions, type INodeProperties } from 'n8n-workflow';
import { statusOptions } from '../../shared/campaign/statuses';

/** The parameters of *Campaign Status Changed*. */
export const campaignStatusProperties: INodeProperties[] = [
	{
		displayName: 'Poll Times',
		name: 'pollTimes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Poll Time' },
		default: { item: [{ mode: 'everyMinute' }] },
		description: 'When to look at the campaigns. Voiso sends no event when a status changes.',
		placeholder: 'Add Poll Time',
		options: cronNodeOptions,
	},
	{
		displayName: 'Campaigns',
		name: 'campaigns',
		type: 'options',
		default: 'all',
		options: [
			{ name: 'All', value: 'all', description: 'Every campaign, new ones too' },
			{ name: 'Chosen', value: 'chosen', description: 'Only those chosen below' },
		],
		description: 'Which campaigns to watch',
	},
	{
		displayName: 'Campaign Names or IDs',
		name: 'campaignIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getCampaigns' },
		default: [],
		required: true,
		displayOptions: { show: { campaigns: ['chosen'] } },
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	{
		displayName: 'New Status',
		name: 'newStatus',
		type: 'options',
		default: 'any',
		options: [
			{ name: 'Any', value: 'any', description: 'Whatever the status changes to' },
			{ name: 'Chosen', value: 'chosen', description: 'One of the statuses chosen below' },
			{
				name: 'Ran Dry',
				value: 'ranDry',
				description:
					'The campaign paused itself (auto_paused): no lead is left, none may be called at this hour, or no agent is signed in',
			},
		],
		description: 'Which new status starts the workflow',
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		options: statusOptions,
		default: [],
		required: true,
		displayOptions: { show: { newStatus: ['chosen'] } },
		description: 'The new statuses that start the workflow',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Emit on First Activation',
				name: 'emitOnFirstActivation',
				type: 'boolean',
				default: false,
				description:
					'Whether the status that each campaign has when the workflow is first activated starts it too. Without this, that status is only remembered.',
			},
			{
				displayName: 'Include Transitional Statuses',
				name: 'includeTransitional',
				type: 'boolean',
				default: false,
				description:
					'Whether statuses that pass by themselves (pausing, stopping, processing, auto_pausing) count when any status does',
			},
		],
	},
];
