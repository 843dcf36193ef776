import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fillIn, readmeFile, readRuns } from '../../scripts/compatibility.mts';

test('the README says what was run with which n8n: npm run compatibility', async () => {
	const readme = await readFile(readmeFile, 'utf8');
	const runs = await readRuns();
	expect(runs.length).toBeGreaterThan(0);
	expect(await fillIn(readme, runs)).toBe(readme);
});
