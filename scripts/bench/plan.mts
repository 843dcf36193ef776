import type { ContenderName } from './contenders/job.mts';
import type { Scenario } from './run.mts';

/** What one `npm run bench` measures. */
export interface BenchPlan {
	/** Contenders side by side: every one with every number of leads. */
	comparison: Scenario[];
	/** For the processor's time: without pauses, in which V8 collects the garbage of all n8n. */
	processor: Scenario[];
	/** For the wall time: 20 batches, and five batches for one campaign and for each of ten. */
	twenty: Scenario;
	one: Scenario;
	ten: Scenario;
	/** For the memory: many leads and no pauses, which do not change it. */
	memory: Scenario[];
}

/** What the sandbox does with a call unless it is told otherwise. */
const PROCESSING_TIME = 20;
const INTERVAL = 2000;

const ALL: ContenderName[] = [
	'noOp',
	'mapped',
	'computed',
	'automatic',
	'file',
	'loop',
	'loopComputed',
	'perItem',
	'axios',
];
/** Whose processor time is compared; one request for each item costs a thousand times as much. */
const SENDERS: ContenderName[] = [
	'noOp',
	'bare',
	'mapped',
	'automatic',
	'file',
	'computed',
	'loop',
	'loopComputed',
	'axios',
];
/** What can be told apart by campaign: the same fields for each contender. */
const FOR_TEN: ContenderName[] = ['noOp', 'mapped', 'automatic', 'loop', 'axios'];

const FULL = { sizes: [1_000, 10_000, 50_000], interval: INTERVAL, warmUp: 30_000 };
/** Pauses are where the time goes. */
const QUICK = { sizes: [1_000, 5_000], interval: 100, warmUp: 3_000 };
/** One request for each item has been compiled after a few. */
const WARM_UP_PER_ITEM = 10;

/** What each request costs is told by fewer leads as well. */
const MOST_FOR_QUICK_PER_ITEM = 1_000;

export function benchPlan({
	quick,
	targetsOnly = false,
}: {
	quick: boolean;
	/** Without the comparison of all contenders. */
	targetsOnly?: boolean;
}): BenchPlan {
	const { sizes, interval, warmUp } = quick ? QUICK : FULL;
	const scenario = (
		contender: ContenderName,
		leads: number,
		campaigns = 1,
		pause = interval,
	): Scenario => ({
		contender,
		leads,
		campaigns,
		warmUp: contender === 'perItem' ? WARM_UP_PER_ITEM : warmUp,
		interval: pause,
		processingTime: PROCESSING_TIME,
		tries: quick || leads > 1_000 ? 1 : 5,
	});
	const comparison = sizes.flatMap((leads) =>
		ALL.filter((name) => !quick || name !== 'perItem' || leads <= MOST_FOR_QUICK_PER_ITEM).map(
			(name) => scenario(name, leads),
		),
	);
	const forTen = quick ? [] : FOR_TEN.map((name) => scenario(name, 50_000, 10));
	const memory = (['noOp', 'mapped', 'automatic', 'file', 'loop', 'axios'] as const).map(
		(name) => ({
			...scenario(name, 100_000, 1, 0),
			processingTime: 0,
			tries: quick ? 1 : 3,
		}),
	);
	const processor = SENDERS.map((name) => ({
		...scenario(name, quick ? 10_000 : 50_000, 1, 0),
		tries: quick ? 1 : 7,
	}));
	return {
		comparison: targetsOnly ? [] : [...comparison, ...forTen],
		processor,
		twenty: scenario('mapped', 20_000, 1, INTERVAL),
		one: scenario('mapped', 5_000, 1, INTERVAL),
		ten: scenario('mapped', 50_000, 10, INTERVAL),
		memory: quick ? memory.slice(0, 2) : memory,
	};
}
