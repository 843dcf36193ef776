/** What planning and settling an import costs, in milliseconds of processor time; best of three. */
import type { plan as planOf } from '../../../nodes/VoisoLeads/plan.ts';
import type { settle as settleOf } from '../../../nodes/VoisoLeads/settle.ts';
import type { ReadLead } from '../../../nodes/VoisoLeads/types.ts';
import { answer } from './answer.mts';
import { compiled } from './compiled.mts';
import { cpuOf } from './measure.mts';

const { plan } = compiled<{ plan: typeof planOf }>('nodes/VoisoLeads/plan.ts');
const { settle } = compiled<{ settle: typeof settleOf }>('nodes/VoisoLeads/settle.ts');

const { count } = JSON.parse(process.argv[2] ?? '') as { count: number };
const phone = (index: number) => `4479${String(index).padStart(8, '0')}`;
const leads = Array.from({ length: count }, (_, item): ReadLead => ({
	kind: 'good',
	item,
	campaignId: '3',
	lead: { phone_number: phone(item), name: `Lead ${item}` },
}));
answer(Math.min(await costOnce(), await costOnce(), await costOnce()));

async function costOnce(): Promise<number> {
	globalThis.gc?.();
	const results = new Array<unknown>(count);
	const before = process.cpuUsage();
	const { campaigns } = await plan(leads, { action: 'add', batchSize: 1000, repeats: 'first' });
	const { user, system } = process.cpuUsage(before);
	let cost = (user + system) / 1000;
	const batches = campaigns.flatMap((campaign) => campaign.batches);
	for (const { positions } of batches) {
		// Voiso's answer: the numbers as strings of their own.
		const phones = positions.map(phone);
		const body: unknown = JSON.parse(JSON.stringify({ leads_import: { created: phones } }));
		const response = {
			kind: 'accepted',
			campaignId: '3',
			positions,
			body,
			maybeApplied: false,
		} as const;
		cost += cpuOf(() => {
			settle(response, phones, 'add').forEach((result, index) => {
				results[positions[index] ?? 0] = result;
			});
		});
	}
	return cost;
}
