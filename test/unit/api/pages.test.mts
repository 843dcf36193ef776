import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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

	test('is not read for ever', async () => {
		let next = 1000;
		const connection = server(idsTo(250), { meanwhile: (ids) => ids.unshift(next++) });
		expect(await idsOf(connection)).toEqual(expect.arrayContaining(idsTo(250)));
		expect(connection.requests.length).toBeLessThan(12);
	});
});

test('a server that ignores the offset gives its first page', async () => {
	const connection = server(idsTo(250), { ignoresOffset: true });
	expect(await idsOf(connection)).toEqual(idsTo(100));
});

test('an answer without the list is a problem', async () => {
	const connection = fakeConnection(() => json({ users: [] }), { maxDelay: 0 });
	expect(await readList(connection, list)).toMatchObject({
		ok: false,
		problem: { kind: 'unreadable' },
	});
});
