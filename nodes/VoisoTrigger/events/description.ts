import type { INodeProperties } from 'n8n-workflow';

/** The parameters of *Call Event*. */
export const callEventProperties: INodeProperties[] = [
	{
		// Without times, n8n does not poll.
		displayName: 'Poll Times',
		name: 'pollTimes',
		type: 'hidden',
		default: {},
	},
	{
		displayName:
			'Voiso has no way for n8n to register this, so do it by hand: in Voiso, open <b>Administration > Webhooks</b> (Pro plan), add a webhook with the <b>Production URL</b> above, choose the events, and enter the same secret as in the credential.<br><br>The URL must begin with https. Activate the workflow first: Voiso switches a webhook off after 5 failed deliveries in 24 hours. The Test URL answers only while you test.',
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
			{ name: 'Any Event', value: '*', description: 'Whatever the webhook in Voiso delivers' },
			{ name: 'Any Inbound Call Event', value: 'inbound.call.*' },
			{ name: 'Any Outbound Call Event', value: 'outbound.call.*' },
			{ name: 'Conversation Ended', value: 'conversation.ended' },
			{ name: 'Dialer Call Answered', value: 'dialer.call.answered' },
			{ name: 'Dialer Call Ended', value: 'dialer.call.ended' },
			{ name: 'Dialer Call Hangup', value: 'dialer.call.hangup' },
			{ name: 'Message Received', value: 'message.received' },
		],
		description:
			'The events that start the workflow. Others that the webhook delivers are received and dropped.',
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
		description: 'With a filter, an event that names no campaign starts nothing',
		options: [
			{
				displayName: 'Campaign IDs',
				name: 'campaignIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 3, 6',
				description: 'Only calls of these campaigns, with commas between several IDs',
			},
			{
				displayName: 'Live',
				name: 'live',
				type: 'boolean',
				default: true,
				description: 'Whether the campaign of the call must be a live one, or must not be',
			},
		],
	},
];
