import { describe, expect, test } from 'vitest';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { outputOf, relayTo } from './support.mts';
import { statusTools } from './statusSupport.mts';

const sandbox = await sandboxForTests();
const { campaign, setStatus, act } = statusTools(sandbox);

// How it fails is in texts.test.mts.
describe('waiting for the status', () => {
	test('understands that a started campaign pauses itself', async () => {
		await campaign('paused');
		Object.assign(sandbox.options, { transitions: 'transitional', transitionTime: 60_000 });
		const clusterId = await relayTo(sandbox, ({ method }, index) => {
			if (method === 'GET' && index > 0) setStatus(index === 2 ? 'auto_pausing' : 'auto_paused');
		});
		const result = await act('start', { waitForStatus: true }, { clusterId });
		expect(outputOf(result)).toMatchObject([{ status: 'auto_paused', changed: true }]);
		expect(result.hints()).toMatchObject([{ type: 'info' }]);
	});

	test('survives a fault while it looks', async () => {
		await campaign('active');
		Object.assign(sandbox.options, { transitions: 'transitional', transitionTime: 30 });
		sandbox.faults.add({ kind: 'status', status: 503, method: 'GET', times: 2 });
		expect(outputOf(await act('pause', { waitForStatus: true }))).toMatchObject([
			{ status: 'paused' },
		]);
	});

	test('ends at once when the user stops the execution, and asks no more', async () => {
		await campaign('active');
		Object.assign(sandbox.options, { transitions: 'transitional', transitionTime: 60_000 });
		const stop = new AbortController();
		const clusterId = await relayTo(sandbox, ({ method }, index) => {
			if (method === 'GET' && index > 0) stop.abort();
		});
		const options = { waitForStatus: true, waitTimeout: 3_600 };
		const result = await act('pause', options, { clusterId, stop: stop.signal });
		expect(result.cancelled).toBe(true);
		expect(sandbox.report().calls['GET /campaigns/{id}'] ?? 0).toBeLessThanOrEqual(2);
	});
});
