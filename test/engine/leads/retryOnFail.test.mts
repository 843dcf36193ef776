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
	type Import,
} from './support.mts';
import { failingCampaign, input, LEADS_IN_ALL, run } from './failingBatches.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
afterAll(async () => await sandbox.close());

describe('Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('does not send a lead again because its outcome was negative', async () => {
		const id = newCampaign(sandbox);
		const leads = [{ phone: '9991234' }, { phone: phone(1) }, { phone: 'none' }];
		const more: Partial<Import> = { input: leads, options: { rejectedLeads: 'error' } };
		const onward = await run(sandbox, id, 'continueRegularOutput', { ...more, node: retry });

		expect(onward.json(LEADS).map(({ status }) => status)).toEqual([
			'rejected',
			'created',
			'invalid',
		]);
		expect(reportOf(sandbox, id)).toMatchObject({ requests: 1, leadsSent: 2 });
	});

	it('ends after its tries with the same error when leads were not accepted', async () => {
		const id = newCampaign(sandbox);
		const { error } = await run(sandbox, id, 'stopWorkflow', {
			input: [{ phone: '9991234' }, { phone: phone(1) }],
			options: { rejectedLeads: 'error' },
			node: retry,
		});

		expect(error?.message).toBe('1 of 2 leads were not accepted. Item 0: The lead is rejected');
		expect(reportOf(sandbox, id)).toMatchObject({ requests: 1, leadsSent: 2 });
	});

	it('takes negative outcomes as data by default: one try', async () => {
		const id = newCampaign(sandbox);
		const { error } = await run(sandbox, id, 'stopWorkflow', {
			input: [{ phone: '9991234' }],
			node: retry,
		});

		expect(error).toBeUndefined();
		expect(reportOf(sandbox, id).requests).toBe(1);
	});

	it('keeps created as created when the first batch fails and another try succeeds', async () => {
		const id = failingCampaign(sandbox, [0]);
		const { json } = await run(sandbox, id, 'continueErrorOutput', {
			node: retry,
			...behindBothOutputs,
		});

		expect(json(GOOD).map(({ status }) => status)).toEqual(input.map(() => 'created'));
		expect(json(FAILED)).toEqual([]);
	});

	it('calls a lead unconfirmed whose answer an earlier try lost', async () => {
		const id = newCampaign(sandbox);
		strike(sandbox, id, { kind: 'reset', when: 'after', times: 1 });
		const { json } = await run(sandbox, id, 'stopWorkflow', { node: retry });

		expect(json(LEADS).map(({ status }) => status)).toEqual([
			'unconfirmed',
			'unconfirmed',
			...Array.from({ length: 8 }, () => 'created'),
		]);
		expect(storedNumbers(sandbox, id)).toHaveLength(LEADS_IN_ALL);
	});

	it('keeps the additions of an upsert whose update failed', async () => {
		const id = newCampaign(sandbox);
		await run(sandbox, id, 'stopWorkflow', { input: people(1) });
		strike(sandbox, id, { kind: 'status', status: 503, method: 'PUT', times: 1 });
		const { json } = await run(sandbox, id, 'stopWorkflow', {
			input: people(2),
			parameters: { operation: 'upsert', campaign: campaign(id) },
			node: retry,
		});

		expect(json(LEADS).map(({ status }) => status)).toEqual(['updated', 'created']);
		expect(reportOf(sandbox, id).leadRequests.map(({ method }) => method)).toEqual([
			'POST',
			'POST',
			'PUT',
			'PUT',
		]);
	});

	it('does not remember anything for another execution', async () => {
		const id = newCampaign(sandbox);
		await run(sandbox, id, 'stopWorkflow', { node: retry });
		const { json } = await run(sandbox, id, 'stopWorkflow', { node: retry });

		expect(json(LEADS).map(({ status }) => status)).toEqual(input.map(() => 'duplicate'));
	});
});
