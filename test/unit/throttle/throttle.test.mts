import { describe, expect, it } from 'vitest';
import { Slots } from '../../../nodes/shared/throttle/slots.ts';
import {
	Throttle,
	type TurnEnd,
	type TurnRequest,
} from '../../../nodes/shared/throttle/throttle.ts';
import { VirtualTime } from '../../simulation/time.mts';

const MAX_WAIT = 300_000;

/** A throttle on virtual time. */
function setUp({ early = 0, random = 0.5 } = {}) {
	const time = new VirtualTime();
	const clock = {
		now: time.now,
		sleep: async (ms: number, signal?: AbortSignal) => await time.sleep(ms, signal, { early }),
	};
	const throttle = new Throttle(clock, () => random);

	/** One turn whose call takes `ms`: when it starts, or why there is none. */
	async function call(
		ms = 0,
		{ end = { outcome: 'accepted' }, ...request }: Partial<TurnRequest> & { end?: TurnEnd } = {},
	) {
		const slots = request.slots ?? new Slots(1);
		const whole = { interval: 2000, maxDelay: MAX_WAIT, ...request, slots };
		const grant = await throttle.acquire(whole);
		if (grant !== 'acquired') return `${grant} at ${time.now()}`;
		const start = time.now();
		await time.sleep(ms);
		throttle.release(slots, end);
		return start;
	}

	/** Lets time pass until all of this is done. */
	async function run<T>(work: Promise<T>): Promise<T> {
		let isOver = false;
		const end = () => (isOver = true);
		work.then(end, end);
		await time.passUntil(() => isOver);
		return await work;
	}
	const pass = async (ms: number) => await run(time.sleep(ms));

	return { call, pass, run, throttle, time };
}

/** Several calls, one after the other. */
async function inTurn<T>(...calls: Array<() => Promise<T>>): Promise<T[]> {
	const results: T[] = [];
	for (const each of calls) results.push(await each());
	return results;
}

describe('the gap', () => {
	it('is not slept over when it ends between two readings of the clock', async () => {
		for (let step = 1; step <= 40; step++) {
			const time = new VirtualTime();
			let readings = 0;
			const clock = {
				// Each reading takes a while, as on a busy machine, and a timer fires a little early.
				now: () => time.now() + ++readings * (step / 16),
				sleep: async (ms: number, signal?: AbortSignal) =>
					await time.sleep(Math.max(0, ms - 1 - step / 8), signal),
			};
			const throttle = new Throttle(clock, () => 0.5);
			const request = { interval: 2000, maxDelay: MAX_WAIT, signal: undefined };
			let isOver = false;
			const work = (async () => {
				for (let call = 0; call < 5; call++) {
					const slots = new Slots(1);
					await throttle.acquire({ ...request, slots });
					throttle.release(slots, { outcome: 'accepted' });
				}
				isOver = true;
			})();
			await time.passUntil(() => isOver);
			await work;
			expect(time.now()).toBeLessThan(10_000);
		}
	});

	it('is kept from the end of a call to the start of the next, and before the first there is none', async () => {
		const { call, run } = setUp();
		const long = async () => await call(700);
		expect(await run(inTurn(long, long, long))).toEqual([0, 2700, 5400]);
	});

	it('is what the caller asks for', async () => {
		const { call, run } = setUp();
		const after = (interval: number) => async () => await call(0, { interval });
		expect(await run(inTurn(after(2000), after(10_000), after(0), after(500)))).toEqual([
			0, 10_000, 10_000, 10_500,
		]);
	});

	it('is over when the time has passed anyway', async () => {
		const { call, pass, run } = setUp();
		await run(call());
		await pass(2000);
		expect(await run(call())).toBe(2000);
	});

	it.each([0.4, 0.9])(
		'is kept to the millisecond by timers that are early by %d ms',
		async (early) => {
			const { call, run } = setUp({ early });
			await run(call(0.4));
			expect(await run(call())).toBeGreaterThanOrEqual(2000.4);
		},
	);

	it.each([
		['rejected', 2000],
		['failed', 2000],
		['unused', 0],
	] as const)('after a turn that ended as %s counts from %i', async (outcome, from) => {
		const { call, run } = setUp({ random: 0 });
		await run(call(0, { end: { outcome: 'accepted' } }));
		await run(call(0, { end: { outcome } }));
		expect(await run(call())).toBe(from + 2000);
	});
});

