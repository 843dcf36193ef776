import { describe, expect, it } from 'vitest';
import { Broken, run } from './check.mts';
import { loadCode } from './load.mts';
import { MUTANTS } from './mutants/index.mts';

/** Within so many schedules each defect must show. */
const RUNS = 500;

// A simulation that no defect disturbs proves nothing: these are put in on purpose.
describe(`${MUTANTS.length} deliberate defects: the simulation catches code that`, () => {
	it.each(MUTANTS)('$title', async ({ edits }) => {
		const code = await loadCode(...edits);
		const details = await run(code, { runs: RUNS, seed: 1, shrink: false });
		expect(details.errorInstance).toBeInstanceOf(Broken);
	});
});
