import { expect, it } from 'vitest';
import { failureText, run } from './check.mts';
import { Coverage } from './coverage.mts';
import * as code from './code.mts';

const RUNS = 20_000;
/** In so many schedules everything that can happen must happen this often. */
const LEAST = 20;

it(`keeps every invariant in ${RUNS} schedules, in which everything happens`, async () => {
	const coverage = new Coverage();
	const details = await run(code, { runs: RUNS, seed: 1, coverage });
	if (details.failed) expect.fail(failureText(details));
	expect(details.numRuns).toBe(RUNS);
	expect(coverage.missing(LEAST)).toEqual([]);
});
