import fc, { type Arbitrary } from 'fast-check';
import { INVALID } from './input.mts';
import { FAULT_KINDS, LASTING, type FaultKind } from './faults.mts';
import { BUSY_ANSWERS } from './wordings.mts';
import {
	CAMPAIGN_STATES,
	type CampaignState,
	type Operation,
	ECHOES,
	ENVELOPES,
	REFUSALS,
	type End,
	type FaultSpec,
	type Importer,
	type LeadSpec,
	type Schedule,
	type Trait,
	type World,
} from './schedule.mts';

const NUMBERS = 14;
const CAMPAIGNS = 2;

/** One of some values, the earlier ones more often; shrinks to the first. */
function mostly<T>(...weighted: Array<[value: T, weight: number]>): Arbitrary<T> {
	return fc.constantFrom(...weighted.flatMap(([value, weight]) => Array<T>(weight).fill(value)));
}

const rarely = <T,>(usual: T, others: readonly T[], weight: number): Arbitrary<T> =>
	mostly<T>([usual, weight], ...others.map((other): [T, number] => [other, 1]));

const trait = mostly<Trait>(
	['good', 10],
	['present', 4],
	['rejected', 2],
	['omitted', 1],
	['poison', 1],
);

const worldParts = {
	latency: fc.record({
		there: fc.integer({ min: 1, max: 300 }),
		work: fc.integer({ min: 1, max: 4000 }),
		back: fc.integer({ min: 1, max: 300 }),
	}),
	uneven: fc.array(fc.nat(9000), { maxLength: 4 }),
	outlasts: mostly([0, 8], [300, 1], [1500, 1], [5000, 2], [12_000, 1]),
	countsOnly: mostly([false, 15], [true, 1]),
	busyAnswer: fc.nat(BUSY_ANSWERS.length - 1),
	busyRetryAfter: mostly([false, 4], [true, 1]),
	refusal: fc.constantFrom(...REFUSALS),
	refusesAll: fc.boolean(),
	updateMethod: mostly<World['updateMethod']>(['PUT', 1], ['PATCH', 2], ['both', 1]),
	wrongMethodStatus: fc.constantFrom<404 | 405>(404, 405),
	echo: fc.constantFrom(...ECHOES),
	envelope: fc.constantFrom(...ENVELOPES),
	okStatus: fc.constantFrom<200 | 201>(200, 201),
	skew: mostly([0, 2], [3_600_000, 1], [-3_600_000, 1]),
	changesMethod: mostly([false, 3], [true, 1]),
	maxLeads: mostly([1000, 15], [4, 1], [1, 1]),
	earlyTimers: mostly([0, 2], [0.4, 1], [0.9, 1]),
	campaigns: fc.array(rarely('live', CAMPAIGN_STATES, 25), {
		minLength: CAMPAIGNS,
		maxLength: CAMPAIGNS,
	}),
	listed: fc.array(mostly<World['listed'][number]>(['true', 8], ['on', 1], ['off', 1]), {
		minLength: CAMPAIGNS,
		maxLength: CAMPAIGNS,
	}),
	traits: fc.array(trait, { minLength: NUMBERS, maxLength: NUMBERS }),
};

const world: Arbitrary<World> = fc.record(worldParts);

const weightOf = (kind: FaultKind): number => {
	if (kind === 'none') return 8;
	return LASTING.has(kind) ? 2 : 4;
};

const fault: Arbitrary<FaultSpec> = fc.record({
	kind: mostly(...FAULT_KINDS.map((kind): [FaultKind, number] => [kind, weightOf(kind)])),
	variant: fc.nat(59),
});

const lead: Arbitrary<LeadSpec> = fc.record({
	number: fc.oneof(
		{ arbitrary: fc.nat(NUMBERS - 1), weight: 20 },
		{ arbitrary: fc.constant(INVALID), weight: 1 },
	),
	campaign: mostly([0, 2], [1, 1]),
	name: fc.option(fc.nat(3), { nil: null }),
});

const end: Arbitrary<End> = fc.record({
	kind: mostly(['stop', 3], ['kill', 1]),
	event: fc.integer({ min: 1, max: 30 }),
	reactions: fc.nat(8),
});

