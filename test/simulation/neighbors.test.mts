import { describe, expect, it } from 'vitest';
import * as code from './code.mts';
import { leadsTo, scheduleOf } from './defaults.mts';
import { firstViolation } from './invariants/index.mts';
import { play } from './play.mts';
import type { Importer, LeadSpec } from './schedule.mts';

/** Plays a schedule that breaks no invariant: when each of its importers was done, in seconds after its start. */
async function secondsOf(schedule: Parameters<typeof scheduleOf>[0]) {
	const course = await play(scheduleOf(schedule), code);
	expect(firstViolation(course)).toBeUndefined();
	return course.executions.map(({ settledAt, startedAt, report }) => ({
		seconds: ((settledAt ?? Number.NaN) - (startedAt ?? Number.NaN)) / 1000,
		statuses: [
			...new Set(
				report?.results.map((each) => each && ('status' in each ? each.status : each.cause)),
			),
		],
	}));
}

const batches = (count: number, from = 0): Partial<Importer> => ({
	leads: leadsTo(0, count, from),
	batchSize: 1,
});

describe('an import beside another one', () => {
	it('with an interval of ten minutes takes what it takes alone', async () => {
		const [alone] = await secondsOf({ importers: [batches(10, 100)] });
		const [, beside] = await secondsOf({
			importers: [
				{ ...batches(3), minimumInterval: 600_000 },
				{ ...batches(10, 100), startsAt: 1000 },
			],
		});
		expect(alone?.seconds).toBeCloseTo(19, 0);
		expect(beside?.seconds).toBeLessThan((alone?.seconds ?? 0) + 2);
	});

	it('that waits for Retry-After gives up by its own Max Wait', async () => {
		const [, beside] = await secondsOf({
			importers: [batches(1), { ...batches(1, 100), maxWait: 2000, startsAt: 200 }],
			faults: [{ kind: 'rateLimited', variant: 3 }],
		});
		expect(beside).toEqual({ seconds: 0, statuses: ['outOfTime'] });
	});

	it('whose request hangs gives up by its own Max Wait', async () => {
		const [, beside] = await secondsOf({
			importers: [batches(1), { ...batches(1, 100), maxWait: 5000, startsAt: 200 }],
			faults: [{ kind: 'hangBefore', variant: 0 }],
		});
		expect(beside).toEqual({ seconds: 5, statuses: ['outOfTime'] });
	});

	it('in line with fifty others is not lost, however long the line', async () => {
		const importers = Array.from({ length: 50 }, (_, place) => ({
			...batches(1, place),
			maxWait: 10_000,
			startsAt: place,
		}));
		for (const { statuses } of await secondsOf({ importers }))
			expect(statuses).toEqual(['created']);
	});
});

describe('single leads after one clash with another program', () => {
	it('take no longer than the gap', async () => {
		const single = (startsAt: number, number: number): Partial<Importer> => ({
			leads: leadsTo(0, 1, number),
			startsAt,
		});
		// The first, then 9 s later somebody else's, and three more at once.
		const runs = await secondsOf({
			importers: [
				single(0, 0),
				{ ...single(9000, 1), process: 1 },
				single(9200, 2),
				single(12_200, 3),
				single(15_200, 4),
			],
		});
		for (const { seconds, statuses } of runs) {
			expect(statuses).toEqual(['created']);
			expect(seconds).toBeLessThan(3);
		}
	});
});

describe('very many campaigns', () => {
	const toEach = (campaigns: number): LeadSpec[] =>
		Array.from({ length: campaigns }, (_, campaign) => leadsTo(campaign, 1)).flat();

	it('of which twenty wait do not keep the others from starting', async () => {
		const course = await play(
			scheduleOf({
				world: { campaigns: Array(25).fill('live'), listed: [] },
				importers: [{ leads: toEach(25) }],
				faults: Array.from({ length: 20 }, () => ({ kind: 'rateLimited', variant: 3 }) as const),
			}),
			code,
		);
		const starts = course.voiso.ledger.filter(({ campaign }) => campaign >= 20);
		expect(starts).toHaveLength(5);
		for (const { start } of starts) expect(start).toBeLessThan(1000);
	});

	it('have twenty requests open at most, and do not hold up another import into one of them', async () => {
		const course = await play(
			scheduleOf({
				world: {
					campaigns: Array(300).fill('live'),
					listed: [],
					latency: { there: 10, work: 2000, back: 10 },
				},
				importers: [{ leads: toEach(300) }, { leads: leadsTo(299, 1, 5), startsAt: 100 }],
			}),
			code,
		);
		const [all, single] = course.executions;
		const calls = course.voiso.ledger.filter(({ importer }) => importer === 0);
		const open = (at: number) =>
			calls.filter(({ start, end }) => start <= at && at < (end ?? Infinity)).length;
		expect(Math.max(...calls.map(({ start }) => open(start)))).toBe(20);
		expect(all?.settledAt).toBeGreaterThan(30_000);
		expect(single?.settledAt).toBeLessThan(3000);
	});
});
