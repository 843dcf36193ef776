// Prints what pacing costs against an API that behaves and against one that turns calls away:
// npm run measure:pacing
import { scheduleOf, leadsTo } from './defaults.mts';
import { loadCode } from './load.mts';
import { play } from './play.mts';
import type { Importer, Schedule } from './schedule.mts';
import { GAP } from './voiso.mts';

const SEEDS = 200;
const LEADS_PER_BATCH = 2;

interface Scenario {
	title: string;
	/** Batches of each importer, and the process in which it runs. */
	importers: Array<{ process: number; batches: number }>;
	outlasts?: number;
	busyRetryAfter?: boolean;
}

const processes = (count: number, batches: number) =>
	Array.from({ length: count }, (_, process) => ({ process, batches }));

const SCENARIOS: readonly Scenario[] = [
	{ title: '20 batches, Voiso behaves', importers: processes(1, 20) },
	{ title: '2 processes, 3 batches each', importers: processes(2, 3) },
	{ title: '4 processes, 3 batches each', importers: processes(4, 3) },
	{
		title: '2 workers with 2 executions, 3 batches each',
		importers: [0, 0, 1, 1].map((process) => ({ process, batches: 3 })),
	},
	{
		title: '4 processes, 3 batches each, Retry-After',
		importers: processes(4, 3),
		busyRetryAfter: true,
	},
	{
		title: '20 batches, work outlasts the answer by 5 s',
		importers: processes(1, 20),
		outlasts: 5000,
	},
	{
		title: '20 batches, work outlasts the answer by 1 s',
		importers: processes(1, 20),
		outlasts: 1000,
	},
	{ title: '2 processes, 100 batches each', importers: processes(2, 100) },
	{
		title: '250 batches beside 3 of another process',
		importers: [
			{ process: 0, batches: 250 },
			{ process: 1, batches: 3 },
		],
	},
];

function toSchedule(
	{ busyRetryAfter = false, importers, outlasts = 0 }: Scenario,
	seed: number,
): Schedule {
	const schedule = scheduleOf({
		world: { outlasts, busyRetryAfter },
		importers: importers.map(
			({ batches, process }, index): Partial<Importer> => ({
				process,
				leads: leadsTo(0, batches * LEADS_PER_BATCH, index * 1000),
				batchSize: LEADS_PER_BATCH,
				startsAt: index * 7,
			}),
		),
	});
	return { ...schedule, seed: seed * 7_654_321 };
}

const code = await loadCode();
const rows: Array<Record<string, string | number>> = [];
for (const scenario of SCENARIOS) {
	const rejected: number[] = [];
	const times: number[] = [];
	const lasts: number[] = [];
	let failed = 0;
	const batches = scenario.importers.reduce((sum, importer) => sum + importer.batches, 0);
	for (let seed = 1; seed <= SEEDS; seed++) {
		const course = await play(toSchedule(scenario, seed), code);
		const { ledger } = course.voiso;
		rejected.push(ledger.filter(({ meaning }) => meaning !== 'acknowledged').length);
		const settled = course.executions.map(({ settledAt }) => settledAt ?? Number.POSITIVE_INFINITY);
		times.push(Math.max(...settled));
		lasts.push(settled.at(-1) ?? 0);
		failed += course.executions.filter(({ deliveries }) =>
			deliveries.some(({ kind }) => kind === 'failed'),
		).length;
	}
	const { latency } = toSchedule(scenario, 1).world;
	const call = latency.there + latency.work + latency.back;
	const ideal = batches * call + (batches - 1) * (GAP + (scenario.outlasts ?? 0));
	const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
	rows.push({
		scenario: scenario.title,
		batches,
		'rejected, mean': mean(rejected).toFixed(1),
		'rejected, most': Math.max(...rejected),
		'time / ideal, mean': (mean(times) / ideal).toFixed(2),
		'time / ideal, most': (Math.max(...times) / ideal).toFixed(2),
		'last importer, s': (mean(lasts) / 1000).toFixed(0),
		'last importer, most s': (Math.max(...lasts) / 1000).toFixed(0),
		'failed executions': failed,
	});
}
console.table(rows);
