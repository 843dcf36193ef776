import type { INodeProperties } from 'n8n-workflow';
import { campaignStatusProperties } from './campaignStatus/description';
import { eventProperties } from './events/description';

type TriggerOn = 'campaignStatus' | 'event';

/** The parameters of both kinds of triggers. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		default: 'campaignStatus',
		options: [
			{
				name: 'Campaign Status Changed',
				value: 'campaignStatus',
				action: 'On campaign status changed',
				description: "Triggers when a campaign's status changes (checked at the poll times)",
			},
			{
				name: 'Event',
				value: 'event',
				action: 'On call, agent or message event',
				description:
					'Triggers as soon as Voiso sends a call, recording, agent status, message or conversation event (webhook)',
			},
		],
	},
	...shownFor('campaignStatus', campaignStatusProperties),
	...shownFor('event', eventProperties),
];

function shownFor(triggerOn: TriggerOn, properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { show: { ...property.displayOptions?.show, triggerOn: [triggerOn] } },
	}));
}
