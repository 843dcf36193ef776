import { afterEach, describe, expect, it } from 'vitest';
import type { IDataObject } from 'n8n-workflow';
import { byId, byName, outputOf, run } from '../campaign/support.mts';
import { voisoForTests } from '../leads/support.mts';
import { watch } from '../trigger/support.mts';

const { importLeads, leadsOf, newCampaign, sandbox, storedNumbers } = await voisoForTests();

afterEach(() => {
	expect(Object.keys(Object.prototype)).toEqual([]);
	expect('polluted' in {}).toBe(false);
});

/** With keys that an object literal could not have as its own. */
const parsed = (json: string): IDataObject => JSON.parse(json);

const EVIL =
	'"__proto__":{"polluted":1,"active":false,"id":5,"name":"evil"},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1},"toString":"x","hasOwnProperty":"x","valueOf":"x"';

describe('keys such as __proto__ do nothing', () => {
	it('in a JSON list of leads', async () => {
		const id = newCampaign();
		const result = await importLeads({
			input: [{ list: `[{"phone_number":"15550000001",${EVIL}},{"phone_number":"15550000002"}]` }],
			to: id,
			options: { includeInputFields: true },
			parameters: {
				inputMode: 'json',
				leadsJson: '={{ $json.list }}',
			},
		});

		expect(result.statuses).toEqual(['created', 'created']);
		expect(leadsOf(id)).toEqual([{ phone_number: '15550000001' }, { phone_number: '15550000002' }]);
	});

	it('in context headers and a source', async () => {
		const id = newCampaign();
		const result = await importLeads({
			input: [
				parsed(
					`{"phone_number":"15550000001","source":{"system":"CRM",${EVIL}},"context_headers":{"X-Tier":"gold","__proto__":"evil"}}`,
				),
			],
			to: id,
		});

		expect(result.results[0]).toMatchObject({ phone_number: '15550000001' });
		const [lead] = leadsOf(id);
		expect(JSON.stringify(lead ?? {})).not.toContain('evil');
	});

	it.each(['__proto__', 'constructor', 'toString'])('as the campaign %s', async (name) => {
		const chosen = await importLeads({ input: [{ phone_number: '15550000001' }], to: name });
		expect(chosen.error?.message).toContain(`"${name}"`);
		expect(storedNumbers(3)).toEqual([]);

		const get = { resource: 'campaign', operation: 'get' };
		const byItsName = await run(sandbox, { ...get, campaign: byName(name) });
		expect(byItsName.error?.message).toContain(`"${name}"`);
	});

	it('in the items of Voiso Campaign', async () => {
		const input = [parsed(`{${EVIL}}`), parsed(`{"campaign":3,${EVIL}}`)];
		const parameters = { resource: 'campaign', operation: 'get' };
		const result = await run(
			sandbox,
			{ ...parameters, campaign: byId('={{ $json.campaign ?? 3 }}') },
			{ input },
		);
		expect(outputOf(result)).toMatchObject([{ campaign_id: 3 }, { campaign_id: 3 }]);
	});

	it.each(['__proto__', 'constructor', 'hasOwnProperty'])('as the user %s', async (user) => {
		const parameters = { resource: 'user', operation: 'remove', campaign: byId(3), userIds: user };
		const result = await run(sandbox, parameters);
		expect(result.error?.message).toContain(`"${user}"`);
		expect(sandbox.report().calls).toEqual({});
	});

	it('in the campaigns that Voiso lists', async () => {
		const body = `{"campaigns":[{"id":"__proto__","status":"active"},{"id":4,"status":"paused",${EVIL}}],"metadata":{"total":2}}`;
		const headers = { 'content-type': 'application/json' };
		sandbox.faults.add({ kind: 'status', status: 200, headers, body });

		const list = { resource: 'campaign', operation: 'getAll', returnAll: true };
		const listed = outputOf(await run(sandbox, list));
		expect(listed.map((item) => item.campaign_id)).toEqual([4]);

		const workflow = watch(sandbox, { options: { emitOnFirstActivation: true } });
		await workflow.activate();
		await workflow.poll();
		expect(workflow.executions).toHaveLength(1);
		expect(workflow.executions[0]).toMatchObject([
			{ campaign_id: 4, status: 'paused', previous_status: null },
		]);
	});
});
