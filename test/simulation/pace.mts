import type { SendCode } from './load.mts';
import { leadsTo, scheduleOf } from './defaults.mts';
import { play } from './play.mts';
import type { Schedule } from './schedule.mts';
import { MINIMUM_INTERVAL as GAP } from '../sandbox/rules/leadCalls.mts';

/** Imports into one campaign whose cost is measured. */
export interface Scenario {
	title: string;
	/** Batches of each importer, and the process in which it runs. */
	importers: Array<{ process: number; batches: number }>;
	/** ms for which an import is processed after its answer. */
	outlasts?: number;
	busyRetryAfter?: boolean;
	countsOnly?: boolean;
}

export interface Cost {
	batches: number;
	/** Calls that came too early, per run. */
	early: number[];
	/** Time until all were done, as a share of the least that Voiso's limits allow. */
	times: number[];
	/** ms until the last importer of the list was done. */
	lasts: number[];
	/** Executions in which a batch was not delivered. */
	failed: number;
}

const LEADS_PER_BATCH = 2;

const processes = (count: number, batches: number) =>
	Array.from({ length: count }, (_, process) => ({ process, batches }));

export const SCENARIOS = {
	alone: { title: '20 batches alone', importers: processes(1, 20) },
	longAlone: { title: '250 batches alone', importers: processes(1, 250) },
	two: { title: '2 processes, 3 batches each', importers: processes(2, 3) },
	four: { title: '4 processes, 3 batches each', importers: processes(4, 3) },
	workers: {
		title: '2 processes with 2 executions, 3 batches each',
		importers: [0, 0, 1, 1].map((process) => ({ process, batches: 3 })),
	},
	fourTold: {
		title: '4 processes, 3 batches each, Voiso sends Retry-After',
		importers: processes(4, 3),
		busyRetryAfter: true,
	},
	outlasts: {
		title: '20 batches, work outlasts the answer by 5 s',
		importers: processes(1, 20),
		outlasts: 5000,
	},
	outlastsALittle: {
		title: '20 batches, work outlasts the answer by 1 s',
		importers: processes(1, 20),
		outlasts: 1000,
	},
	twoLong: { title: '2 processes, 100 batches each', importers: processes(2, 100) },
	twoLongOutlasting: {
		title: '2 processes, 100 batches each, work outlasts the answer by 5 s',
		importers: processes(2, 100),
		outlasts: 5000,
	},
	fourLong: { title: '4 processes, 60 batches each', importers: processes(4, 60) },
	countedAlone: {
		title: '20 batches alone, Voiso only counts early calls',
		importers: processes(1, 20),
		countsOnly: true,
	},
	countedTwo: {
		title: '2 processes, 20 batches each, Voiso only counts early calls',
		importers: processes(2, 20),
		countsOnly: true,
	},
	starvation: {
		title: '250 batches, and 3 of another process beside them',
		importers: [
			{ process: 0, batches: 250 },
			{ process: 1, batches: 3 },
		],
	},
} satisfies Record<string, Scenario>;

function toSchedule(
	{ busyRetryAfter = false, countsOnly = false, importers, outlasts = 0 }: Scenario,
	seed: number,
): Schedule {
	const schedule = scheduleOf({
		world: { outlasts, busyRetryAfter, countsOnly },
		importers: importers.map(({ batches, process }, index) => ({
			process,
			leads: leadsTo(0, batches * LEADS_PER_BATCH, index * 1000),
			batchSize: LEADS_PER_BATCH,
			startsAt: index * 7,
		})),
	});
	return { ...schedule, seed: seed * 7_654_321 };
}

/** Plays a scenario with several seeds of the jitter. */
export async function measure(scenario: Scenario, code: SendCode, runs: number): Promise<Cost> {
	const batches = scenario.importers.reduce((sum, importer) => sum + importer.batches, 0);
	const { latency } = toSchedule(scenario, 1).world;
	const call = latency.there + latency.work + latency.back;
	const ideal = batches * call + (batches - 1) * (GAP + (scenario.outlasts ?? 0));
	const cost: Cost = { batches, early: [], times: [], lasts: [], failed: 0 };
	for (let seed = 1; seed <= runs; seed++) {
		const { executions, voiso } = await play(toSchedule(scenario, seed), code);
		const settled = executions.map(({ settledAt }) => settledAt ?? Number.POSITIVE_INFINITY);
		cost.early.push(voiso.ledger.filter(({ isEarly }) => isEarly).length);
		cost.times.push(Math.max(...settled) / ideal);
		cost.lasts.push(settled.at(-1) ?? 0);
		const hasFailed = executions.filter(({ responses }) =>
			responses.some(({ kind }) => kind === 'failed'),
		);
		cost.failed += hasFailed.length;
	}
	return cost;
}
