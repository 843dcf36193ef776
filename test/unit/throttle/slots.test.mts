import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { Slots } from '../../../nodes/shared/throttle/slots.ts';

it('are as many as were made', () => {
	const slots = new Slots(2);
	expect([slots.tryTake(), slots.tryTake(), slots.tryTake()]).toEqual([true, true, false]);
	slots.give();
	expect([slots.tryTake(), slots.tryTake()]).toEqual([true, false]);
});

it('go to whoever waits first', async () => {
	const slots = new Slots(1);
	const order: string[] = [];
	const take = async (name: string) => {
		expect(await slots.take(new AbortController().signal)).toBe(true);
		order.push(name);
	};
	await take('first');
	const others = [take('second'), take('third')];
	expect(order).toEqual(['first']);
	slots.give();
	await others[0];
	expect(order).toEqual(['first', 'second']);
	// A waiter's slot is not free in between.
	expect(slots.tryTake()).toBe(false);
	slots.give();
	await others[1];
	slots.give();
	expect(slots.tryTake()).toBe(true);
});

it('are not taken by anybody who was stopped, before or while waiting', async () => {
	const slots = new Slots(1);
	expect(await slots.take(AbortSignal.abort())).toBe(false);
	expect(await slots.take()).toBe(true);
	const stop = new AbortController();
	const second = slots.take(stop.signal);
	const third = slots.take();
	stop.abort();
	expect(await second).toBe(false);
	slots.give();
	expect(await third).toBe(true);
});

it('leave nothing behind on the signal of an execution, which can wait for thousands', async () => {
	const slots = new Slots(1);
	const { signal } = new AbortController();
	slots.tryTake();
	const waits = [slots.take(signal), slots.take(signal)];
	expect(getEventListeners(signal, 'abort')).toHaveLength(2);
	for (const wait of waits) {
		slots.give();
		expect(await wait).toBe(true);
	}
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});
