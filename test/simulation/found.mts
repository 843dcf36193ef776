import { leadsTo, scheduleOf } from './defaults.mts';
import type { Mutation } from './load.mts';
import { MUTANTS } from './mutants/index.mts';
import type { Schedule } from './schedule.mts';

/** A failure that the simulation found: its schedule, made small, and the defect that was behind it. */
export interface Found {
	title: string;
	schedule: Schedule;
	defect: readonly Mutation[];
}

const SENDER = 'VoisoLeads/send/campaignSender.ts';
const none = { kind: 'none', variant: 0 } as const;

/** The defect is a circuitBreaker one of the canary. */
function mutant(title: string): readonly Mutation[] {
	const found = MUTANTS.find((one) => one.title === title);
	if (found === undefined) throw new RangeError(`No mutant ${title}`);
	return found.edits;
}

const named = (campaign: number, count: number) =>
	leadsTo(campaign, count).map((lead) => ({ ...lead, name: 1 }));

export const FOUND: readonly Found[] = [
	{
		title: 'a call after Stop, when it comes in the instant in which the gap ends',
		schedule: scheduleOf({
			importers: [
				{ leads: leadsTo(0, 2), batchSize: 1, end: { kind: 'stop', event: 5, reactions: 1 } },
			],
		}),
		defect: mutant('calls once more after Stop'),
	},
	{
		title: 'batches that wait for their turn, although they are not going to be sent',
		schedule: scheduleOf({
			importers: [{ leads: leadsTo(0, 3), batchSize: 1 }],
			faults: [{ kind: 'revokeKey', variant: 0 }],
		}),
		defect: mutant('waits for its turn before it gives up'),
	},
	{
		title: 'an hour in the queue, after the one before was told to wait for an hour',
		schedule: scheduleOf({
			importers: [{ leads: leadsTo(0, 1) }, { leads: leadsTo(0, 1, 1), startsAt: 1 }],
			faults: [{ kind: 'rateLimited', variant: 8 }],
		}),
		defect: mutant('waits out any Retry-After in the queue'),
	},
	{
		title: 'a gap forgotten by somebody without an interval, then missed by somebody with one',
		schedule: scheduleOf({
			importers: [
				{ leads: leadsTo(0, 1), minimumInterval: 0 },
				{ leads: leadsTo(1, 1), startsAt: 101 },
				{ leads: leadsTo(0, 1, 1), startsAt: 102 },
			],
		}),
		defect: mutant('forgets a lane at once'),
	},
	{
		title: 'a campaign called not found, because another one learned of PATCH meanwhile',
		schedule: scheduleOf({
			world: { updateMethod: 'PATCH', uneven: [0, 6000] },
			importers: [{ operation: 'update', leads: [...named(0, 1), ...named(1, 1)] }],
		}),
		defect: mutant('trusts PUT when another campaign learned PATCH'),
	},
	{
		title: 'PATCH not tried, or late, as if it were a retry',
		schedule: scheduleOf({
			world: { updateMethod: 'PATCH' },
			importers: [{ operation: 'update', leads: named(0, 1), maxWait: 0 }],
		}),
		defect: [{ file: SENDER, from: "if (verdict === 'wrongMethod') continue;", to: '' }],
	},
	{
		title: 'PATCH not tried, because PUT was turned down after Max Wait was over',
		schedule: scheduleOf({
			world: { updateMethod: 'PATCH', uneven: [0, 12_000] },
			importers: [{ operation: 'update', leads: named(0, 1), maxWait: 10_000 }],
			faults: [{ kind: 'resetBefore', variant: 0 }],
		}),
		defect: [
			{
				file: SENDER,
				from: 'Math.max(0, deadline - outside.now())',
				to: '(deadline - outside.now())',
			},
		],
	},
	{
		title: 'a batch that was not sent, said to have perhaps arrived',
		schedule: scheduleOf({
			importers: [{ leads: leadsTo(0, 3), batchSize: 1, maxWait: 0 }],
			faults: [
				{ kind: 'resetAfter', variant: 0 },
				{ kind: 'resetAfter', variant: 0 },
			],
		}),
		defect: mutant('says of an unsent batch that it may have arrived'),
	},
	{
		title: 'all campaigns closed by a name failure that outlasted Max Wait in one',
		schedule: scheduleOf({
			importers: [{ leads: [...leadsTo(0, 3), ...leadsTo(1, 3)], batchSize: 1, maxWait: 0 }],
			faults: [
				none,
				none,
				{ kind: 'dnsHasNoName', variant: 0 },
				none,
				{ kind: 'dnsHasNoName', variant: 0 },
			],
		}),
		defect: [
			{
				file: SENDER,
				from: '>= MAX_OUT_OF_TIME) this.close(problem);',
				to: '>= MAX_OUT_OF_TIME) this.run.circuitBreaker.openedBy = problem;',
			},
		],
	},
	{
		title: 'an update after the key was refused while adding',
		schedule: scheduleOf({
			world: { traits: ['present'] },
			importers: [{ operation: 'upsert', leads: [...named(0, 1), ...named(1, 2)], batchSize: 1 }],
			faults: [none, none, { kind: 'revokeKey', variant: 0 }],
		}),
		defect: mutant('has the second pass of an upsert ask again'),
	},
	{
		title: 'leads rejected because Voiso was busy, said at a field of a lead',
		schedule: scheduleOf({
			importers: [{ leads: leadsTo(0, 2) }],
			faults: Array.from({ length: 4 }, () => ({ kind: 'busy', variant: 11 }) as const),
		}),
		defect: mutant('takes busy at a field of a lead for a bad lead'),
	},
	{
		title: 'the doubt of a first try forgotten after a second one that failed before it arrived',
		schedule: scheduleOf({
			world: { campaigns: ['deleted', 'live'] },
			importers: [{ leads: leadsTo(0, 1), maxWait: 0, retryOnFail: true }],
			faults: [{ kind: 'hangBefore', variant: 0 }],
			again: true,
		}),
		defect: [
			{
				file: 'VoisoLeads/send/previousAttempts.ts',
				from: 'this.uncertain.has(key) ? { failure: this.withDoubt(result.failure) } : result',
				to: 'result',
			},
		],
	},
];
