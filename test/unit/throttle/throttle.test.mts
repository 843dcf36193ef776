import { describe, expect, it } from 'vitest';
import { Throttle, type Clock } from '../../../nodes/shared/throttle/throttle.ts';
import { ProcessMemory } from '../../../nodes/shared/throttle/processMemory.ts';

const PATIENT = Number.POSITIVE_INFINITY;
/** The lane can be remembered for as long as anybody's interval can be. */
const REMEMBERED = 600_000;

/** A clock that moves when somebody waits, and by hand. */
class TestClock implements Clock {
	time = 0;

	readonly waits: number[] = [];

	/** Called before each wait. */
	beforeWait = () => {};

	now(): number {
		return this.time;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<boolean> {
		this.beforeWait();
		if (signal?.aborted) return false;
		if (this.waits.length > 100) throw new Error('The lane waits for ever');
		this.waits.push(ms);
		this.time += ms;
		return true;
	}
}

function laneWithClock() {
	const clock = new TestClock();
	return { clock, lane: new Throttle(clock) };
}

/** One call that takes `ms`; the time at which it started. */
async function call({ clock, lane }: ReturnType<typeof laneWithClock>, ms = 0, interval = 2000) {
	expect(await lane.enter(interval, PATIENT)).toBe('entered');
	const start = clock.time;
	clock.time += ms;
	lane.leave();
	return start;
}

describe('the gap', () => {
	it('is kept from the end of a call to the start of the next, and before the first there is none', async () => {
		const each = laneWithClock();
		expect(await call(each, 700)).toBe(0);
		expect(await call(each, 700)).toBe(2700);
		expect(await call(each, 700)).toBe(5400);
	});

	it('is what whoever enters asks for', async () => {
		const each = laneWithClock();
		await call(each);
		expect(await call(each, 0, 10_000)).toBe(10_000);
		expect(await call(each, 0, 0)).toBe(10_000);
		expect(await call(each, 0, 500)).toBe(10_500);
	});

	it('is over when the time has passed anyway', async () => {
		const each = laneWithClock();
		await call(each);
		each.clock.time = 2000;
		expect(await call(each)).toBe(2000);
		expect(each.clock.waits).toEqual([]);
	});

	it('is kept to the millisecond when a timer fires early', async () => {
		const each = laneWithClock();
		await call(each, 0.4);
		each.clock.sleep = async (ms) => {
			if (each.clock.waits.length > 100) throw new Error('The lane waits for ever');
			each.clock.waits.push(ms);
			each.clock.time += ms - 0.5;
			return true;
		};
		expect(await call(each)).toBeGreaterThanOrEqual(2000.4);
		expect(each.clock.waits.every((ms) => Number.isInteger(ms) && ms > 0)).toBe(true);
	});

	it('counts from the last call when one was not made after all', async () => {
		const each = laneWithClock();
		await call(each);
		await each.lane.enter(2000, PATIENT);
		each.clock.time += 100;
		each.lane.leave(false);
		expect(await call(each)).toBe(2100);
	});

	it('lasts until a rest is over, the longest of several', async () => {
		const each = laneWithClock();
		await call(each);
		each.lane.rest(9000);
		each.lane.rest(5000);
		expect(await call(each)).toBe(9000);
		expect(await call(each)).toBe(11_000);
	});
});

describe('the turn', () => {
	it('is taken one at a time, first come first served', async () => {
		const { lane } = laneWithClock();
		const order: string[] = [];
		const enter = async (name: string) => {
			await lane.enter(0, PATIENT);
			order.push(name);
		};
		await enter('first');
		const others = [enter('second'), enter('third')];
		await Promise.resolve();
		expect(order).toEqual(['first']);
		lane.leave();
		await others[0];
		expect(order).toEqual(['first', 'second']);
		lane.leave();
		await others[1];
		expect(order).toEqual(['first', 'second', 'third']);
	});

	it('is not taken by somebody who was stopped before', async () => {
		const each = laneWithClock();
		expect(await each.lane.enter(2000, PATIENT, AbortSignal.abort())).toBe('aborted');
		expect(await call(each)).toBe(0);
	});

	it('is left to the next by somebody who is stopped in the queue', async () => {
		const { lane } = laneWithClock();
		const stop = new AbortController();
		await lane.enter(0, PATIENT);
		const second = lane.enter(0, PATIENT, stop.signal);
		const third = lane.enter(0, PATIENT, new AbortController().signal);
		stop.abort();
		expect(await second).toBe('aborted');
		lane.leave();
		expect(await third).toBe('entered');
	});

	it('is passed on by somebody who is stopped in the gap', async () => {
		const each = laneWithClock();
		await call(each);
		const stop = new AbortController();
		each.clock.beforeWait = () => stop.abort();
		expect(await each.lane.enter(2000, PATIENT, stop.signal)).toBe('aborted');
		each.clock.beforeWait = () => {};
		expect(await call(each)).toBe(2000);
	});

	it('is nobody else’s when a stop comes after it was taken', async () => {
		const { lane } = laneWithClock();
		const stop = new AbortController();
		await lane.enter(0, PATIENT);
		const second = lane.enter(0, PATIENT, stop.signal);
		lane.leave();
		expect(await second).toBe('entered');
		const third = lane.enter(0, PATIENT);
		stop.abort();
		lane.leave();
		expect(await third).toBe('entered');
	});
});

describe('an embargo', () => {
	it('is waited for by those who have the patience', async () => {
		const each = laneWithClock();
		await each.lane.enter(2000, PATIENT);
		each.lane.leave(true, 60_000);
		expect(each.lane.embargo).toBe(60_000);
		expect(await each.lane.enter(2000, 60_000)).toBe('entered');
		expect(each.clock.time).toBe(60_000);
		expect(each.lane.embargo).toBe(0);
	});

	it('is not waited for by others, who let the next one in', async () => {
		const each = laneWithClock();
		await each.lane.enter(2000, PATIENT);
		each.lane.leave(true, 60_000);
		expect(await each.lane.enter(2000, 59_999)).toBe('embargoed');
		expect(each.clock.waits).toEqual([]);
		expect(await call(each)).toBe(60_000);
	});

	it('is not shortened by a later answer', async () => {
		const { lane } = laneWithClock();
		await lane.enter(0, PATIENT);
		lane.leave(true, 60_000);
		await lane.enter(0, PATIENT);
		lane.leave(true, 60_000);
		lane.leave(true, 10);
		expect(lane.embargo).toBe(60_000);
	});
});

describe('what is remembered', () => {
	it('is a lane that somebody uses or waits for, or used lately', async () => {
		const { clock, lane } = laneWithClock();
		expect(lane.isIdle).toBe(true);
		await lane.enter(2000, PATIENT);
		clock.time += REMEMBERED * 2;
		expect(lane.isIdle).toBe(false);
		const second = lane.enter(0, PATIENT);
		lane.leave();
		expect(lane.isIdle).toBe(false);
		await second;
		lane.leave();
		expect(lane.isIdle).toBe(false);
		clock.time += REMEMBERED - 1;
		expect(lane.isIdle).toBe(false);
		clock.time += 1;
		expect(lane.isIdle).toBe(true);
	});

	it('is a lane that must not be used yet', async () => {
		const { clock, lane } = laneWithClock();
		await lane.enter(2000, PATIENT);
		lane.leave(true, REMEMBERED * 2);
		clock.time = REMEMBERED * 2 - 1;
		expect(lane.isIdle).toBe(false);
		clock.time = REMEMBERED * 2;
		expect(lane.isIdle).toBe(true);
	});

	it('is one lane for each campaign of a cluster, as long as it is worth it', async () => {
		const clock = new TestClock();
		const memory = new ProcessMemory(clock);
		const lane = memory.lane('https://a', '3');
		await lane.enter(0, PATIENT);
		lane.leave();
		expect(memory.lane('https://a', '3')).toBe(lane);
		expect(memory.lane('https://b', '3')).not.toBe(lane);
		expect(memory.lane('https://a', '33')).not.toBe(lane);
		clock.time = REMEMBERED - 1;
		expect(memory.lane('https://a', '3')).toBe(lane);
		clock.time = REMEMBERED;
		expect(memory.lane('https://a', '5')).not.toBe(lane);
		expect(memory.size).toBe(1);
		expect(memory.lane('https://a', '3')).not.toBe(lane);
	});

	it('is the method with which a cluster takes updates', () => {
		const memory = new ProcessMemory(new TestClock());
		expect(memory.updateMethod('https://a')).toBeUndefined();
		memory.rememberUpdateMethod('https://a', 'PATCH');
		expect(memory.updateMethod('https://a')).toBe('PATCH');
		expect(memory.updateMethod('https://b')).toBeUndefined();
	});
});
