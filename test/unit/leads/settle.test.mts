import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../nodes/VoisoLeads/settle.ts';
import type { BatchResponse } from '../../../nodes/VoisoLeads/send/types.ts';
import { isFailure, type Failure } from '../../../nodes/VoisoLeads/types.ts';

type Action = Parameters<typeof settle>[2];

const accepted = (body: unknown, maybeApplied = false): BatchResponse => ({
	kind: 'accepted',
	campaignId: '3',
	positions: [0],
	body,
	maybeApplied,
});

/** The result of the number 15550000001. */
function of(body: unknown, action: Action = 'add', maybeApplied = false) {
	const [settled] = settle(accepted(body, maybeApplied), ['15550000001'], action);
	return settled !== undefined && !isFailure(settled) ? settled : undefined;
}
const listed = (list: string, action: Action = 'add') => of({ [list]: ['15550000001'] }, action);

describe('the list in which a number stands', () => {
	it.each([
		['created', 'created'],
		['added', 'created'],
		['imported', 'created'],
		['created_numbers', 'created'],
		['contacts', 'created'],
		['updated', 'updated'],
		['duplicates', 'duplicate'],
		['duplicate', 'duplicate'],
		['existing', 'duplicate'],
		['duplicate_numbers', 'duplicate'],
		['rejected', 'rejected'],
		['invalid', 'rejected'],
		['failed', 'rejected'],
		['invalid_numbers', 'rejected'],
		['rejected_phone_numbers', 'rejected'],
	])('%s of an add means %s', (list, status) => {
		expect(listed(list)?.status).toBe(status);
	});

	it.each([
		['updated', 'updated'],
		['contacts', 'updated'],
		['updated_contacts', 'updated'],
		['created', 'created'],
		['not_found', 'not_found'],
		['missing', 'not_found'],
		['unknown', 'not_found'],
		['rejected', 'rejected'],
		['invalid', 'rejected'],
		['failed', 'rejected'],
		['invalid_numbers', 'rejected'],
		// It does not say that the lead was changed.
		['duplicates', 'unreported'],
		['duplicate', 'unreported'],
		['existing', 'unreported'],
		['duplicate_numbers', 'unreported'],
	])('%s of an update means %s', (list, status) => {
		expect(listed(list, 'update')?.status).toBe(status);
	});

	it.each(['constructor', 'toString', 'scheduled', 'not_found', 'leads', 'numbers', ''])(
		'%j of an add says nothing',
		(list) => {
			expect(of({ [list]: ['15550000001'], created: [] })?.status).toBe('unreported');
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
		['duplicate_numbers', 'contacts', 'duplicate', 'add'],
		['invalid_numbers', 'contacts', 'rejected', 'add'],
		['duplicate_numbers', 'contacts', 'unreported', 'update'],
		['invalid_numbers', 'contacts', 'rejected', 'update'],
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
		['an envelope beside an empty list', { failed: [], leads_import: lists }],
		['an envelope after one of empty lists', { leads_update: { created: [] }, data: lists }],
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
		['with the zero that is dialed within the country', '+1 (0)555 000-0001'],
		['as contact_number in an object', { contact_number: '15550000001' }],
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
		[{ reason: ' ', error: ['is too short', 'is odd'] }, 'is too short, is odd'],
		[{ reason: { code: 5 } }, '{"code":5}'],
		[{ reason: 'x'.repeat(1000) }, `${'x'.repeat(299)}…`],
	])('says why: %j', (words, reason) => {
		expect(of({ rejected: [{ phone_number: '15550000001', ...words }] })).toEqual({
			status: 'rejected',
			reason,
		});
	});

	it.each([{ reason: '' }, { reason: null }, { reason: [] }, {}])(
		'gives no reason: %j',
		(words) => {
			expect(of({ rejected: [{ phone_number: '15550000001', ...words }] })).toEqual(
				listed('rejected'),
			);
		},
	);

	it.each([
		['created', 'created', 'add'],
		['duplicates', 'duplicate', 'add'],
		['contacts', 'updated', 'update'],
		['not_found', 'not_found', 'update'],
	] as const)(
		'says something of a lead that is %s: it stands beside the status',
		(list, status, action) => {
			const entry = { phone_number: '15550000001', message: 'was merged' };
			expect(of({ [list]: [entry] }, action)).toEqual({ status, reason: 'was merged' });
			expect(of({ [list]: [{ ...entry, message: '' }] }, action)).toEqual({ status });
		},
	);

	it('gives all leads with the same outcome one object: there can be a million', () => {
		const phones = ['15550000001', '15550000002'];
		for (const list of ['created', 'duplicates', 'rejected', 'none']) {
			const [one, other] = settle(accepted({ [list]: phones }), phones, 'add');
			expect(one).toBe(other);
		}
	});

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
		expect(of({ duplicates: numbers }, 'add', true)?.status).toBe('unconfirmed');
		expect(of({ created: numbers }, 'add', true)).toEqual({ status: 'created' });
		expect(of({ duplicates: numbers }, 'update', true)?.status).toBe('unreported');
	});
});

it('every outcome that is no plain success says why, in a sentence', () => {
	const numbers = ['15550000001'];
	const outcomes = [
		of({}),
		of({ rejected: numbers }),
		of({ rejected: [{ phone_number: '15550000001', reason: '' }] }, 'update'),
		of({ duplicates: numbers }, 'add', true),
		of({ duplicates: numbers }, 'update'),
	];
	for (const outcome of outcomes) expect(outcome?.reason).toMatch(/^[A-Z].{20,}\.$/);
});

it('a lead that Voiso rejects alone is rejected, in the words of Voiso where there are some', () => {
	const rejected = (apiMessage: string): BatchResponse => ({
		kind: 'rejected',
		campaignId: '3',
		positions: [0],
		apiMessage,
	});
	expect(settle(rejected('name: is too long'), ['1'], 'add')).toEqual([
		{ status: 'rejected', reason: expect.stringContaining('name: is too long') },
	]);
	expect(settle(rejected(''), ['1'], 'add')).toEqual([listed('rejected')]);
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
	const failed: BatchResponse = { kind: 'failed', campaignId: '3', positions: [0, 1], failure };
	expect(settle(failed, ['1', '2'], 'add')).toEqual([failure, failure]);
});

it('nothing that Voiso may answer makes it throw, or says more than a list of numbers can', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.jsonValue(),
				fc.dictionary(
					fc.constantFrom(
						'created',
						'updated',
						'rejected',
						'contacts',
						'leads_import',
						'__proto__',
					),
					fc.oneof(
						fc.jsonValue(),
						fc.array(
							fc.oneof(
								fc.jsonValue(),
								fc.record({ phone: fc.jsonValue(), reason: fc.jsonValue() }),
							),
						),
					),
				),
			),
			fc.constantFrom<Action>('add', 'update'),
			(body, action) => {
				const phones = ['15550000001', '447911123456'];
				const response = { ...accepted(body), positions: [0, 1] };
				for (const settled of settle(response, phones, action)) {
					const outcome = isFailure(settled) ? undefined : settled;
					const isNamed = phones.some((phone) => JSON.stringify(body).includes(phone));
					if (!isNamed) expect(outcome?.status).toBe('unreported');
				}
			},
		),
	);
});
