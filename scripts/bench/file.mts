/**
 * What a large list costs a full n8n as a file, and as items: node scripts/bench/file.mts
 *
 * For Linux, whose /proc tells the memory and the processor time of a process from outside.
 */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
	createBigImport,
	LEADS,
	provideList,
	resultsAreComplete,
} from '../../test/n8n/bigFile.mts';
import {
	isFinished,
	itemsOf,
	packPackage,
	startN8n,
	temporaryFolder,
	type N8n,
} from '../../test/n8n/harness/index.mts';
import { SandboxProcess } from './processes/sandbox.mts';

const HELP = `Usage: node scripts/bench/file.mts [--rows 100000] [--mode file|items] [--heap MB] [--interval ms]

  Imports a list into the sandbox in a full n8n, and prints what it took. Build the package first.
  Without --mode: as a file and as items with 384 MB, as items without a limit, and ten times the rows as a file.
`;

const { values } = parseArgs({
	options: {
		rows: { type: 'string', default: '100000' },
		mode: { type: 'string' },
		heap: { type: 'string' },
		interval: { type: 'string', default: '0' },
		help: { type: 'boolean', default: false },
	},
});

interface Scenario {
	mode: 'file' | 'items';
	rows: number;
	/** MB of heap that n8n may have. */
	heap?: number;
	/** ms between two requests. */
	interval: number;
}

if (values.help) process.stdout.write(HELP);
else for (const scenario of scenarios()) await measure(scenario);

function scenarios(): Scenario[] {
	const rows = Number(values.rows);
	const interval = Number(values.interval);
	const { mode } = values;
	if (mode === 'file' || mode === 'items') {
		return [{ mode, rows, interval, ...(values.heap && { heap: Number(values.heap) }) }];
	}
	return [
		{ mode: 'file', rows, interval, heap: 384 },
		{ mode: 'file', rows: rows * 10, interval },
		{ mode: 'items', rows, interval },
		{ mode: 'items', rows, interval, heap: 384 },
	];
}

async function measure({ mode, rows, heap, interval }: Scenario): Promise<void> {
	const packed = temporaryFolder('voiso-package');
	const sandbox = await SandboxProcess.start();
	const n8n = await startN8n({
		tarball: await packPackage(packed.path),
		env: {
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			NODE_OPTIONS: ['--inspect=127.0.0.1:0', heap && `--max-old-space-size=${heap}`]
				.filter(Boolean)
				.join(' '),
		},
	});
	try {
		await sandbox.prepare({ minimumInterval: interval, processingTime: 20 }, [1001]);
		await provideList(n8n, rows);
		const data = { clusterId: sandbox.url, apiKey: sandbox.apiKey };
		const credential = await n8n.client.createCredential({ name: 'V', type: 'voisoApi', data });
		const workflow = await createBigImport(n8n, credential, mode, { campaign: 1001, interval });
		const { pid } = processOf(n8n);
		await collectGarbage(n8n);
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
		const idle = memoryOf(pid, 'VmRSS');
		const before = processorTimeOf(pid);
		const start = performance.now();
		const id = await n8n.client.runWorkflow(workflow);
		await allStored(sandbox, rows, pid);
		// The data of a million items takes n8n minutes to give: the list says when it is over.
		const timeout = 7_200_000;
		const execution = await n8n.client.waitUntil(id, isFinished, timeout);
		const wall = performance.now() - start;
		const peak = memoryOf(pid, 'VmHWM');
		const cpu = processorTimeOf(pid) - before;
		const report = (await sandbox.report()).campaigns['1001'];
		const accepted = report?.leadRequests.filter(({ outcome }) => outcome === 'accepted') ?? [];
		const inServer = accepted.reduce(
			(sum, { start: from, end }) => sum + ((end ?? from) - from),
			0,
		);
		const floor = inServer + interval * Math.max(0, accepted.length - 1);
		const isComplete =
			mode === 'file'
				? await resultsAreComplete(n8n, rows)
				: execution.status === 'success' && itemsOf(execution, LEADS).length === rows;
		console.log({
			mode,
			rows,
			heap,
			status: execution.status,
			error: execution.error?.message,
			stored: report?.leadsStored,
			requests: accepted.length,
			isComplete,
			idleMB: Math.round(idle / 1e6),
			peakMB: Math.round(peak / 1e6),
			aboveIdleMB: Math.round((peak - idle) / 1e6),
			cpuSeconds: cpu,
			cpuPerLeadMicroseconds: Math.round((cpu / rows) * 1e6),
			wallSeconds: Math.round(wall / 100) / 10,
			floorSeconds: Math.round(floor / 100) / 10,
			wallToFloor: Math.round((wall / floor) * 1000) / 1000,
		});
	} catch (error) {
		console.log({ mode, rows, heap, died: String(error).slice(0, 300) });
		console.log(n8n.logs().slice(-600));
	} finally {
		await n8n.close();
		await sandbox.stop();
		packed.remove();
	}
}

/** Waits for the leads without a question to n8n, whose answers would be measured with the import. */
async function allStored(sandbox: SandboxProcess, rows: number, pid: number): Promise<void> {
	while (existsSync(`/proc/${pid}`)) {
		const { leadsStored = 0 } = (await sandbox.report()).campaigns['1001'] ?? {};
		if (leadsStored === rows) return;
		await sleep(500);
	}
}

/** Through the debugger: what lies about after n8n's start is not what an idle n8n takes. */
async function collectGarbage(n8n: N8n): Promise<void> {
	const [address = ''] = /ws:\S+/.exec(n8n.logs()) ?? [];
	const socket = new WebSocket(address);
	await once(socket, 'open');
	const answered = once(socket, 'message');
	socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
	await answered;
	socket.close();
}

/** n8n itself: of the processes that work in its folder the one with most memory. */
function processOf({ folder }: N8n): { pid: number } {
	const found = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && cwdOf(name) === folder)
		.map((name) => ({ pid: Number(name), memory: memoryOf(Number(name), 'VmRSS') }));
	const [most] = found.sort((one, other) => other.memory - one.memory);
	if (most === undefined) throw new Error('n8n does not run');
	return most;
}

function cwdOf(pid: string): string | undefined {
	try {
		return readlinkSync(`/proc/${pid}/cwd`);
	} catch {
		return undefined;
	}
}

/** Bytes. */
function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
}

/** Seconds of processor time, of all threads; Linux counts in hundredths. */
function processorTimeOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}
