import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/index.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { ids, watch, watching } from './support.mts';

const sandbox = await sandboxForTests();

describe('Voiso Trigger: what it remembers of campaigns', () => {
	it('forgets deleted campaigns, but not at the first poll that lacks them', async () => {
		const workflow = watch(sandbox, { options: { includeTransitional: true } });
		await workflow.activate();
		const remembered = () => {
			const [data] = Object.values(JSON.parse(workflow.stored) as Record<string, unknown>);
			return Object.keys((data as { statuses: object }).statuses);
		};
		expect(remembered()).toHaveLength(10);
		sandbox.deleteCampaign(2);
		for (let polls = 1; polls <= 3; polls++) {
			await workflow.poll();
			sandbox.changeCampaign(3, { status: polls % 2 ? 'paused' : 'active' });
		}
		await workflow.poll();
		expect(remembered()).toEqual(['1', '3', '4', '5', '6', '7', '8', '9', '10']);
		expect(ids(workflow.executions)).toEqual([[3], [3], [3]]);
	});

	// One poll of a list without end reads thousands of rows.
	it.each([
		['emptyPages', 4],
		['ignoredOffset', 4],
		['largerTotal', 4],
		['shifting', 4],
		['endless', 1],
	] as const)(
		'forgets nothing and emits nothing as new when lists are not whole (%s)',
		async (lie, failing) => {
			sandbox.addCampaigns(...Array.from({ length: 240 }, () => ({ status: 'paused' as const })));
			const workflow = watch(sandbox);
			await workflow.activate();
			const { stored } = workflow;
			sandbox.faults.add({ kind: 'list', lie });
			for (let polls = 0; polls < failing; polls++) await workflow.poll();
			expect(workflow.errors).toHaveLength(failing);
			expect(workflow.executions).toEqual([]);
			expect(workflow.stored).toBe(stored);
			sandbox.faults.clear();
			sandbox.changeCampaign(250, { status: 'stopped' });
			await workflow.poll();
			expect(workflow.executions).toMatchObject([
				[{ campaign_id: 250, previous_status: 'paused', status: 'stopped' }],
			]);
		},
	);

	it('takes up new settings without taking campaigns for new ones', async () => {
		const workflow = watch(sandbox, { campaigns: 'chosen', campaignIds: [3] });
		await workflow.activate();
		sandbox.changeCampaign(6, { status: 'paused' });
		await workflow.poll();
		await workflow.activate('update', watching(sandbox));
		sandbox.changeCampaign(9, { status: 'stopped' });
		await workflow.poll();
		expect(ids(workflow.executions)).toEqual([[6], [9]]);
	});

	it('goes on with another API key of the contact center', async () => {
		const workflow = watch(sandbox);
		await workflow.activate();
		sandbox.changeCampaign(3, { status: 'stopped' });
		const { url, apiKeys } = sandbox;
		await workflow.activate('update', watching({ url, apiKey: apiKeys.readOnly }));
		expect(ids(workflow.executions)).toEqual([[3]]);
	});

	it('starts anew with the API key of another contact center on the cluster', async () => {
		const workflow = watch(sandbox);
		await workflow.activate();
		for (const { id } of sandbox.state().campaigns) sandbox.deleteCampaign(Number(id));
		sandbox.addCampaigns({ name: 'Theirs' }, { name: 'Theirs, too' });
		const { url, apiKeys } = sandbox;
		await workflow.activate('update', watching({ url, apiKey: apiKeys.readOnly }));
		await workflow.poll();
		expect(workflow.executions).toEqual([]);
		const [theirs] = sandbox.state().campaigns;
		sandbox.changeCampaign(Number(theirs?.id), { status: 'auto_paused' });
		await workflow.poll();
		expect(ids(workflow.executions)).toEqual([[theirs?.id]]);
	});

	it('starts anew when the credential is for another cluster', async () => {
		const other = await startSandbox();
		try {
			other.changeCampaign(3, { status: 'stopped' });
			const workflow = watch(sandbox);
			await workflow.activate();
			await workflow.activate('update', watching(other));
			expect(workflow.executions).toEqual([]);
			other.changeCampaign(3, { status: 'active' });
			await workflow.poll();
			expect(ids(workflow.executions)).toEqual([[3]]);
		} finally {
			await other.close();
		}
	});
});
