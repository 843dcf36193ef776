import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { Report } from '../operations/report';
import { LEAD_STATUSES, type ReadLead } from '../types';
import { count } from './count';
import { leadResultOf, totalEffort, type EmitSettings } from './items';
import type { Progress } from '../send/types';

/** A line more often than this would flood n8n's log. */
const LOG_EVERY_MS = 15_000;

/** Where progress can be shown. */
type ProgressOutlet = Pick<IExecuteFunctions, 'getMode' | 'sendMessageToUI'> & {
	logger: Pick<IExecuteFunctions['logger'], 'info'>;
};

/**
 * Shows that a long import lives: after each batch to the browser's console while somebody watches,
 * else now and then to n8n's log.
 */
export function progressReporter(
	context: ProgressOutlet,
	now: () => number,
): (progress: Progress) => void {
	const start = now();
	let lastLine = start;
	return (progress) => {
		if (context.getMode() === 'manual') {
			context.sendMessageToUI(progressLine(progress, now() - start));
		} else if (now() - lastLine >= LOG_EVERY_MS) {
			lastLine = now();
			context.logger.info(progressLine(progress, now() - start));
		}
	};
}

/**
 * For example "Voiso Leads: 1,000 of 2,500 leads sent, 480 a second, about 4 s left".
 *
 * @param elapsed ms since the start
 */
export function progressLine({ action, done, total }: Progress, elapsed: number): string {
	const sent = action === 'add' ? 'sent' : 'sent to be updated';
	const line = `Voiso Leads: ${count(done)} of ${count(total)} leads ${sent}`;
	if (done === 0 || elapsed < 1) return line;
	const rate = `${count(Math.round((done * 1000) / elapsed))} a second`;
	const seconds = Math.ceil(((elapsed / done) * (total - done)) / 1000);
	if (seconds === 0) return `${line}, ${rate}`;
	const left = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
	return `${line}, ${rate}, about ${left} left`;
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
	leads.forEach((lead, position) => {
		const fate = leadResultOf(lead, report.results[position], settings);
		const name = fate.outcome?.status ?? 'failed';
		counts.set(name, (counts.get(name) ?? 0) + 1);
	});
	const fates = [...LEAD_STATUSES, 'failed']
		.filter((name) => counts.has(name))
		.map((name) => `${count(counts.get(name) ?? 0)} ${name.replaceAll('_', ' ')}`);
	const { requests, seconds } = totalEffort(report.efforts);
	const effort = `${count(requests)} ${requests === 1 ? 'request' : 'requests'} in ${seconds} s`;
	return `${fates.join(', ')}; ${effort}`;
}
