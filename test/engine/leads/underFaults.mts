import { expect } from 'vitest';
import type { Fault, Sandbox } from '../../sandbox/index.mts';
import {
	campaign,
	importLeads,
	LEADS,
	newCampaign,
	people,
	quick,
	reportOf,
	strike,
	type Import,
} from './support.mts';

/** Three batches of two leads into a campaign with faults. */
export async function underFaults(sandbox: Sandbox, faults: Fault[], more: Partial<Import> = {}) {
	const id = newCampaign(sandbox);
	for (const fault of faults) strike(sandbox, id, fault);
	const run = await importLeads({
		sandbox,
		input: people(6),
		node: { onError: 'continueRegularOutput' },
		...more,
		options: { ...quick, batchSize: 2, ...more.options },
		parameters: { campaign: campaign(id), ...more.parameters },
	});
	const items = run.json(LEADS);
	expect(items.map(({ phone_number }) => phone_number)).toEqual(
		people(6).map(({ phone_number }) => phone_number),
	);
	expect(JSON.stringify(run.run)).not.toContain(sandbox.apiKey);
	return { id, run, items, report: reportOf(sandbox, id) };
}
