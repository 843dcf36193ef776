import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { ListBudget } from '../../../nodes/shared/api/listBudget.ts';
import { readList } from '../../../nodes/shared/api/pages.ts';
import { fakeConnection, json } from './fakeConnection.mts';

const list = { path: '/api/v4/campaigns', key: 'campaigns' };

interface Server {
	/** Largest page. */
	cap?: number;
	withTotal?: boolean;
	ignoresOffset?: boolean;
	/** Changes the list after each page. */
	meanwhile?: (ids: number[], page: number) => void;
}

function server(
	ids: number[],
	{ cap = 100, withTotal = true, ignoresOffset, meanwhile }: Server = {},
) {
	return fakeConnection(({ query = {} }, page) => {
		const offset = ignoresOffset ? 0 : Number(query.offset);
		const rows = ids.slice(offset, offset + Math.min(cap, Number(query.limit)));
		const answer = json({
			campaigns: rows.map((id) => ({ id })),
			...(withTotal && { metadata: { total: ids.length } }),
		});
		meanwhile?.(ids, page);
		return answer;
	});
}

const idsTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

async function idsOf(connection: ReturnType<typeof server>, limit?: number) {
	const result = await readList(connection, list, limit);
	if (!result.ok) throw new Error(`The list could not be read: ${result.problem.kind}`);
	return result.rows.map(({ id }) => id);
}

describe('a list that keeps still', () => {
	test.each([
		[0, 1],
		[1, 1],
		[99, 1],
		[100, 1],
		[101, 2],
		[1050, 11],
	])('of %i rows is read in %i requests', async (count, requests) => {
		const connection = server(idsTo(count));
		expect(await idsOf(connection)).toEqual(idsTo(count));
		expect(connection.requests).toHaveLength(requests);
	});

	test('is read to its end on every kind of server, up to any limit', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: 350 }),
				fc.integer({ min: 1, max: 400 }),
				fc.constantFrom(1, 2, 50, 99, 100),
				fc.boolean(),
				async (count, limit, cap, withTotal) => {
					const ids = await idsOf(server(idsTo(count), { cap, withTotal }), limit);
					expect(ids).toEqual(idsTo(Math.min(count, limit)));
				},
			),
			{ numRuns: 100 },
		);
	});

	test('asks for no more rows than are wanted', async () => {
		const connection = server(idsTo(300));
		expect(await idsOf(connection, 120)).toHaveLength(120);
		expect(connection.requests.map(({ query }) => query)).toEqual([
			{ limit: 100, offset: 0 },
			{ limit: 21, offset: 99 },
		]);
		expect(await idsOf(connection, 5)).toHaveLength(5);
		expect(connection.requests[2]).toMatchObject({ method: 'GET', query: { limit: 5, offset: 0 } });
	});

	test('is cut where a server gives more than is wanted', async () => {
		const more = lying(() => ({ rows: some }));
		expect(await readList(more, list, 5)).toEqual({ ok: true, rows: some.slice(0, 5) });
		const unusable = lying(() => ({ rows: [{ id: null }, ...some] }));
		expect(await readList(unusable, list, 5)).toMatchObject({
			problem: { kind: 'unusableIds' },
			rows: some.slice(0, 5),
		});
	});
});

describe('a list that shifts while it is read', () => {
	test('gives each row once when one is added in front', async () => {
		const connection = server(idsTo(250), {
			meanwhile: (ids, page) => page === 0 && ids.unshift(0),
		});
		expect(await idsOf(connection)).toEqual([0, ...idsTo(250)]);
	});

	test('passes over no row when one is removed', async () => {
		const connection = server(idsTo(250), {
			meanwhile: (ids, page) => page === 0 && ids.splice(4, 1),
		});
		expect(await idsOf(connection)).toEqual(idsTo(250).filter((id) => id !== 5));
	});

	test('gives every row that is there all the time, whatever comes and goes in the meantime', async () => {
		const change = fc.record({
			page: fc.nat({ max: 3 }),
			remove: fc.boolean(),
			at: fc.nat({ max: 400 }),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: 350 }),
				fc.array(change, { maxLength: 4 }),
				async (count, changes) => {
					const removed = new Set<number>();
					const connection = server(idsTo(count), {
						meanwhile: (ids, page) => {
							for (const [index, { remove, at }] of changes.entries()) {
								if (changes[index]?.page !== page) continue;
								const place = Math.min(at, ids.length);
								if (!remove) ids.splice(place, 0, 1000 + index);
								else for (const id of ids.splice(place, 1)) removed.add(id);
							}
						},
					});
					const found = await idsOf(connection);
					expect(new Set(found).size).toBe(found.length);
					for (const id of idsTo(count)) if (!removed.has(id)) expect(found).toContain(id);
				},
			),
			{ numRuns: 100 },
		);
	});

	test('is a problem when it never keeps still, and what was seen of it is there', async () => {
		let next = 1000;
		const connection = server(idsTo(250), { meanwhile: (ids) => ids.unshift(next++) });
		const result = await readList(connection, list);
		expect(result).toMatchObject({ ok: false, problem: { kind: 'incomplete' } });
		expect(result.rows.map(({ id }) => id)).toEqual(expect.arrayContaining(idsTo(250)));
		expect(connection.requests.length).toBeLessThan(12);
	});
});

