// @ts-check
// The calls that the dialer has placed, and what came of them.
import { counted, html, table } from './elements.mjs';

/** @typedef {import('./overview.mts').Overview} Overview */
/** @typedef {import('./overview.mts').CallOverview} CallOverview */

const dispositions = {
	answered: 'Answered',
	no_answer: 'No answer',
	busy: 'Busy',
	machine_answered: 'Machine',
	failed: 'Failed',
};

/**
 * Such as "The dialer places 50 calls a second. 1,204 events delivered."
 * @param {Overview} overview
 */
export function dialerSummary({ dial, events }) {
	const speed =
		dial > 0
			? `The dialer places ${counted(dial, 'call')} a second in active campaigns.`
			: 'The dialer is off. To turn it on, start the sandbox with --dial 5 (calls a second).';
	const parts = [
		events.delivered > 0 && `${counted(events.delivered, 'event')} delivered`,
		events.pending > 0 && `${events.pending.toLocaleString('en')} pending`,
		events.inactive > 0 &&
			`${events.inactive.toLocaleString('en')} failed five times (${events.reason})`,
	].filter(Boolean);
	return parts.length > 0 ? `${speed} Webhooks: ${parts.join(', ')}.` : speed;
}

/**
 * Undefined when there are no calls.
 * @param {Overview['campaigns']} campaigns
 */
export function outcomeTable(campaigns) {
	const dialed = campaigns.filter(({ calls }) => calls > 0);
	if (dialed.length === 0) return undefined;
	const columns = [
		'Campaign',
		'Status',
		'Calls',
		'Leads reached',
		'Leads to call',
		...Object.values(dispositions),
	];
	const rows = dialed.map(({ name, status, calls, reached, due, dispositions: counts }) => ({
		cells: [
			name,
			status.replaceAll('_', ' '),
			calls,
			reached,
			due,
			...Object.keys(dispositions).map((disposition) => counts[disposition] ?? 0),
		],
	}));
	return table('Results of the calls in each campaign', columns, rows);
}

/**
 * @param {CallOverview[]} calls the latest first
 * @param {number} total
 */
export function callTable(calls, total) {
	const columns = [
		'No.',
		'Campaign',
		'Number',
		'Result',
		'Agent',
		'Talked',
		'Wrap-up code',
		'Recording',
	];
	const rows = calls.map((call) => ({
		cells: [
			String(call.call_number),
			call.campaign,
			call.number,
			call.disposition.replaceAll('_', ' '),
			call.agent ?? '',
			call.agent === null ? '' : `${call.talk_time} s`,
			call.wrap_up_code?.replaceAll('_', ' ') ?? '',
			call.recording === null ? '' : html('a', { href: call.recording }, 'Listen'),
		],
	}));
	return table(`The latest ${calls.length} of ${counted(total, 'call')}`, columns, rows);
}
