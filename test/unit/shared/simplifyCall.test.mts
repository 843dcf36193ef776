import fc from 'fast-check';
import { expect, it } from 'vitest';
import { simplifyCall } from '../../../nodes/shared/call/simplifyCall.ts';

const LINK = 'https://storage.example.com/a.mp3?signature=1';

const unknown = {
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
};

const numbers = { calling_number: '442071838750', called_number: '447911123456' };

it.each([
	[
		'the data of an event',
		{
			id: 'c-1',
			type: 'dialer',
			...numbers,
			start_time: '2026-03-04T10:30:00.000Z',
			duration: { total: 62, talk_time: 40, hold_time: 3, postcall_time: 9 },
			cdr_url: 'https://cc-ams03.voiso.com/cdr/c-1',
			agent: { id: 1, name: 'Ada Allen', email: 'ada.allen@example.com' },
			campaign: { id: 3, name: 'Spring Sale', is_live: true },
			disposition: 'Answered',
			end_reason: 'Contact disconnect',
			wrap_up_code: { code: 'Sale', color: 'green' },
			recording: LINK,
		},
		{
			call_id: 'c-1',
			campaign_id: 3,
			campaign_name: 'Spring Sale',
			phone_number: '447911123456',
			direction: 'outbound',
			disposition: 'Answered',
			wrap_up_code: 'Sale',
			end_reason: 'Contact disconnect',
			user_name: 'Ada Allen',
			started_at: '2026-03-04T10:30:00.000Z',
			talk_time: 40,
			recording_url: LINK,
			cdr_url: 'https://cc-ams03.voiso.com/cdr/c-1',
		},
	],
	[
		'a record of the list',
		{
			id: 17,
			type: 'call',
			started_at: '2026-03-04T10:30:00Z',
			data: { id: 'other', type: 'inbound', ...numbers, duration: { talk_time: 0 } },
		},
		{
			call_id: 17,
			direction: 'inbound',
			phone_number: '442071838750',
			started_at: '2026-03-04T10:30:00Z',
			talk_time: 0,
		},
	],
	[
		'a record in one level',
		{
			call_id: '17',
			direction: 'outbound',
			campaign_id: '3',
			campaign_name: 'Spring Sale',
			agent_name: 'Ada Allen',
			phone_number: 447911123456,
			talk_time: 5,
		},
		{
			call_id: '17',
			direction: 'outbound',
			campaign_id: '3',
			campaign_name: 'Spring Sale',
			user_name: 'Ada Allen',
			phone_number: '447911123456',
			talk_time: 5,
		},
	],
	['a call of an unknown direction', numbers, {}],
	['a disposition with a name', { disposition: { id: 4, name: 'Sale' } }, { disposition: 'Sale' }],
	['a recording in an object', { recording: { id: 1, url: LINK } }, { recording_url: LINK }],
	['recordings in a list', { call_recordings: [{ link: LINK }] }, { recording_url: LINK }],
	['a recording under another name', { recording_link: LINK }, { recording_url: LINK }],
	['a recording that is no link', { recording: true, recording_id: 'a' }, {}],
	['other kinds of values', { id: {}, agent: 'Ada', duration: [5], campaign: null, data: 1 }, {}],
])('simplifies %s', (_, call, expected) => {
	expect(simplifyCall(call)).toEqual({ ...unknown, ...expected });
});

it('believes the direction that is known from elsewhere', () => {
	expect(simplifyCall({ type: 'dialer', ...numbers }, 'inbound')).toMatchObject({
		direction: 'inbound',
		phone_number: '442071838750',
	});
});

const names = fc.constantFrom(
	...Object.keys(unknown),
	...['id', 'type', 'agent', 'user', 'campaign', 'duration', 'recording', '__proto__'],
	...Object.keys(numbers),
);

it('gives every field, in one level, of any call', () => {
	const fields = fc.dictionary(names, fc.jsonValue());
	fc.assert(
		fc.property(fields, fc.oneof(fields, fc.jsonValue()), (call, data) => {
			const simple = simplifyCall({ ...call, data });
			expect(Object.keys(simple)).toEqual(Object.keys(unknown));
			for (const value of Object.values(simple)) {
				expect(value === null || ['string', 'number'].includes(typeof value)).toBe(true);
			}
		}),
	);
});

/** What Voiso's pages leave open: the form of a value, and where it stands. */
it.each<[keyof typeof unknown, object, unknown]>([
	['talk_time', { talk_time: '50' }, 50],
	['talk_time', { duration: { talk_time: '50.25' } }, 50.25],
	['talk_time', { talk_time: '0' }, 0],
	['talk_time', { talk_time: '1:50' }, null],
	['talk_time', { talk_time: 's50' }, null],
	['talk_time', { talk_time: '50.' }, null],
	['talk_time', { talk_time: [50] }, null],
	['started_at', { started_at: 1_772_620_200 }, '2026-03-04T10:30:00.000Z'],
	['started_at', { started_at: 1_772_620_200_000 }, '2026-03-04T10:30:00.000Z'],
	['started_at', { started_at: 1e11 }, '1973-03-03T09:46:40.000Z'],
	['started_at', { started_at: 1e300 }, '1e+300'],
	['started_at', { started_at: '' }, null],
	['disposition', { disposition: '' }, null],
	['call_id', { id: '' }, null],
	['recording_url', { recording: 'http://storage.example.com/a' }, 'http://storage.example.com/a'],
	['recording_url', { recording: 'see https://a.example' }, null],
])('%s of %j', (field, record, expected) => {
	expect(simplifyCall({ ...record })).toEqual({ ...unknown, [field]: expected });
});
