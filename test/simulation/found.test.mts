import { describe, expect, it } from 'vitest';
import { judgeSchedule } from './check.mts';
import * as code from './code.mts';
import { FOUND } from './found.mts';
import { MUTANTS } from './mutants.mts';

/** Each was found by the simulation once: it must not come back, and must still be noticed. */
describe.each(FOUND)('$title', ({ defect, schedule }) => {
	it('does not happen', async () => {
		expect(await judgeSchedule(schedule, code)).toBeUndefined();
	});

	it.runIf(defect !== undefined)('would be noticed', async () => {
		const mutant = MUTANTS[defect ?? ''];
		expect(await judgeSchedule(schedule, (await mutant?.()) ?? code)).toBeDefined();
	});
});
