import { expect, it } from 'vitest';
import { simplifyEvent } from '../../../nodes/VoisoTrigger/events/simplify.ts';

const nothing = {
	call_id: null,
	campaign_id: null,
	campaign_name: null,
	campaign_is_live: null,
	agent_id: null,
	agent_name: null,
	calling_number: null,
	called_number: null,
	start_time: null,
	duration_total: null,
	duration_dialing: null,
	duration_waiting: null,
};

it.each([{}, { campaign: null, agent: 'Ada', duration: [5] }])(
	'a call without its parts, %j, has all fields all the same',
	(data) => {
		const event = 'dialer.call.ended';
		expect(simplifyEvent({ event, data })).toEqual({ event, timestamp: null, ...nothing });
	},
);

it('a call keeps its disposition, even when that is empty', () => {
	const event = 'inbound.call.ended';
	const data = { id: 1, agent: { id: 7, name: 'Ada' }, disposition: null };
	expect(simplifyEvent({ event, timestamp: '2025-03-04T10:30:00Z', data })).toEqual({
		event,
		...nothing,
		timestamp: '2025-03-04T10:30:00Z',
		call_id: 1,
		agent_id: 7,
		agent_name: 'Ada',
		disposition: null,
	});
});

it('another event keeps all its data', () => {
	const event = 'message.received';
	expect(simplifyEvent({ event, data: { id: 1, text: 'Hello' } })).toEqual({
		event,
		timestamp: null,
		id: 1,
		text: 'Hello',
	});
});