describe('the turn', () => {
	it('is taken one at a time, first come first served', async () => {
		const { call, run } = setUp();
		expect(await run(Promise.all([call(100), call(100), call(100)]))).toEqual([0, 2100, 4200]);
	});

	it('is taken in turn by executions with many calls', async () => {
		const { call, run } = setUp();
		const order: string[] = [];
		const execution = async (name: string, calls: number) => {
			for (let n = 0; n < calls; n++) {
				await call(50);
				order.push(name);
			}
		};
		await run(Promise.all([execution('a', 4), execution('b', 2), execution('c', 3)]));
		expect(order.join('')).toBe('abcabcaca');
	});

	it('goes to whoever is due first', async () => {
		const { call, run } = setUp();
		const starts = run(Promise.all([call(0), call(0, { interval: 5000 }), call(0)]));
		expect(await starts).toEqual([0, 7000, 2000]);
	});

	it('is not held by a caller that sleeps through a long interval', async () => {
		const { call, run } = setUp();
		const slow = { interval: 600_000 };
		const many = inTurn(...Array.from({ length: 10 }, () => async () => await call(100)));
		const [starts, late] = await run(
			Promise.all([
				many,
				inTurn(
					async () => await call(100),
					async () => await call(0, slow),
				),
			]),
		);
		expect(starts.at(-1)).toBe(10 * 2100);
		expect(late.at(-1)).toBe(10 * 2100 + 100 + 600_000);
	});

	it('comes to a caller with a longer interval, too, after eight of its intervals', async () => {
		const { call, run } = setUp();
		let isDone = false;
		const others = async () => {
			while (!isDone) await call(0);
		};
		const slow = async () => {
			await call(0);
			const start = await call(0, { interval: 3000 });
			isDone = true;
			return start;
		};
		const [start] = await run(Promise.all([slow(), others()]));
		expect(start).toBeGreaterThan(8 * 3000);
		expect(start).toBeLessThan(10 * 3000);
	});

	it('is waited for without a slot: others go meanwhile', async () => {
		const { call, run } = setUp();
		const slots = new Slots(1);
		slots.tryTake();
		const waiting = call(0, { slots });
		expect(await run(call(0))).toBe(0);
		slots.give();
		expect(await run(waiting)).toBe(2000);
		expect(slots.tryTake()).toBe(true);
	});
});

describe('Stop', () => {
	it('keeps those out who come after it', async () => {
		const { call, run } = setUp();
		expect(await run(call(0, { signal: AbortSignal.abort() }))).toBe('aborted at 0');
		expect(await run(call())).toBe(0);
	});

	it.each(['in the gap', 'behind another call', 'without a slot'])(
		'ends the wait %s at once, and the next one goes',
		async (where) => {
			const { call, pass, run, time } = setUp();
			const stop = new AbortController();
			const slots = new Slots(1);
			if (where === 'without a slot') slots.tryTake();
			else if (where === 'in the gap') await run(call());
			const first = where === 'behind another call' ? call(5000) : undefined;
			const stopped = call(0, { signal: stop.signal, slots });
			const next = call();
			await pass(1000);
			stop.abort();
			expect(await run(stopped)).toBe('aborted at 1000');
			await run(Promise.all([first, next]));
			expect(time.openOf(call)).toBe(0);
			expect(await next).toBe({ 'in the gap': 2000, 'behind another call': 7000 }[where] ?? 0);
		},
	);

	it('after a turn was taken leaves it to its owner', async () => {
		const { call, run } = setUp();
		const stop = new AbortController();
		const first = call(100, { signal: stop.signal });
		const second = call();
		stop.abort();
		expect(await run(first)).toBe(0);
		expect(await run(second)).toBe(2100);
	});
});

describe('Retry-After', () => {
	const asked = { end: { outcome: 'rejected', retryAfter: 60_000 } } as const;

	it('is waited for by those who have the time', async () => {
		const { call, run, throttle } = setUp();
		await run(call(0, asked));
		expect(throttle.delay(2000)).toBe(60_000);
		expect(await run(call(0, { maxDelay: 58_000 }))).toBe(60_000);
		expect(throttle.delay(0)).toBe(0);
	});

	it('sends others away at once, who would wait longer than they may', async () => {
		const { call, run } = setUp();
		await run(call(0, asked));
		expect(await run(call(0, { maxDelay: 57_999 }))).toBe('tooLong at 0');
		expect(await run(call(0, { maxDelay: 2000 }))).toBe('tooLong at 0');
	});

	it('that comes while others wait sends them away as well, and nobody waits for somebody else’s', async () => {
		const { call, run } = setUp();
		const results = run(
			Promise.all([call(500, asked), call(0, { maxDelay: 2000 }), call(0), call(0)]),
		);
		expect(await results).toEqual([0, 'tooLong at 500', 60_500, 62_500]);
	});

	it('is not shortened by a later answer', async () => {
		const { call, run, throttle } = setUp();
		await run(call(0, asked));
		await run(call(0, { end: { outcome: 'failed', retryAfter: 10 } }));
		await run(call(0, asked));
		throttle.release(new Slots(0), { outcome: 'failed', retryAfter: 10 });
		expect(throttle.delay(0)).toBe(60_000);
	});
});

describe('a call of somebody else that does not end', () => {
	it.each([
		[10_000, 'tooLong at 10000'],
		// Two seconds at least: a call of somebody else is nothing unusual.
		[0, 'tooLong at 2000'],
		[60_001, 62_000],
	])('is waited for, for %i ms', async (maxDelay, result) => {
		const { call, run } = setUp();
		const first = call(60_000);
		expect(await run(call(0, { maxDelay }))).toBe(result);
		await run(first);
	});

	it('does not count once it has ended: a long line is no reason to give up', async () => {
		const { call, run } = setUp();
		const line = Array.from({ length: 25 }, () => call(1000, { maxDelay: 2500 }));
		expect(await run(Promise.all(line))).toEqual(line.map((_, place) => place * 3000));
	});
});

