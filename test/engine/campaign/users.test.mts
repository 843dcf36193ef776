import { describe, expect, test } from 'vitest';
import { loadOptions } from '../harness/index.mts';
import {
	byId,
	credentialFor,
	nodeTypes,
	outputOf,
	relayTo,
	run,
	sandboxForTests,
	TYPE,
	type Run,
} from './support.mts';

const sandbox = await sandboxForTests();

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Runs an operation on users; each item names its campaign and users. */
const staff = async (operation: string, items: Array<{ c?: Json; u?: Json }>, more: Run = {}) =>
	await run(
		sandbox,
		{
			resource: 'user',
			operation,
			campaign: byId('={{ $json.c }}'),
			userIds: '={{ $json.u }}',
		},
		{ input: items, ...more },
	);

const usersOf = (campaignId: number) =>
	sandbox.state().campaigns.find(({ id }) => id === campaignId)?.users ?? [];

/** The ID of a user as the sandbox gives it at the moment. */
const id = (number: number): number | string => {
	const user = sandbox.state().users.find((each) => each.id === number);
	if (!user) throw new Error(`The sandbox has no user ${number}`);
	return sandbox.options.userIds === 'uuid' ? user.uuid : user.id;
};

const idsTo = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);

const shortened = (output: ReturnType<typeof outputOf>) =>
	output.map((each) => [each.item, each.user_id, each.status]);

describe('Get Many', () => {
	const getAll = { resource: 'user', operation: 'getAll', campaign: byId('={{ $json.c }}') };

	test.each(['integer', 'uuid'] as const)(
		'lists the users of each campaign, by %s',
		async (kind) => {
			sandbox.options.userIds = kind;
			const output = outputOf(
				await run(sandbox, getAll, { input: [{ c: 5 }, { c: 8 }, { c: 1 }] }),
			);
			expect(output.map(({ item, ...rest }) => [item, rest])).toMatchObject([
				[0, { id: id(4), campaign_id: 5, campaign_status: 'paused', extension: '1004' }],
				[0, { id: id(5), campaign_id: 5, campaign_status: 'paused' }],
				[2, { id: id(1), campaign_id: 1, campaign_status: 'completed' }],
				[2, { id: id(2), campaign_id: 1, campaign_status: 'completed' }],
			]);
		},
	);

	test.each([0, 1, 99, 100, 101, 300])(
		'lists all of %i users, or as many as wanted',
		async (count) => {
			sandbox.addCampaigns({ id: 50, users: idsTo(count) });
			const all = outputOf(await run(sandbox, { ...getAll, campaign: byId(50), returnAll: true }));
			expect(all).toHaveLength(count);
			const some = outputOf(await run(sandbox, { ...getAll, campaign: byId(50), limit: 100 }));
			expect(some).toHaveLength(Math.min(100, count));
		},
	);

	test('says that there is no such campaign', async () => {
		const { error } = await run(sandbox, { ...getAll, campaign: byId(77) });
		expect(error?.message).toBe(
			'Could not list the users of campaign 77: Voiso has no campaign with the ID 77',
		);
	});
});

