import { expect, it } from 'vitest';
import { leadsTo, scheduleOf } from './defaults.mts';
import { LASTING, type FaultKind } from './faults.mts';
import * as code from './code.mts';
import { firstViolation } from './invariants/index.mts';
import { play } from './play.mts';
import type { FaultSpec, Schedule, Trait } from './schedule.mts';

/**
 * One fault for each way in which a call can end: forms that the code cannot tell apart (500 from 502,
 * a reset from a hang) would only multiply the same.
 */
const ALPHABET: readonly FaultSpec[] = [
	{ kind: 'none', variant: 0 },
	{ kind: 'busy', variant: 1 },
	{ kind: 'rateLimited', variant: 1 },
	{ kind: 'rateLimited', variant: 8 },
	{ kind: 'unclear', variant: 0 },
	{ kind: 'serverErrorBefore', variant: 0 },
	{ kind: 'htmlAfter', variant: 0 },
	{ kind: 'hangAfter', variant: 0 },
	{ kind: 'resetBefore', variant: 0 },
	{ kind: 'connectionRefused', variant: 0 },
	{ kind: 'dnsHasNoName', variant: 0 },
	{ kind: 'stopCampaign', variant: 1 },
	{ kind: 'revokeKey', variant: 0 },
];
const KINDS_OF_LEAD: readonly Trait[] = ['good', 'poison'];

/** All sequences of up to `length` members. */
function sequences<T>(members: readonly T[], length: number): T[][] {
	if (length === 0) return [[]];
	const shorter = sequences(members, length - 1);
	const longest = shorter.filter((one) => one.length === length - 1);
	return [...shorter, ...longest.flatMap((one) => members.map((member) => [...one, member]))];
}

/** Up to three leads, good or bad, in batches of every size, under up to three faults. */
function* allSchedules(): Generator<Schedule> {
	// What follows a lasting fault does not happen; what follows only spared calls is shorter.
	const faultLists = sequences(ALPHABET, 3).filter(
		(faults) => faults.at(-1)?.kind !== 'none' && !faults.slice(0, -1).some(isTheEnd),
	);
	const leadLists = sequences(KINDS_OF_LEAD, 3).filter(({ length }) => length > 0);
	for (const traits of leadLists) {
		for (let batchSize = 1; batchSize <= traits.length; batchSize++) {
			const leads = leadsTo(0, traits.length);
			for (const faults of faultLists) {
				yield scheduleOf({ world: { traits }, importers: [{ leads, batchSize }], faults });
			}
		}
	}
}

function isTheEnd({ kind }: FaultSpec): boolean {
	const passesLater: FaultKind = 'dnsHasNoName';
	return LASTING.has(kind) && kind !== passesLater;
}

it('keeps every invariant in all schedules of up to 3 leads and 3 faults', async () => {
	let count = 0;
	for (const schedule of allSchedules()) {
		// Once: that a schedule takes the same course again, simulation.test.mts shows with longer ones.
		const violation = firstViolation(await play(schedule, code));
		if (violation !== undefined) {
			expect.fail(`${JSON.stringify(violation)} in ${JSON.stringify(schedule)}`);
		}
		count++;
	}
	expect(count).toBeGreaterThan(50_000);
});
