import type { IDataObject } from 'n8n-workflow';
import type { LeadRequest } from '../../test/sandbox/index.mts';

/** How many leads had each outcome, with an example of each reason. */
export function outcomeTable(outcomes: IDataObject[]): string {
	const groups = Map.groupBy(outcomes, ({ status }) => String(status));
	const rows = [...groups]
		.toSorted(([, a], [, b]) => b.length - a.length)
		.map(([status, leads]) => [status, String(leads.length), exampleOf(leads)]);
	return table(
		['Outcome', 'Leads', 'For example'],
		[...rows, ['in all', String(outcomes.length), '']],
	);
}

function exampleOf(leads: IDataObject[]): string {
	const lead = leads.find(({ reason }) => reason) ?? leads[0];
	const number = String(lead?.['phone_number'] ?? '');
	return lead?.['reason'] ? `${number}: ${String(lead['reason'])}` : number;
}

/** When each lead request came, relative to the first. */
export function requestTable(requests: LeadRequest[]): string {
	const origin = requests[0]?.start ?? 0;
	const at = (time: number | null) => (time === null ? '' : inSeconds(time - origin));
	const rows = requests.map(({ start, end, leads, status, gap }, index) => [
		String(index + 1),
		at(start),
		at(end),
		String(leads),
		String(status ?? 'none'),
		gap === null ? '' : inSeconds(gap),
	]);
	return table(['Request', 'Start', 'End', 'Leads', 'Status', 'Gap to the previous'], rows);
}

function inSeconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(3)} s`;
}

function table(header: string[], rows: string[][]): string {
	const all = [header, ...rows];
	const widths = header.map((_, column) =>
		Math.max(...all.map((row) => (row[column] ?? '').length)),
	);
	return all
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
