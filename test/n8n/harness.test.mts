import { beforeAll, describe, expect, test } from 'vitest';
import { isFinished, jsonOf, type N8n, type WorkflowNode } from './harness/index.mts';
import { sharedN8n } from './harness/shared.mts';

/** What the other tests rely on, in every version of n8n they run with. */
describe('a whole n8n', () => {
	let n8n: N8n;

	beforeAll(async () => {
		n8n = await sharedN8n();
	});

	const node = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: WorkflowNode['parameters'],
		rest: { webhookId?: string } = {},
	): WorkflowNode => ({
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		parameters,
		position: [0, 0],
		...rest,
	});
	const link = (from: string, to: string) => ({
		[from]: { main: [[{ node: to, type: 'main', index: 0 }]] },
	});
	test('stops an execution that is under way', async () => {
		const workflow = await n8n.client.createWorkflow({
			name: 'Waits',
			nodes: [
				node('Start', 'manualTrigger', 1, {}),
				node('Wait', 'wait', 1.1, { resume: 'timeInterval', amount: 60, unit: 'seconds' }),
			],
			connections: link('Start', 'Wait'),
		});
		const id = await n8n.client.runWorkflow(workflow);
		await n8n.client.waitUntil(id, ({ status }) => status === 'running');
		await n8n.client.stopExecution(id);
		const stopped = await n8n.client.waitForExecution(id);
		expect(stopped).toMatchObject({ status: 'canceled' });
		expect(await n8n.client.listExecutions(workflow.id)).toMatchObject([{ id }]);
	});

	test('runs an active workflow when its webhook is called, until it is changed and deactivated', async () => {
		const set = (value: string) =>
			node('Set', 'set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ value }) });
		const hook = node('Webhook', 'webhook', 2, { path: 'hook' }, { webhookId: 'hook' });
		const created = await n8n.client.createWorkflow({
			name: 'Hook',
			nodes: [hook, set('old')],
			connections: link('Webhook', 'Set'),
		});
		await n8n.client.updateWorkflow(created.id, { nodes: [hook, set('new')] });
		const saved = await n8n.client.workflow(created.id);
		const active = await n8n.client.activateWorkflow(saved);
		expect((await fetch(`${n8n.url}/webhook/hook`)).status).toBe(200);
		const [latest] = await n8n.client.listExecutions(created.id);
		const execution = await n8n.client.waitUntil(latest?.id ?? '', isFinished);
		expect(jsonOf(execution, 'Set')).toEqual([{ value: 'new' }]);
		await n8n.client.deactivateWorkflow(active);
		expect((await fetch(`${n8n.url}/webhook/hook`)).status).toBe(404);
	});
});
