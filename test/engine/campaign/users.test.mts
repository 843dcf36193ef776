import { describe, expect, test } from 'vitest';
import { loadOptions } from '../harness/index.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { byId, credentialFor, nodeTypes, outputOf, run, TOOL_TYPE, TYPE } from './support.mts';
import { idsTo, shortened, userTools } from './userSupport.mts';

const sandbox = await sandboxForTests();
const { staff, usersOf, id } = userTools(sandbox);

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
				[
					0,
					{
						id: id(4),
						campaign_id: 5,
						campaign_name: 'Renewals',
						campaign_status: 'paused',
						extension: '1004',
					},
				],
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
				campaign_name: 'Spring Sale',
				campaign_status: 'active',
				name: 'Claude Allen',
				email: 'claude.allen@example.com',
			});
			expect(outputOf(result)[2]).toMatchObject({ reason: expect.stringMatching(/\S/) });
			expect(result.hints()).toMatchObject([
				{ type: 'warning', message: expect.stringMatching(/^1 user couldn't/) },
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
test.each(['add', 'remove', 'sync'])(
	'%s says that there is no such campaign',
	async (operation) => {
		const { error } = await staff(operation, [{ c: 77, u: 1 }]);
		expect(error).toMatchObject({
			message: expect.stringContaining('campaign 77'),
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

	test('says itself how to do without the scope', async () => {
		const [only, ...others] = await pick(sandbox.apiKeys.noUsersRead);
		expect(others).toEqual([]);
		expect(only).toEqual({
			name: expect.stringContaining('users.read'),
			description: expect.any(String),
			value: '',
		});
		const parameters = { resource: 'user', operation: 'add', campaign: byId(3) };
		const result = await run(sandbox, { ...parameters, userIds: [only?.value ?? 0] });
		expect(result.error).toMatchObject({ context: { itemIndex: 0 } });
	});

	test('says that the key is wrong', async () => {
		await expect(pick('wrong')).rejects.toMatchObject({ httpCode: '401' });
	});
});

describe('users by their email addresses', () => {
	const ada = 'ada.allen@example.com';

	test.each(['integer', 'uuid'] as const)('are looked up once, by %s', async (userIds) => {
		sandbox.options.userIds = userIds;
		const output = outputOf(
			await staff('add', [
				{ c: 3, u: 'Claude.Allen@example.com' },
				{ c: 3, u: [id(5), `${ada}, ${String(id(6))}`] },
				{ c: 5, u: ada },
			]),
		);
		expect(shortened(output)).toEqual([
			[0, id(4), 'added'],
			[1, id(5), 'added'],
			[1, id(1), 'already_assigned'],
			[1, id(6), 'added'],
			[2, id(1), 'added'],
		]);
		expect(sandbox.report().calls['GET /users']).toBe(3 + 1);
	});

	test('are synced and removed alike', async () => {
		expect(shortened(outputOf(await staff('sync', [{ c: 3, u: [ada, 2] }])))).toEqual([
			[0, 1, 'kept'],
			[0, 2, 'kept'],
			[0, 3, 'removed'],
		]);
		expect(shortened(outputOf(await staff('remove', [{ c: 3, u: ada }])))).toEqual([
			[0, 1, 'removed'],
		]);
	});

	test('that nobody has, or several, are errors of their item, and nothing is sent', async () => {
		const none = await staff('add', [
			{ c: 3, u: 4 },
			{ c: 3, u: 'ada@example.com' },
		]);
		expect(none.error).toMatchObject({
			message: expect.stringContaining('"ada@example.com"'),
			context: { itemIndex: 1 },
		});
		const body = {
			users: [1, 2].map((number) => ({ id: number, email: 'Ada@example.com' })),
			metadata: { total: 2 },
		};
		sandbox.faults.add({ kind: 'status', status: 200, body, path: '/users$', times: 1 });
		const several = await staff('add', [{ c: 3, u: 'ada@example.com' }]);
		expect(several.error).toMatchObject({
			message: expect.stringContaining('"ada@example.com"'),
			description: expect.stringContaining('1, 2'),
		});
		expect(sandbox.report().calls['POST /campaigns/{id}/users']).toBeUndefined();
	});

	test('need the scope users.read, which the error says', async () => {
		const { noUsersRead: apiKey } = sandbox.apiKeys;
		const { error } = await staff('add', [{ c: 3, u: ada }], { apiKey });
		expect(error).toMatchObject({ httpCode: '403' });
		expect(`${error?.message} ${error?.description}`).toContain('users.read');
	});
});

test('a model gets the users of a campaign in few words', async () => {
	const parameters = { resource: 'user', operation: 'getAll', campaign: byId(3), limit: 1 };
	const result = await run(sandbox, parameters, { node: { type: TOOL_TYPE } });
	expect(outputOf(result)).toEqual([
		{
			item: 0,
			id: 1,
			name: 'Ada Allen',
			email: 'ada.allen@example.com',
			campaign_id: 3,
			campaign_name: 'Spring Sale',
			campaign_status: 'active',
		},
	]);
});
