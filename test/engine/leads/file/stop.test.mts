import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Sandbox } from '../../../sandbox/index.mts';
import { campaign, newCampaign, people, startQuickSandbox, storedNumbers } from '../support.mts';
import { csv, importFile } from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
afterAll(async () => await sandbox.close());

test('Stop ends it at once, says what is in, and the next run adds the rest', async () => {
	const id = newCampaign(sandbox);
	const files = [csv(people(100))];
	const parameters = { campaign: campaign(id) };
	const stop = new AbortController();
	const stored = () => storedNumbers(sandbox, id).length;
	const run = importFile({
		sandbox,
		files,
		parameters,
		stop: stop.signal,
		options: { batchSize: 2, minimumInterval: 60 },
	});
	await vi.waitFor(() => expect(stored()).toBe(2), { interval: 5, timeout: 5000 });
	stop.abort();
	const { cancelled, messages } = await run;

	expect(cancelled).toBe(true);
	await vi.waitFor(() => expect(JSON.stringify(messages)).toContain('Stopped'), { interval: 5 });
	// The response may be on its way when the user stops.
	expect(JSON.stringify(messages)).toMatch(/2 (?:added|unknown)\b.*, the rest of list0\.csv/);
	expect(stored()).toBe(2);
	const again = await importFile({ sandbox, files, parameters });
	expect(again.summaries).toMatchObject([{ created: 98, duplicate: 2 }]);
});
