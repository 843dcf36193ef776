import { afterEach, expect, it, vi } from 'vitest';
import { processMemory } from '../../../nodes/VoisoLeads/send/dependencies.ts';
import { campaign, LEADS, people, voisoForTests } from './support.mts';

const { importLeads, newCampaign, sandbox } = await voisoForTests({ sideBySide: true });
afterEach(() => vi.restoreAllMocks());

it('forgets campaigns that nobody sends to any more', async () => {
	const ids = Array.from({ length: 50 }, () => newCampaign());
	await importLeads({
		input: people(50).map((lead, index) => ({ ...lead, to: ids[index] })),
		to: '={{ $json.to }}',
	});
	expect(processMemory.size).toBe(50);

	// A while later, in which nobody can have waited for one of them.
	const now = performance.now.bind(performance);
	vi.spyOn(performance, 'now').mockImplementation(() => now() + 3_600_000);
	await importLeads({ input: people(1) });

	expect(processMemory.size).toBe(1);
});

it('brings 250,000 leads in one execution into a campaign', { timeout: 180_000 }, async () => {
	const count = 250_000;
	const input = people(count);
	const before = process.memoryUsage().heapUsed;
	let peak = before;
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed)), 50);
	const started = performance.now();
	const id = newCampaign();
	const parameters = { campaign: campaign(id) };
	const run = await importLeads({ input, parameters });
	clearInterval(watch);
	const seconds = (performance.now() - started) / 1000;

	expect(run.error).toBeUndefined();
	const items = run.items(LEADS);
	expect(items).toHaveLength(count);
	expect(
		items.every(
			({ json, pairedItem }, index) =>
				json.phone_number === input[index]?.phone_number &&
				json.status === 'created' &&
				typeof pairedItem === 'object' &&
				'item' in pairedItem &&
				pairedItem.item === index,
		),
	).toBe(true);
	expect(sandbox.report({ leads: false }).campaigns[id]).toMatchObject({
		requests: 250,
		leadsStored: count,
		busy: 0,
		overlapped: 0,
	});
	const megabytes = Math.round((peak - before) / 1e6);
	console.log(`250,000 leads: ${seconds.toFixed(1)} s, heap grew by ${megabytes} MB at most`);
});