describe.each(['integer', 'uuid'] as const)('users known by %s', (userIds) => {
	describe.each(['leaveOut', 'refuse'] as const)('ids not taken: %s', (unknownUsers) => {
		const nobody = userIds === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 999_999;
		const play = () => Object.assign(sandbox.options, { userIds, unknownUsers });

		test('Add tells those added from those assigned and those unknown', async () => {
			play();
			const result = await staff('add', [
				{ c: 3, u: [id(4), id(1)] },
				{ c: 3, u: nobody },
				{ c: 5, u: `${id(6)}, ${id(4)}` },
			]);
			expect(shortened(outputOf(result))).toEqual([
				[0, id(4), 'added'],
				[0, id(1), 'already_assigned'],
				[1, nobody, 'not_added'],
				[2, id(6), 'added'],
				[2, id(4), 'already_assigned'],
			]);
			expect(outputOf(result)[0]).toMatchObject({
				campaign_id: 3,
				campaign_status: 'active',
				name: 'Claude Allen',
				email: 'claude.allen@example.com',
			});
			expect(outputOf(result)[2]).toMatchObject({ reason: expect.stringMatching(/\S/) });
			expect(result.hints()).toMatchObject([
				{ message: expect.stringMatching(/^1 user could not/) },
			]);
			expect(usersOf(3)).toEqual([1, 2, 3, 4]);
			expect(usersOf(5)).toEqual([4, 5, 6]);
		});

		test('Add finds a few unknown ones among many', async () => {
			play();
			sandbox.addCampaigns({ id: 50, users: [7] });
			const users = [...idsTo(120).map(id), nobody];
			const output = outputOf(await staff('add', [{ c: 50, u: users }]));
			const count = (status: string) => output.filter((each) => each.status === status).length;
			expect([count('added'), count('already_assigned'), count('not_added')]).toEqual([119, 1, 1]);
			expect(usersOf(50)).toHaveLength(120);
		});

		test('Sync adds, keeps and removes', async () => {
			play();
			const output = outputOf(
				await staff('sync', [
					{ c: 3, u: [id(2), id(9)] },
					{ c: 3, u: id(3) },
				]),
			);
			expect(shortened(output)).toEqual([
				[0, id(2), 'kept'],
				[0, id(9), 'added'],
				[0, id(1), 'removed'],
				[1, id(3), 'kept'],
			]);
			expect(usersOf(3).sort()).toEqual([2, 3, 9]);
		});
	});

	test('Remove tells those removed from those who were not there', async () => {
		sandbox.options.userIds = userIds;
		const output = outputOf(
			await staff('remove', [
				{ c: 3, u: [id(2), id(9)] },
				{ c: 5, u: id(4) },
			]),
		);
		expect(shortened(output)).toEqual([
			[0, id(2), 'removed'],
			[0, id(9), 'not_assigned'],
			[1, id(4), 'removed'],
		]);
		expect(usersOf(3)).toEqual([1, 3]);
		expect(usersOf(5)).toEqual([5]);
	});
});

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
		expect(sandbox.report().calls).toEqual({
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
		expect(outputOf(await staff('add', [{ c: 3, u: 4 }]))).toMatchObject([
			{ status: 'added', reason: expect.stringContaining('An answer of Voiso was lost') },
		]);
	});

	test('without the right to look, does not claim to know', async () => {
		const { manageOnly: apiKey } = sandbox.apiKeys;
		expect(outputOf(await staff('add', [{ c: 3, u: [4, 1] }], { apiKey }))).toMatchObject([
			{ user_id: 4, status: 'added', campaign_id: 3, campaign_status: null },
			{ user_id: 1, status: 'unreported', reason: expect.stringContaining('leaves the user out') },
		]);
	});

	test('says what was done before a failure, and that it can be run again', async () => {
		sandbox.addCampaigns({ id: 50, users: [] });
		const fault = { kind: 'status', status: 403, method: 'POST', times: 1 } as const;
		const clusterId = await relayTo(sandbox, ({ method }, index) => {
			if (method === 'POST' && index === 2) sandbox.faults.add(fault);
		});
		const result = await staff('add', [{ c: 50, u: idsTo(150) }], { clusterId });
		expect(result.error).toMatchObject({
			message: expect.stringMatching(
				/^Could not add users to campaign "Campaign 50" \(ID 50\): the API key lacks/,
			),
			description: expect.stringMatching(
				/Before this, 100 users were added; running it again is safe\.$/,
			),
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
			{ item: 1, c: 3, u: 4, error: expect.stringContaining('lacks the scope campaigns.manage') },
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
			{ status: 'not_assigned', reason: expect.stringContaining('or no such campaign') },
		]);
	});

	test('names the user when it fails', async () => {
		const result = await staff('remove', [{ c: 3, u: 2 }], { apiKey: sandbox.apiKeys.readOnly });
		expect(result.error?.message).toBe(
			'Could not remove user 2 from campaign "Spring Sale" (ID 3): the API key lacks the scope campaigns.manage, or may not use this',
		);
	});
});

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
				expect(error).toMatchObject({
					message:
						'The users of campaign "Spring Sale" (ID 3) were not changed: no user is named, and all 3 would have been removed',
					description: expect.stringContaining('switch on the option Allow Empty'),
				});
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
		expect(error).toMatchObject({
			message: 'No user chosen',
			description: expect.stringContaining('has no value for this item'),
		});
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
		expect(error).toMatchObject({
			message: expect.stringContaining('Could not add users to campaign "Spring Sale" (ID 3)'),
			description: expect.stringContaining('Nobody was removed from the campaign'),
		});
		expect(usersOf(3)).toEqual([1, 2, 3]);
	});

	test('does not guess when the list has another kind of ID', async () => {
		sandbox.options.userIds = 'uuid';
		const { error } = await sync([1, 2]);
		expect(error?.message).toMatch(/were not changed: Voiso lists them by another kind of ID/);
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
			{ item: 0, error: expect.stringContaining('item 1 for the same campaign could not be read') },
			{
				item: 1,
				error: expect.stringContaining('"ada@example.com" is not the ID of a user. Choose'),
			},
			{ item: 2, user_id: 4, status: 'kept' },
			{ item: 2, user_id: 5, status: 'removed' },
		]);
		expect(usersOf(3)).toEqual([1, 2, 3]);
	});

	test('has an output even when there is nothing to do', async () => {
		sandbox.changeCampaign(3, { users: [] });
		expect(outputOf(await sync([]))).toEqual([
			{ item: 0, campaign_id: 3, campaign_status: 'active', status: 'unchanged' },
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

describe('bad input sends nothing', () => {
	test.each([
		['add', { c: 3, u: [] }, 'No user chosen'],
		['add', { c: 3 }, 'No user chosen'],
		['remove', { c: 3, u: ' ' }, 'No user chosen'],
		['add', { c: 3, u: 'Ada Lovelace, 4/5' }, '"4/5" is not the ID of a user'],
		['add', { c: '', u: 1 }, 'No campaign chosen'],
	])('%s %j', async (operation, item, message) => {
		const result = await staff(operation, [{ c: 3, u: 4 }, item]);
		expect(result.error).toMatchObject({ message, context: { itemIndex: 1 } });
		expect(sandbox.report().calls).toEqual({});
	});
});

test.each(['add', 'remove', 'sync'])(
	'%s says that there is no such campaign',
	async (operation) => {
		const { error } = await staff(operation, [{ c: 77, u: 1 }]);
		expect(error).toMatchObject({
			message: expect.stringMatching(/campaign 77: Voiso has no campaign with the ID 77$/),
			httpCode: '404',
		});
	},
);

describe('the list of users in the editor', () => {
	const pick = async (apiKey?: string) =>
		await loadOptions({
			nodeType: nodeTypes[TYPE],
			method: 'getUsers',
			credentials: [credentialFor(sandbox, apiKey)],
		});

	test('shows all pages with name, e-mail and extension, by name', async () => {
		const users = await pick();
		expect(users).toHaveLength(300);
		expect(users[0]).toEqual({
			name: 'Ada Allen (ada.allen@example.com, extension 1001)',
			value: 1,
		});
		expect(users.map(({ name }) => name)).toEqual(
			users.map(({ name }) => name).sort((a, b) => a.localeCompare(b)),
		);
	});

	test('says how to do without the scope', async () => {
		await expect(pick(sandbox.apiKeys.noUsersRead)).rejects.toThrow(
			/lacks the scope users\.read.*switch this field to an expression.*\{\{ \[1, 2\] \}\}/,
		);
		await expect(pick('wrong')).rejects.toThrow(/Voiso does not accept the API key/);
	});
});
