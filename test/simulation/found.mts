import { leadsTo, scheduleOf } from './defaults.mts';
import type { MUTANTS } from './mutants.mts';
import type { Schedule } from './schedule.mts';

/** A failure that the simulation found: its schedule, made small, and the mutant that brings it back. */
export interface Found {
	title: string;
	schedule: Schedule;
	defect?: keyof typeof MUTANTS;
}

const none = { kind: 'none', variant: 0 } as const;

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
		defect: 'calls once more after Stop',
	},
	{
		title: 'batches that wait for their turn, although they are not going to be sent',
		schedule: scheduleOf({
			importers: [{ leads: leadsTo(0, 3), batchSize: 1 }],
			faults: [{ kind: 'revokeKey', variant: 0 }],
		}),
	},
	{
		title: 'an hour in the queue, after the one before was told to wait for an hour',
		schedule: scheduleOf({
			importers: [{ leads: leadsTo(0, 1) }, { leads: leadsTo(0, 1, 1), startsAt: 1 }],
			faults: [{ kind: 'rateLimited', variant: 8 }],
		}),
		defect: 'waits out any Retry-After in the queue',
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
		defect: 'has a throttle for each call',
	},
	{
		title: 'a campaign called not found, because another one learned of PATCH meanwhile',
		schedule: scheduleOf({
			world: { updateMethod: 'PATCH', uneven: [0, 6000] },
			importers: [{ operation: 'update', leads: [...named(0, 1), ...named(1, 1)] }],
		}),
		defect: 'does not try PATCH',
	},
	{
		title: 'PATCH not tried, or late, as if it were a retry',
		schedule: scheduleOf({
			world: { updateMethod: 'PATCH' },
			importers: [{ operation: 'update', leads: named(0, 1), maxWait: 0 }],
		}),
		defect: 'does not try PATCH',
	},
	{
		title: 'PATCH not tried, because PUT was turned down after Max Wait was over',
		schedule: scheduleOf({
			world: { updateMethod: 'PATCH', uneven: [0, 12_000] },
			importers: [{ operation: 'update', leads: named(0, 1), maxWait: 10_000 }],
			faults: [{ kind: 'resetBefore', variant: 0 }],
		}),
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
		defect: 'says of an unsent batch that it may have arrived',
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
	},
	{
		title: 'an update after the key was refused while adding',
		schedule: scheduleOf({
			world: { traits: ['present'] },
			importers: [{ operation: 'upsert', leads: [...named(0, 1), ...named(1, 2)], batchSize: 1 }],
			faults: [none, none, { kind: 'revokeKey', variant: 0 }],
		}),
		defect: 'has the second pass of an upsert ask again',
	},
	{
		title: 'leads rejected because Voiso was busy, said at a field of a lead',
		schedule: scheduleOf({
			importers: [{ leads: leadsTo(0, 2) }],
			faults: Array.from({ length: 4 }, () => ({ kind: 'busy', variant: 11 }) as const),
		}),
		defect: 'takes busy at a field of a lead for a bad lead',
	},
	{
		title:
			'a batch given up at once, after it had waited for Retry-After exactly as long as it might',
		schedule: {
			...scheduleOf({
				world: {
					latency: { there: 1, work: 1, back: 1 },
					uneven: [2190],
					outlasts: 12_000,
					busyAnswer: 0,
					busyRetryAfter: true,
				},
				importers: [{ leads: leadsTo(0, 2), batchSize: 1, maxWait: 10_000 }],
				faults: Array.from({ length: 3 }, () => ({ kind: 'htmlAfter', variant: 0 }) as const),
			}),
			seed: 715_723_165,
		},
	},
	{
		title: 'numbers said to be in no campaign, because another execution had updated leads before',
		schedule: scheduleOf({
			world: { campaigns: ['live', 'deleted'] },
			importers: [
				{ operation: 'update', leads: named(0, 1) },
				{
					operation: 'deactivateEverywhere',
					leads: leadsTo(0, 1),
					startsAt: 30_000,
					maxWait: 0,
				},
			],
			faults: [none, { kind: 'busy', variant: 1 }, none, none],
		}),
		defect: 'trusts the update method that another execution found',
	},
	{
		title: 'leads blamed twice by their place from one, because the first response was lost',
		schedule: scheduleOf({
			world: {
				latency: { there: 1, work: 1, back: 1 },
				refusal: 'indexFromOne',
				traits: ['good', 'good', 'good', 'good', 'good', 'poison'],
			},
			importers: [
				{
					leads: [...leadsTo(0, 1, 5), ...leadsTo(1, 1), ...leadsTo(0, 4), ...leadsTo(0, 2, 6)],
					batchSize: 8,
					maxWait: 0,
				},
			],
			faults: [none, none, { kind: 'htmlAfter', variant: 0 }],
		}),
		defect: 'splits without end',
	},
	{
		title: 'numbers said to be in no campaign, because one was not there before it was stopped',
		schedule: scheduleOf({
			world: {
				campaigns: ['live', 'deleted'],
				latency: { there: 1, work: 1, back: 1 },
				updateMethod: 'both',
			},
			importers: [
				{ operation: 'deactivateEverywhere', leads: leadsTo(0, 2), batchSize: 1 },
				{ leads: leadsTo(0, 1) },
			],
			faults: [none, none, { kind: 'stopCampaign', variant: 0 }],
		}),
	},
	{
		title: 'a deleted campaign left open, because the connection failed before PATCH was its turn',
		schedule: scheduleOf({
			world: { campaigns: ['live', 'deleted'], latency: { there: 1, work: 1, back: 1 } },
			importers: [
				{ operation: 'deactivateEverywhere', leads: leadsTo(0, 2), batchSize: 1 },
				{ leads: leadsTo(1, 1) },
			],
			faults: [none, none, none, { kind: 'tls', variant: 0 }],
		}),
	},
	{
		title: 'a request to another campaign in the instant in which an answer ends them all',
		schedule: scheduleOf({
			world: { latency: { there: 1, work: 1304, back: 1 } },
			importers: [
				{
					operation: 'update',
					leads: [...leadsTo(1, 1), ...leadsTo(0, 1)],
					batchSize: 1,
					minimumInterval: 0,
					startsAt: 1300,
				},
				{
					leads: [...leadsTo(0, 1), ...leadsTo(1, 1)],
					batchSize: 1,
					end: { kind: 'stop', event: 9, reactions: 0 },
				},
			],
			faults: [
				{ kind: 'deleteCampaign', variant: 0 },
				none,
				none,
				{ kind: 'redirect', variant: 0 },
			],
		}),
	},
	{
		title:
			'a batch given up in the last instant of its time, which somebody else got that did not call',
		schedule: scheduleOf({
			world: { latency: { there: 1, work: 1, back: 1 }, uneven: [2998] },
			importers: [
				{ process: 1, leads: leadsTo(0, 1), batchSize: 1, minimumInterval: 0, maxWait: 60_000 },
				{
					process: 1,
					leads: leadsTo(0, 1),
					batchSize: 1,
					end: { kind: 'stop', event: 20, reactions: 0 },
				},
			],
			faults: [
				{ kind: 'hangBefore', variant: 0 },
				{ kind: 'dripBefore', variant: 0 },
			],
		}),
	},
	{
		title: 'a lead that is not sent to a deleted campaign, because others ran out of time there',
		schedule: scheduleOf({
			world: { latency: { there: 1, work: 1, back: 1 }, uneven: [248], busyAnswer: 0 },
			importers: [0, 1300].map((startsAt, index) => ({
				operation: 'deactivateEverywhere',
				leads: leadsTo(0, 3),
				batchSize: 1,
				minimumInterval: 500,
				maxWait: 0,
				startsAt,
				toolCallOf: index === 0 ? null : 0,
			})),
			faults: [
				{ kind: 'slow', variant: 0 },
				{ kind: 'deleteCampaign', variant: 0 },
				{ kind: 'resetBefore', variant: 0 },
				{ kind: 'connectionRefused', variant: 0 },
			],
		}),
	},
	{
		title: 'a deleted campaign left open, though an update elsewhere has shown that it is gone',
		schedule: scheduleOf({
			world: { latency: { there: 1, work: 1, back: 1 }, outlasts: 12_000, busyAnswer: 0 },
			importers: [
				{
					operation: 'deactivateEverywhere',
					leads: leadsTo(0, 2),
					batchSize: 1,
					maxWait: 60_000,
					startsAt: 1300,
				},
				{ leads: leadsTo(0, 1), batchSize: 1 },
			],
			faults: [
				none,
				{ kind: 'slow', variant: 0 },
				none,
				{ kind: 'deleteCampaign', variant: 0 },
				{ kind: 'hangBefore', variant: 0 },
			],
		}),
	},
	{
		title:
			'one search for a bad lead more, because the lead that was named by mistake was not sent in time',
		schedule: scheduleOf({
			world: {
				latency: { there: 1, work: 1, back: 1 },
				uneven: [1997],
				busyAnswer: 0,
				refusal: 'indexFromOne',
				traits: Array.from({ length: 14 }, (_, number) => (number === 9 ? 'poison' : 'good')),
			},
			importers: [
				{
					leads: [0, 1, 6, 4, 9, 2, 5, 3].map((number) => ({ number, campaign: 0, name: null })),
					maxWait: 0,
				},
				{ leads: leadsTo(0, 1) },
			],
		}),
	},
];
