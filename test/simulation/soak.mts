// Plays a million schedules, or one of them again:
//
//   npm run soak -- [--runs 1000000] [--workers 2] [--seed 7]
//   npm run soak -- --seed 7 --workers 1 --from 1420    goes on with that schedule, after a failure is repaired
//   npm run soak -- --seed 7 --path 1420:0:3     as a failure reports it
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { failureText, run, traceOf, type RunSettings } from './check.mts';
import { Coverage } from './coverage.mts';
import { loadCode } from './load.mts';
import { play } from './play.mts';

const LEAST = 20;

/** Schedules between two looks at the memory. */
const LOOK_EVERY = 25_000;

interface Part {
	runs: number;
	/** Heap in MB after a collection of garbage, now and then. */
	heap: number[];
	/** What to say about a failure; empty when there was none. */
	failure: string;
	counts: Array<[string, number]>;
}

async function playPart(settings: RunSettings): Promise<Part> {
	const coverage = new Coverage();
	const heap: number[] = [];
	let played = 0;
	const onSchedule = () => {
		if (played++ % LOOK_EVERY > 0) return;
		globalThis.gc?.();
		heap.push(Math.round(process.memoryUsage().heapUsed / 1e6));
	};
	const details = await run(await loadCode(), { ...settings, coverage, onSchedule });
	const failure = details.failed ? failureText(details) : '';
	return { runs: details.numRuns, heap, failure, counts: [...coverage.counts] };
}

function inWorker(settings: RunSettings): Promise<Part> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL(import.meta.url), { workerData: settings });
		worker.once('message', resolve);
		worker.once('error', reject);
	});
}

/** Plays the schedule of a reported failure, and tells its course. */
async function replay(seed: number, path: string): Promise<number> {
	const code = await loadCode();
	const details = await run(code, { runs: 1, seed, path });
	const [schedule] = details.counterexample ?? [];
	if (schedule === undefined) {
		console.log('This schedule breaks nothing.');
		return 0;
	}
	console.log(`${traceOf(await play(schedule, code))}\n\n${failureText(details)}`);
	return 1;
}

async function soak(runs: number, seed: number, workers: number, from: number): Promise<number> {
	const started = performance.now();
	const share = Math.ceil(runs / workers);
	const parts = await Promise.all(
		Array.from({ length: workers }, (_, index) =>
			inWorker({ runs: share - from, seed: seed + index, path: String(from) }),
		),
	);
	const coverage = new Coverage();
	for (const { counts } of parts) coverage.add(counts);
	const played = parts.reduce((sum, part) => sum + part.runs, 0);
	const failures = parts.map(({ failure }) => failure).filter((text) => text !== '');
	const missing = coverage.missing(LEAST);
	const minutes = ((performance.now() - started) / 60_000).toFixed(1);
	const after = from > 0 ? `, after the first ${from.toLocaleString('en')},` : '';
	console.log(
		`${played.toLocaleString('en')} schedules from seed ${seed}${after} in ${minutes} minutes`,
	);
	for (const { heap } of parts)
		console.log(`Heap in MB, every ${LOOK_EVERY} schedules: ${heap.join(' ')}`);
	for (const failure of failures) console.log(`\n${failure}`);
	if (missing.length > 0) console.log(`Too rare to prove anything: ${missing.join(', ')}`);
	return failures.length + missing.length;
}

if (isMainThread) {
	const { values } = parseArgs({
		options: {
			runs: { type: 'string', default: '1000000' },
			workers: { type: 'string', default: '2' },
			seed: { type: 'string' },
			path: { type: 'string' },
			from: { type: 'string', default: '0' },
		},
	});
	const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
	const problems =
		values.path === undefined
			? await soak(Number(values.runs), seed, Number(values.workers), Number(values.from))
			: await replay(seed, values.path);
	process.exitCode = problems > 0 ? 1 : 0;
} else {
	parentPort?.postMessage(await playPart(workerData as RunSettings));
}
