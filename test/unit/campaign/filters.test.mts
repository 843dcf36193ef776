import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Cdr } from '../../../nodes/VoisoCampaign/call/cdrs.ts';
import {
	CallFilter,
	startOf,
	toQuery,
	type CallFilters,
} from '../../../nodes/VoisoCampaign/call/filters.ts';
import { toUser } from '../../../nodes/VoisoCampaign/user/userIds.ts';

const at = (minute: number) => Date.UTC(2026, 2, 4, 8, minute);
const iso = (minute: number) => new Date(at(minute)).toISOString();
const filters = (more: Partial<CallFilters>): CallFilters => ({
	dispositions: [],
	users: [],
	...more,
});
const campaign = { id: '3' };

describe('the query of filters', () => {
	it.each<[Partial<CallFilters>, Partial<ReturnType<typeof toQuery>>]>([
		[{}, {}],
		[{ type: 'call' }, { documented: [['type', 'call']] }],
		[
			{ from: at(0), before: at(5) },
			{
				documented: [
					['started_at[gte]', iso(0)],
					['started_at[lt]', iso(5)],
				],
			},
		],
		[{ dispositions: ['busy'] }, { documented: [['disposition', 'busy']] }],
		[
			{ dispositions: ['busy', 'No answer'] },
			{
				guessed: [
					['disposition[]', 'busy'],
					['disposition[]', 'No answer'],
				],
			},
		],
		[{ users: [toUser('42')] }, { documented: [['user_id', '42']] }],
		// Several are filtered here: no page says that Voiso takes them.
		[{ users: [toUser('42'), toUser('43')] }, {}],
		[{ campaign }, { guessed: [['campaign_id', '3']] }],
		[{ phoneNumber: '447700900123' }, { guessed: [['phone_number', '447700900123']] }],
	])('for %j', (given, expected) => {
		expect(toQuery(filters(given))).toEqual({ documented: [], guessed: [], ...expected });
	});
});

/** A call, with what it says in Voiso's two likely notations. */
const notations: [string, (fields: IDataObject) => Cdr][] = [
	[
		'in data, nested',
		({ campaign: campaignId, user, started_at, type, ...data }) => ({
			id: 1,
			...(type !== undefined && { type }),
			...(started_at !== undefined && { started_at }),
			data: {
				...data,
				...(campaignId !== undefined && { campaign: { id: campaignId } }),
				...(user !== undefined && { agent: { id: user } }),
			},
		}),
	],
	[
		'flat',
		({ campaign: campaign_id, user: user_id, ...rest }) =>
			Object.fromEntries(
				Object.entries({ id: 1, ...rest, campaign_id, user_id }).filter(
					([, value]) => value !== undefined,
				),
			),
	],
];

describe.each(notations)('a record that says it %s', (_, toCdr) => {
	it.each<[string, Partial<CallFilters>, IDataObject, boolean]>([
		['campaign', { campaign }, { campaign: 3 }, true],
		['campaign as text', { campaign }, { campaign: '03' }, true],
		['another campaign', { campaign }, { campaign: 33 }, false],
		['type', { type: 'call' }, { type: 'call' }, true],
		['another type', { type: 'call' }, { type: 'sms' }, false],
		['disposition', { dispositions: ['no_answer', 'busy'] }, { disposition: 'busy' }, true],
		['its label', { dispositions: ['no_answer'] }, { disposition: 'No answer' }, true],
		['another one', { dispositions: ['no_answer'] }, { disposition: 'answered' }, false],
		['a longer one', { dispositions: ['abandoned'] }, { disposition: 'dialer_abandoned' }, false],
		['user', { users: [toUser('42')] }, { user: 42 }, true],
		['user by UUID', { users: [toUser('0F7A3C1F-2B10')] }, { user: '0f7a3c1f-2b10' }, true],
		['another user', { users: [toUser('42')] }, { user: 421 }, false],
		['number called', { phoneNumber: '447700900123' }, { called_number: '+44 7700 900123' }, true],
		['number calling', { phoneNumber: '447700900123' }, { calling_number: 447700900123 }, true],
		['another number', { phoneNumber: '447700900123' }, { called_number: '44770090012' }, false],
		['start', { from: at(0), before: at(5) }, { started_at: iso(0) }, true],
		['an earlier start', { from: at(1) }, { started_at: iso(0) }, false],
		['a start at the end', { before: at(5) }, { started_at: iso(5) }, false],
		['start in another zone', { from: at(0) }, { started_at: '2026-03-04T09:00:00+01:00' }, true],
	])('%s', (_what, given, fields, fits) => {
		const filter = new CallFilter(filters(given));
		expect(filter.apply([toCdr(fields)], true)).toHaveLength(fits ? 1 : 0);
		expect(filter.leftOut).toBe(0);
	});
});

