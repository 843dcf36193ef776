// @ts-check
import { callTable, dialerSummary, outcomeTable } from './calls.mjs';
import { campaignTable } from './campaigns.mjs';
import { duration, html } from './elements.mjs';
import { problemList } from './problems.mjs';
import { requestTable } from './requests.mjs';
import { timeline } from './timeline.mjs';

/** @typedef {import('./overview.mts').Overview} Overview */

/** How often the page looks for news, in ms. */
const INTERVAL = 500;

const timelineBox = part('timeline');
const tableBox = part('tables');
const pauseButton = part('pause');
let isPaused = false;
let shown = '';

/** @param {string} id */
function part(id) {
	const element = document.getElementById(id);
	if (!element) throw new Error(`The page has no ${id}`);
	return element;
}

/** @param {string} id @param {string} text */
function say(id, text) {
	const element = part(id);
	// A text that stays is not to be read out again.
	if (element.textContent !== text) element.textContent = text;
}

/** @param {Overview} overview */
function show(overview) {
	const { campaigns, now, minimumInterval } = overview;
	const busy = campaigns.filter(({ requests }) => requests > 0);
	const origin = overview.origin ?? now;
	say(
		'rule',
		`One request at a time per campaign, and a pause of ${duration(minimumInterval, 1)} before the next.`,
	);
	showProblems(problemList(overview));
	part('campaigns').replaceChildren(campaignTable(campaigns));
	showCalls(overview);

	const atEnd = timelineBox.scrollLeft + timelineBox.clientWidth >= timelineBox.scrollWidth - 4;
	const empty = html(
		'p',
		{ class: 'empty' },
		'No lead requests yet. Add leads to a campaign to see them here.',
	);
	timelineBox.replaceChildren(...(busy.length > 0 ? timeline(busy, { now, origin }) : [empty]));
	if (atEnd) timelineBox.scrollLeft = timelineBox.scrollWidth;
	showTables(busy, origin);
}

/** @param {HTMLElement[]} elements */
function showProblems(elements) {
	const box = part('problems');
	const text = elements.map((element) => element.textContent).join('');
	// A text that stays is not to be read out again.
	if (box.textContent !== text) box.replaceChildren(...elements);
}

/** @param {Overview} overview */
function showCalls(overview) {
	const { campaigns, latestCalls, callCount } = overview;
	say('dialer', dialerSummary(overview));
	const outcomes = outcomeTable(campaigns);
	part('outcomes').hidden = outcomes === undefined;
	part('calls').hidden = outcomes === undefined;
	if (!outcomes) return;
	part('outcomes').replaceChildren(outcomes);
	part('calls').replaceChildren(callTable(latestCalls, callCount));
}

/**
 * Fills the tables, each of which stays open, scrolled and focused as it was.
 * @param {Overview['campaigns']} campaigns
 * @param {number} origin
 */
function showTables(campaigns, origin) {
	/** @param {number} id */
	const present = (id) => tableBox.querySelector(`details[data-campaign="${id}"]`);
	const tables = campaigns.map((campaign) => {
		const before = present(campaign.id);
		const made = requestTable(campaign, origin, before?.hasAttribute('open') === true);
		const [oldScroll, newTable] = [before?.querySelector('.scroll'), made.querySelector('table')];
		if (!before || !oldScroll || !newTable) return made;
		oldScroll.replaceChildren(newTable);
		return before;
	});
	if (tables.some((table) => !table.isConnected) || tableBox.childElementCount !== tables.length)
		tableBox.replaceChildren(...tables);
}

/** What changes without news: the time, and with it the length of what is under way. */
function stateOf(/** @type {Overview} */ { now, ...rest }) {
	const isMoving = rest.campaigns.some(({ latest }) =>
		latest.some(({ end, processedAt }) => end === null || (processedAt ?? 0) > now),
	);
	return JSON.stringify(isMoving ? { now, ...rest } : rest);
}

/** @returns {Promise<Overview | undefined>} undefined when the sandbox doesn't answer */
async function read() {
	try {
		const response = await fetch('/_sandbox/overview');
		return response.ok ? await response.json() : undefined;
	} catch {
		return undefined;
	}
}

async function look() {
	if (isPaused || document.hidden) return;
	const overview = await read();
	if (!overview) {
		shown = '';
		showProblems([html('p', {}, '! The sandbox doesn’t respond. Trying again…')]);
		return;
	}
	const state = stateOf(overview);
	if (state !== shown) show(overview);
	shown = state;
}

async function watch() {
	await look();
	setTimeout(watch, INTERVAL);
}

pauseButton.addEventListener('click', () => {
	isPaused = !isPaused;
	pauseButton.setAttribute('aria-pressed', String(isPaused));
	void look();
});
document.addEventListener('visibilitychange', () => void look());
await watch();
