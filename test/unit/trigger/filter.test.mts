import { NodeOperationError, type IWebhookFunctions } from 'n8n-workflow';
import { expect, it } from 'vitest';
import type { Envelope } from '../../../nodes/VoisoTrigger/events/envelope.ts';
import {
	isWanted,
	readEventFilter,
	type EventFilter,
} from '../../../nodes/VoisoTrigger/events/filter.ts';
import { node } from '../fixtures.mts';

const any: EventFilter = {
	events: ['*'],
	campaignIds: new Set(),
	live: undefined,
	direction: undefined,
};
const event: Envelope = {
	event: 'dialer.call.ended',
	data: { id: 'c-1', campaign: { id: 3, is_live: true } },
};
const inbound: Envelope = { event: 'inbound.call.ended', data: { id: 'c-2' } };
const message: Envelope = { event: 'message.received', data: { id: 'm-1' } };

it.each<[Partial<EventFilter>, Envelope[]]>([
	[{}, [event, inbound, message]],
	[{ events: ['dialer.call.ended'] }, [event]],
	[{ events: ['dialer.call'] }, []],
	[{ events: ['call.ended'] }, []],
	[{ events: ['dialer.*', 'message.received'] }, [event, message]],
	[{ events: ['*.ended'] }, []],
	[{ campaignIds: new Set(['3', '6']) }, [event]],
	[{ campaignIds: new Set(['33']) }, []],
	[{ live: true }, [event]],
	[{ live: false }, []],
	[{ direction: 'outbound' }, [event]],
	[{ direction: 'inbound' }, [inbound]],
	[{ direction: 'inbound', live: true }, []],
	[{ events: ['inbound.*'], direction: 'outbound' }, []],
])('%o lets pass what it names', (filter, expected) => {
	const given = [event, inbound, message];
	expect(given.filter((each) => isWanted(each, { ...any, ...filter }))).toEqual(expected);
});

it.each([
	['3', true],
	[3, true],
	['03', true],
	[33, false],
	[null, false],
])('a campaign whose ID is %j: %s', (id, expected) => {
	const of = { ...event, data: { campaign: { id } } };
	expect(isWanted(of, { ...any, campaignIds: new Set(['3']) })).toBe(expected);
});

/** The filter of these parameters. */
function filterOf(events: unknown, filters: object = {}): EventFilter {
	const context: Pick<IWebhookFunctions, 'getNode' | 'getNodeParameter'> = {
		getNode: () => node,
		getNodeParameter: (name: string) => (name === 'events' ? events : filters) as object,
	};
	return readEventFilter(context as IWebhookFunctions);
}

it('is what the parameters say', () => {
	expect(filterOf('message.received ')).toEqual({ ...any, events: ['message.received'] });
	const filters = { campaignIds: '3, 6', live: false, direction: 'inbound' };
	expect(filterOf(['*'], filters)).toEqual({
		events: ['*'],
		campaignIds: new Set(['3', '6']),
		live: false,
		direction: 'inbound',
	});
});

it('is about live campaigns where the switch is on', () => {
	expect(filterOf(['*'], { live: true })).toEqual({ ...any, live: true });
});

it.each<[unknown, object?]>([
	[[]],
	[' '],
	[[{}]],
	['*', { campaignIds: 'b!' }],
	['*', { live: 'yes' }],
	['*', { direction: 'up' }],
])('is none with the events %j and %j', (events, filters) => {
	expect(() => filterOf(events, filters)).toThrow(NodeOperationError);
});
