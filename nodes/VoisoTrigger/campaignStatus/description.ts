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
		description: 'How often to check campaign statuses',
		placeholder: 'Add Poll Time',
		options: cronNodeOptions,
	},
	{
		displayName: 'Campaigns',
		name: 'campaigns',
		type: 'options',
		default: 'all',
		options: [
			{ name: 'All', value: 'all', description: 'All campaigns, including new ones' },
			{ name: 'Selected', value: 'chosen', description: 'Only campaigns you select below' },
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
			{ name: 'Any', value: 'any', description: 'Any new status' },
			{
				name: 'Auto Paused',
				value: 'autoPaused',
				description: 'No leads left, outside calling hours, or no agent signed in',
			},
			{ name: 'Selected', value: 'chosen', description: 'Only statuses you select below' },
		],
		description: 'Which new status to trigger on',
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		options: statusOptions,
		default: [],
		required: true,
		displayOptions: { show: { newStatus: ['chosen'] } },
		description: 'New statuses to trigger on',
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
				displayName: 'Trigger on First Activation',
				name: 'emitOnFirstActivation',
				type: 'boolean',
				default: false,
				description:
					"Whether to trigger once for each campaign's current status when you first activate the workflow",
			},
			{
				displayName: 'Include Transitional Statuses',
				name: 'includeTransitional',
				type: 'boolean',
				default: false,
				description:
					'Whether to trigger on temporary statuses too (pausing, stopping, processing, auto_pausing)',
			},
		],
	},
];
