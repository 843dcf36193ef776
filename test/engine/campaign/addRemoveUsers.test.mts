import { describe, expect, test } from 'vitest';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { byId, outputOf, relayTo, run } from './support.mts';
import { idsTo, shortened, userTools } from './userSupport.mts';

const sandbox = await sandboxForTests();
const { staff, usersOf } = userTools(sandbox);

describe('Add', () => {
	test.each([
		[99, 1],
		[100, 1],
		[101, 2],
		[250, 3],
	])('sends %i users of as many items in %i calls', async (count, calls) => {
		sandbox.addCampaigns({ id: 50, users: [] });
		const items = idsTo(count).map((u) => ({ c: 50, u }));
		const output = outputOf(await staff('add', items));
		expect(shortened(output)).toEqual(items.map(({ u }, item) => [item, u, 'added']));
		expect(sandbox.report().calls).toMatchObject({
			'GET /campaigns/{id}': 1,
			'POST /campaigns/{id}/users': calls,
		});
		expect(sandbox.report().violations).toEqual([]);
	});

	test('sends each user once, and tells every item that names it', async () => {
		const output = outputOf(
			await staff('add', [
				{ c: 3, u: [4, '4'] },
				{ c: 3, u: '4' },
			]),
		);
		expect(shortened(output)).toEqual([
			[0, 4, 'added'],
			[1, 4, 'added'],
		]);
		expect(sandbox.report().calls['POST /campaigns/{id}/users']).toBe(1);
	});

	test('takes users picked from the list', async () => {
		const parameters = { resource: 'user', operation: 'add', campaign: byId(3), userIds: [4, 5] };
		expect(outputOf(await run(sandbox, parameters))).toMatchObject([
			{ user_id: 4 },
			{ user_id: 5 },
		]);
	});

	test('does not call a user assigned before whose answer was lost', async () => {
		sandbox.faults.add({ kind: 'reset', when: 'after', method: 'POST', times: 1 });
		expect(outputOf(await staff('add', [{ c: 3, u: 4 }]))).toMatchObject([{ status: 'added' }]);
	});

	test('without the right to look, does not claim to know', async () => {
		const { manageOnly: apiKey } = sandbox.apiKeys;
		expect(outputOf(await staff('add', [{ c: 3, u: [4, 1] }], { apiKey }))).toMatchObject([
			{ user_id: 4, status: 'added', campaign_id: 3, campaign_status: null },
			{
				user_id: 1,
				status: 'unreported',
				campaign_name: null,
				reason: expect.stringMatching(/\S/),
			},
		]);
	});

	test('says what was done before a failure, and that it can be run again', async () => {
		sandbox.addCampaigns({ id: 50, users: [] });
		const fault = { kind: 'status', status: 403, method: 'POST', times: 1 } as const;
		const clusterId = await relayTo(sandbox, ({ method }, index) => {
			if (method === 'POST' && index === 3) sandbox.faults.add(fault);
		});
		const result = await staff('add', [{ c: 50, u: idsTo(150) }], { clusterId });
		expect(result.error).toMatchObject({
			message: expect.stringContaining('"Campaign 50"'),
			description: expect.stringContaining('100 users'),
			httpCode: '403',
			context: { itemIndex: 0 },
		});
		expect(usersOf(50)).toHaveLength(100);
	});

	test('keeps what was done when the user goes on after a failure', async () => {
		sandbox.addCampaigns({ id: 50, users: [] });
		sandbox.faults.add({ kind: 'status', status: 403, method: 'POST', path: '/3/', times: 1 });
		const items = [
			{ c: 50, u: 1 },
			{ c: 3, u: 4 },
			{ c: 5, u: 6 },
		];
		const result = await staff('add', items, { node: { onError: 'continueErrorOutput' } });
		expect(shortened(outputOf(result))).toEqual([
			[0, 1, 'added'],
			[2, 6, 'added'],
		]);
		expect(outputOf(result, 1)).toMatchObject([
			{ item: 1, c: 3, u: 4, error: expect.stringContaining('campaigns.manage') },
		]);
	});
});

describe('Remove', () => {
	test('does not call a user missing whose answer was lost', async () => {
		sandbox.faults.add({ kind: 'reset', when: 'after', method: 'DELETE', times: 1 });
		expect(outputOf(await staff('remove', [{ c: 3, u: 2 }]))).toMatchObject([
			{ status: 'removed' },
		]);
	});

	test('without the right to look, says that the campaign may be missing', async () => {
		const { manageOnly: apiKey } = sandbox.apiKeys;
		expect(outputOf(await staff('remove', [{ c: 77, u: 2 }], { apiKey }))).toMatchObject([
			{ status: 'not_assigned', reason: expect.stringContaining('campaigns.read') },
		]);
	});
});
