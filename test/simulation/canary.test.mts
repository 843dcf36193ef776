import { describe, expect, it } from 'vitest';
import { Broken, run } from './check.mts';
import { MUTANTS } from './mutants.mts';

/** Within so many schedules each defect must show. */
const RUNS = 500;

// A simulation that no defect disturbs proves nothing: these are put in on purpose.
describe('the simulation catches code that', () => {
	it.each(Object.entries(MUTANTS))('%s', async (_, load) => {
		const details = await run(await load(), { runs: RUNS, seed: 1, shrink: false });
		expect(details.errorInstance).toBeInstanceOf(Broken);
	});
});
