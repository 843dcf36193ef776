import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idValue, readId } from '../../../nodes/shared/api/ids.ts';
import { campaignIn, campaignPath } from '../../../nodes/shared/api/campaigns.ts';
import { toRows } from '../../../nodes/shared/api/pages.ts';

const uuid = '6f1c9f0e-5a55-4d0e-9a43-0f7a3c1f2b10';

const ids: Array<[unknown, string]> = [
	[3, '3'],
	['3', '3'],
	['03', '3'],
	[' 0003\n', '3'],
	[0, '0'],
	[9007199254740991, '9007199254740991'],
	['9007199254740991', '9007199254740991'],
	[uuid, uuid],
	['a3', 'a3'],
	['3_b', '3_b'],
];

/** What people, expressions and servers give that is no ID. */
const others: unknown[] = [
	...[NaN, Infinity, -Infinity, -5, 1.5, 1e-7, 2 ** 53, 1e21],
	...['NaN', 'Infinity', '-Infinity', 'null', 'undefined', 'true', '[object Object]'],
	...['', ' ', '-5', '+5', '1.5', '1,2', '9007199254740993', '9'.repeat(400)],
	...[
		'.',
		'..',
		'../users',
		'3/leads',
		'3?x=1',
		'3#',
		'3%2e',
		'3;4',
		'3 4',
		'\ud800',
		'3\ud800',
		'３',
	],
	...['Spring', 'Ada', 'ada@example.com', '_', `a${'1'.repeat(200)}`],
	...[null, undefined, true, {}, { id: 3 }, [3], Symbol.iterator, 3n, { toString: 1 }],
];

describe('readId', () => {
	it.each(ids)('%j is the ID %j', (value, id) => {
		expect(readId(value)).toBe(id);
	});

	it.each(others.map((value) => [value]))('%o is none', (value) => {
		expect(readId(value)).toBeUndefined();
	});

	it('has one spelling, which is the last segment of a path as it is', () => {
		const value = fc.oneof(
			fc.anything(),
			fc.string(),
			fc.integer(),
			fc.nat().map((n) => `0${n}`),
		);
		fc.assert(
			fc.property(value, (given) => {
				const id = readId(given);
				if (id === undefined) return;
				expect(readId(id)).toBe(id);
				expect(readId(idValue(id))).toBe(id);
				expect(new URL(`https://x${campaignPath(id)}`).pathname).toBe(`/api/v4/campaigns/${id}`);
			}),
		);
	});
});

it.each([
	['3', 3],
	['9007199254740991', 9007199254740991],
	['a3', 'a3'],
	[uuid, uuid],
])('the ID %j is %j in JSON', (id, value) => {
	expect(idValue(id)).toBe(value);
});

it.each(others.map((id) => [id]))('a row with the ID %o is none, nor is such a campaign', (id) => {
	expect(toRows([{ id }, { id: 3 }])).toEqual([{ id: 3 }]);
	expect(campaignIn({ campaign: { id } })).toBeUndefined();
});
