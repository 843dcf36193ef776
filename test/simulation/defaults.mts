import type { FaultSpec, Importer, LeadSpec, Schedule, World } from './schedule.mts';

const world: World = {
	latency: { there: 10, work: 80, back: 10 },
	uneven: [],
	outlasts: 0,
	countsOnly: false,
	busyAnswer: 1,
	busyRetryAfter: false,
	refusal: 'field',
	refusesAll: false,
	updateMethod: 'PUT',
	wrongMethodStatus: 404,
	echo: 'asSent',
	envelope: 'leads_import',
	okStatus: 200,
	skew: 0,
	changesMethod: false,
	maxLeads: 1000,
	earlyTimers: 0,
	campaigns: ['live', 'live'],
	listed: ['true', 'true'],
	traits: [],
};

const importer: Importer = {
	process: 0,
	tenant: 0,
	operation: 'add',
	leads: [],
	batchSize: 1000,
	minimumInterval: 2000,
	maxWait: 300_000,
	startsAt: 0,
	toolCallOf: null,
	end: null,
};

/** A schedule of which only what matters is said. */
export function scheduleOf({
	world: w = {},
	importers,
	faults = [],
	again = false,
}: {
	world?: Partial<World>;
	importers: Array<Partial<Importer>>;
	faults?: FaultSpec[];
	again?: boolean;
}): Schedule {
	return {
		world: { ...world, ...w },
		importers: importers.map((one) => ({ ...importer, ...one })),
		faults,
		again,
		seed: 1,
	};
}

/** Leads with the numbers 0, 1, … of one campaign. */
export function leadsTo(campaign: number, count: number, first = 0): LeadSpec[] {
	return Array.from({ length: count }, (_, index) => ({
		number: first + index,
		campaign,
		name: null,
	}));
}