const importerParts = {
	process: fc.nat(1),
	tenant: mostly<0 | 1>([0, 2], [1, 1]),
	operation: mostly<Operation>(
		['add', 4],
		['update', 3],
		['upsert', 3],
		['deactivate', 1],
		['deactivateEverywhere', 2],
	),
	leads: fc.array(lead, { minLength: 1, maxLength: 18 }),
	batchSize: fc.constantFrom(1, 2, 3, 5, 8, 1000),
	minimumInterval: mostly([2000, 6], [2500, 1], [1000, 1], [500, 1], [0, 1]),
	maxWait: mostly([300_000, 5], [60_000, 2], [10_000, 1], [0, 1]),
	startsAt: mostly([0, 2], [1, 1], [1300, 1], [2600, 1]),
	toolCallOf: fc.constant(null),
	end: fc.option(end, { nil: null, freq: 3 }),
};

/** Importers, of which one may be another call of the tool that the one before is. */
const importers: Arbitrary<Importer[]> = fc
	.array(
		fc.record({ importer: fc.record(importerParts), isToolCall: mostly([false, 5], [true, 1]) }),
		{ minLength: 1, maxLength: 3 },
	)
	.map((entries) => {
		const all: Importer[] = [];
		for (const { importer, isToolCall } of entries) {
			const before = all.at(-1);
			const { startsAt } = importer;
			all.push(
				isToolCall && before !== undefined
					? { ...before, startsAt, end: null, toolCallOf: all.length - 1 }
					: importer,
			);
		}
		return all;
	});

const ordinary: Arbitrary<Schedule> = fc.record({
	world,
	faults: fc.array(fault, { maxLength: 7 }),
	importers,
	again: mostly([false, 2], [true, 1]),
	seed: fc.nat(),
});

/** One importer with a batch that holds more bad leads than anybody should look for. */
const hopeless: Arbitrary<Schedule> = fc
	.record({
		schedule: ordinary,
		size: fc.integer({ min: 120, max: 240 }),
		every: fc.integer({ min: 1, max: 2 }),
	})
	.map(({ schedule, size, every }) => {
		const [first] = schedule.importers;
		if (first === undefined) return schedule;
		const numbers = [...Array(size).keys()];
		const leads = numbers.map((number) => ({ number, campaign: 0, name: null }));
		const traits = numbers.map((number) => (number % every === 0 ? 'poison' : 'good'));
		return {
			...schedule,
			world: { ...schedule.world, traits, refusesAll: false, maxLeads: 1000 },
			importers: [{ ...first, operation: 'add', leads, batchSize: 1000 }],
		};
	});

const lastingFault: Arbitrary<FaultSpec> = fc.record({
	kind: fc.constantFrom<FaultKind>('none', 'slow', 'resetAfter', 'busy', ...LASTING),
	variant: fc.nat(59),
});

/** The same again and again. */
const outage: Arbitrary<FaultSpec[]> = fc
	.record({ one: fault, times: fc.integer({ min: 2, max: 12 }) })
	.map(({ one, times }) => Array<FaultSpec>(times).fill(one));

/** One importer alone, with several batches for two campaigns that know some of the leads already. */
const alone: Arbitrary<Schedule> = fc.record({
	world: fc.record({ ...worldParts, campaigns: fc.constant<CampaignState[]>(['live', 'live']) }),
	faults: fc.oneof(fc.array(lastingFault, { maxLength: 4 }), outage),
	importers: fc.tuple(
		fc.record({
			...importerParts,
			operation: fc.constantFrom<Operation>('add', 'update', 'upsert', 'deactivateEverywhere'),
			maxWait: fc.constantFrom(300_000, 60_000, 10_000, 0),
			leads: fc.array(
				fc.record({ number: fc.nat(NUMBERS - 1), campaign: fc.nat(1), name: fc.nat(1) }),
				{ minLength: 4, maxLength: 8 },
			),
			batchSize: fc.constantFrom(1, 2, 3),
			end: fc.constant(null),
		}),
	),
	again: fc.constant(false),
	seed: fc.nat(),
});

/** Any schedule. */
export const schedules: Arbitrary<Schedule> = fc.oneof(
	{ arbitrary: ordinary, weight: 80 },
	{ arbitrary: alone, weight: 30 },
	{ arbitrary: hopeless, weight: 2 },
);
