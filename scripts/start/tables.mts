import type { IDataObject } from 'n8n-workflow';
import type { LeadRequest } from '../../test/sandbox/index.mts';
import type { ResultRow } from './results.mts';

/** How many leads have each status, with an example of each reason. */
export function statusTable(leads: IDataObject[]): string {
	const groups = Map.groupBy(leads, ({ status }) => String(status));
	const rows = [...groups]
		.toSorted(([, a], [, b]) => b.length - a.length)
		.map(([status, group]) => [status, String(group.length), exampleOf(group)]);
	return table(['Status', 'Leads', 'Example'], [...rows, ['total', String(leads.length), '']]);
}

function exampleOf(leads: IDataObject[]): string {
	const lead = leads.find(({ reason }) => reason) ?? leads[0];
	const number = String(lead?.['phone_number'] ?? '');
	return lead?.['reason'] ? `${number}: ${String(lead['reason'])}` : number;
}

/** How many calls had each result, with an example. */
export function callTable(calls: ResultRow[]): string {
	const groups = Map.groupBy(calls, ({ disposition }) => disposition);
	const rows = [...groups]
		.toSorted(([, a], [, b]) => b.length - a.length)
		.map(([disposition, group]) => [disposition, String(group.length), exampleCall(group[0])]);
	return table(['Result', 'Calls', 'Example'], [...rows, ['total', String(calls.length), '']]);
}

function exampleCall(call: ResultRow | undefined): string {
	if (!call) return '';
	const { phone_number, user_name, talk_time, wrap_up_code } = call;
	if (user_name === null) return phone_number;
	return `${phone_number}: ${user_name}, ${talk_time} s, ${wrap_up_code}`;
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
		String(status ?? 'no response'),
		gap === null ? '' : inSeconds(gap),
	]);
	return table(['Request', 'Start', 'End', 'Leads', 'Status', 'Gap before'], rows);
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
