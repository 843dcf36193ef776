import { expect, test } from 'vitest';
import { read as readLeads } from '../../../nodes/VoisoLeads/read.ts';
import type { ReadLead } from '../../../nodes/VoisoLeads/types.ts';
import { inlineNodeType, runWorkflow } from '../harness/index.mts';
import { watchTurns } from '../harness/turns.mts';
import { byHand, campaign, voisoForTests } from './support.mts';

const { importLeads, newCampaign, sandbox } = await voisoForTests({ sideBySide: true });

/** What n8n itself evaluates for every item. */
const OF_EACH_ITEM = '={{ $itemIndex < 0 ? "" : $json.phone }}';

/** Leads that tell when their phone number is read. */
function watchedLeads(count: number, onRead: () => void) {
	return Array.from({ length: count }, (_, index) => ({
		get phone() {
			onRead();
			return `44791100${String(index).padStart(4, '0')}`;
		},
	}));
}

test('reading leads lets n8n go on, however long n8n takes for each of them', async () => {
	const reads = watchTurns();
	const run = await importLeads({
		input: watchedLeads(500, reads.onRead),
		parameters: {
			campaign: campaign(newCampaign()),
			columns: byHand({ phone_number: OF_EACH_ITEM }),
		},
	});

	expect(run.counts).toEqual({ created: 500 });
	expect(reads.mostInOneTurn()).toBeLessThanOrEqual(5);
});

test('reading one list of many leads lets n8n go on, too', async () => {
	const reads = watchTurns();
	const leads = watchedLeads(500, reads.onRead);
	let read: ReadLead[] = [];
	const probe = inlineNodeType(async (context) => {
		const getNodeParameter = (...[, , , options]: unknown[]) =>
			options ? '={{ $itemIndex }}' : leads;
		const given = Object.create(context, { getNodeParameter: { value: getNodeParameter } });
		({ leads: read } = await readLeads(given, context.getInputData(), {
			operation: 'add',
			inputMode: 'json',
			defaultCountryOf: () => undefined,
			campaignOf: () => ({ id: '3' }),
		}));
		return [[]];
	});
	await runWorkflow({ nodes: [{ name: 'Probe', type: 'probe' }], nodeTypes: { probe } });

	expect(read.map(({ kind }) => kind)).toEqual(leads.map(() => 'good'));
	expect(reads.mostInOneTurn()).toBeLessThanOrEqual(5);
});

test('Stop ends the reading', async () => {
	const stop = new AbortController();
	let reads = 0;
	const id = newCampaign();
	const run = await importLeads({
		input: watchedLeads(500, () => {
			reads++;
			if (reads === 20) stop.abort();
		}),
		stop: stop.signal,
		to: id,
		parameters: { columns: byHand({ phone_number: OF_EACH_ITEM }) },
	});

	expect(run.cancelled).toBe(true);
	expect(reads).toBeLessThan(30);
	expect(sandbox.report().campaigns[id]?.leadRequests ?? []).toEqual([]);
});
