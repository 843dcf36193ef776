import { describe, expect, it } from 'vitest';
import { behindBothOutputs, FAILED, GOOD, people, phone, voisoForTests } from './support.mts';
import { failingCampaign, input, LEADS_IN_ALL, run } from './failingBatches.mts';

const voiso = await voisoForTests({ sideBySide: true });
const { newCampaign, reportOf, storedNumbers, strike } = voiso;

/** n8n runs the whole node again: nothing of the attempt before is remembered. */
describe('Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('sends nothing again because of an outcome: that is data', async () => {
		const id = newCampaign();
		const { error, statuses } = await run(voiso, id, 'stopWorkflow', {
			input: [{ phone: '979123456789' }, { phone: phone(1) }, { phone: 'none' }],
			node: retry,
		});

		expect(error).toBeUndefined();
		expect(statuses).toEqual(['rejected', 'created', 'invalid']);
		expect(reportOf(id).requests).toBe(1);
	});

	it('calls what an earlier attempt added a duplicate, and adds nothing twice', async () => {
		const id = failingCampaign(voiso, [0]);
		const { json } = await run(voiso, id, 'continueErrorOutput', {
			node: retry,
			...behindBothOutputs,
		});

		const all = json(GOOD).map(({ status }) => status);
		expect([all[0], all.at(-1)]).toEqual(['created', 'duplicate']);
		expect(json(FAILED)).toEqual([]);
		expect(storedNumbers(id)).toHaveLength(LEADS_IN_ALL);
	});

	it('calls leads duplicates whose response an earlier attempt lost', async () => {
		const id = newCampaign();
		strike(id, { kind: 'reset', when: 'after', times: 1 });
		const { statuses } = await run(voiso, id, 'stopWorkflow', { node: retry });

		expect(new Set(statuses)).toEqual(new Set(['duplicate']));
		expect(storedNumbers(id)).toHaveLength(LEADS_IN_ALL);
	});

	it('updates what an upsert of an earlier attempt has added', async () => {
		const id = newCampaign();
		await run(voiso, id, 'stopWorkflow', { input: people(1) });
		strike(id, { kind: 'status', status: 503, method: 'PUT', times: 1 });
		const { statuses } = await run(voiso, id, 'stopWorkflow', {
			input: people(2),
			parameters: { operation: 'upsert' },
			node: retry,
		});

		expect(statuses).toEqual(['updated', 'updated']);
	});

	it('of an execution says nothing about another one', async () => {
		const id = newCampaign();
		await run(voiso, id, 'stopWorkflow', { node: retry });
		const { statuses } = await run(voiso, id, 'stopWorkflow', { node: retry });

		expect(statuses).toEqual(input.map(() => 'duplicate'));
	});
});
