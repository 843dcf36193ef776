import type { IExecuteFunctions } from 'n8n-workflow';
import type { BatchResponse, Progress } from '../send/types';
import { count, duration } from './words';

/** A line more often than this would flood n8n's log. */
const LOG_EVERY_MS = 15_000;

/** Where progress can be shown. */
export type ProgressOutlet = Pick<IExecuteFunctions, 'getMode' | 'sendMessageToUI'> & {
	logger: Pick<IExecuteFunctions['logger'], 'info'>;
};

/** Shows how far an import is, after each batch. */
export interface ProgressReporter {
	onProgress(progress: Progress, response: BatchResponse): void;
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
	const start = now();
	const show = shower(context, now);
	return {
		onProgress(progress, response) {
			if (!isStopped(response)) show(progressLine(progress, now() - start, interval));
		},
	};
}

/** After Stop the batches that are left end at once, which is no progress. */
function isStopped(response: BatchResponse): boolean {
	return response.kind === 'failed' && response.failure.cause === 'stopped';
}

function shower(context: ProgressOutlet, now: () => number): (line: string) => void {
	const isWatched = context.getMode() === 'manual';
	let lastLog = now();
	return (line) => {
		if (isWatched) context.sendMessageToUI(line);
		else if (now() - lastLog >= LOG_EVERY_MS) {
			lastLog = now();
			context.logger.info(line);
		}
	};
}

/** Shows what is in and what isn't, after an import that was stopped or failed, in browser and log. */
export function showReceipt(context: ReceiptOutlet, receipt: string): void {
	const isAborted = context.getExecutionCancelSignal()?.aborted === true;
	const line = `Voiso Leads: ${isAborted ? 'Stopped' : 'Failed'}: ${receipt}`;
	if (context.getMode() === 'manual') context.sendMessageToUI(line);
	context.logger.info(line);
}

type ReceiptOutlet = ProgressOutlet & Pick<IExecuteFunctions, 'getExecutionCancelSignal'>;

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

/** Shows how far the import of files is. */
export interface FileProgressReporter extends ProgressReporter {
	/** To be called when the work on a file begins. */
	onFile(name: string): void;
}

/** The same for files, of which nobody knows how many leads are still to come. */
export function fileProgressReporter(
	context: ProgressOutlet,
	now: () => number,
): FileProgressReporter {
	const show = shower(context, now);
	let file = '';
	let done = 0;
	return {
		onFile(name) {
			file = name;
		},
		onProgress(_, response) {
			if (isStopped(response)) return;
			done += response.positions.length;
			show(`Voiso Leads: ${count(done)} leads processed, in ${file}`);
		},
	};
}
