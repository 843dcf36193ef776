import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Throttle, type Clock } from '../../../nodes/shared/throttle/throttle.ts';

const INTERVAL = 2000;
const PATIENT = Number.POSITIVE_INFINITY;

/** Time that passes only when somebody waits or works. */
class HandClock implements Clock {
	time = 0;

	now(): number {
		return this.time;
	}

	async sleep(ms: number): Promise<boolean> {
		this.time += ms;
		return true;
	}
}

/** A campaign whose imports are worked on for some ms after the answer. */
class Campaign {
	readonly clock = new HandClock();

	readonly lane = new Throttle(this.clock);

	outlasts = 0;

	/** ms from the end of each accepted call to the start of the next try. */
	readonly gaps: number[] = [];

	rejected = 0;

	private freeAt = Number.NEGATIVE_INFINITY;

	private acceptedEnd = Number.NaN;

	/** Delivers one batch, trying again as the sender does. */
	async deliver(): Promise<void> {
		for (;;) {
			await this.lane.enter(INTERVAL, PATIENT);
			this.gaps.push(this.clock.time - this.acceptedEnd);
			const isFree = this.clock.time >= this.freeAt;
			this.lane.leave();
			if (isFree) break;
			this.rejected++;
			this.lane.turnedAway();
			this.lane.rest(INTERVAL + 200);
		}
		this.lane.accepted();
		this.acceptedEnd = this.clock.time;
		this.freeAt = this.clock.time + this.outlasts + INTERVAL;
	}

	async deliverAll(batches: number): Promise<void> {
		for (let batch = 0; batch < batches; batch++) await this.deliver();
	}
}

describe('the room that a lane leaves', () => {
	it('is none as long as nothing is turned away, but for one double gap in 50 seconds', async () => {
		const campaign = new Campaign();
		await campaign.deliverAll(53);
		const wide = [...campaign.gaps.entries()].filter(([, gap]) => gap > INTERVAL);
		expect(wide).toEqual([
			[26, 2 * INTERVAL],
			[52, 2 * INTERVAL],
		]);
	});

	it.each([300, 1000, 3000, 5000, 8000, 12_000])(
		'comes to suffice when the work outlasts the answer by %i ms',
		async (outlasts) => {
			const campaign = new Campaign();
			campaign.outlasts = outlasts;
			await campaign.deliverAll(40);
			const learned = campaign.rejected;
			await campaign.deliverAll(40);
			expect(campaign.rejected - learned).toBeLessThanOrEqual(8);
			const ideal = 40 * (outlasts + INTERVAL);
			const spent = campaign.gaps.slice(-48).reduce((sum, gap) => sum + gap, 0);
			expect(spent).toBeLessThan(2 * ideal);
		},
	);

	it('is tried with half of it after one more call, after two, and then after every four', async () => {
		const campaign = new Campaign();
		campaign.outlasts = 3000;
		await campaign.deliverAll(16);
		const [half, whole] = [INTERVAL + 2200, INTERVAL + 4400];
		const tries = [1, 2, 4, 4].flatMap((calls) => [half, ...Array<number>(1 + calls).fill(whole)]);
		expect(campaign.gaps).toEqual([Number.NaN, INTERVAL, ...tries]);
	});

	it('goes again when nobody is in the way any more', async () => {
		const campaign = new Campaign();
		campaign.outlasts = 6000;
		await campaign.deliverAll(3);
		campaign.outlasts = 0;
		await campaign.deliverAll(40);
		campaign.gaps.length = 0;
		await campaign.deliverAll(10);
		expect(campaign.gaps).toContain(INTERVAL);
		expect(Math.max(...campaign.gaps)).toBeLessThanOrEqual(2 * INTERVAL);
	});

	it('is not learned from a wait for which somebody else was the reason', async () => {
		const campaign = new Campaign();
		await campaign.deliver();
		campaign.outlasts = 60_000;
		await campaign.deliver();
		campaign.outlasts = 0;
		await campaign.deliver();
		await campaign.deliver();
		expect(campaign.gaps.at(-1)).toBe(INTERVAL);
	});
});

describe('any number of executions in one lane', () => {
	it('take turns: nobody calls twice while another waits', async () => {
		const property = fc.asyncProperty(
			fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 6 }),
			fc.array(fc.nat(900), { minLength: 1, maxLength: 5 }),
			async (batches, durations) => {
				const clock = new HandClock();
				const lane = new Throttle(clock);
				const order: number[] = [];
				const execution = async (name: number, count: number) => {
					for (let batch = 0; batch < count; batch++) {
						await lane.enter(INTERVAL, PATIENT);
						order.push(name);
						clock.time += durations[order.length % durations.length] ?? 0;
						lane.leave();
						lane.accepted();
					}
				};
				await Promise.all(batches.map((count, name) => execution(name, count)));
				expect(order.length).toBe(batches.reduce((sum, count) => sum + count, 0));
				const left = [...batches];
				for (const [place, name] of order.entries()) {
					const waiting = left.filter((count) => count > 0).length;
					left[name] = (left[name] ?? 0) - 1;
					if (place > 0 && waiting > 1) expect(name).not.toBe(order[place - 1]);
				}
			},
		);
		await fc.assert(property, { numRuns: 200 });
	});
});
