import { describe, expect, it } from 'vitest';
import { cdrKey, readCdrs, type Cdr } from '../../../nodes/VoisoCampaign/call/cdrs.ts';
import type { ApiRequest } from '../../../nodes/shared/api/http.ts';
import { fakeConnection, json } from '../api/fakeConnection.mts';

const records = (count: number, from = 0): Cdr[] =>
	Array.from({ length: count }, (_, index) => ({ id: from + index }));
const all = () => false;
const queryOf = ({ path }: ApiRequest) =>
	Object.fromEntries(new URL(path, 'https://x').searchParams.entries());

/** A server of so many records that answers each page; what it says beside them is a test's. */
function server(
	count: number,
	metadata: (page: { offset: number; end: number; isLast: boolean }) => unknown,
	{ list = 'cdrs', offsetLimit = 10_000 } = {},
) {
	return fakeConnection((request) => {
		const { limit, offset = '0', cursor } = queryOf(request);
		const start = cursor === undefined ? Number(offset) : Number(cursor);
		const end = Math.min(start + Number(limit), count, cursor === undefined ? offsetLimit : count);
		const rows = records(Math.max(0, end - start), start);
		return json({
			[list]: rows,
			metadata: metadata({ offset: start, end, isLast: end >= count }),
		});
	});
}

const read = async (
	connection: ReturnType<typeof fakeConnection>,
	query: Partial<Parameters<typeof readCdrs>[1]> = {},
	isEnough: Parameters<typeof readCdrs>[3] = all,
) => await readCdrs(connection, { documented: [], guessed: [], ...query }, 1000, isEnough);

