import type { IExecuteFunctions } from 'n8n-workflow';
import type { BatchResponse, Progress } from '../send/types';
import { count, duration } from './words';

/** A line more often than this would flood n8n's log. */
const LOG_EVERY_MS = 15_000;

/** Where progress can be shown. */
export type ProgressOutlet = Pick<IExecuteFunctions, 'getMode' | 'sendMessageToUI'> & {
	logger: Pick<IExecuteFunctions['logger'], 'info'>;
};

/** Shows how far an import is, and what is in when it was stopped. */
export interface ProgressReporter {
	onProgress(progress: Progress, response: BatchResponse): void;
	/** To be called when the user has stopped the execution and all requests have ended. */
	onStopped(): void;
}

/**
 * Shows that a long import lives: after each batch in the browser's console while somebody watches, else
 * now and then in n8n's log.
 *
 * @param interval ms between two requests of a campaign
 */
export function progressReporter(
	context: ProgressOutlet,
	now: () => number,
	interval: number,
): ProgressReporter {
	const isWatched = context.getMode() === 'manual';
	const start = now();
	let lastLog = start;
	let latest: Progress | undefined;
	let unknown = 0;
	return {
		onProgress(progress, response) {
			latest = progress;
			if (response.kind === 'failed' && response.failure.cause === 'stopped') {
				// The batches that are left end at once, which is no progress.
				if (response.failure.maybeApplied) unknown += response.positions.length;
				return;
			}
			const line = progressLine(progress, now() - start, interval);
			if (isWatched) context.sendMessageToUI(line);
			else if (now() - lastLog >= LOG_EVERY_MS) {
				lastLog = now();
				context.logger.info(line);
			}
		},
		onStopped() {
			const line = stoppedLine(latest, unknown);
			if (isWatched) context.sendMessageToUI(line);
			context.logger.info(line);
		},
	};
}

/**
 * For example "Voiso Leads: 1,000 of 2,472 leads processed, about 3 s left". The time left follows from the
 * pace so far, but isn't less than the pauses that are still to come.
 *
 * @param elapsed ms since the start
 * @param interval ms between two requests of a campaign
 */
export function progressLine(
	{ batches, done, total }: Progress,
	elapsed: number,
	interval: number,
): string {
	const line = `Voiso Leads: ${count(done)} of ${count(total)} leads processed`;
	const left = total - done;
	if (done === 0 || left <= 0) return line;
	const pauses = Math.ceil((batches * left) / total) * interval;
	const seconds = Math.max((elapsed / done) * left, pauses) / 1000;
	return seconds < 1 ? line : `${line}, about ${duration(seconds)} left`;
}

/**
 * For example "Voiso Leads: Stopped: 1,600 added, 3,390 not sent".
 *
 * @param unknown leads of requests that were cut off
 */
export function stoppedLine(progress: Progress | undefined, unknown: number): string {
	if (progress === undefined) return 'Voiso Leads: Stopped: nothing was sent';
	const { accepted, action, total } = progress;
	const parts = [`${count(accepted)} ${action === 'add' ? 'added' : 'updated'}`];
	if (unknown > 0) parts.push(`${count(unknown)} unknown`);
	parts.push(`${count(total - accepted - unknown)} not sent`);
	return `Voiso Leads: Stopped: ${parts.join(', ')}`;
}

/** Shows how far the import of files is, and what is in when it was stopped. */
export interface FileProgressReporter extends ProgressReporter {
	/** To be called when the work on a file begins. */
	onFile(name: string): void;
}

/** The same for files, of which nobody knows how many leads are still to come. */
export function fileProgressReporter(
	context: ProgressOutlet,
	now: () => number,
): FileProgressReporter {
	const isWatched = context.getMode() === 'manual';
	let lastLog = now();
	let file = '';
	let done = 0;
	let unknown = 0;
	const accepted = { add: 0, update: 0 };
	return {
		onFile(name) {
			file = name;
		},
		onProgress({ action }, response) {
			const { length } = response.positions;
			if (response.kind === 'failed' && response.failure.cause === 'stopped') {
				if (response.failure.maybeApplied) unknown += length;
				return;
			}
			done += length;
			if (response.kind === 'accepted') accepted[action] += length;
			const line = `Voiso Leads: ${count(done)} leads processed, in ${file}`;
			if (isWatched) context.sendMessageToUI(line);
			else if (now() - lastLog >= LOG_EVERY_MS) {
				lastLog = now();
				context.logger.info(line);
			}
		},
		onStopped() {
			const counts = { added: accepted.add, updated: accepted.update, unknown };
			const parts = Object.entries(counts)
				.filter(([, leads]) => leads > 0)
				.map(([name, leads]) => `${count(leads)} ${name}`);
			const line = `Voiso Leads: Stopped in ${file}: ${[...parts, 'the rest not sent'].join(', ')}`;
			if (isWatched) context.sendMessageToUI(line);
			context.logger.info(line);
		},
	};
}
