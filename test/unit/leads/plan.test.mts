import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../nodes/VoisoLeads/fields/index.ts';
import { leadAt, plan } from '../../../nodes/VoisoLeads/plan.ts';
import type { ReadLead } from '../../../nodes/VoisoLeads/types.ts';

const good = (campaignId: string, phone: string, fields: Partial<Lead> = {}): ReadLead => ({
	kind: 'good',
	item: 0,
	campaignId,
	lead: { phone_number: phone, ...fields },
});
const invalid: ReadLead = { kind: 'invalid', item: 0, campaignId: '3', phone: 'x', reason: 'y' };

const everyPosition = (leads: ReadLead[]) => leads.keys();
const first = { batchSize: 2, repeats: 'firstWins' } as const;
const merge = { batchSize: 2, repeats: 'merge' } as const;

describe('batches', () => {
	it('are cut per campaign, in the order of the leads, and numbered from 1', () => {
		const leads = [
			good('5', 'a'),
			good('3', 'b'),
			good('5', 'c'),
			invalid,
			good('5', 'd'),
			good('3', 'e'),
		];
		expect(plan(leads, everyPosition(leads), first).campaigns).toEqual([
			{
				campaignId: '5',
				batches: [
					{ number: 1, positions: [0, 2] },
					{ number: 2, positions: [4] },
				],
			},
			{ campaignId: '3', batches: [{ number: 1, positions: [1, 5] }] },
		]);
	});

	it('hold only the positions asked for, and there is no empty one', () => {
		const leads = [good('3', 'a'), good('3', 'b'), good('5', 'c'), invalid];
		expect(plan(leads, [1, 3, 9], first)).toEqual({
			campaigns: [{ campaignId: '3', batches: [{ number: 1, positions: [1] }] }],
			repeats: new Map(),
			merged: new Map(),
		});
	});
});

describe('a number that comes again', () => {
	const leads = [
		good('3', 'a', {
			name: 'One',
			priority: 5,
			source: { system: 'CRM', url: 'https://a.test' },
			context_headers: { 'X-A': '1', 'X-B': '1' },
		}),
		good('5', 'a', { name: 'Elsewhere' }),
		good('3', 'a', { name: 'Two', source: { system: 'ERP' }, context_headers: { 'x-b': '2' } }),
		good('3', 'a', { active: false }),
	];

	it('is sent once per campaign, as it was first', () => {
		const { campaigns, repeats, merged } = plan(leads, everyPosition(leads), first);
		expect(campaigns.map(({ batches }) => batches)).toEqual([
			[{ number: 1, positions: [0] }],
			[{ number: 1, positions: [1] }],
		]);
		expect(repeats).toEqual(
			new Map([
				[2, 0],
				[3, 0],
			]),
		);
		expect(merged.size).toBe(0);
		expect(leadAt(leads, merged, 0)).toMatchObject({ name: 'One' });
	});

	it('is sent with the fields of all when they are merged, the later ones winning', () => {
		const { merged, repeats } = plan(leads, everyPosition(leads), merge);
		expect([...repeats.keys()]).toEqual([2, 3]);
		expect([...merged.keys()]).toEqual([0]);
		expect(leadAt(leads, merged, 0)).toEqual({
			phone_number: 'a',
			name: 'Two',
			priority: 5,
			active: false,
			source: { system: 'ERP', url: 'https://a.test' },
			context_headers: { 'X-A': '1', 'x-b': '2' },
		});
		expect(leadAt(leads, merged, 1)).toEqual({ phone_number: 'a', name: 'Elsewhere' });
		expect(leads[0]).toMatchObject({ lead: { name: 'One', source: { system: 'CRM' } } });
	});

	it('is found wherever it comes again', () => {
		const some = ['9', '5', '7', '9', '8', '5'].map((text) => good('3', text));
		expect([...plan(some, everyPosition(some), first).repeats]).toEqual([
			[3, 0],
			[5, 1],
		]);
	});

	it('is told by its text, also where two texts give one number or none', () => {
		const texts = ['9007199254740992', '9007199254740993', '7', '07', 'x', 'y', '7', 'x'];
		const some = texts.map((text) => good('3', text));
		const { campaigns, repeats } = plan(some, everyPosition(some), { ...first, batchSize: 10 });
		expect(campaigns).toEqual([
			{ campaignId: '3', batches: [{ number: 1, positions: [0, 1, 2, 3, 4, 5] }] },
		]);
		expect([...repeats]).toEqual([
			[6, 2],
			[7, 4],
		]);
	});

	it('gets no source and no headers when none of them has any', () => {
		const some = [good('3', 'a', { name: 'One' }), good('3', 'a', { name: 'Two' })];
		const { merged } = plan(some, everyPosition(some), merge);
		expect(Object.entries(merged.get(0) ?? {})).toEqual([
			['phone_number', 'a'],
			['name', 'Two'],
		]);
	});

	it('keeps a source and headers that only one of them has', () => {
		const source = { system: 'CRM' };
		const headers = { 'X-A': '1' };
		const some = [
			good('3', 'a', { source }),
			good('3', 'a', { context_headers: headers }),
			good('3', 'b', { context_headers: headers }),
			good('3', 'b', { source }),
		];
		const { merged } = plan(some, everyPosition(some), merge);
		expect(merged.get(0)).toEqual({ phone_number: 'a', source, context_headers: headers });
		expect(merged.get(2)).toEqual({ phone_number: 'b', source, context_headers: headers });
	});
});

it.each([0, 1])('there is no lead to send at %i: it is not a good one, or none', (position) => {
	expect(() => leadAt([invalid], new Map(), position)).toThrow(
		`There is no lead to send at ${position}`,
	);
});
