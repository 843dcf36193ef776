// @ts-check
// What clients did wrong, request by request.
import { counted, html } from './elements.mjs';
import { isBad, remark } from './requests.mjs';

/** @typedef {import('./overview.mts').Overview} Overview */

/** @param {string} path a long query says nothing */
const shorten = (path) => (path.length > 100 ? `${path.slice(0, 100)}…` : path);

/** How many requests a list names. */
const SHOWN = 10;

/**
 * What is wrong, the latest first; nothing when all is well.
 * @param {Overview} overview
 * @returns {{ title: string, requests: string[] }[]}
 */
function problemsOf({ campaigns, violations, violationCount }) {
	const bad = campaigns.flatMap(({ name, requests, latest }) =>
		latest.flatMap((request, index) =>
			isBad(request)
				? {
						start: request.start,
						text: `${name}, request ${requests - latest.length + index + 1}: ${remark(request)}`,
					}
				: [],
		),
	);
	const badCount = campaigns.reduce((total, { badRequests }) => total + badRequests, 0);
	return [
		{
			title: `${counted(badCount, 'lead request')} too early or overlapping`,
			requests: bad.toSorted((a, b) => b.start - a.start).map(({ text }) => text),
			count: badCount,
		},
		{
			title: `${counted(violationCount, 'request')} that the API doesn’t allow`,
			requests: violations.map(
				({ method, path, status, reason }) => `${method} ${shorten(path)}: ${status} ${reason}`,
			),
			count: violationCount,
		},
	]
		.filter(({ count }) => count > 0)
		.map(({ title, requests, count }) => {
			const shown = requests.slice(0, SHOWN);
			const more = count - shown.length;
			const rest = more > 0 ? [`and ${more.toLocaleString('en')} more`] : [];
			return { title, requests: [...shown, ...rest] };
		});
}

/**
 * @param {Overview} overview
 * @returns {HTMLElement[]}
 */
export function problemList(overview) {
	const problems = problemsOf(overview);
	if (problems.length === 0) return [html('p', {}, '✓ All requests kept to the rules')];
	return problems.flatMap(({ title, requests }) => [
		html('p', {}, `! ${title}`),
		html('ul', {}, ...requests.map((request) => html('li', {}, request))),
	]);
}
