import { describe, expect, it } from 'vitest';
import { ProcessMemory } from '../../../nodes/shared/throttle/processMemory.ts';
import { Slots } from '../../../nodes/shared/throttle/slots.ts';

/** Nobody waits here: the clock is set by hand. */
function setUp() {
	const clock = { time: 0, now: () => clock.time, sleep: async () => true };
	const memory = new ProcessMemory(clock, Math.random);
	const call = async (baseUrl: string, campaignId: string) => {
		const slots = new Slots(1);
		const throttle = memory.throttle(baseUrl, campaignId);
		await throttle.acquire({ interval: 0, maxDelay: 0, slots });
		throttle.release(slots, { outcome: 'accepted' });
	};
	return { call, clock, memory };
}

const MINUTE = 60_000;
const A = 'https://a.voiso.com';

describe('the throttle of a campaign', () => {
	it.each([
		[A, '03'],
		[A, '0003'],
		[A, ' 3 '],
		['https://a.voiso.com.', '3'],
		['https://A.VOISO.COM', '3'],
	])('is the same for %s and %j', (baseUrl, id) => {
		const { memory } = setUp();
		expect(memory.throttle(baseUrl, id)).toBe(memory.throttle(A, '3'));
		expect(memory.size).toBe(1);
	});

	it('keeps the port: two sandboxes on one machine', () => {
		const { memory } = setUp();
		const [one, other] = ['http://localhost:1', 'http://localhost:2'];
		expect(memory.throttle(one, '3')).not.toBe(memory.throttle(other, '3'));
		expect(memory.throttle('http://localhost.:1', '3')).toBe(memory.throttle(one, '3'));
		const longer = memory.throttle('http://localhost:5678', '3');
		expect(memory.throttle('http://localhost.:5678', '3')).toBe(longer);
	});

	it.each([
		['https://b.voiso.com', '3'],
		[A, '33'],
		[A, '3-a'],
	])('is another one for %s and %j', (baseUrl, id) => {
		const { memory } = setUp();
		expect(memory.throttle(baseUrl, id)).not.toBe(memory.throttle(A, '3'));
	});

	it('is remembered for as long as somebody’s interval can be, then forgotten', async () => {
		const { call, clock, memory } = setUp();
		await call(A, '3');
		const throttle = memory.throttle(A, '3');
		clock.time = 10 * MINUTE - 1;
		expect(memory.throttle(A, '3')).toBe(throttle);
		clock.time = 11 * MINUTE;
		memory.throttle(A, '5');
		expect(memory.size).toBe(1);
		expect(memory.throttle(A, '3')).not.toBe(throttle);
	});

	it('is found without a look at all others: 20,000 campaigns cost one look a minute', async () => {
		const { call, clock, memory } = setUp();
		for (let id = 1; id <= 20_000; id++) await call(A, String(id));
		expect(memory.size).toBe(20_000);
		clock.time += MINUTE - 1;
		await call(A, '1');
		const first = memory.throttle(A, '1');
		expect(memory.size).toBe(20_000);
		// Then those that nobody uses go, the ones that were used last stay.
		clock.time += 1;
		await call(A, '20001');
		expect(memory.size).toBe(10_001);
		expect(memory.throttle(A, '1')).toBe(first);
		clock.time += 11 * MINUTE;
		memory.throttle(A, '1');
		expect(memory.size).toBe(1);
	});

	it('that is in use is never forgotten', async () => {
		const { clock, memory } = setUp();
		const throttle = memory.throttle(A, '3');
		await throttle.acquire({ interval: 0, maxDelay: 0, slots: new Slots(1) });
		clock.time = 1e9;
		for (let id = 4; id <= 20_000; id++) memory.throttle(A, String(id));
		clock.time = 2e9;
		expect(memory.throttle(A, '3')).toBe(throttle);
	});
});

it('the method with which a cluster updated leads is remembered, of a bounded number of clusters', () => {
	const { memory } = setUp();
	expect(memory.updateMethod(A)).toBeUndefined();
	memory.rememberUpdateMethod(A, 'PATCH');
	expect(memory.updateMethod(A)).toBe('PATCH');
	expect(memory.updateMethod('https://b.voiso.com')).toBeUndefined();
	for (let n = 1; n < 1000; n++) memory.rememberUpdateMethod(`https://c${n}.voiso.com`, 'PUT');
	expect(memory.updateMethod(A)).toBe('PATCH');
	memory.rememberUpdateMethod('https://c1000.voiso.com', 'PUT');
	expect(memory.updateMethod(A)).toBeUndefined();
	expect(memory.updateMethod('https://c1000.voiso.com')).toBe('PUT');
});
