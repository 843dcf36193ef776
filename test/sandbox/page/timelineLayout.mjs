// @ts-check
// Where the lead requests stand in the timeline. Times are in ms, lengths in px.
import { isBad } from './requests.mjs';

/** @typedef {import('../rules/leadRequests.mts').LeadRequest} LeadRequest */
/** @typedef {{ id: number, latest: LeadRequest[] }} Lane a campaign and its requests by start */
/** @typedef {{ request: LeadRequest, x: number, width: number, tail: number, row: number, label: boolean, mark: boolean }} Bar
 *   `tail` is the work that goes on after the answer; `label` and `mark` say whether its leads and what
 *   is wrong with it have room as text */
/** @typedef {{ x: number, width: number, ms: number, tooEarly: boolean, row: number }} Gap */
/** @typedef {{ id: number, rows: number, bars: Bar[], gaps: Gap[] }} PlacedLane */
/** @typedef {{ x: number, ms: number }} Tick `ms` since the origin */
/** @typedef {{ x: number, ms: number }} Break a pause that is drawn shorter than it was */
/** @typedef {{ width: number, ticks: Tick[], breaks: Break[], lanes: PlacedLane[] }} Layout */

const PX_PER_MS = 0.06;
/** From this time on in which no campaign has a request, the axis is cut. */
const LONGEST_IDLE = 8000;
const BREAK_WIDTH = 90;
const MARGIN = 24;
const SMALLEST_BAR = 6;
/** Rows for requests that overlap; further ones share the last row. */
const MOST_ROWS = 6;
/** Room that the text of a request or gap needs. */
const LABEL_WIDTH = 60;
const TICK_EVERY = 5000;

/**
 * @param {Lane[]} lanes
 * @param {{ now: number, origin: number }} times
 * @returns {Layout}
 */
export function layOut(lanes, { now, origin }) {
	const requests = lanes.flatMap(({ latest }) => latest);
	const { spans, breaks } = axis(busyTimes(requests, now));
	const last = spans.at(-1);
	/** @param {number} time */
	const xOf = (time) => {
		const span = spans.findLast(({ from }) => from <= time) ?? spans[0];
		return span ? span.x + (time - span.from) * PX_PER_MS : MARGIN;
	};
	return {
		width: last ? xOf(last.to) + LABEL_WIDTH + MARGIN : 0,
		ticks: spans.flatMap(({ from, to }) => ticks(from, to, origin, xOf)),
		breaks,
		lanes: lanes.map(({ id, latest }) => place(id, latest, now, xOf)),
	};
}

/** @param {LeadRequest} request @param {number} now */
const answeredAt = ({ end }, now) => end ?? now;

/** @param {LeadRequest} request @param {number} now */
const doneAt = (request, now) =>
	Math.max(answeredAt(request, now), Math.min(request.processedAt ?? 0, now));

/**
 * The times in which there is something to see, far enough apart to cut what lies between.
 * @param {LeadRequest[]} requests
 * @param {number} now
 */
function busyTimes(requests, now) {
	/** @type {{ from: number, to: number }[]} */
	const times = [];
	for (const request of requests.toSorted((a, b) => a.start - b.start)) {
		const to = doneAt(request, now);
		const latest = times.at(-1);
		if (latest && request.start - latest.to <= LONGEST_IDLE) latest.to = Math.max(latest.to, to);
		else times.push({ from: request.start, to });
	}
	return times;
}

/** @param {{ from: number, to: number }[]} times */
function axis(times) {
	/** @type {Break[]} */
	const breaks = [];
	let x = MARGIN;
	const spans = times.map(({ from, to }, index) => {
		const before = times[index - 1];
		if (before) {
			breaks.push({ x: x + BREAK_WIDTH / 2, ms: from - before.to });
			x += BREAK_WIDTH;
		}
		const span = { from, to, x };
		x += (to - from) * PX_PER_MS;
		return span;
	});
	return { spans, breaks };
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} origin
 * @param {(time: number) => number} xOf
 * @returns {Tick[]}
 */
function ticks(from, to, origin, xOf) {
	const first = Math.ceil((from - origin) / TICK_EVERY) * TICK_EVERY;
	const count = Math.max(0, Math.floor((to - origin - first) / TICK_EVERY) + 1);
	return Array.from({ length: count }, (_, index) => {
		const ms = first + index * TICK_EVERY;
		return { x: xOf(origin + ms), ms };
	});
}

/**
 * @param {number} id
 * @param {LeadRequest[]} requests
 * @param {number} now
 * @param {(time: number) => number} xOf
 * @returns {PlacedLane}
 */
function place(id, requests, now, xOf) {
	/** @type {number[]} */
	const rowEnds = [];
	const [hasLabelRoom, hasMarkRoom] = [roomKeeper(), roomKeeper()];
	/** @type {Gap[]} */
	const gaps = [];
	const bars = requests.map((request) => {
		const { start, gap, tooEarly } = request;
		const x = xOf(start);
		const width = Math.max(SMALLEST_BAR, xOf(answeredAt(request, now)) - x);
		const tail = Math.max(0, xOf(doneAt(request, now)) - (x + width));
		const free = rowEnds.findIndex((end) => end <= start);
		const row = Math.min(free < 0 ? rowEnds.length : free, MOST_ROWS - 1);
		rowEnds[row] = Math.max(rowEnds[row] ?? 0, answeredAt(request, now));
		const label = hasLabelRoom(row, x);
		const mark = isBad(request) && hasMarkRoom(row, x);
		if (gap !== null && gap > 0) {
			const from = xOf(start - gap);
			if (x - from >= LABEL_WIDTH / 2)
				gaps.push({ x: from, width: x - from, ms: gap, tooEarly, row });
		}
		return { request, x, width, tail, row, label, mark };
	});
	return { id, rows: Math.max(1, rowEnds.length), bars, gaps };
}

/** Tells whether a text at a place would not touch the one before it in its row. */
function roomKeeper() {
	/** @type {Map<number, number>} */
	const ends = new Map();
	/** @param {number} row @param {number} x */
	return (row, x) => {
		const isFree = x >= (ends.get(row) ?? 0);
		if (isFree) ends.set(row, x + LABEL_WIDTH);
		return isFree;
	};
}
