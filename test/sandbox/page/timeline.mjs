// @ts-check
import { duration, html, svg } from './elements.mjs';
import { isBad, outcomeOf, remark, stateOf, summary } from './requests.mjs';
import { layOut } from './timelineLayout.mjs';

/** @typedef {import('./overview.mts').CampaignOverview} CampaignOverview */
/** @typedef {import('./timelineLayout.mjs').Bar} Bar */
/** @typedef {import('./timelineLayout.mjs').Gap} Gap */
/** @typedef {import('./timelineLayout.mjs').Layout} Layout */
/** @typedef {import('./timelineLayout.mjs').PlacedLane} PlacedLane */

// Heights in px.
const BAR = 22;
const ROW = 58;
const TOP = 22;
const AXIS = 26;

/**
 * One lane per campaign, all on the same time. The pictures have their summary as text; the numbers
 * are in the tables.
 * @param {CampaignOverview[]} campaigns those with requests
 * @param {{ now: number, origin: number }} times
 */
export function timeline(campaigns, times) {
	const layout = layOut(campaigns, times);
	const width = Math.ceil(layout.width);
	const lanes = campaigns.map((campaign, index) => {
		const lane = layout.lanes[index];
		const label = `${campaign.name}: ${summary(campaign)}`;
		const heading = html(
			'p',
			{ class: 'lane-name' },
			html('strong', {}, campaign.name),
			` ${summary(campaign)}`,
		);
		return [heading, ...(lane ? [picture(lane, layout, width, label)] : [])];
	});
	return [definitions(), ...lanes.flat(), axis(layout, width)];
}

/** The pattern of a request that was rejected as busy. */
function definitions() {
	const stripes = svg('path', { d: 'M-2 2 2-2M0 8 8 0M6 10 10 6', class: 'stripes' });
	const pattern = { id: 'striped', width: 8, height: 8, patternUnits: 'userSpaceOnUse' };
	const defs = svg('defs', {}, svg('pattern', pattern, stripes));
	return svg('svg', { class: 'definitions', width: 0, height: 0, 'aria-hidden': 'true' }, defs);
}

/**
 * @param {PlacedLane} lane
 * @param {Layout} layout
 * @param {number} width
 * @param {string} label
 */
function picture(lane, layout, width, label) {
	const height = TOP + lane.rows * ROW;
	return svg(
		'svg',
		{ class: 'lane', width, height, role: 'img', 'aria-label': label, 'data-campaign': lane.id },
		...layout.ticks.map(({ x }) => svg('line', { class: 'tick', x1: x, x2: x, y1: 0, y2: height })),
		...layout.breaks.map(({ x }) =>
			svg('line', { class: 'break', x1: x, x2: x, y1: 0, y2: height }),
		),
		...lane.gaps.map(drawGap),
		...lane.bars.map(drawBar),
	);
}

/** @param {Gap} gap */
function drawGap({ x, width, ms, tooEarly, row }) {
	const y = TOP + row * ROW + BAR / 2;
	const text = width >= 52 ? duration(ms) : duration(ms, 1);
	return svg(
		'g',
		{ class: tooEarly ? 'gap bad' : 'gap' },
		svg('path', {
			d: `M${x + 2} ${y}H${x + width - 2}M${x + 2} ${y - 4}v8M${x + width - 2} ${y - 4}v8`,
		}),
		svg('text', { x: x + width / 2, y: y - 8, 'text-anchor': 'middle' }, text),
	);
}

/** @param {Bar} bar */
function drawBar({ request, x, width, tail, row, label, mark }) {
	const y = TOP + row * ROW;
	const leads = request.leads.toLocaleString('en');
	const words = [outcomeOf(request), remark(request)].filter(Boolean).join('; ');
	const classes = ['request', stateOf(request), ...(isBad(request) ? ['bad'] : [])].join(' ');
	const after = { class: 'tail', x: x + width, y: y + 6, width: tail, height: BAR - 12 };
	return svg(
		'g',
		{ class: classes },
		svg('title', {}, `${request.method}, ${leads} leads: ${words}`),
		...(tail > 0 ? [svg('rect', after)] : []),
		svg('rect', { class: 'bar', x, y, width, height: BAR, rx: 2 }),
		...(label ? [svg('text', { class: 'leads', x, y: y + BAR + 14 }, leads)] : []),
		...(mark ? [svg('text', { class: 'mark', x, y: y + BAR + 28 }, shortRemark(request))] : []),
	);
}

/** @param {Bar['request']} request */
const shortRemark = ({ overlapped }) => (overlapped ? '! overlap' : '! early');

/**
 * @param {Layout} layout
 * @param {number} width
 */
function axis({ ticks, breaks }, width) {
	return svg(
		'svg',
		{ class: 'axis', width, height: AXIS, 'aria-hidden': 'true' },
		...ticks.map(({ x, ms }) =>
			svg('text', { x, y: 16, 'text-anchor': 'middle' }, `${ms / 1000} s`),
		),
		...breaks.map(({ x, ms }) =>
			svg('text', { class: 'break', x, y: 16, 'text-anchor': 'middle' }, `⋯ ${duration(ms, 0)} ⋯`),
		),
	);
}