describe('a record that does not say it', () => {
	const silent = { id: 1 };
	const ours = { id: 2, campaign_id: 3 };
	const others = { id: 3, campaign_id: 4 };

	it('counts, since Voiso has filtered', () => {
		const filter = new CallFilter(filters({ campaign }));
		expect(filter.apply([silent, ours], true)).toEqual([silent, ours]);
		expect(filter.leftOut).toBe(0);
	});

	it.each([
		['another one shows that Voiso ignores the filter', [silent, others, ours], true],
		['Voiso has refused the filter', [silent, ours], false],
	])('is left out and counted when %s', (_, cdrs, tookGuesses) => {
		const filter = new CallFilter(filters({ campaign }));
		expect(filter.apply(cdrs, tookGuesses)).toEqual([ours]);
		expect(filter.leftOut).toBe(1);
	});

	it('is left out where several users are named, which Voiso is not asked for', () => {
		const filter = new CallFilter(filters({ users: [toUser('1'), toUser('2')] }));
		const known = { id: 2, user_id: 2 };
		expect(filter.apply([silent, known, { id: 3, user_id: 3 }], true)).toEqual([known]);
		expect(filter.leftOut).toBe(1);
	});

	it('counts for a documented filter though Voiso has refused a guess', () => {
		const filter = new CallFilter(filters({ campaign, dispositions: ['busy'] }));
		expect(filter.apply([ours], false)).toEqual([ours]);
	});

	it.each<[string, Partial<CallFilters>, Cdr[], string[]]>([
		[
			'no record shows the field',
			{ campaign, phoneNumber: '1' },
			[silent],
			['Campaign', 'Phone Number'],
		],
		['one does', { campaign }, [silent, ours], []],
		['there is no record', { campaign }, [], []],
		['Voiso documents the filter', { type: 'call', dispositions: ['busy'] }, [silent], []],
		[
			'Voiso documents it for one value only',
			{ dispositions: ['busy', 'x'] },
			[silent],
			['Disposition'],
		],
	])('leaves unproven what Voiso filtered when %s', (_, given, cdrs, unproven) => {
		const filter = new CallFilter(filters(given));
		expect(filter.apply(cdrs, true)).toEqual(cdrs);
		expect(filter.unproven).toEqual(unproven);
	});

	it('counts for a filter that Voiso heeds, beside one that it ignores', () => {
		const filter = new CallFilter(filters({ campaign, dispositions: ['busy'] }));
		const cdrs = [{ id: 1, campaign_id: 3 }, others];
		expect(filter.apply(cdrs, true)).toEqual([{ id: 1, campaign_id: 3 }]);
	});
});

describe('startOf', () => {
	it.each<[Cdr, number | undefined]>([
		[{ started_at: iso(1) }, at(1)],
		[{ data: { start_time: iso(1) } }, at(1)],
		[{ started_at: at(1) }, at(1)],
		[{ started_at: at(1) / 1000 }, at(1)],
		[{ started_at: 'yesterday' }, undefined],
		[{ started_at: null }, undefined],
		[{}, undefined],
	])('of %j', (cdr, expected) => {
		expect(startOf(cdr)).toBe(expected);
	});
});
