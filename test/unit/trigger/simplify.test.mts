import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { simplifyEvent } from '../../../nodes/VoisoTrigger/events/simplify.ts';

const timestamp = '2026-03-04T10:31:00Z';

const unknownCall = {
	call_id: null,
	campaign_id: null,
	campaign_name: null,
	phone_number: null,
	direction: null,
	disposition: null,
	wrap_up_code: null,
	end_reason: null,
	user_name: null,
	started_at: null,
	talk_time: null,
	recording_url: null,
	cdr_url: null,
	ended_at: null,
	duration: null,
	hold_time: null,
	wrap_up_time: null,
	user_id: null,
	user_email: null,
};

const simplify = (event: string, data: IDataObject) => simplifyEvent({ event, timestamp, data });

it('a call comes in one level, with what else Voiso tells under its own name', () => {
	const data = {
		id: 'c-1',
		type: 'inbound',
		start_time: '2026-03-04T10:30:00Z',
		end_time: '2026-03-04T10:31:00Z',
		duration: { total: 60, talk_time: 40, hold_time: 3, postcall_time: 9 },
		calling_number: '447911123456',
		called_number: '442071838750',
		cdr_url: 'https://cc-ams03.voiso.com/cdr/c-1',
		agent: { id: 7, name: 'Ada', email: 'ada@example.com', extension: '1001' },
		campaign: null,
		disposition: 'Answered',
		end_reason: 'Contact disconnect',
		wrap_up_code: { code: 'Sale' },
		queue: { id: 2, name: 'Sales' },
	};
	expect(simplify('inbound.call.ended', data)).toEqual({
		event: 'inbound.call.ended',
		timestamp,
		call_id: 'c-1',
		campaign_id: null,
		campaign_name: null,
		phone_number: '447911123456',
		direction: 'inbound',
		disposition: 'Answered',
		wrap_up_code: 'Sale',
		end_reason: 'Contact disconnect',
		user_name: 'Ada',
		started_at: '2026-03-04T10:30:00Z',
		talk_time: 40,
		recording_url: null,
		cdr_url: 'https://cc-ams03.voiso.com/cdr/c-1',
		ended_at: '2026-03-04T10:31:00Z',
		duration: 60,
		hold_time: 3,
		wrap_up_time: 9,
		user_id: 7,
		user_email: 'ada@example.com',
		type: 'inbound',
		calling_number: '447911123456',
		called_number: '442071838750',
		queue: { id: 2, name: 'Sales' },
	});
});

it('a recording comes with its link', () => {
	const recording = 'https://storage.example.com/c-1.mp3?signature=1';
	expect(simplify('call.recording.available', { id: 'c-1', type: 'dialer', recording })).toEqual({
		event: 'call.recording.available',
		timestamp,
		...unknownCall,
		call_id: 'c-1',
		direction: 'outbound',
		recording_url: recording,
		type: 'dialer',
	});
});

it('an analysis comes with the ID of its call', () => {
	const data = {
		id: 'a-1',
		summary: 'Wants an offer.',
		score: 87,
		call: { id: 'c-1', cdr_url: 'https://cc-ams03.voiso.com/cdr/c-1' },
		topics: ['price'],
	};
	expect(simplify('call.analytics.available', data)).toEqual({
		event: 'call.analytics.available',
		timestamp,
		...unknownCall,
		call_id: 'c-1',
		cdr_url: 'https://cc-ams03.voiso.com/cdr/c-1',
		summary: 'Wants an offer.',
		score: 87,
		topics: ['price'],
	});
});

it('the status of an agent comes with the one before', () => {
	const data = {
		id: 7,
		name: 'Ada',
		email: 'ada@example.com',
		extension: '1001',
		status: { current: 'On Break', previous: 'Available', previous_duration: 3600 },
		activity_timestamp: '2026-03-04T10:30:59Z',
	};
	expect(simplify('agent.status.update', data)).toEqual({
		event: 'agent.status.update',
		timestamp,
		user_id: 7,
		user_name: 'Ada',
		user_email: 'ada@example.com',
		status: 'On Break',
		previous_status: 'Available',
		previous_duration: 3600,
		changed_at: '2026-03-04T10:30:59Z',
		extension: '1001',
	});
});

it('another event comes with all its data, which never replaces the name or time of the event', () => {
	const event = 'message.received';
	const data = { id: 1, text: 'Hello', event: 'mine', timestamp: 'mine' };
	expect(simplify(event, data)).toEqual({ event, timestamp, id: 1, text: 'Hello' });
});

it.each([
	['dialer.call.ended', 'outbound'],
	['outbound.call.answered', 'outbound'],
	['inbound.call.hangup', 'inbound'],
	['call.recording.available', null],
])('the direction of %s is %s', (event, direction) => {
	expect(simplify(event, {})).toMatchObject({ direction });
});

it.each([{}, { campaign: null, agent: 'Ada', duration: [5] }, { call: 1, end_time: {} }])(
	'a call without its parts, %j, has all fields all the same',
	(data) => {
		expect(simplify('call.recording.available', data)).toMatchObject(unknownCall);
	},
);

it('no data is lost, and no event makes it fail', () => {
	const events = ['dialer.call.ended', 'call.analytics.available', 'agent.status.update', 'x.y'];
	const main = ['id', 'name', 'email', 'status', 'call', 'agent', 'campaign', 'duration', 'other'];
	const data = fc.dictionary(fc.oneof(fc.constantFrom(...main), fc.string()), fc.jsonValue());
	fc.assert(
		fc.property(fc.constantFrom(...events), data, (event, given) => {
			const simple = simplify(event, given as IDataObject);
			expect(simple).toMatchObject({ event, timestamp });
			for (const [name, value] of Object.entries(given)) {
				const isOurs = main.includes(name) || name in unknownCall || name in simple;
				if (!isOurs) expect(simple[name]).toEqual(value);
			}
		}),
	);
});
