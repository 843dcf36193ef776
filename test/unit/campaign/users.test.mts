import { describe, expect, it } from 'vitest';
import type { ApiRequest, HttpResult } from '../../../nodes/shared/api/http.ts';
import { addUsers } from '../../../nodes/VoisoCampaign/user/add.ts';
import { removeUsers } from '../../../nodes/VoisoCampaign/user/remove.ts';
import { toStaff } from '../../../nodes/VoisoCampaign/user/staff.ts';
import { toUser } from '../../../nodes/VoisoCampaign/user/userIds.ts';
import { fakeConnection, json } from '../api/fakeConnection.mts';

const lost: HttpResult = { kind: 'networkError', code: 'ECONNRESET' };
const empty: HttpResult = { kind: 'response', status: 204, body: '' };
type Id = number | string;
const named = (...ids: Id[]) => ids.map((id) => toUser(String(id)));
const staffOf = (...ids: Id[]) => toStaff(ids.map((id) => ({ id })));
const listOf = (...ids: Id[]) =>
	json({ users: ids.map((id) => ({ id })), metadata: { total: ids.length } });
const statuses = (outcomes: ReadonlyMap<string, { status: string }>) =>
	Object.fromEntries([...outcomes].map(([key, { status }]) => [key, status]));

interface Asking {
	/** Who is in the campaign; undefined when the key may not see that. */
	before?: Id[] | undefined;
	/** The answer to adding or removing. */
	act: (request: ApiRequest, index: number) => HttpResult;
	/** The list that is read afterwards. */
	after?: HttpResult;
	status?: string | null;
	ids?: Id[];
}

async function asking(
	work: typeof addUsers | typeof removeUsers,
	{ before, act, after = json({}, 403), status = before ? 'active' : null, ids = [1, 2] }: Asking,
) {
	const connection = fakeConnection((request, index) =>
		request.method === 'GET' ? after : act(request, index),
	);
	const staff = before && staffOf(...before);
	const result = await work(connection, { id: '3', status }, staff, named(...ids));
	return { ...result, connection, statuses: statuses(result.outcomes) };
}

const sent = ({ connection }: Awaited<ReturnType<typeof asking>>) =>
	connection.requests.flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body)]));

describe('adding users, with the list of users', () => {
	const add = async (asked: Asking) => await asking(addUsers, asked);
	const nobodyNamed = () => json({ added_users: [] });

	it('does not send those who are there', async () => {
		const result = await add({ before: [1], act: nobodyNamed, after: listOf(1, 2) });
		expect(sent(result)).toEqual([{ user_ids: [2] }]);
		expect(result.statuses).toEqual({ 1: 'already_assigned', 2: 'added' });
		const nothing = await add({ before: [1, 2], act: nobodyNamed });
		expect(nothing.connection.requests).toEqual([]);
	});

	it.each([
		['names them', json({ added_users: [{ id: 1 }, { id: 2 }] })],
		['names nobody', json({ added_users: [] })],
		['is of another shape', json({ users: 'Ada' })],
		['has no body', empty],
	])('believes the list, not the answer, when that %s', async (_, answer) => {
		const result = await add({ before: [], act: () => answer, after: listOf(1) });
		expect(result.statuses).toEqual({ 1: 'added', 2: 'not_added' });
		expect(result.outcomes.get('2')?.reason).toMatch(/\S/);
	});

	it('says that an answer whose user is not listed is odd', async () => {
		const act = () => json({ added_users: [{ id: 2 }] });
		const { outcomes } = await add({ before: [], act, after: listOf(1) });
		expect(outcomes.get('2')?.reason).toMatch(/\S/);
	});

	it('knows who was added by a call whose answer was lost', async () => {
		const act = (_: ApiRequest, index: number) => (index === 0 ? lost : nobodyNamed());
		const result = await add({ before: [], act, after: listOf(1) });
		expect(result.statuses).toEqual({ 1: 'added', 2: 'not_added' });
	});

	it.each([
		['has IDs of another kind', listOf('a3f0-11')],
		['cannot be read', json({}, 403)],
	])('is left with the answer when the list %s', async (_, after) => {
		const act = () => json({ added_users: [{ id: 1 }] });
		const result = await add({ before: [], act, after });
		expect(result.statuses).toEqual({ 1: 'added', 2: 'unreported' });
	});

	it('says who was added before a failure', async () => {
		const act = (_: ApiRequest, index: number) =>
			index === 0 ? json({ added_users: [] }) : json({}, 401);
		const ids = Array.from({ length: 101 }, (__, index) => index + 1);
		const result = await add({ before: [], act, ids, after: listOf(...ids.slice(0, 100)) });
		expect(result.failure).toMatchObject({ status: 401 });
		expect(Object.keys(result.statuses)).toHaveLength(100);
	});
});