interface Answer {
	rows: unknown[];
	total?: unknown;
}

/** A server that answers what it likes. */
const lying = (answer: (offset: number, limit: number) => Answer) =>
	fakeConnection(({ query = {} }) => {
		const { rows, total } = answer(Number(query.offset), Number(query.limit));
		return json({ campaigns: rows, ...(total !== undefined && { metadata: { total } }) });
	});

const rowsTo = (count: number) => idsTo(count).map((id) => ({ id }));
const some = rowsTo(250);

describe('a list that is visibly not whole is a problem', () => {
	test.each<[string, (offset: number, limit: number) => Answer, number | undefined]>([
		['its second page is empty', (at) => ({ rows: at ? [] : some.slice(0, 100), total: 250 }), 250],
		[
			'its second page is empty, and there is no total',
			(at) => ({ rows: at ? [] : some.slice(0, 100) }),
			undefined,
		],
		[
			'its second page is empty, and the total is a text',
			(at) => ({ rows: at ? [] : some.slice(0, 100), total: '250' }),
			250,
		],
		['it is empty, but not by its total', () => ({ rows: [], total: 250 }), 250],
		['the offset is ignored', () => ({ rows: some.slice(0, 100), total: 250 }), 250],
		[
			'the offset is ignored, and there is no total',
			() => ({ rows: some.slice(0, 100) }),
			undefined,
		],
		[
			'it has one row a page, and the offset is ignored',
			() => ({ rows: some.slice(0, 1), total: 250 }),
			250,
		],
		[
			'a row comes twice in the place of another',
			(at, limit) => ({
				rows: [{ id: 1 }, ...some].slice(0, 250).slice(at, at + limit),
				total: 250,
			}),
			250,
		],
		[
			'its last rows never come',
			(at, limit) => ({ rows: some.slice(0, 240).slice(at, at + limit), total: 250 }),
			250,
		],
	])('because %s', async (_, answer, total) => {
		const connection = lying(answer);
		const result = await readList(connection, list);
		expect(result).toMatchObject({
			ok: false,
			problem: { kind: 'incomplete', maybeApplied: false },
		});
		if (!result.ok) expect(result.problem.rows?.total).toBe(total);
		expect(connection.requests.length).toBeLessThanOrEqual(3 * 4);
	});

	test('and one without an end is given up', async () => {
		const connection = lying((at, limit) => ({
			rows: rowsTo(limit).map(({ id }) => ({ id: at + id })),
		}));
		const result = await readList(connection, list);
		expect(result).toMatchObject({ ok: false, problem: { kind: 'endless' } });
		expect(connection.requests).toHaveLength(1000);
	});

	test('and its total may grow with it', async () => {
		const connection = lying((at) => ({ rows: [{ id: at + 1 }], total: at + 2 }));
		const result = await readList(connection, list);
		expect(result).toMatchObject({ ok: false, problem: { kind: 'endless' } });
		expect(connection.requests).toHaveLength(1000);
	});

	test('and so is one that takes half an hour, with what came of it', async () => {
		const page = (at: number, limit: number) => ({
			rows: rowsTo(limit).map(({ id }) => ({ id: at + id })),
		});
		const connection = lying(page);
		const { send, clock } = connection;
		connection.send = async (request) => {
			await clock.sleep(29_000);
			return await send(request);
		};
		const result = await readList(connection, list);
		expect(result).toMatchObject({ ok: false, problem: { kind: 'timedOut' } });
		expect(result.rows.length).toBeGreaterThan(100);
		expect(clock.now()).toBeLessThanOrEqual(31 * 60_000);
	});

	test('and so is one whose pages are more than n8n can hold', () => {
		const budget = new ListBudget(fakeConnection(() => json({})));
		// To make so much JSON would take longer than all other tests.
		const stringify = vi.spyOn(JSON, 'stringify').mockReturnValue('x'.repeat(60_000_000));
		const spent = Array.from({ length: 6 }, () => budget.spentBy([{ id: 1 }]));
		stringify.mockRestore();
		expect(spent.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined]);
		expect(spent.at(-1)).toBe('endless');
	});

	test('unless no more rows are wanted than come', async () => {
		const connection = lying((at, limit) => ({ rows: at ? [] : some.slice(0, limit), total: 250 }));
		const result = await readList(connection, list, 50);
		expect(result).toMatchObject({ ok: true });
		expect(result.rows).toHaveLength(50);
	});
});

