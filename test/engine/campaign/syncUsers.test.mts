import { describe, expect, test } from 'vitest';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { byId, outputOf, relayTo, run, type Run } from './support.mts';
import { idsTo, type Json, shortened, userTools } from './userSupport.mts';

const sandbox = await sandboxForTests();
const { staff, usersOf } = userTools(sandbox);

describe('Sync', () => {
	const sync = async (userIds: Json, options: object = {}, more: Run = {}) =>
		await run(
			sandbox,
			{
				resource: 'user',
				operation: 'sync',
				campaign: byId(3),
				userIds: `={{ ${JSON.stringify(userIds)} }}`,
				options: { ...options },
			},
			more,
		);
	const changeCalls = () =>
		Object.keys(sandbox.report().calls).filter((call) => !call.startsWith('GET'));

	test('shows in a dry run what it would do, and does nothing', async () => {
		expect(shortened(outputOf(await sync([2, 9], { dryRun: true })))).toEqual([
			[0, 2, 'kept'],
			[0, 9, 'would_add'],
			[0, 1, 'would_remove'],
			[0, 3, 'would_remove'],
		]);
		expect(changeCalls()).toEqual([]);
	});

	test('adds before it removes', async () => {
		const methods: string[] = [];
		const clusterId = await relayTo(sandbox, ({ method }) => methods.push(method));
		await sync([9], {}, { clusterId });
		expect(methods.filter((method) => method !== 'GET')).toEqual([
			'POST',
			'DELETE',
			'DELETE',
			'DELETE',
		]);
	});

	test.each([[[]], ['']])(
		'does not empty a campaign for %j, unless that is allowed',
		async (nobody) => {
			for (const dryRun of [false, true]) {
				const { error } = await sync(nobody, { dryRun });
				expect(error?.message).toContain('(ID 3)');
			}
			expect(changeCalls()).toEqual([]);
			expect(shortened(outputOf(await sync(nobody, { allowEmpty: true })))).toEqual([
				[0, 1, 'removed'],
				[0, 2, 'removed'],
				[0, 3, 'removed'],
			]);
			expect(usersOf(3)).toEqual([]);
		},
	);

	test('does not take a missing value for nobody', async () => {
		const { error } = await sync(null, { allowEmpty: true });
		expect(error).toMatchObject({ context: { itemIndex: 0 } });
		expect(sandbox.report().calls).toEqual({});
	});

	test('does not empty a campaign when nobody can be added', async () => {
		expect(shortened(outputOf(await sync([999])))).toEqual([
			[0, 999, 'not_added'],
			[0, 1, 'not_removed'],
			[0, 2, 'not_removed'],
			[0, 3, 'not_removed'],
		]);
		expect(usersOf(3)).toEqual([1, 2, 3]);
	});

	test('removes nobody when adding fails', async () => {
		sandbox.faults.add({ kind: 'status', status: 401, method: 'POST' });
		const { error } = await sync([2, 9]);
		expect(error).toMatchObject({ httpCode: '401', context: { itemIndex: 0 } });
		expect(usersOf(3)).toEqual([1, 2, 3]);
	});

	test('does not guess when the list has another kind of ID', async () => {
		sandbox.options.userIds = 'uuid';
		const { error } = await sync([1, 2]);
		expect(error?.message).toContain('(ID 3)');
		expect(changeCalls()).toEqual([]);
	});

	test('changes nothing of a campaign of which one item cannot be read', async () => {
		const items = [
			{ c: 3, u: 2 },
			{ c: 3, u: 'ada@example.com' },
			{ c: 5, u: 4 },
		];
		const result = await staff('sync', items, { node: { onError: 'continueRegularOutput' } });
		expect(outputOf(result)).toMatchObject([
			{ item: 0, error: expect.stringContaining('item 1') },
			{ item: 1, error: expect.stringContaining('"ada@example.com"') },
			{ item: 2, user_id: 4, status: 'kept' },
			{ item: 2, user_id: 5, status: 'removed' },
		]);
		expect(usersOf(3)).toEqual([1, 2, 3]);
	});

	test.each([
		['has no campaign', { u: 4 }],
		['names no campaign', { c: '', u: 4 }],
		['has no ID of a campaign', { c: 'NaN', u: 4 }],
		['has users that cannot be read', { c: 3, u: 'Ada Lovelace' }],
		['has no users', { c: 3 }],
	])('removes nobody anywhere, with Continue, when an item %s', async (_, item) => {
		const isForAny = !('c' in item && item.c === 3);
		const items = [{ c: 3, u: [1, 4] }, item, { c: 5, u: 4 }];
		const result = await staff('sync', items, { node: { onError: 'continueErrorOutput' } });
		expect(usersOf(3)).toEqual([1, 2, 3]);
		expect(usersOf(5)).toEqual(isForAny ? [4, 5] : [4]);
		const failed = outputOf(result, 1).map((each) => each.item);
		expect([...new Set(failed)]).toEqual(isForAny ? [0, 1, 2] : [0, 1]);
		expect(Object.keys(sandbox.report().calls)).not.toContain('POST /campaigns/{id}/users');
	});

	test('goes on when nobody would have been removed anyway', async () => {
		const items = [{ c: 3, u: [1, 2, 3, 4] }, { u: 4 }];
		const result = await staff('sync', items, { node: { onError: 'continueErrorOutput' } });
		expect(outputOf(result)).toMatchObject([{}, {}, {}, { user_id: 4, status: 'added' }]);
		expect(usersOf(3)).toEqual([1, 2, 3, 4]);
	});

	test('takes 3 and 03 for one campaign, and 4 and 004 for one user', async () => {
		const output = outputOf(
			await staff('sync', [
				{ c: 3, u: [1, '02'] },
				{ c: '03', u: '004' },
			]),
		);
		expect(shortened(output)).toEqual([
			[0, 1, 'kept'],
			[0, 2, 'kept'],
			[0, 3, 'removed'],
			[1, 4, 'added'],
		]);
		expect(usersOf(3)).toEqual([1, 2, 4]);
	});

	test('needs to know who is in the campaign', async () => {
		const { error } = await sync([1], {}, { apiKey: sandbox.apiKeys.manageOnly });
		expect(error).toMatchObject({
			message: expect.stringContaining('campaign 3'),
			description: expect.stringContaining('campaigns.read'),
		});
		expect(usersOf(3)).toEqual([1, 2, 3]);
	});

	test('has an output even when there is nothing to do', async () => {
		sandbox.changeCampaign(3, { users: [] });
		expect(outputOf(await sync([]))).toEqual([
			{
				item: 0,
				campaign_id: 3,
				campaign_name: 'Spring Sale',
				campaign_status: 'active',
				status: 'unchanged',
			},
		]);
	});

	test('handles more users than one page and one call hold', async () => {
		sandbox.changeCampaign(3, { users: idsTo(150) });
		const output = outputOf(await sync(idsTo(150, 101)));
		expect(output).toHaveLength(250);
		expect(usersOf(3).sort((a, b) => a - b)).toEqual(idsTo(150, 101));
		expect(sandbox.report().violations).toEqual([]);
	});
});
