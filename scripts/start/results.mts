import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient, SavedCredential, SavedWorkflow } from '../../test/n8n/harness/index.mts';
import type { PlacedCall, Sandbox } from '../../test/sandbox/index.mts';

/** A row of the Data Table: a call that has ended. */
export interface ResultRow {
	call_id: string;
	phone_number: string;
	disposition: string;
	wrap_up_code: string | null;
	user_name: string | null;
	talk_time: number;
}

const columns: { name: keyof ResultRow; type: 'string' | 'number' }[] = [
	{ name: 'call_id', type: 'string' },
	{ name: 'phone_number', type: 'string' },
	{ name: 'disposition', type: 'string' },
	{ name: 'wrap_up_code', type: 'string' },
	{ name: 'user_name', type: 'string' },
	{ name: 'talk_time', type: 'number' },
];

const ENDED = 'dialer.call.ended';
const WEBHOOK_ID = 'call-results';
const PAGE = 100;

/** The workflow that takes the results of calls, and its Data Table. */
export interface CallResults {
	workflow: SavedWorkflow;
	/** Path of the table in the editor. */
	tablePath: string;
	/** All rows of the table. */
	rows(): Promise<ResultRow[]>;
}

/** Makes a workflow that puts each ended call into a Data Table, and tells the sandbox where to post. */
export async function collectResults(
	{ client, url }: { client: N8nClient; url: string },
	sandbox: Sandbox,
	credential: SavedCredential,
): Promise<CallResults> {
	const project = await client.request<{ id: string }>('GET', '/projects/personal');
	const tables = `/projects/${project.id}/data-tables`;
	const table = await client.request<{ id: string }>('POST', tables, {
		name: 'Call results',
		columns,
	});
	const workflow = await client.createWorkflow(workflowFor(table.id, credential));
	await client.activateWorkflow(workflow);
	sandbox.options.webhookEvents = [ENDED];
	sandbox.options.webhooks = [`${url}/webhook/${WEBHOOK_ID}/voiso`];
	return {
		workflow,
		tablePath: `/projects/${project.id}/datatables/${table.id}`,
		rows: async () => {
			const rows: ResultRow[] = [];
			for (;;) {
				const query = `take=${PAGE}&skip=${rows.length}`;
				const page = await client.request<{ data: ResultRow[] }>(
					'GET',
					`${tables}/${table.id}/rows?${query}`,
				);
				rows.push(...page.data);
				if (page.data.length < PAGE) return rows;
			}
		},
	};
}

function workflowFor(table: string, { id, name }: { id: string; name: string }) {
	const fields = Object.fromEntries(
		columns.map((column) => [column.name, `={{ $json.${column.name} }}`]),
	);
	return {
		name: 'Call results',
		nodes: [
			{
				name: 'Call ended',
				type: 'n8n-nodes-voiso.voisoTrigger',
				typeVersion: 1,
				position: [0, 0] as [number, number],
				webhookId: WEBHOOK_ID,
				parameters: { triggerOn: 'event', events: [ENDED] },
				credentials: { voisoWebhookApi: { id, name } },
			},
			{
				name: 'Add to table',
				type: 'n8n-nodes-base.dataTable',
				typeVersion: 1,
				position: [220, 0] as [number, number],
				parameters: {
					resource: 'row',
					operation: 'insert',
					dataTableId: { __rl: true, mode: 'id', value: table },
					columns: {
						mappingMode: 'defineBelow',
						value: fields,
						matchingColumns: [],
						schema: columns.map(({ name: column, type }) => ({
							id: column,
							displayName: column,
							type,
							display: true,
							required: false,
							defaultMatch: false,
						})),
					},
				},
			},
		],
		connections: { 'Call ended': { main: [[{ node: 'Add to table', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** How often the table is looked at, in ms, and for how long without a new row. */
const INTERVAL = 500;
const PATIENCE = 30_000;

/**
 * Lets the sandbox dial and waits for the results.
 *
 * @returns the rows of the table, once there are as many as calls or no more come
 */
export async function dialAndCollect(
	results: CallResults,
	sandbox: Sandbox,
	{ calls, perSecond }: { calls: number; perSecond: number },
): Promise<ResultRow[]> {
	for (let placed = 0; placed < calls; placed += perSecond) {
		if (sandbox.dial(Math.min(perSecond, calls - placed)) === 0) break;
		await sleep(1000);
	}
	await sandbox.eventsPosted();
	const expected = sandbox.calls().length;
	let rows = await results.rows();
	for (let end = Date.now() + PATIENCE; rows.length < expected && Date.now() < end;) {
		await sleep(INTERVAL);
		const before = rows.length;
		rows = await results.rows();
		if (rows.length > before) end = Date.now() + PATIENCE;
	}
	return rows;
}

/** What is wrong with the table, call by call; empty when it has each call of the sandbox once. */
export function problemsOfResults(rows: ResultRow[], calls: PlacedCall[]): string[] {
	const byId = Map.groupBy(rows, ({ call_id }) => call_id);
	const known = new Set(calls.map(({ id }) => id));
	const wrong = calls.flatMap(({ id, phone_number, disposition }) => {
		const found = byId.get(id) ?? [];
		const [row] = found;
		if (
			found.length === 1 &&
			row?.phone_number === phone_number &&
			row.disposition === disposition
		) {
			return [];
		}
		return `Call ${id} to ${phone_number} (${disposition}) is in the table as ${JSON.stringify(found)}`;
	});
	const unknown = rows.filter(({ call_id }) => !known.has(call_id));
	return [...wrong, ...unknown.map((row) => `The sandbox has no call ${JSON.stringify(row)}`)];
}
