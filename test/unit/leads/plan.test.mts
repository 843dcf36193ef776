import { OperationalError } from 'n8n-workflow';
import { describe, expect, it, vi } from 'vitest';
import type { Lead } from '../../../nodes/VoisoLeads/fields/toLead.ts';
import { changesSomething, plan } from '../../../nodes/VoisoLeads/plan.ts';
import type { ReadLead } from '../../../nodes/VoisoLeads/types.ts';

const good = (campaignId: string, phone: string, fields: Partial<Lead> = {}): ReadLead => ({
	kind: 'good',
	item: 0,
	campaignId,
	lead: { phone_number: phone, ...fields },
});
const invalid: ReadLead = { kind: 'invalid', item: 0, campaignId: '3', phone: 'x', reason: 'y' };

const first = { action: 'add', batchSize: 2, repeats: 'first' } as const;
const merge = { action: 'add', batchSize: 2, repeats: 'all' } as const;

describe('batches', () => {
	it('are cut per campaign, in the order of the leads, and numbered from 1', async () => {
		const leads = [
			good('5', '1'),
			good('3', '2'),
			good('5', '3'),
			invalid,
			good('5', '4'),
			good('3', '5'),
		];
		expect((await plan(leads, first)).campaigns).toEqual([
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

	it('hold only the positions asked for, and there is no empty one', async () => {
		const leads = [good('3', '1'), good('3', '2'), good('5', '3'), invalid];
		expect((await plan(leads, { ...first, positions: [1, 3, 9] })).campaigns).toEqual([
			{ campaignId: '3', batches: [{ number: 1, positions: [1] }] },
		]);
	});
});

describe('a number that comes again', () => {
	const leads = [
		good('3', '1', {
			name: 'One',
			priority: 5,
			source: { system: 'CRM', url: 'https://a.test' },
			context_headers: { 'X-A': '1', 'X-B': '1' },
		}),
		good('5', '1', { name: 'Elsewhere' }),
		good('3', '1', { name: 'Two', source: { system: 'ERP' }, context_headers: { 'x-b': '2' } }),
		good('3', '1', { active: false }),
	];

	it('is sent once per campaign, as it was first', async () => {
		const { campaigns, leadAt, repeats } = await plan(leads, first);
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
		expect([0, 1].map(leadAt)).toMatchObject([{ name: 'One' }, { name: 'Elsewhere' }]);
	});

	it('is sent with the fields of all when they are merged, the later ones winning', async () => {
		const { leadAt, repeats } = await plan(leads, merge);
		expect([...repeats.keys()]).toEqual([2, 3]);
		expect(leadAt(0)).toEqual({
			phone_number: '1',
			name: 'Two',
			priority: 5,
			active: false,
			source: { system: 'ERP', url: 'https://a.test' },
			context_headers: { 'X-A': '1', 'x-b': '2' },
		});
		expect(leadAt(1)).toEqual({ phone_number: '1', name: 'Elsewhere' });
		expect(leads[0]).toMatchObject({ lead: { name: 'One', source: { system: 'CRM' } } });
	});

	it('is found wherever it comes again', async () => {
		const some = ['9', '5', '7', '9', '8', '5'].map((text) => good('3', text));
		expect([...(await plan(some, first)).repeats]).toEqual([
			[3, 0],
			[5, 1],
		]);
	});

	it('has all its digits alike, also with the most that Voiso takes', async () => {
		const numbers = ['999999999999999', '999999999999998', '99999999999999', '999999999999999'];
		const some = numbers.map((number) => good('3', number));
		const { campaigns, repeats } = await plan(some, { ...first, batchSize: 10 });
		expect(campaigns).toEqual([
			{ campaignId: '3', batches: [{ number: 1, positions: [0, 1, 2] }] },
		]);
		expect([...repeats]).toEqual([[3, 0]]);
	});

	it('gets no source and no headers when none of them has any', async () => {
		const some = [good('3', '1', { name: 'One' }), good('3', '1', { name: 'Two' })];
		const { leadAt } = await plan(some, merge);
		expect(Object.entries(leadAt(0))).toEqual([
			['phone_number', '1'],
			['name', 'Two'],
		]);
	});

	it('keeps a source and headers that only one of them has', async () => {
		const source = { system: 'CRM' };
		const headers = { 'X-A': '1' };
		const some = [
			good('3', '1', { source }),
			good('3', '1', { context_headers: headers }),
			good('3', '2', { context_headers: headers }),
			good('3', '2', { source }),
		];
		const { leadAt } = await plan(some, merge);
		expect(leadAt(0)).toEqual({ phone_number: '1', source, context_headers: headers });
		expect(leadAt(2)).toEqual({ phone_number: '2', source, context_headers: headers });
	});
});

describe('an update', () => {
	const headers = { context_headers: { 'X-A': '1' } };

	it('leaves out what is set once, by adding', async () => {
		const leads = [good('3', '1', { name: 'Ann', ...headers })];
		const { leadAt } = await plan(leads, { ...merge, action: 'update' });
		expect(leadAt(0)).toEqual({ phone_number: '1', name: 'Ann' });
		expect(leads[0]).toMatchObject({ lead: headers });
	});

	it.each<[boolean, Partial<Lead>]>([
		[false, {}],
		[false, headers],
		[true, { active: false }],
		[true, { name: 'Ann', ...headers }],
	])('changes something (%s): %j', (changes, fields) => {
		expect(changesSomething({ phone_number: '1', ...fields })).toBe(changes);
	});

	it('can send what another plan merged', async () => {
		const leads = [good('3', '1', { name: 'One' }), good('3', '1', { priority: 2 })];
		const { leadAt } = await plan(leads, merge);
		const updates = await plan(leads, { ...first, action: 'update', positions: [0], leadAt });
		expect(updates.leadAt(0)).toEqual({ phone_number: '1', name: 'One', priority: 2 });
	});
});

it.each([0, 1])(
	'there is no lead to send at %i: it is not a good one, or none',
	async (position) => {
		const { leadAt } = await plan([invalid], first);
		expect(() => leadAt(position)).toThrow(RangeError);
		expect(() => leadAt(position)).toThrow(String(position));
	},
);

describe('planning very many leads', () => {
	const many = Array.from({ length: 200_000 }, (_, place) => good('3', String(1 + place)));

	it('lets the event loop go on', async () => {
		let turns = 0;
		const timer = setInterval(() => turns++, 1);
		await plan(many, first);
		clearInterval(timer);
		expect(turns).toBeGreaterThan(0);
	});

	it('merges very many with one number in one pass over their headers', async () => {
		const leads = Array.from({ length: 2000 }, (_, index) =>
			good('3', '1', { context_headers: { [`X-${index}`]: 'v' } }),
		);
		let looks = 0;
		const entries = vi.spyOn(Object, 'entries').mockImplementation((value: object) => {
			const found = Object.keys(value).map((key): [string, unknown] => [
				key,
				Reflect.get(value, key),
			]);
			looks += found.length;
			return found;
		});
		const planned = await plan(leads, merge).finally(() => entries.mockRestore());
		expect(Object.keys(planned.leadAt(0).context_headers ?? {})).toHaveLength(2000);
		expect(looks).toBeLessThan(10_000);
	});

	it('has each of them once', async () => {
		const { campaigns } = await plan(many.slice(0, 5000), { ...first, batchSize: 700 });
		const positions = campaigns.flatMap(({ batches }) =>
			batches.flatMap((batch) => batch.positions),
		);
		expect(positions).toEqual(Array.from({ length: 5000 }, (_, position) => position));
	});

	it('looks at what is sent for a position, where that is given', async () => {
		const leadAt = (position: number): Lead => ({ phone_number: '7', priority: 1 + position });
		const { campaigns, leadAt: planned } = await plan(many.slice(0, 3), { ...merge, leadAt });
		expect(campaigns).toEqual([{ campaignId: '3', batches: [{ number: 1, positions: [0] }] }]);
		expect(planned(0)).toEqual({ phone_number: '7', priority: 3 });
	});

	it.each([
		[1024, 'planned'],
		[1025, 'stopped'],
	])('a list of %i after a stop is %s', async (leads, outcome) => {
		const options = { ...first, signal: AbortSignal.abort() };
		const planned = plan(many.slice(0, leads), options).then(
			() => 'planned',
			() => 'stopped',
		);
		expect(await planned).toBe(outcome);
	});

	it('ends when it is stopped while leads are merged', async () => {
		const stop = new AbortController();
		const pairs = [...many.slice(0, 1100), ...many.slice(0, 1100)];
		let looks = 0;
		const leadAt = (position: number): Lead => {
			if (++looks > pairs.length) stop.abort();
			return { phone_number: String(1 + (position % 1100)) };
		};
		const planned = plan(pairs, { ...merge, leadAt, signal: stop.signal });
		await expect(planned).rejects.toThrow(OperationalError);
		expect(looks).toBe(pairs.length + 1023);
	});

	it('ends when the execution is stopped', async () => {
		const signal = AbortSignal.abort();
		await expect(plan(many, { ...first, signal })).rejects.toThrow(OperationalError);
	});
});
