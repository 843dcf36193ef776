import { describe, expect, it } from 'vitest';
import { setNode } from '../harness/index.mts';
import { importLeads, LEADS, people, voisoForTests } from './support.mts';

const { sandbox } = await voisoForTests({ minimumInterval: 2000, processingTime: 20 });

describe('Voiso Leads: add', () => {
	it('sends 2,500 leads as 1000, 1000 and 500, two seconds from the end of each to the next', async () => {
		const input = people(2500);
		const run = await importLeads({
			sandbox,
			input,
			after: [setNode('After', { name: "={{ $('Input').item.json.name }}" })],
		});

		expect(run.error).toBeUndefined();
		const report = sandbox.report();
		const requests = report.campaigns['3']?.leadRequests ?? [];
		expect(requests.map(({ leads }) => leads)).toEqual([1000, 1000, 500]);
		expect(report.totals).toMatchObject({ accepted: 3, busy: 0, overlapped: 0, tooEarly: 0 });
		expect(report.campaigns['3']?.smallestGap).toBeGreaterThanOrEqual(2000);
		const items = run.items(LEADS);
		expect(items.map(({ json }) => json.phone_number)).toEqual(
			input.map(({ phone_number }) => phone_number),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(input.map((_, item) => ({ item })));
		expect(run.json('After').map(({ name }) => name)).toEqual(input.map(({ name }) => name));
		expect(run.counts).toEqual({ created: 2500 });
		expect(Object.keys(report.campaigns['3']?.leads ?? {})).toHaveLength(2500);
	});

	it('groups a mix of three campaigns and sends them side by side', async () => {
		const ids = sandbox
			.addCampaigns({ name: 'One' }, { name: 'Two' }, { name: 'Three' })
			.map(({ id }) => id);
		const input = people(3600).map((lead, index) => ({ ...lead, to: ids[index % 3] }));

		const run = await importLeads({ sandbox, input, to: '={{ $json.to }}' });

		const { campaigns, totals } = sandbox.report();
		expect(totals).toMatchObject({ requests: 6, accepted: 6, overlapped: 0, tooEarly: 0 });
		for (const id of ids) {
			const requests = campaigns[id]?.leadRequests ?? [];
			expect(requests.map(({ leads }) => leads)).toEqual([1000, 200]);
		}
		const starts = ids.map((id) => campaigns[id]?.leadRequests[0]?.start ?? 0);
		const firstEnds = ids.map((id) => campaigns[id]?.leadRequests[1]?.start ?? 0);
		expect(Math.max(...starts)).toBeLessThan(Math.min(...firstEnds));
		expect(run.results.map(({ campaign_id }) => campaign_id)).toEqual(input.map(({ to }) => to));
	});
});