describe('a rejection', () => {
	const rejected = { end: { outcome: 'rejected' } } as const;

	it('makes the next gap longer by a random part of a unit, and more each time', async () => {
		const { call, run } = setUp({ random: 1 });
		const starts = await run(
			inTurn(...Array.from({ length: 7 }, () => async () => await call(0, rejected))),
		);
		const gaps = starts.slice(1).map((start, place) => Number(start) - Number(starts[place]));
		expect(gaps).toEqual([2800, 3600, 5200, 8400, 10_000, 10_000]);
	});

	it.each([
		[0, 1400],
		[500, 1400],
		[1500, 2100],
		[2000, 2800],
		[600_000, 600_800],
	])('of a caller with an interval of %i ms makes it %i ms', async (interval, gap) => {
		const { call, run } = setUp({ random: 1 });
		await run(call(0, rejected));
		expect(await run(call(0, { interval, maxDelay: 0 }))).toBe(gap);
	});

	it('makes it no longer than a part of the time that is left', async () => {
		const { call, run, throttle } = setUp({ random: 1 });
		await run(call(0, { end: { outcome: 'rejected', timeLeft: 11_000 } }));
		expect(throttle.delay(2000)).toBe(2100);
	});

	it('counts until a call is accepted: single calls after a clash take no longer than a gap', async () => {
		const { call, pass, run } = setUp({ random: 1 });
		await run(call());
		await pass(9000);
		const starts = await run(
			inTurn(
				async () => await call(0, rejected),
				async () => await call(),
				async () => await call(),
				async () => await call(),
			),
		);
		expect(starts).toEqual([9000, 11_800, 13_800, 15_800]);
	});
});

describe('room for other processes', () => {
	/** The gaps before the calls of one caller, each of which goes as said. */
	async function gapsOf(ends: Array<TurnEnd['outcome']>, interval = 2000) {
		const { call, run } = setUp({ random: 0 });
		const calls = ends.map((outcome) => async () => await call(0, { interval, end: { outcome } }));
		const starts = (await run(inTurn(...calls))).map(Number);
		return starts.slice(1).map((start, place) => start - (starts[place] ?? 0));
	}
	const accepted = (count: number) => Array<'accepted'>(count).fill('accepted');
	const places = (gaps: number[], gap: number) =>
		[...gaps.entries()].filter(([, each]) => each === gap).map(([place]) => place);

	it('is left every 90 seconds, as nobody who is never rejected knows of others', async () => {
		const gaps = await gapsOf(accepted(100));
		expect(new Set(gaps)).toEqual(new Set([2000, 6000]));
		expect(places(gaps, 6000)).toEqual([45, 91]);
	});

	it('is left every 15 seconds after a rejection, and less often each time', async () => {
		const gaps = await gapsOf(['rejected', ...accepted(80)]);
		expect(places(gaps, 6000)).toEqual([9, 19, 31, 45, 62]);
	});

	it('is there anyway when the interval is long', async () => {
		expect(new Set(await gapsOf(accepted(40), 30_000))).toEqual(new Set([30_000]));
	});

	it('is a second or so for those without an interval', async () => {
		const { call, run } = setUp();
		const calls = Array.from({ length: 100 }, () => async () => await call(1000, { interval: 0 }));
		const starts = (await run(inTurn(...calls))).map(Number);
		const waits = starts.slice(1).map((start, place) => start - (starts[place] ?? 0) - 1000);
		expect(waits.filter((wait) => wait > 0)).toEqual([3000]);
	});
});

describe('what is worth remembering', () => {
	it('is somebody who calls or waits', async () => {
		const { call, pass, run, throttle } = setUp();
		expect(throttle.isIdle).toBe(true);
		const calls = Promise.all([call(1_000_000), call(0, { maxDelay: 2_000_000 })]);
		await pass(900_000);
		expect([throttle.isIdle, throttle.isInUse]).toEqual([false, true]);
		await run(calls);
		expect([throttle.isIdle, throttle.isInUse]).toEqual([false, false]);
	});

	it('is the end of a call, for the longest interval that can be set', async () => {
		const { call, pass, run, throttle } = setUp();
		await run(call());
		await pass(599_999);
		expect(throttle.isIdle).toBe(false);
		await pass(1);
		expect(throttle.isIdle).toBe(true);
	});

	it('is when Voiso wants the next call', async () => {
		const { call, pass, run, throttle } = setUp();
		await run(call(0, { end: { outcome: 'failed', retryAfter: 1_000_000 } }));
		await pass(999_999);
		expect(throttle.isIdle).toBe(false);
		await pass(1);
		expect(throttle.isIdle).toBe(true);
	});
});
