import type { WorkflowExecuteMode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import {
	fileProgressReporter,
	progressLine,
	progressReporter,
	showReceipt,
} from '../../../nodes/VoisoLeads/emit/progress.ts';
import type { BatchResponse } from '../../../nodes/VoisoLeads/send/types.ts';

const positions = [0, 1];
const accepted: BatchResponse = {
	kind: 'accepted',
	campaignId: '3',
	positions,
	body: {},
	maybeApplied: false,
};
const stopped = (maybeApplied: boolean): BatchResponse => ({
	kind: 'failed',
	campaignId: '3',
	positions,
	failure: {
		campaignIds: ['3'],
		problem: { kind: 'stopped', apiMessage: '', fields: {}, maybeApplied },
		batch: 1,
		attempts: 1,
		maybeApplied,
		cause: 'stopped',
	},
});

function reporterOf(mode: WorkflowExecuteMode) {
	const lines: Array<[string, unknown]> = [];
	let now = 0;
	const context = {
		getMode: () => mode,
		sendMessageToUI: (line: unknown) => lines.push(['browser', line]),
		logger: { info: (line: string) => lines.push(['log', line]) },
		getExecutionCancelSignal: () => undefined,
	};
	const { onProgress } = progressReporter(context, () => now, 2000);
	return {
		lines,
		context,
		/** 1,000 more of 4,000 leads, so many ms later. */
		report: (time: number, response = accepted) => {
			now += time;
			const done = (lines.length + 1) * 1000;
			onProgress({ done, total: 4000, batches: 4 }, response);
		},
	};
}

describe('the progress of an import', () => {
	it('is shown after each batch to somebody who watches', () => {
		const { lines, report } = reporterOf('manual');
		report(100);
		report(2100);
		expect(lines.map(([where]) => where)).toEqual(['browser', 'browser']);
	});

	it('is logged every fifteen seconds when nobody does', () => {
		const { lines, report } = reporterOf('trigger');
		for (const time of [14_999, 1, 14_999, 1]) report(time);
		expect(lines.map(([where]) => where)).toEqual(['log', 'log']);
	});

	it('does not count on after Stop, and ends with what is in', () => {
		const { lines, context, report } = reporterOf('manual');
		report(100);
		report(100, stopped(true));
		report(100, stopped(false));
		expect(lines).toHaveLength(1);
		showReceipt(context, '1,000 added. Not added: 3,000 not sent.');
		expect(lines.slice(1).map(([where]) => where)).toEqual(['browser', 'log']);
	});

	it('ends with what is in in the log alone when nobody watches', () => {
		const { lines, context } = reporterOf('trigger');
		showReceipt(context, '0 added. Not added: 1 failed.');
		expect(lines.map(([where]) => where)).toEqual(['log']);
	});

	it.each([
		// The pauses that are to come count from the first batch on.
		[{ done: 1000, total: 2472, batches: 3 }, 100, 'about 4 s left'],
		[{ done: 2000, total: 2472, batches: 3 }, 2200, 'about 2 s left'],
		// A slow server counts as it is.
		[{ done: 1000, total: 2000, batches: 2 }, 30_000, 'about 30 s left'],
		[{ done: 1000, total: 250_000, batches: 250 }, 100, 'about 9 min left'],
		[{ done: 1000, total: 5_000_000, batches: 5000 }, 100, 'about 2 h 47 min left'],
	])('tells the time left: %j after %i ms', (progress, elapsed, left) => {
		const line = progressLine(progress, elapsed, 2000);
		expect(line.endsWith(left)).toBe(true);
	});

	it.each([
		[{ done: 0, total: 10, batches: 1 }, 100],
		[{ done: 10, total: 10, batches: 1 }, 100],
		[{ done: 5, total: 10, batches: 0 }, 1],
	])('tells none where nothing is known or left: %j', (progress, elapsed) => {
		expect(progressLine(progress, elapsed, 2000)).not.toContain('left');
	});
});

describe('the progress of files', () => {
	it.each(['manual', 'trigger'] as const)('is shown and logged as that of items: %s', (mode) => {
		const lines: Array<[string, unknown]> = [];
		let now = 0;
		const reporter = fileProgressReporter(
			{
				getMode: () => mode,
				sendMessageToUI: (line: unknown) => lines.push(['browser', line]),
				logger: { info: (line: string) => lines.push(['log', line]) },
			},
			() => now,
		);
		const progress = { done: 0, total: 2, batches: 1 };
		reporter.onFile('leads.csv');
		for (const time of [10_000, 10_000]) {
			now += time;
			reporter.onProgress(progress, accepted);
		}
		reporter.onProgress(progress, stopped(true));
		reporter.onProgress(progress, stopped(false));

		const shown = mode === 'manual' ? ['browser', 'browser'] : ['log'];
		expect(lines.map(([where]) => where)).toEqual(shown);
		expect(lines.at(-1)?.[1]).toMatch(/\b4 leads\b.*\bleads\.csv$/);
	});
});
