import { describe, expect, it } from 'vitest';
import type { ProblemKind } from '../../../nodes/shared/api/problem.ts';
import { classifyFailure, namedLeads } from '../../../nodes/VoisoLeads/send/classifyFailure.ts';
import { problem } from '../fixtures.mts';

describe('what to do after', () => {
	it.each<[ProblemKind, string]>([
		['stopped', 'stopped'],
		['rateLimited', 'busy'],
		['serverError', 'retry'],
		['unreadable', 'retry'],
		['noConnection', 'retry'],
		['timedOut', 'retry'],
		['unauthorized', 'final'],
		['forbidden', 'final'],
		['notFound', 'final'],
		['methodNotAllowed', 'final'],
		['refused', 'final'],
		['redirected', 'final'],
		['insecure', 'final'],
	])('%s: %s, whatever it says', (kind, verdict) => {
		const apiMessage = 'leads[0].name: previous import in progress';
		expect(classifyFailure(problem(kind), true)).toBe(verdict);
		expect(
			classifyFailure(
				problem(kind, { apiMessage, fields: { 'leads[0].name': [apiMessage] } }),
				false,
			),
		).toBe(verdict);
	});

	it('a name that does not exist depends on whether it did before', () => {
		expect(classifyFailure(problem('unknownHost'), true)).toBe('retry');
		expect(classifyFailure(problem('unknownHost'), false)).toBe('final');
	});

	it('too large a request is divided', () => {
		expect(classifyFailure(problem('invalid', { status: 413, apiMessage: 'wait' }), true)).toBe(
			'split',
		);
	});
});

describe.each(['conflict', 'invalid'] as const)('a %s', (kind) => {
	it.each([
		'A previous import is being processed',
		'import in progress',
		'Campaign is busy',
		'Too early',
		'too soon',
		'too many imports',
		'you are too fast',
		'Please try again later',
		'another import is running',
		'another request',
		'wait for 2 seconds',
		'not finished',
		'not yet complete',
		'importing already running',
		'import is running',
		'the campaign is locked',
		'concurrent imports are not allowed',
		'Rate limit reached',
		'leads are processed',
	])('that says %j is busy', (apiMessage) => {
		expect(classifyFailure(problem(kind, { apiMessage }), true)).toBe('busy');
	});

	it.each([
		'Campaign is not live',
		'the status does not allow it',
		'wrong state',
		'campaign is stopped',
		'campaign is stopping',
		'completed',
		'archived',
		'deleted',
		'is a draft',
		'not active',
		'not allowed',
		'not supported',
	])('that says %j is final', (apiMessage) => {
		expect(classifyFailure(problem(kind, { apiMessage }), true)).toBe('final');
	});

	it.each(['', 'No.', 'alive and kicking', 'statuses of estates'])(
		'that says %j counts as busy, because dropping leads on a guess is worse',
		(apiMessage) => {
			expect(classifyFailure(problem(kind, { apiMessage }), true)).toBe('busy');
		},
	);

	it.each([
		'name: another import is running',
		'source: imports are still being processed',
		'name: the last upload failed',
	])('at a field of a lead that can only be about an import, %j, is busy', (apiMessage) => {
		expect(
			classifyFailure(problem(kind, { apiMessage, fields: { name: [apiMessage] } }), true),
		).toBe('busy');
	});
});

describe('a field that is named', () => {
	it.each([
		'phone_number',
		'phone',
		'name',
		'source',
		'system',
		'url',
		'priority',
		'active',
		'context_header',
		'context_headers',
		'3',
		'3.name',
		'leads[3].name',
		'leads.3',
		'source.url',
		'Leads[0].Phone_Number',
		'/0/phone_number',
		'leads/3',
	])('%s is one of a lead: the batch is divided, unless it is a conflict', (field) => {
		const fields = { [field]: ['is being processed oddly'] };
		const apiMessage = `${field}: is being processed oddly`;
		expect(classifyFailure(problem('invalid', { fields, apiMessage }), true)).toBe('split');
		expect(classifyFailure(problem('conflict', { fields, apiMessage }), true)).toBe('busy');
	});

	it.each(['base', 'campaign', 'campaign_name', 'rename', 'v4', 'lead_source_id'])(
		'%s is not',
		(field) => {
			expect(classifyFailure(problem('invalid', { fields: { [field]: ['No.'] } }), true)).toBe(
				'busy',
			);
		},
	);
});

describe('the leads that a refusal names', () => {
	const phones = ['15550000001', '15550000002', '15550000003', '15550000004'];
	const named = (fields: Record<string, string[]>) =>
		namedLeads(problem('invalid', { fields }), phones);

	it.each<[string, Record<string, string[]>, number[]]>([
		['by place', { '2': ['x'] }, [2]],
		['by place and field', { '2.name': ['x'] }, [2]],
		['by place in a list', { 'leads[1].name': ['x'] }, [1]],
		['by place after a dot', { 'leads.3.name': ['x'] }, [3]],
		['by place in a pointer', { '/2/name': ['x'] }, [2]],
		['by number', { phone_number: ['15550000002 is invalid'] }, [1]],
		['by numbers', { base: ['15550000004, 15550000001', 'and 15550000003'] }, [0, 2, 3]],
		['in any order, each once', { '3.name': ['x'], '0': ['x', '15550000004'] }, [0, 3]],
	])('%s', (_, fields, places) => {
		expect(named(fields)).toEqual(places);
	});

	it('by a place of several digits', () => {
		const many = Array.from({ length: 1000 }, (_, place) => String(15_550_000_000 + place));
		const fields = { 'leads[999].name': ['x'], '12': ['x'] };
		expect(namedLeads(problem('invalid', { fields }), many)).toEqual([12, 999]);
	});

	it('by numbers at the end of one message and the beginning of the next', () => {
		expect(named({ base: ['bad: 15550000001', '15550000002 too'] })).toEqual([0, 1]);
	});

	it('without looking through all leads for each number of the response', () => {
		let looks = 0;
		const many = Array.from({ length: 1000 }, (_, place) => String(15_550_000_000 + place));
		const watched = new Proxy(many, {
			get: (target, key) => {
				looks++;
				return Reflect.get(target, key);
			},
		});
		const numbers = Array.from({ length: 1000 }, (_, place) => String(15_550_000_500 + place));
		const fields = { base: [numbers.join()] };
		expect(namedLeads(problem('invalid', { fields }), watched)).toHaveLength(500);
		expect(looks).toBeLessThan(10_000);
	});

	it.each<[string, Record<string, string[]>]>([
		['a field alone', { name: ['is too long'] }],
		['a place beyond the call', { '4.name': ['x'] }],
		['a place of five digits', { '00001.name': ['x'] }],
		['digits within a name', { 'address2.name': ['x'] }],
		['a number that was not sent', { base: ['15550000009'] }],
		['part of a number', { base: ['5550000001'] }],
		['a short number', { base: ['at most 100'] }],
		['nothing', {}],
	])('%s names nobody', (_, fields) => {
		expect(named(fields)).toEqual([]);
	});
});
