import type { WorkflowExecuteMode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { progressLine, progressReporter } from '../../../nodes/VoisoLeads/emit/progress.ts';
/** Reports 1,000 more of 4,000 leads after each of these times, in ms. */
function linesOf(mode: WorkflowExecuteMode, times: number[]) {
	const lines: Array<[string, unknown]> = [];
	let now = 0;
	const context = {
		getMode: () => mode,
		sendMessageToUI: (line: unknown) => lines.push(['browser', line]),
		logger: { info: (line: string) => lines.push(['log', line]) },
	};
	const report = progressReporter(context, () => now);
	for (const [index, time] of times.entries()) {
		now += time;
		const done = (index + 1) * 1000;
		report({ action: 'add', accepted: done, done, total: 4000 });
	}
	return lines;
}

describe('the progress of an import', () => {
	it('is shown after each batch to somebody who watches', () => {
		expect(linesOf('manual', [2000, 2000])).toEqual([
			['browser', 'Voiso Leads: 1,000 of 4,000 leads sent, 500 a second, about 6 s left'],
			['browser', 'Voiso Leads: 2,000 of 4,000 leads sent, 500 a second, about 4 s left'],
		]);
	});

	it('is logged every fifteen seconds when nobody does', () => {
		expect(linesOf('trigger', [14_999, 1, 14_999, 1])).toEqual([
			['log', 'Voiso Leads: 2,000 of 4,000 leads sent, 133 a second, about 15 s left'],
			['log', 'Voiso Leads: 4,000 of 4,000 leads sent, 133 a second'],
		]);
	});

	it('names no rate before there is one, and minutes where seconds are too many', () => {
		const update = { action: 'update', accepted: 0, total: 1_000_000 } as const;
		expect(progressLine({ ...update, done: 0 }, 5000)).toBe(
			'Voiso Leads: 0 of 1,000,000 leads sent to be updated',
		);
		expect(progressLine({ ...update, done: 1 }, 0.5)).toBe(
			'Voiso Leads: 1 of 1,000,000 leads sent to be updated',
		);
		expect(progressLine({ ...update, done: 100_000 }, 60_000)).toMatch(/about 9 min left$/);
		expect(progressLine({ ...update, done: 500_000 }, 119_000)).toMatch(/about 119 s left$/);
		expect(progressLine({ ...update, done: 500_000 }, 120_000)).toMatch(/about 2 min left$/);
	});
});
