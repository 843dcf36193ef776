import type { INodeProperties } from 'n8n-workflow';
import { callEventProperties } from './events/description';
import { campaignStatusProperties } from './campaignStatus/description';

/** The kinds of events; the values that saved workflows hold. */
export type TriggerOn = 'campaignStatus' | 'callEvent';

/** The parameters of both. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		default: 'campaignStatus',
		options: [
			{
				name: 'Call Event',
				value: 'callEvent',
				description: 'Voiso reports a call, a message or the end of a conversation, at once',
			},
			{
				name: 'Campaign Status Changed',
				value: 'campaignStatus',
				description: 'A campaign was started, ran dry, was stopped, …; n8n looks at regular times',
			},
		],
	},
	...shownFor('campaignStatus', campaignStatusProperties),
	...shownFor('callEvent', callEventProperties),
];

function shownFor(triggerOn: TriggerOn, properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { show: { ...property.displayOptions?.show, triggerOn: [triggerOn] } },
	}));
}