describe('readCdrs', () => {
	it.each<[string, Parameters<typeof server>[1], Parameters<typeof server>[2]?]>([
		[
			'a cursor that is null at the end',
			({ end, isLast }) => ({ total: 12_500, next_cursor: isLast ? null : String(end) }),
		],
		[
			'a cursor that is absent at the end',
			({ end, isLast }) => (isLast ? {} : { next_cursor: String(end) }),
		],
		[
			'a cursor that is empty at the end',
			({ end, isLast }) => ({ next_cursor: isLast ? '' : String(end) }),
		],
		['a cursor that never ends', ({ end }) => ({ next_cursor: String(end) })],
		[
			'a cursor and a total that stops at 10,000',
			({ end, isLast }) => ({ total: 10_000, ...(!isLast && { next_cursor: String(end) }) }),
		],
		[
			'a list of another name',
			({ end, isLast }) => (isLast ? {} : { next_cursor: String(end) }),
			{ list: 'items' },
		],
		['offsets without a limit and a total', () => ({ total: 12_500 }), { offsetLimit: Infinity }],
	])('reads to the end by %s', async (_, metadata, options) => {
		const result = await read(server(12_500, metadata, options));
		expect(result).toMatchObject({ ok: true, tookGuesses: true });
		expect(result.ok && result.cdrs.map(({ id }) => id)).toEqual(
			records(12_500).map(({ id }) => id),
		);
	});

	it('reads a bare list, and one without metadata', async () => {
		const bare = await read(fakeConnection((_, index) => json(index === 0 ? records(3) : [])));
		expect(bare).toMatchObject({ ok: true, cdrs: records(3) });
		const none = await read(fakeConnection(() => json({ records: [] })));
		expect(none).toMatchObject({ ok: true, cdrs: [] });
	});

	it('takes the list that holds records, not an empty one before it', async () => {
		const body = { errors: [], tags: ['a'], calls: records(2), metadata: { total: 2 } };
		expect(await read(fakeConnection(() => json(body)))).toMatchObject({
			ok: true,
			cdrs: records(2),
		});
	});

	it('sends the cursor, and the offset as far as that goes, for a cursor that is invalid', async () => {
		const connection = server(12_000, ({ end, isLast }) =>
			isLast ? {} : { next_cursor: String(end) },
		);
		await read(connection);
		expect(connection.requests.map(queryOf).at(0)).toEqual({ limit: '1000', offset: '0' });
		expect(connection.requests.map(queryOf).at(1)).toEqual({
			limit: '1000',
			offset: '1000',
			cursor: '1000',
		});
		expect(connection.requests.map(queryOf).at(11)).toEqual({ limit: '1000', cursor: '11000' });
	});

	it('counts a record once that two pages have', async () => {
		// A new call has shifted the list: the last record of the first page is the first of the second.
		const pages = [records(1000), records(500, 999)];
		const connection = fakeConnection((_, index) =>
			json({ cdrs: pages[index] ?? [], metadata: { total: 1499 } }),
		);
		const result = await read(connection);
		expect(result.ok && result.cdrs).toHaveLength(1499);
	});

	it('ends as soon as there is enough', async () => {
		const connection = server(12_000, () => ({ total: 12_000 }));
		let found = 0;
		const result = await read(connection, {}, (added) => (found += added.length) >= 1500);
		expect(result.ok && result.cdrs).toHaveLength(2000);
		expect(connection.requests).toHaveLength(2);
	});

	it.each<[string, () => ReturnType<typeof fakeConnection>, 'incomplete' | 'endless' | 'timedOut']>(
		[
			['stops at 10,000 without a cursor', () => server(12_000, () => ({})), 'incomplete'],
			['has fewer records than it says', () => server(10, () => ({ total: 11 })), 'incomplete'],
			[
				'gives the same records for each cursor',
				() => fakeConnection(() => json({ cdrs: records(5), metadata: { next_cursor: 'x' } })),
				'incomplete',
			],
			[
				'always gives new records and another cursor',
				() =>
					fakeConnection((_, index) =>
						json({ cdrs: records(1000, index * 1000), metadata: { next_cursor: `${index}` } }),
					),
				'endless',
			],
			[
				'gives one record a page for ever',
				() =>
					fakeConnection((_, index) =>
						json({ cdrs: records(1, index), metadata: { next_cursor: `${index}` } }),
					),
				'endless',
			],
			[
				'takes half an hour',
				() => {
					let now = 0;
					const answer = (index: number) => {
						now += 29_000;
						return json({ cdrs: records(1, index), metadata: { next_cursor: `${index}` } });
					};
					const clock = { now: () => now, sleep: async () => true };
					return fakeConnection((_, index) => answer(index), { clock });
				},
				'timedOut',
			],
		],
	)(
		'is a problem when the list %s',
		async (_, connect, kind) => {
			const connection = connect();
			const result = await read(connection);
			expect(result).toMatchObject({ ok: false, problem: { kind } });
			expect(connection.requests.length).toBeLessThanOrEqual(10_000);
		},
		60_000,
	);

	it.each([400, 422])(
		'does without the guessed parameters when %i refuses them',
		async (status) => {
			const connection = fakeConnection((request) =>
				'campaign_id' in queryOf(request)
					? json({ error: 'no' }, status)
					: json({ cdrs: records(1), metadata: { total: 1 } }),
			);
			const result = await read(connection, {
				documented: [['type', 'call']],
				guessed: [['campaign_id', '3']],
			});
			expect(result).toEqual({ ok: true, cdrs: records(1), tookGuesses: false });
			expect(connection.requests.map(queryOf)).toEqual([
				{ type: 'call', campaign_id: '3', limit: '1000', offset: '0' },
				{ type: 'call', limit: '1000', offset: '0' },
			]);
		},
	);

	it.each([
		[422, 'invalid'],
		[401, 'unauthorized'],
		[403, 'forbidden'],
		[404, 'notFound'],
	] as const)('hands on %i when nothing is guessed: %s', async (status, kind) => {
		const result = await read(fakeConnection(() => json({ error: 'no' }, status)));
		expect(result).toMatchObject({ ok: false, problem: { kind, status } });
	});

	it('does not take a body without a list for an empty one', async () => {
		const result = await read(fakeConnection(() => json({ cdrs: null, metadata: { total: 0 } })));
		expect(result).toMatchObject({ ok: false, problem: { kind: 'unreadable' } });
	});
});

describe('cdrKey', () => {
	it.each([
		[{ id: 7 }, { id: '7' }, true],
		[{ id: 'a' }, { id: 'b' }, false],
		[{ id: null, n: 1 }, { id: null, n: 2 }, false],
		[{ n: 1 }, { n: 1 }, true],
		[{ id: { x: 1 } }, { id: { x: 1 } }, true],
	])('of %j and %j: the same is %s', (a, b, same) => {
		expect(cdrKey(a) === cdrKey(b)).toBe(same);
	});
});
