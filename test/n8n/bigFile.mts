import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { N8n, SavedCredential, SavedWorkflow, WorkflowNode } from './harness/index.mts';

/** The node whose output is looked at. */
export const LEADS = 'Voiso Leads';
const LIST = 'list.csv';
const RESULTS = 'results.csv';
const COLUMNS = ['Mobile', 'First Name', 'Last Name', 'Email'];

/** British numbers, one for each row. */
const row = (index: number): string =>
	`4479${String(10_000_000 + index)},First${index},Last${index},person${index}@example.com`;

function* textOf(rows: number): Generator<string> {
	yield `${COLUMNS.join(',')}\n`;
	for (let index = 0; index < rows; index += 1000) {
		const length = Math.min(1000, rows - index);
		yield `${Array.from({ length }, (_, place) => row(index + place)).join('\n')}\n`;
	}
}

/** Puts a list of so many rows where n8n lets its nodes read. */
export async function provideList(n8n: N8n, rows: number): Promise<void> {
	const file = join(n8n.folder, '.n8n-files', LIST);
	await mkdir(dirname(file), { recursive: true });
	await pipeline(Readable.from(textOf(rows)), createWriteStream(file));
}

/** A workflow that reads the list, adds its leads and writes the results, by file or by items. */
export async function createBigImport(
	n8n: N8n,
	{ id, name, type }: SavedCredential,
	mode: 'file' | 'items',
	{ campaign = 3, interval = 0 } = {},
): Promise<SavedWorkflow> {
	const node = (title: string, kind: string, parameters: object = {}, typeVersion = 1) => ({
		id: title,
		name: title,
		type: `n8n-nodes-base.${kind}`,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters: { ...parameters },
	});
	const leads: WorkflowNode = {
		...node(LEADS, ''),
		type: 'n8n-nodes-voiso.voisoLeads',
		parameters: {
			operation: 'add',
			inputMode: mode,
			campaign: { __rl: true, mode: 'id', value: String(campaign) },
			campaignFrom: 'selected',
			inputDataFieldName: 'data',
			fileMapping: 'automatic',
			columns: { mappingMode: 'autoMapInputData', value: null },
			options: { minimumInterval: interval / 1000 },
		},
		credentials: { [type]: { id, name } },
	};
	const start = node('Start', 'manualTrigger');
	const read = node('Read', 'readWriteFile', { fileSelector: `.n8n-files/${LIST}`, options: {} });
	const nodes: WorkflowNode[] =
		mode === 'items'
			? [start, read, node('Rows', 'extractFromFile', { options: {} }, 1.1), leads]
			: [
					start,
					read,
					leads,
					node('Write', 'readWriteFile', {
						operation: 'write',
						fileName: `.n8n-files/${RESULTS}`,
						dataPropertyName: 'data',
						options: {},
					}),
				];
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name: next }, place) => [
				nodes[place]?.name ?? '',
				{ main: [[{ node: next, type: 'main', index: 0 }]] },
			]),
	);
	return await n8n.client.createWorkflow({ name: `Big ${mode}`, nodes, connections, settings: {} });
}

/** Whether the results have every row in its place, created, with its columns as they were. */
export async function resultsAreComplete(n8n: N8n, rows: number): Promise<boolean> {
	const expected = createHash('sha256');
	const found = createHash('sha256');
	const results = [
		...COLUMNS,
		'voiso_status',
		'voiso_reason',
		'voiso_warning',
		'voiso_phone_number',
	];
	expected.update(`${results.join(',')}\n`);
	for (let index = 0; index < rows; index++) {
		const line = row(index);
		expected.update(`${line},created,,,${line.slice(0, line.indexOf(','))}\n`);
	}
	const file = createReadStream(join(n8n.folder, '.n8n-files', RESULTS));
	for await (const line of createInterface({ input: file })) found.update(`${line}\n`);
	return expected.digest('hex') === found.digest('hex');
}
