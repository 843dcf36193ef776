import fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { isNew } from '../../../nodes/VoisoTrigger/events/deliveries.ts';
import { readEnvelope } from '../../../nodes/VoisoTrigger/events/envelope.ts';
import { isWanted } from '../../../nodes/VoisoTrigger/events/filter.ts';
import { simplifyEvent } from '../../../nodes/VoisoTrigger/events/simplify.ts';

const SECRET = 'correct-horse-battery';

const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom(SECRET, `a ${SECRET} b`, '__proto__', 'toString', 'https://a.example/?b', ''),
);
const key = fc.oneof(
	text,
	fc.constantFrom('id', 'type', 'agent', 'campaign', 'duration', 'recording', 'call', 'status'),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
	json: fc.oneof(
		{ depthSize: 'small' },
		text,
		fc.constantFrom(null, true, 0, -1.5, 1e300),
		fc.array(tie('json'), { maxLength: 3 }),
		fc.dictionary(key, tie('json'), { maxKeys: 4 }),
	),
}));
const event = fc.oneof(
	text,
	fc.constantFrom('dialer.call.ended', 'call.analytics.available', 'agent.status.update'),
);
const body = fc.oneof(
	json,
	fc.record({ event, data: fc.dictionary(key, json), timestamp: json, object: json }),
);

const filter = {
	events: ['*'],
	campaignIds: new Set(['3']),
	live: true,
	direction: 'inbound',
} as const;

it('nothing that an event holds makes the trigger fail, or shows the secret', () => {
	const data: IDataObject = {};
	const node = {
		getWorkflow: () => ({ id: 'fuzz', active: true }),
		getNode: () => ({ id: 'fuzz' }) as INode,
		getWorkflowStaticData: () => data,
	};
	let events = 0;
	fc.assert(
		fc.property(body, (given) => {
			const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
			const reading = readEnvelope(isObject ? { ...given, secret: SECRET } : given, SECRET);
			if (!reading.ok) return;
			events++;
			const { envelope } = reading;
			expect(isWanted(envelope, filter)).toBeTypeOf('boolean');
			expect(isNew(node, envelope)).toBeTypeOf('boolean');
			expect(JSON.stringify([envelope, simplifyEvent(envelope), data])).not.toContain(SECRET);
		}),
		{ numRuns: 1_000 },
	);
	expect(events).toBeGreaterThan(100);
});

const data = { id: 1, list: [1, { a: ['b', [null]] }], none: null, object: { x: [] } };
const good = { secret: SECRET, event: 'dialer.call.ended', data, timestamp: 5 };

it('an event has all that was delivered but the secret', () => {
	const { secret: _, ...envelope } = good;
	expect(readEnvelope(good, SECRET)).toEqual({ ok: true, envelope });
	const longest = { ...good, event: 'x'.repeat(100) };
	expect(readEnvelope(longest, SECRET)).toMatchObject({ ok: true });
});

it.each<[status: number, string, unknown]>([
	[401, 'no secret', { ...good, secret: undefined }],
	[401, 'another secret', { ...good, secret: `${SECRET} ` }],
	[401, 'a secret that is no text', { ...good, secret: [SECRET] }],
	[400, 'a list', [good]],
	[400, 'a text', SECRET],
	[400, 'nothing', null],
	[400, 'no event', { ...good, event: undefined }],
	[400, 'an empty event', { ...good, event: '' }],
	[400, 'an event that is no text', { ...good, event: {} }],
	[400, 'an event without end', { ...good, event: 'x'.repeat(101) }],
	[400, 'no data', { ...good, data: undefined }],
	[400, 'data that is a list', { ...good, data: [] }],
])('%i for %s', (status, _, body) => {
	const why: unknown = expect.stringMatching(/\S/);
	expect(readEnvelope(body, SECRET)).toEqual({ ok: false, status, why });
});

it('what comes out holds no key that changes what its object is', () => {
	const given: unknown = JSON.parse(
		`{"secret":"${SECRET}","event":"x","__proto__":{"a":1},"data":{"b":{"__proto__":{"c":1}}}}`,
	);
	expect(readEnvelope(given, SECRET)).toEqual({
		ok: true,
		envelope: { event: 'x', data: { b: {} } },
	});
});

it.each([
	['lists', '[', ']'],
	['objects', '{"z":', '}'],
])('%s are taken up to 100 levels, and refused at any depth below', (_, open, close) => {
	const nested = (levels: number): unknown =>
		JSON.parse(
			`{"secret":"${SECRET}","event":"x","data":{"y":${open.repeat(levels)}1${close.repeat(levels)}}}`,
		);
	// Within the body and its data.
	expect(readEnvelope(nested(98), SECRET)).toMatchObject({ ok: true });
	for (const levels of [99, 200, 1_000, 5_000, 7_000]) {
		expect(readEnvelope(nested(levels), SECRET)).toMatchObject({ ok: false, status: 400 });
	}
});

it('the secret is hidden in an address, too', () => {
	const secret = 'correct horse/battery';
	const data = { cdr_url: `https://voiso.test/?key=${encodeURIComponent(secret)}` };
	const reading = readEnvelope({ secret, event: 'x', data }, secret);
	expect(reading).toMatchObject({
		envelope: { data: { cdr_url: 'https://voiso.test/?key=***' } },
	});
});

it('a secret too short to hide is left where it is', () => {
	const given = { secret: 'abc', event: 'x', data: { note: 'abc' } };
	expect(readEnvelope(given, 'abc')).toMatchObject({ envelope: { data: { note: 'abc' } } });
});
