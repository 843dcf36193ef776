import type { INodeProperties } from 'n8n-workflow';

/** The parameters of *Event*. */
export const eventProperties: INodeProperties[] = [
	{
		// Without times, n8n doesn't poll.
		displayName: 'Poll Times',
		name: 'pollTimes',
		type: 'hidden',
		default: {},
	},
	{
		displayName:
			'1. Publish (activate) this workflow. 2. In Voiso, open Administration > Webhooks (Pro plan) and add a webhook with the Production URL above. 3. Enter the same secret there as in the credential.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['dialer.call.ended'],
		options: [
			{
				name: 'Agent Status Updated',
				value: 'agent.status.update',
				description: 'The status of a user has changed, e.g. from Available to On Break',
			},
			{ name: 'Any Event', value: '*', description: 'Every event that the webhook in Voiso sends' },
			{ name: 'Any Inbound Call Event', value: 'inbound.call.*' },
			{ name: 'Any Outbound Call Event', value: 'outbound.call.*' },
			{
				name: 'Call Analytics Available',
				value: 'call.analytics.available',
				description: 'The summary and score of a call, some seconds after it',
			},
			{
				name: 'Call Recording Available',
				value: 'call.recording.available',
				description: 'A link to the recording that works for 24 hours (Pro Plus plan)',
			},
			{ name: 'Conversation Ended', value: 'conversation.ended' },
			{ name: 'Dialer Call Answered', value: 'dialer.call.answered' },
			{ name: 'Dialer Call Ended', value: 'dialer.call.ended' },
			{ name: 'Dialer Call Hangup', value: 'dialer.call.hangup' },
			{ name: 'Message Received', value: 'message.received' },
		],
		description: 'Events to trigger on. Other events are ignored.',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: 'Events that don’t say what a filter asks for are ignored',
		options: [
			{
				displayName: 'Campaign IDs',
				name: 'campaignIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 3, 6',
				description:
					'Comma-separated IDs. Only trigger on events of these campaigns. Events without a campaign are ignored.',
			},
			{
				displayName: 'Campaigns',
				name: 'live',
				type: 'options',
				default: true,
				options: [
					{ name: 'Live Campaigns', value: true },
					{ name: 'Other Campaigns', value: false },
				],
				description: 'Only trigger on events of live campaigns, or of campaigns that aren’t live',
			},
			{
				displayName: 'Direction',
				name: 'direction',
				type: 'options',
				default: 'inbound',
				options: [
					{ name: 'Inbound', value: 'inbound' },
					{ name: 'Outbound', value: 'outbound', description: 'Includes calls of the dialer' },
				],
				description: 'Only trigger on calls in this direction',
			},
		],
	},
];
