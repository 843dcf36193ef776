import { expect } from 'vitest';
import type { Fault } from '../../sandbox/index.mts';
import { people, type Import, type TestVoiso } from './support.mts';

/** Three batches of two leads into a campaign with faults. */
export async function underFaults(
	{ sandbox, importLeads, newCampaign, reportOf, strike }: TestVoiso,
	faults: Fault[],
	more: Partial<Import> = {},
) {
	const id = newCampaign();
	for (const fault of faults) strike(id, fault);
	const run = await importLeads({
		input: people(6),
		to: id,
		node: { onError: 'continueRegularOutput' },
		...more,
		options: { batchSize: 2, ...more.options },
	});
	const items = run.results;
	expect(items.map(({ phone_number }) => phone_number)).toEqual(
		people(6).map(({ phone_number }) => phone_number),
	);
	expect(JSON.stringify(run.run)).not.toContain(sandbox.apiKey);
	return { id, run, items, report: reportOf(id) };
}
