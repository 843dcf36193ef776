import { describe, expect, test } from 'vitest';
import type { LeadRequest } from '../../sandbox/index.mts';
import { layOut } from '../../sandbox/page/timelineLayout.mjs';

/** A request from `start` for `duration` ms. */
function request(start: number, duration: number, rest: Partial<LeadRequest> = {}): LeadRequest {
	return {
		method: 'POST',
		start,
		end: start + duration,
		processedAt: start + duration,
		leads: 1000,
		outcomes: {},
		status: 200,
		outcome: 'accepted',
		overlapped: false,
		tooEarly: false,
		gap: null,
		...rest,
	};
}

/** Requests of 100 ms, each `gap` ms after the one before. */
function paced(count: number, gap: number): LeadRequest[] {
	return Array.from({ length: count }, (_, index) =>
		request(index * (100 + gap), 100, index > 0 ? { gap } : {}),
	);
}

function layOutOne(latest: LeadRequest[], now = 1e9) {
	const { lanes, ...layout } = layOut([{ id: 3, latest }], { now, origin: 0 });
	const [lane] = lanes;
	if (!lane) throw new Error('There is no lane');
	return { ...layout, ...lane };
}

describe('the layout of the timeline', () => {
	test('shows each request and the gap before it, to scale', () => {
		const { bars, gaps } = layOutOne([
			...paced(2, 2000),
			request(3200, 100, { gap: 1000, tooEarly: true }),
		]);
		expect(bars).toHaveLength(3);
		const [regular, early] = gaps;
		expect([regular?.ms, regular?.tooEarly]).toEqual([2000, false]);
		expect([early?.ms, early?.tooEarly]).toEqual([1000, true]);
		expect((regular?.width ?? 0) / (early?.width ?? 0)).toBeCloseTo(2);
		expect((regular?.x ?? 0) + (regular?.width ?? 0)).toBeCloseTo(bars[1]?.x ?? 0);
	});

	test('puts requests that overlap below each other', () => {
		const latest = [request(0, 500), request(100, 500), request(700, 100)];
		expect(layOutOne(latest).bars.map(({ row }) => row)).toEqual([0, 1, 0]);
	});

	test('shows the work that goes on after an answer, and what is still under way', () => {
		const [worked] = layOutOne([request(0, 100, { processedAt: 1100 })]).bars;
		expect(worked?.tail).toBeCloseTo((worked?.width ?? 0) * 10);
		const open = request(0, 0, { end: null, processedAt: null, outcome: 'open' });
		const widths = [1000, 2000].map((now) => layOutOne([open], now).bars[0]?.width ?? 0);
		expect(widths[1]).toBeCloseTo((widths[0] ?? 0) * 2);
	});

	test('cuts the axis where for long nothing happens in any campaign', () => {
		const hour = 3_600_000;
		const latest = [request(0, 100), request(hour, 100, { gap: hour - 100 })];
		const cut = layOutOne(latest);
		expect(cut.breaks).toMatchObject([{ ms: hour - 100 }]);
		expect(cut.width).toBeLessThan(500);
		const beside = { id: 4, latest: paced(hour / 4000, 3900) };
		const whole = layOut([{ id: 3, latest }, beside], { now: hour + 100, origin: 0 });
		expect(whole.breaks).toEqual([]);
	});

	test('writes no text over another, however many requests there are', () => {
		for (const latest of [paced(300, 2000), paced(300, 5), paced(300, 0)]) {
			const { bars } = layOutOne(latest);
			expect(bars).toHaveLength(300);
			const places = bars.filter(({ label }) => label).map(({ x }) => x);
			const distances = places.slice(1).map((x, index) => x - (places[index] ?? 0));
			expect(Math.min(...distances)).toBeGreaterThanOrEqual(60);
		}
	});

	test('marks what is wrong even right after a request with text', () => {
		const bad = request(110, 5, { gap: 10, tooEarly: true, outcome: 'busy' });
		const { bars } = layOutOne([request(0, 100), bad]);
		expect(bars.map(({ label, mark }) => [label, mark])).toEqual([
			[true, false],
			[false, true],
		]);
	});

	test('gives hundreds at once a few rows', () => {
		const latest = Array.from({ length: 300 }, () => request(0, 1000, { overlapped: true }));
		const { bars, rows } = layOutOne(latest);
		expect(bars).toHaveLength(300);
		expect(rows).toBe(6);
	});

	test('is empty without requests', () => {
		expect(layOut([], { now: 0, origin: 0 })).toEqual({
			width: 0,
			ticks: [],
			breaks: [],
			lanes: [],
		});
	});
});