test.each([
	undefined,
	null,
	-1,
	0,
	5,
	249,
	1.5,
	2 ** 60,
	'',
	'many',
	'-3',
	'1e2',
	[250],
	{ total: 250 },
	true,
])('a total of %j tells nothing, and the list is read until no new row comes', async (total) => {
	const connection = lying((at, limit) => ({ rows: some.slice(at, at + limit), total }));
	const result = await readList(connection, list);
	expect(result).toEqual({ ok: true, rows: some });
});

test('a list that is whole after all is read again', async () => {
	let requests = 0;
	const connection = lying((at, limit) => {
		const isLost = ++requests === 2;
		return { rows: isLost ? [] : some.slice(at, at + limit), total: 250 };
	});
	expect(await readList(connection, list)).toEqual({ ok: true, rows: some });
	expect(connection.requests).toHaveLength(2 + 3);
});

describe('rows whose ID cannot be used', () => {
	const bad = [
		{ id: '..' },
		{ id: '\ud800' },
		{ id: 2 ** 53 },
		{ id: null },
		{ name: 'x' },
		null,
		'x',
		[1],
	];

	test('are left out and reported, wherever they stand', async () => {
		for (const at of [0, 99, 100, 249]) {
			const rows = [...some.slice(0, at), ...bad, ...some.slice(at)];
			const connection = lying((offset, limit) => ({
				rows: rows.slice(offset, offset + limit),
				total: rows.length,
			}));
			expect(await readList(connection, list)).toEqual({
				ok: false,
				problem: {
					kind: 'unusableIds',
					apiMessage: '',
					fields: {},
					maybeApplied: false,
					rows: { usable: 250, total: 258 },
				},
				rows: some,
			});
			expect(connection.requests).toHaveLength(3);
		}
	});

	test('are not asked for again for the rows that are wanted', async () => {
		const connection = lying((at, limit) => ({ rows: some.slice(at, at + limit), total: 250 }));
		expect(await readList(connection, list, 3)).toEqual({ ok: true, rows: some.slice(0, 3) });
	});
});

test('what was seen of a list stays when a later reading fails', async () => {
	const connection = fakeConnection(
		({ query = {} }, index) => {
			if (index === 4) return json({ errors: {} }, 403);
			const at = Number(query.offset);
			return json({ campaigns: some.slice(at, at + 100), metadata: { total: 300 } });
		},
		{ maxDelay: 0 },
	);
	const result = await readList(connection, list);
	expect(result).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
	expect(result.rows).toEqual(some);
});

test('a response without the list is a problem', async () => {
	const connection = fakeConnection(() => json({ users: [] }), { maxDelay: 0 });
	expect(await readList(connection, list)).toMatchObject({
		ok: false,
		problem: { kind: 'unreadable' },
		rows: [],
	});
});

test('whatever the pages hold, a list is a listing', async () => {
	const page = fc.record({ rows: fc.array(fc.jsonValue()), total: fc.jsonValue() });
	await fc.assert(
		fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 8 }), async (pages) => {
			let requests = 0;
			const connection = lying(() => pages[requests++ % pages.length] ?? { rows: [] });
			const result = await readList(connection, list);
			expect(result.rows.length).toBeGreaterThanOrEqual(0);
			expect(requests).toBeLessThanOrEqual(1000);
		}),
		{ numRuns: 100 },
	);
});
