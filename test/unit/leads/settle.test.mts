import { describe, expect, it } from 'vitest';
import { settle, UNCONFIRMED } from '../../../nodes/VoisoLeads/settle.ts';
import type { Delivery } from '../../../nodes/VoisoLeads/send/send.ts';
import type { Failure } from '../../../nodes/VoisoLeads/types.ts';

type Action = Parameters<typeof settle>[2];

const answered = (body: unknown, uncertain = false): Delivery => ({
	kind: 'answered',
	campaignId: '3',
	positions: [0],
	body,
	uncertain,
});

/** What becomes of the number 15550000001. */
function of(body: unknown, action: Action = 'add', uncertain = false) {
	const [result] = settle(answered(body, uncertain), ['15550000001'], action);
	return result !== undefined && 'outcome' in result ? result.outcome : undefined;
}
const listed = (list: string, action: Action = 'add') => of({ [list]: ['15550000001'] }, action);

describe('the list in which a number stands', () => {
	it.each([
		['created', 'created'],
		['added', 'created'],
		['imported', 'created'],
		['updated', 'updated'],
		['duplicates', 'duplicate'],
		['duplicate', 'duplicate'],
		['existing', 'duplicate'],
		['rejected', 'rejected'],
		['invalid', 'rejected'],
		['failed', 'rejected'],
	])('%s of an add means %s', (list, status) => {
		expect(listed(list)).toEqual({ status });
	});

	it.each([
		['updated', 'updated'],
		['created', 'created'],
		['not_found', 'not_found'],
		['missing', 'not_found'],
		['unknown', 'not_found'],
		['rejected', 'rejected'],
		['invalid', 'rejected'],
		['failed', 'rejected'],
	])('%s of an update means %s', (list, status) => {
		expect(listed(list, 'update')).toEqual({ status });
	});

	it.each(['duplicates', 'duplicate', 'existing'])(
		'%s of an update does not say that the lead was changed',
		(list) => {
			expect(listed(list, 'update')).toEqual({
				status: 'unreported',
				reason: expect.stringMatching(/^Voiso listed the number as a duplicate instead of/),
			});
		},
	);

	it.each(['constructor', 'toString', 'scheduled', 'not_found', ''])(
		'%j of an add says nothing',
		(list) => {
			expect(of({ [list]: ['15550000001'], created: [] })).toEqual({
				status: 'unreported',
				reason: 'Voiso took the request but did not say what became of this number.',
			});
		},
	);

	it.each<[string, string, string, Action]>([
		['created', 'rejected', 'created', 'add'],
		['rejected', 'duplicates', 'rejected', 'add'],
		['updated', 'duplicates', 'updated', 'add'],
		['rejected', 'not_found', 'rejected', 'update'],
		['not_found', 'duplicates', 'not_found', 'update'],
		['not_found', 'updated', 'not_found', 'update'],
		['created', 'updated', 'created', 'update'],
		['duplicates', 'updated', 'unreported', 'update'],
	])('%s counts before %s, whichever comes first', (one, other, status, action) => {
		const numbers = ['15550000001'];
		expect(of({ [one]: numbers, [other]: numbers }, action)?.status).toBe(status);
		expect(of({ [other]: numbers, [one]: numbers }, action)?.status).toBe(status);
	});
});

