import { expect, test, vi } from 'vitest';
import { campaign, people, voisoForTests } from '../support.mts';
import { csv, importFile } from './support.mts';

const voiso = await voisoForTests({ sideBySide: true });
const { newCampaign, storedNumbers } = voiso;

test('Stop ends it at once, says what is in, and the next run adds the rest', async () => {
	const id = newCampaign();
	const files = [csv(people(100))];
	const parameters = { campaign: campaign(id) };
	const stop = new AbortController();
	const stored = () => storedNumbers(id).length;
	const run = importFile(voiso, {
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
	expect(JSON.stringify(messages)).toMatch(/2 (?:added|unknown)\b.*list0\.csv/);
	expect(stored()).toBe(2);
	const again = await importFile(voiso, { files, parameters });
	expect(again.summaries).toMatchObject([{ created: 98, duplicate: 2 }]);
});