describe('adding users, without the list of users', () => {
	it('is left with the answer', async () => {
		const act = () => json({ added_users: [{ id: 1 }] });
		const { statuses: found, connection } = await asking(addUsers, { act });
		expect(found).toEqual({ 1: 'added', 2: 'unreported' });
		expect(connection.requests).toHaveLength(1);
	});
});

describe('a call to add users that is refused', () => {
	it.each([
		[422, 'active', true],
		[400, 'active', true],
		[404, 'active', true],
		[404, null, false],
		[409, 'active', false],
		[403, 'active', false],
	])('with %i in a campaign of status %j: is about a user is %j', async (code, status, isAbout) => {
		const result = await asking(addUsers, {
			before: [],
			status,
			act: ({ body = '' }) => {
				const { user_ids: ids } = JSON.parse(body) as { user_ids: number[] };
				return ids.includes(2)
					? json({ errors: { user_ids: ['2 is odd'] } }, code)
					: json({ added_users: ids.map((id) => ({ id })) });
			},
			after: listOf(...(isAbout ? [1] : [])),
		});
		if (isAbout) {
			expect(sent(result)).toEqual([{ user_ids: [1, 2] }, { user_ids: [1] }, { user_ids: [2] }]);
			expect(result.statuses).toEqual({ 1: 'added', 2: 'not_added' });
			expect(result.outcomes.get('2')?.reason).toBe('Voiso says: user_ids: 2 is odd');
			expect(result.failure).toBeUndefined();
		} else {
			expect(sent(result)).toEqual([{ user_ids: [1, 2] }]);
			expect(result.statuses).toEqual({});
			expect(result.failure).toMatchObject({ status: code });
		}
	});

	it('a hundred times is refused for another reason', async () => {
		const ids = Array.from({ length: 100 }, (_, index) => index + 1);
		const act = () => json({ errors: { base: ['no'] } }, 422);
		const result = await asking(addUsers, { before: [], act, ids, after: listOf() });
		expect(result.failure).toMatchObject({ status: 422 });
		expect(sent(result).length).toBeLessThanOrEqual(101);
	});
});

describe('removing users, with the list of users', () => {
	const remove = async (asked: Omit<Asking, 'act'> & Partial<Asking>) =>
		await asking(removeUsers, { act: () => json({}), ...asked });

	it('calls for those who are there only', async () => {
		const result = await remove({ before: [2], after: listOf() });
		expect(result.statuses).toEqual({ 1: 'not_assigned', 2: 'removed' });
		expect(result.connection.requests.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
	});

	it.each([
		['has the user', json({ user: { id: 2, name: 'Ada' } })],
		['has something else', json({ user: 'Ada' })],
		['has no body', empty],
		['is that nobody is there', json({}, 404)],
	])('believes the list, not the answer, when that %s', async (_, answer) => {
		const asked = { before: [2], ids: [2], act: () => answer };
		const gone = await remove({ ...asked, after: listOf() });
		expect(['removed', 'not_assigned']).toContain(gone.statuses['2']);
		const there = await remove({ ...asked, after: listOf(2) });
		expect(there.statuses).toEqual({ 2: 'not_removed' });
	});

	it('knows the user whom an answer leaves out', async () => {
		const { outcomes } = await remove({ before: [2], ids: [2], after: listOf() });
		expect(outcomes.get('2')).toMatchObject({ status: 'removed', user: { id: 2 } });
	});

	it('asks Voiso when the list has IDs of another kind', async () => {
		const result = await remove({ before: ['a3f0-11'], after: listOf('a3f0-11') });
		expect(result.statuses).toEqual({ 1: 'removed', 2: 'removed' });
	});
});

describe('removing a user, by the answer', () => {
	const remove = async (answers: HttpResult[], before?: Id[], status?: string | null) => {
		const { outcomes, failure } = await asking(removeUsers, {
			act: (_, index) => answers[index] ?? json({}),
			before,
			ids: [7],
			...(status !== undefined && { status }),
		});
		return failure?.explanation.message ?? outcomes.get('7');
	};

	it('who is not there says so, unless a lost answer removed them', async () => {
		expect(await remove([json({}, 404)], ['a-1'])).toEqual({ status: 'not_assigned' });
		expect(await remove([json({}, 404)])).toEqual({
			status: 'not_assigned',
			reason: expect.stringContaining('campaigns.read'),
		});
		expect(await remove([lost, json({}, 404)])).toEqual({ status: 'removed' });
	});

	it.each([
		[422, { errors: { id: ['is busy'] } }, 'Voiso says: id: is busy'],
		[409, {}, expect.stringMatching(/\S/)],
		[400, {}, expect.stringMatching(/\S/)],
	])('can be refused with %i', async (status, body, reason) => {
		expect(await remove([json(body, status)])).toEqual({ status: 'not_removed', reason });
	});

	it('ends with a failure that concerns the others too', async () => {
		expect(await remove([json({}, 401)])).toMatch(/user 7 from campaign 3/);
	});
});