describe('an answer', () => {
	const lists = { created: ['15550000001'] };

	it.each<[string, unknown]>([
		['the documented envelope', { leads_import: lists }],
		['another envelope', { metadata: { total: 1 }, result: lists }],
		['no envelope', lists],
		['an envelope that holds other things too', { leads_import: { total: 1, ...lists } }],
		['an envelope with a list that is none', { leads_import: { created: 'x' }, result: lists }],
	])('in %s is read', (_, body) => {
		expect(of(body)).toEqual({ status: 'created' });
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['a list', ['15550000001']],
		['a text', 'created'],
		['an object of nulls', { leads_import: null }],
		['lists of other names', { leads_import: { surprise: ['15550000001'] } }],
		['a list that is an object', { created: { 0: '15550000001' } }],
		['a list one level too deep', { data: { leads_import: lists } }],
	])('of %s reports nobody', (_, body) => {
		expect(of(body)?.status).toBe('unreported');
	});

	it.each<[string, unknown]>([
		['as sent', '15550000001'],
		['as a number', 15550000001],
		['with a plus', '+15550000001'],
		['with 00', '0015550000001'],
		['formatted', '+1 (555) 000-0001'],
		['formatted without a plus', '1 (555) 000-0001'],
		['in an object', { phone_number: '15550000001' }],
		['as phone in an object', { phone: '+15550000001' }],
		['as number in an object', { number: 15550000001 }],
	])('gives the number %s', (_, number) => {
		expect(of({ created: [number] })).toEqual({ status: 'created' });
	});

	it.each<[string, unknown]>([
		['another number', '15550000002'],
		['a longer one', '155500000010'],
		['one with 00 in the middle', '1500550000001'],
		['nothing', null],
		['true', true],
		['an empty object', {}],
		['a list', ['15550000001']],
	])('does not take %s for it', (_, number) => {
		expect(of({ created: [number] })?.status).toBe('unreported');
	});

	it.each([
		[{ reason: 'blocked' }, 'blocked'],
		[{ error: 'blocked' }, 'blocked'],
		[{ message: 'blocked' }, 'blocked'],
		[{ reason: 'first', error: 'second', message: 'third' }, 'first'],
		[{ error: 'second', message: 'third' }, 'second'],
	])('says why: %j', (words, reason) => {
		expect(of({ rejected: [{ phone_number: '15550000001', ...words }] })).toEqual({
			status: 'rejected',
			reason,
		});
	});

	it.each([{ reason: '' }, { reason: 5 }, { reason: ['x'] }, {}])(
		'gives no reason: %j',
		(words) => {
			expect(of({ rejected: [{ phone_number: '15550000001', ...words }] })).toEqual({
				status: 'rejected',
			});
		},
	);

	it('that names a number twice in one list gives the first reason', () => {
		const entry = { phone_number: '15550000001' };
		const rejected = [
			{ ...entry, reason: 'blocked' },
			{ ...entry, reason: 'odd' },
		];
		expect(of({ rejected })).toEqual({ status: 'rejected', reason: 'blocked' });
	});

	it('after a lost one leaves open who added a duplicate, and nothing else', () => {
		const numbers = ['15550000001'];
		expect(of({ duplicates: numbers }, 'add', true)).toEqual(UNCONFIRMED.outcome);
		expect(UNCONFIRMED.outcome).toEqual({
			status: 'unconfirmed',
			reason: expect.stringMatching(/^The lead is in the campaign\. An answer of Voiso was lost/),
		});
		expect(of({ created: numbers }, 'add', true)).toEqual({ status: 'created' });
		expect(of({ duplicates: numbers }, 'update', true)?.status).toBe('unreported');
	});
});

it('a refused lead is rejected, in the words of Voiso where there are some', () => {
	const refused = (apiMessage: string): Delivery => ({
		kind: 'refused',
		campaignId: '3',
		positions: [0],
		apiMessage,
	});
	expect(settle(refused('name: is too long'), ['1'], 'add')).toEqual([
		{
			outcome: { status: 'rejected', reason: 'Voiso refused this lead: name: is too long' },
		},
	]);
	expect(settle(refused(''), ['1'], 'add')).toEqual([
		{
			outcome: {
				status: 'rejected',
				reason: 'Voiso refused every request that held this lead.',
			},
		},
	]);
});

it('a failed batch fails each of its leads, in their order', () => {
	const failure: Failure = {
		campaignIds: ['3'],
		problem: { kind: 'timedOut', apiMessage: '', fields: {}, maybeApplied: true },
		batch: 1,
		attempts: 3,
		maybeApplied: true,
		cause: 'outOfTime',
	};
	const failed: Delivery = { kind: 'failed', campaignId: '3', positions: [0, 1], failure };
	expect(settle(failed, ['1', '2'], 'add')).toEqual([{ failure }, { failure }]);
});
