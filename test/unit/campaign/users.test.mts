import { describe, expect, it } from 'vitest';
import type { ApiRequest, HttpResult } from '../../../nodes/shared/api/http.ts';
import { addUsers } from '../../../nodes/VoisoCampaign/user/addUsers.ts';
import { readUserIds } from '../../../nodes/VoisoCampaign/user/userIds.ts';
import { removeUsers } from '../../../nodes/VoisoCampaign/user/removeUsers.ts';
import { fakeConnection, json } from '../api/fakeConnection.mts';

const about = { action: 'add users to', campaignId: '3', host: 'cc-ams03.voiso.com' };
const lost: HttpResult = { kind: 'networkError', code: 'ECONNRESET' };

function named(ids: unknown) {
	const reading = readUserIds(ids);
	if (!reading.ok) throw new Error(`${reading.wrong} is no ID`);
	return reading.users;
}

/** What becomes of the users 1 and 2. */
async function add(
	answer: (request: ApiRequest, index: number) => HttpResult,
	status: string | null = 'active',
) {
	const connection = fakeConnection(answer);
	const result = await addUsers(connection, { id: '3', status }, named('1, 2'), about);
	return { ...Object.fromEntries(result.outcomes), failure: result.failure, connection };
}

describe('users whom the answer to adding leaves out', () => {
	const list = (answer: HttpResult) =>
		add(({ method }) => (method === 'POST' ? json({ added_users: [] }) : answer));

	it('are in the campaign, or not added', async () => {
		const result = await list(json({ users: [{ id: 1, name: 'Ada' }], metadata: { total: 1 } }));
		expect(result).toMatchObject({
			1: { status: 'already_assigned', user: { name: 'Ada' } },
			2: { status: 'not_added', reason: expect.stringContaining('check that there is a user') },
		});
	});

	it('are not added when nobody is in the campaign', async () => {
		const result = await list(json({ users: [], metadata: { total: 0 } }));
		expect(result).toMatchObject({ 1: { status: 'not_added' }, 2: { status: 'not_added' } });
	});

	it.each([
		['has IDs of another kind', json({ users: [{ id: 'a3f0-11' }], metadata: { total: 1 } })],
		['cannot be read', json({}, 403)],
	])('are unreported when the list %s', async (_, answer) => {
		expect(await list(answer)).toMatchObject({ 1: { status: 'unreported' } });
	});

	it('may have been added by a call whose answer was lost', async () => {
		const result = await add(({ method }, index) =>
			index === 0
				? lost
				: json(method === 'POST' ? {} : { users: [{ id: 1 }], metadata: { total: 1 } }),
		);
		expect(result).toMatchObject({
			1: { status: 'added', reason: expect.stringMatching(/^An answer of Voiso was lost/) },
			2: { status: 'not_added' },
		});
	});
});

describe('a call to add users that is refused', () => {
	const sent = ({ connection }: Awaited<ReturnType<typeof add>>) =>
		connection.requests.flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body)]));

	it.each([
		[422, 'active', true],
		[400, 'active', true],
		[404, 'active', true],
		[404, null, false],
		[409, 'active', false],
		[403, 'active', false],
	])('with %i in a campaign of status %j: is about a user is %j', async (status, of, isAbout) => {
		const result = await add(({ method, body = '' }) => {
			if (method === 'GET') return json({ users: [], metadata: { total: 0 } });
			const { user_ids: ids } = JSON.parse(body) as { user_ids: number[] };
			return ids.includes(2)
				? json({ errors: { user_ids: [] } }, status)
				: json({ added_users: ids.map((id) => ({ id })) });
		}, of);
		if (isAbout) {
			expect(sent(result)).toEqual([{ user_ids: [1, 2] }, { user_ids: [1] }, { user_ids: [2] }]);
			expect(result).toMatchObject({
				1: { status: 'added' },
				2: { status: 'not_added', reason: expect.any(String) },
				failure: undefined,
			});
		} else {
			expect(sent(result)).toEqual([{ user_ids: [1, 2] }]);
			expect(result.failure?.explanation.message).toMatch(/^Could not add users to campaign 3: /);
		}
	});

	it('is made again without those who are in the campaign', async () => {
		const result = await add(({ method, body = '' }) =>
			method === 'GET'
				? json({ users: [{ id: '1' }], metadata: { total: 1 } })
				: body.includes('1')
					? json({ errors: { user_ids: ['1 is there'] } }, 422)
					: json({ added_users: [{ id: 2 }] }),
		);
		expect(sent(result)).toEqual([{ user_ids: [1, 2] }, { user_ids: [2] }]);
		expect(result).toMatchObject({ 1: { status: 'already_assigned' }, 2: { status: 'added' } });
	});

	it('is halved when the list cannot be read', async () => {
		const result = await add(({ method }) =>
			method === 'GET' ? json({}, 403) : json({ errors: { user_ids: ['is odd'] } }, 422),
		);
		expect(result).toMatchObject({
			1: { status: 'not_added', reason: 'Voiso says: user_ids: is odd' },
			2: { status: 'not_added', reason: 'Voiso says: user_ids: is odd' },
		});
	});
});

describe('removing a user', () => {
	const remove = async (answers: HttpResult[], status: string | null = 'active') => {
		const connection = fakeConnection((_, index) => answers[index] ?? json({}));
		const { outcomes, failure } = await removeUsers(
			connection,
			{ id: '3', status },
			named([7]),
			about,
		);
		return failure?.explanation.message ?? outcomes.get('7');
	};

	it.each<[string, HttpResult[], unknown]>([
		['gives the user', [json({ user: { id: 7, name: 'Ada' } })], { id: 7, name: 'Ada' }],
		['may give nothing', [json({})], undefined],
		['may give something else', [json({ user: 'Ada' })], undefined],
	])('%s', async (_, answers, user) => {
		expect(await remove(answers)).toEqual({
			status: 'removed',
			...(user !== undefined && { user }),
		});
	});

	it('who is not there says so, unless a lost answer removed them', async () => {
		expect(await remove([json({}, 404)])).toEqual({ status: 'not_assigned' });
		expect(await remove([json({}, 404)], null)).toEqual({
			status: 'not_assigned',
			reason: expect.stringContaining('needs the scope campaigns.read'),
		});
		expect(await remove([lost, json({}, 404)])).toEqual({ status: 'removed' });
	});

	it.each([
		[422, { errors: { id: ['is busy'] } }, 'Voiso says: id: is busy'],
		[409, {}, 'Voiso refused to remove the user, without a reason'],
		[400, {}, 'Voiso refused to remove the user, without a reason'],
	])('can be refused with %i', async (status, body, reason) => {
		expect(await remove([json(body, status)])).toEqual({ status: 'not_removed', reason });
	});

	it('ends with a failure that concerns the others too', async () => {
		expect(await remove([json({}, 401)])).toMatch(/^Could not remove user 7 from campaign 3: /);
	});
});
