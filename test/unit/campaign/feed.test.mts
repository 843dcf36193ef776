import { describe, expect, it } from 'vitest';
import {
	boundFeeds,
	feedStart,
	TakenCalls,
	type FeedState,
} from '../../../nodes/VoisoCampaign/call/feed.ts';

const hour = 3_600_000;
const now = Date.parse('2026-03-04T12:00:00.000Z');
type Call = Record<string, unknown>;
const call = (id: number | string, hours: number | null): Call => ({
	id,
	started_at: hours === null ? null : new Date(now + hours * hour).toISOString(),
});
/** One run that reads these calls, with a look-back of two hours. */
const run = (state: FeedState | undefined, ...items: Call[][]) => {
	const taken = new TakenCalls(state);
	const cdrs = items.map((each) => taken.take(each, 2 * hour));
	return { cdrs: cdrs.flat(), state: taken.stateAfter(now) };
};
const take = (state: FeedState | undefined, ...cdrs: Call[]) => run(state, cdrs);

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

	it('is there once when several items of a run name it, however old it is', () => {
		const old = call(1, -200);
		const { cdrs, state } = run(undefined, [old, call(2, -1)], [old, call(3, -190)], [old]);
		expect(cdrs.map(({ id }) => id)).toEqual([1, 2, 3]);
		expect(Object.keys(state?.seen ?? {})).toEqual(['2']);
	});

	it('does not move it into the future', () => {
		const { state } = take(undefined, call(1, 24 * 365), call(2, -1));
		expect(feedStart(state, 2 * hour)).toBe(now - 2 * hour);
	});

	it.each(['__proto__', 'constructor', 'toString'])('may have the ID %s', (id) => {
		const first = take(undefined, call(id, -1));
		expect(first.cdrs).toHaveLength(1);
		const stored: FeedState = JSON.parse(JSON.stringify(first.state));
		expect(take(stored, call(id, -1)).cdrs).toEqual([]);
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

	const many = (count: number, from = -1) =>
		Array.from({ length: count }, (_, index) => call(`${from}/${index}`, from + index / 100_000));
	const sizeOf = (feeds: Record<string, FeedState>) =>
		Object.values(feeds).reduce((sum, { seen }) => sum + Object.keys(seen).length, 0);
	const feedOf = (...cdrs: Call[]) => {
		const { state } = take(undefined, ...cdrs);
		if (!state) throw new Error('Nothing is known of these calls');
		return state;
	};

	it('is bounded over all campaigns, and what is dropped does not come again', () => {
		const calls = { busy: many(19_000, -0.5), quiet: many(3_000, -1.5), none: many(1, -1.9) };
		const feeds = Object.fromEntries(
			Object.entries(calls).map(([campaign, cdrs]) => [campaign, feedOf(...cdrs)]),
		);
		const bounded = boundFeeds(feeds);
		expect(bounded.isCut).toBe(true);
		expect(sizeOf(bounded.feeds)).toBe(20_000);
		for (const [campaign, cdrs] of Object.entries(calls)) {
			const state = bounded.feeds[campaign];
			const from = feedStart(state, 2 * hour) ?? 0;
			const again = cdrs.filter(({ started_at }) => Date.parse(String(started_at)) >= from);
			expect(take(state, ...again).cdrs).toEqual([]);
			// What comes after all that was returned is still read.
			expect(from).toBeLessThanOrEqual((feeds[campaign]?.newest ?? 0) + 1);
		}
	});

	it('is all of it as long as there is room', () => {
		const feeds = { 3: feedOf(...many(20_000)) };
		expect(boundFeeds(feeds)).toEqual({ feeds, isCut: false });
	});

	it('is small for records without an ID, too', () => {
		const cdrs = many(100).map((each, index) => ({
			...each,
			id: null,
			data: 'x'.repeat(5000),
			index,
		}));
		const state = feedOf(...cdrs);
		expect(JSON.stringify(state).length).toBeLessThan(100 * 60);
		expect(take(state, ...cdrs).cdrs).toEqual([]);
	});
});
