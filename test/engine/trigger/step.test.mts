import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { VoisoTrigger } from '../../../nodes/VoisoTrigger/VoisoTrigger.node.ts';
import { describe, expect, it } from 'vitest';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { loadOptions } from '../harness/index.mts';
import { PollingWorkflow } from '../harness/pollingWorkflow.mts';
import { ids, watch, watching } from './support.mts';

const sandbox = await sandboxForTests();

describe('Voiso Trigger: a test of the step', () => {
	it('shows a campaign as it is, and leaves what is remembered alone', async () => {
		const workflow = watch(sandbox, { newStatus: 'autoPaused' });
		await workflow.activate();
		sandbox.changeCampaign(3, { status: 'auto_paused' });
		const { json, run } = await workflow.test();
		expect(json).toMatchObject([
			{ campaign_id: 3, status: 'auto_paused', previous_status: 'active' },
		]);
		const [task] = run.data.resultData.runData['Voiso Trigger'] ?? [];
		expect(task?.hints).toMatchObject([{ type: 'info' }]);
		await workflow.poll();
		expect(ids(workflow.executions)).toEqual([[3]]);
	});

	it('shows another campaign when none has a status that would start it', async () => {
		const parameters = { newStatus: 'chosen', statuses: ['stopping'] };
		const { json, run } = await watch(sandbox, parameters).test();
		expect(json).toMatchObject([{ campaign_id: 1, status: 'completed' }]);
		const [task] = run.data.resultData.runData['Voiso Trigger'] ?? [];
		expect(task?.hints).toMatchObject([{ type: 'warning' }]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'gives what stopped it as an item with On Error %s',
		async (onError) => {
			const definition = watching({ url: sandbox.url, apiKey: 'wrong-key' });
			Object.assign(definition.trigger, { onError });
			const { run } = await new PollingWorkflow(definition).test();
			expect(run.data.resultData.error).toBeUndefined();
			const outputs = run.data.resultData.runData['Voiso Trigger']?.at(-1)?.data?.main ?? [];
			const expected = onError === 'continueErrorOutput' ? [0, 1] : [1];
			expect(outputs.map((items) => items?.length ?? 0)).toEqual(expected);
			expect(outputs.at(-1)).toMatchObject([{ json: { error: expect.any(String) } }]);
		},
	);

	it('fails when there is none', async () => {
		const parameters = { campaigns: 'chosen', campaignIds: [99] };
		const { run } = await watch(sandbox, parameters).test();
		expect(run.data.resultData.error?.name).toBe('NodeOperationError');
	});

	it('lists all campaigns to choose from', async () => {
		sandbox.addCampaigns(...Array.from({ length: 120 }, () => ({})));
		const options = await loadOptions({
			nodeType: new VoisoTrigger(),
			method: 'getCampaigns',
			parameters: { triggerOn: 'campaignStatus' },
			credentials: [
				{ type: new VoisoApi(), data: { clusterId: sandbox.url, apiKey: sandbox.apiKey } },
			],
		});
		expect(options).toHaveLength(130);
		expect(options[2]).toEqual({ name: '● Active · Spring Sale (3)', value: 3 });
	});
});
