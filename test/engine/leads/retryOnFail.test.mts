import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/index.mts';
import {
	behindBothOutputs,
	campaign,
	FAILED,
	GOOD,
	LEADS,
	newCampaign,
	people,
	phone,
	reportOf,
	startQuickSandbox,
	storedNumbers,
	strike,
} from './support.mts';
import { failingCampaign, input, LEADS_IN_ALL, run } from './failingBatches.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
afterAll(async () => await sandbox.close());

const statuses = (items: Array<{ status?: unknown }>) => items.map(({ status }) => status);

/** n8n runs the whole node again: nothing of the attempt before is remembered. */
describe('Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('sends nothing again because of an outcome: that is data', async () => {
		const id = newCampaign(sandbox);
		const { error, json } = await run(sandbox, id, 'stopWorkflow', {
			input: [{ phone: '979123456789' }, { phone: phone(1) }, { phone: 'none' }],
			node: retry,
		});

		expect(error).toBeUndefined();
		expect(statuses(json(LEADS))).toEqual(['rejected', 'created', 'invalid']);
		expect(reportOf(sandbox, id).requests).toBe(1);
	});

	it('calls what an earlier attempt added a duplicate, and adds nothing twice', async () => {
		const id = failingCampaign(sandbox, [0]);
		const { json } = await run(sandbox, id, 'continueErrorOutput', {
			node: retry,
			...behindBothOutputs,
		});

		const [first, ...others] = statuses(json(GOOD));
		expect([first, others.at(-1)]).toEqual(['created', 'duplicate']);
		expect(json(FAILED)).toEqual([]);
		expect(storedNumbers(sandbox, id)).toHaveLength(LEADS_IN_ALL);
	});

	it('calls leads duplicates whose response an earlier attempt lost', async () => {
		const id = newCampaign(sandbox);
		strike(sandbox, id, { kind: 'reset', when: 'after', times: 1 });
		const { json } = await run(sandbox, id, 'stopWorkflow', { node: retry });

		expect(new Set(statuses(json(LEADS)))).toEqual(new Set(['duplicate']));
		expect(storedNumbers(sandbox, id)).toHaveLength(LEADS_IN_ALL);
	});

	it('updates what an upsert of an earlier attempt has added', async () => {
		const id = newCampaign(sandbox);
		await run(sandbox, id, 'stopWorkflow', { input: people(1) });
		strike(sandbox, id, { kind: 'status', status: 503, method: 'PUT', times: 1 });
		const { json } = await run(sandbox, id, 'stopWorkflow', {
			input: people(2),
			parameters: { operation: 'upsert', campaign: campaign(id) },
			node: retry,
		});

		expect(statuses(json(LEADS))).toEqual(['updated', 'updated']);
	});

	it('of an execution says nothing about another one', async () => {
		const id = newCampaign(sandbox);
		await run(sandbox, id, 'stopWorkflow', { node: retry });
		const { json } = await run(sandbox, id, 'stopWorkflow', { node: retry });

		expect(statuses(json(LEADS))).toEqual(input.map(() => 'duplicate'));
	});
});
