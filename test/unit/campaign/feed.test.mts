import { describe, expect, it } from 'vitest';
import { feedStart, takeNew, type FeedState } from '../../../nodes/VoisoCampaign/call/feed.ts';

const hour = 3_600_000;
const now = Date.parse('2026-03-04T12:00:00.000Z');
const call = (id: number | string, hours: number | null) => ({
	id,
	started_at: hours === null ? null : new Date(now + hours * hour).toISOString(),
});
const take = (state: FeedState | undefined, ...cdrs: Array<Record<string, unknown>>) =>
	takeNew(state, cdrs, now, 2 * hour);

describe('what a feed takes', () => {
	it('is what it has not taken before', () => {
		const first = take(undefined, call(1, -3), call(2, -1));
		expect(first.cdrs).toHaveLength(2);
		const second = take(first.state, call(2, -1), call(3, -2.5), call('4', -0.5));
		expect(second.cdrs.map(({ id }) => id)).toEqual([3, '4']);
		expect(take(second.state, call(2, -1), call('4', -0.5))).toEqual({
			cdrs: [],
			state: second.state,
		});
	});

	it('may be without a start, or without an ID', () => {
		const nameless = { ...call(1, -1), id: null };
		const first = take(undefined, call(1, null), nameless, call(2, -1));
		expect(first.cdrs).toHaveLength(3);
		expect(take(first.state, call(1, null), nameless, call(2, -1)).cdrs).toEqual([]);
	});

	it('does not move it into the future', () => {
		const { state } = take(undefined, call(1, 24 * 365), call(2, -1));
		expect(feedStart(state, 2 * hour)).toBe(now - 2 * hour);
	});
});

describe('what a feed remembers', () => {
	it('ends with the look-back span, which it does not go behind later', () => {
		const { state } = take(undefined, call(1, -5), call(2, -1));
		expect(Object.keys(state?.seen ?? {})).toEqual(['2']);
		expect(feedStart(state, 2 * hour)).toBe(now - 3 * hour);
		expect(feedStart(state, 24 * hour)).toBe(now - 3 * hour);
		expect(feedStart(undefined, 2 * hour)).toBeUndefined();
	});

	it('is bounded', () => {
		const many = Array.from({ length: 25_000 }, (_, index) => call(index, -1 + index / 100_000));
		const { state, cdrs } = take(undefined, ...many);
		expect(cdrs).toHaveLength(25_000);
		expect(Object.keys(state?.seen ?? {})).toHaveLength(20_000);
		const from = feedStart(state, 2 * hour) ?? 0;
		const again = many.filter(({ started_at }) => Date.parse(String(started_at)) >= from);
		expect(take(state, ...again).cdrs).toEqual([]);
	});
});
