import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { Report } from '../operations/report';
import { LEAD_STATUSES, type ReadLead } from '../types';
import { fateOf, totalEffort, type EmitSettings } from './emit';
import type { Delivery } from './send';

/** A line more often than this would flood n8n's log. */
const LOG_EVERY_MS = 15_000;

/**
 * Shows that a long import lives: after each batch to the browser's console while somebody watches,
 * else now and then to n8n's log.
 *
 * @param total leads to deliver
 */
export function progressReporter(
	context: IExecuteFunctions,
	total: number,
	now: () => number,
): (delivery: Delivery) => void {
	const start = now();
	let lastLine = start;
	let done = 0;
	return ({ positions }) => {
		done += positions.length;
		const elapsed = now() - start;
		const left = Math.max(0, total - done);
		const line = `Voiso Leads: ${count(done)} of ${count(total)} leads, ${rate(done, elapsed)}${timeLeft(done, left, elapsed)}`;
		if (context.getMode() === 'manual') {
			context.sendMessageToUI(line);
		} else if (now() - lastLine >= LOG_EVERY_MS) {
			lastLine = now();
			context.logger.info(line);
		}
	};
}

function rate(done: number, elapsed: number): string {
	return elapsed < 1 ? '' : `${count(Math.round((done * 1000) / elapsed))} a second`;
}

function timeLeft(done: number, left: number, elapsed: number): string {
	if (left === 0 || done === 0) return '';
	const seconds = Math.ceil(((elapsed / done) * left) / 1000);
	return seconds < 120
		? `, about ${seconds} s left`
		: `, about ${Math.ceil(seconds / 60)} min left`;
}

/**
 * The note on the node's output: how many leads met which fate, and what it took. Older n8n has no
 * such notes; there it is left out.
 */
export function showOutcome(
	context: IExecuteFunctions,
	leads: readonly ReadLead[],
	report: Report,
	settings: EmitSettings,
): void {
	if (typeof context.addExecutionHints !== 'function' || leads.length === 0) return;
	const hint: NodeExecutionHint = {
		message: outcomeLine(leads, report, settings),
		location: 'outputPane',
	};
	context.addExecutionHints(hint);
}

/** For example "2,431 created, 50 duplicate, 19 rejected; 3 requests in 5.2 s". */
export function outcomeLine(
	leads: readonly ReadLead[],
	report: Report,
	settings: EmitSettings,
): string {
	const counts = new Map<string, number>();
	for (const [position, lead] of leads.entries()) {
		const fate = fateOf(lead, report.results[position], settings);
		const name = fate.outcome?.status ?? 'failed';
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	const fates = [...LEAD_STATUSES, 'failed']
		.filter((name) => counts.has(name))
		.map((name) => `${count(counts.get(name) ?? 0)} ${name.replaceAll('_', ' ')}`);
	const { requests, seconds } = totalEffort(report.efforts);
	const effort = `${count(requests)} ${requests === 1 ? 'request' : 'requests'} in ${seconds} s`;
	return `${fates.join(', ')}; ${effort}`;
}

function count(number: number): string {
	return number.toLocaleString('en');
}
