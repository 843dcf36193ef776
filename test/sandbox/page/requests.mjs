// @ts-check
// The lead requests of a campaign, in words and as a table.
import { counted, duration, html, table } from './elements.mjs';

/** @typedef {import('./overview.mts').CampaignOverview} CampaignOverview */
/** @typedef {import('../rules/leadRequests.mts').LeadRequest} LeadRequest */

/**
 * Such as "3 requests, 2,472 leads; smallest gap 2.004 s; 1 too early".
 * @param {CampaignOverview} campaign
 */
export function summary({ requests, leadsSent, smallestGap, tooEarly, overlapped }) {
	const parts = [`${counted(requests, 'request')}, ${counted(leadsSent, 'lead')}`];
	if (smallestGap !== null) parts.push(`smallest gap ${duration(smallestGap)}`);
	parts.push(tooEarly === 0 ? 'none too early' : `${tooEarly.toLocaleString('en')} too early`);
	parts.push(
		overlapped === 0 ? 'none overlapping' : `${overlapped.toLocaleString('en')} overlapping`,
	);
	return parts.join('; ');
}

const outcomeWords = {
	open: 'in progress',
	accepted: 'accepted',
	busy: 'rejected (busy)',
	refused: 'rejected',
	fault: 'injected fault',
};

/** @param {LeadRequest} request */
export const isBad = ({ tooEarly, overlapped }) => tooEarly || overlapped;

/**
 * What is wrong about when a request came; empty when nothing is.
 * @param {LeadRequest} request
 */
export function remark({ tooEarly, overlapped }) {
	return [tooEarly && 'too early', overlapped && 'overlapping'].filter(Boolean).join(', ');
}

/**
 * One that is processed counts as in progress until it is answered.
 * @param {LeadRequest} request
 */
export const stateOf = ({ end, outcome }) => (end === null ? 'open' : outcome);

/** @param {LeadRequest} request */
export function outcomeOf(request) {
	const leads = Object.entries(request.outcomes)
		.filter(([, count]) => count > 0)
		.map(([name, count]) => `${count.toLocaleString('en')} ${name.replaceAll('_', ' ')}`);
	const state = outcomeWords[stateOf(request)];
	return leads.length > 0 ? `${state}: ${leads.join(', ')}` : state;
}

/**
 * The requests of a campaign as a table to open, which stays open when it is made anew.
 * @param {CampaignOverview} campaign
 * @param {number} origin ms
 * @param {boolean} open
 */
export function requestTable({ id, name, requests, latest }, origin, open) {
	const omitted = requests - latest.length;
	const caption = `Lead requests of ${name}${omitted > 0 ? `, the latest ${latest.length} of ${requests.toLocaleString('en')}` : ''}`;
	const rows = latest.map((request, index) => ({
		isBad: isBad(request),
		cells: [
			omitted + index + 1,
			duration(request.start - origin),
			request.end === null ? '' : duration(request.end - request.start),
			request.method,
			request.leads,
			request.status === null ? 'no response' : String(request.status),
			outcomeOf(request),
			request.gap === null ? '' : duration(request.gap),
			remark(request),
		],
	}));
	const columns = ['No.', 'Start', 'Took', 'Method', 'Leads', 'Status', 'Result', 'Gap', 'Problem'];
	return html(
		'details',
		{ 'data-campaign': id, open },
		html('summary', {}, `${name}: requests as a table`),
		html(
			'div',
			{ class: 'box scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
			table(caption, columns, rows),
		),
	);
}
