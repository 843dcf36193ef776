import { describe, expect, it } from 'vitest';
import { start } from './support.mts';

interface HasId {
	id: number | string;
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('users', () => {
	it('has 300 of them, each with a name of its own', async () => {
		const { api } = await start();
		const pages = await Promise.all(
			[0, 100, 200].map(async (offset) => (await api.get(`/users?offset=${offset}`)).data),
		);
		expect(pages.map(({ metadata }) => metadata.total)).toEqual([300, 300, 300]);
		const users = pages.flatMap((page) => page.users);
		for (const field of ['id', 'name', 'email', 'extension']) {
			expect(new Set(users.map((user) => user[field])).size).toBe(300);
		}
	});

	it('filters them by parts of name and email', async () => {
		const { api } = await start();
		expect((await api.get('/users?name=LOVELACE')).data.metadata.total).toBe(15);
		expect((await api.get('/users?name=lovelace&email=ada.')).data.users).toEqual([
			{ id: 166, name: 'Ada Lovelace', email: 'ada.lovelace@example.com', extension: '1166' },
		]);
	});
});

describe('users of a campaign', () => {
	it('are added and removed, and what was unknown or there is left out', async () => {
		const { api } = await start();
		const added = await api.post('/campaigns/3/users', { user_ids: [1, 7, 7, 999] });
		expect(added.status).toBe(200);
		expect(added.data).toEqual({
			added_users: [{ id: 7, name: 'Frances Allen', email: 'frances.allen@example.com' }],
		});
		const removed = await api.delete('/campaigns/3/users/7');
		expect(removed.data).toEqual({ user: added.data.added_users[0] });
		expect((await api.delete('/campaigns/3/users/7')).status).toBe(404);
		const { data } = await api.get('/campaigns/3/users?limit=2&offset=1');
		expect(data.users.map(({ id }: HasId) => id)).toEqual([2, 3]);
		expect(data.metadata).toEqual({ total: 3 });
	});

	it('are refused as a whole for one that is unknown or there, when told so', async () => {
		const { api, sandbox } = await start({ unknownUsers: 'refuse' });
		const answer = await api.post('/campaigns/3/users', { user_ids: [1, 7, 999] });
		expect(answer.status).toBe(422);
		expect(answer.data).toEqual({
			errors: { user_ids: ['1 is already assigned', '999 is unknown'] },
		});
		expect(sandbox.state().campaigns[2]?.users).toEqual([1, 2, 3]);
		expect((await api.post('/campaigns/3/users', { user_ids: [7] })).status).toBe(200);
	});

	it('come at most 100 a call', async () => {
		const { api } = await start();
		const over = await api.post('/campaigns/4/users', { user_ids: range(101) });
		expect(over.status).toBe(422);
		expect(over.data).toEqual({ errors: { user_ids: [expect.stringContaining('100')] } });
		const most = await api.post('/campaigns/4/users', { user_ids: range(100) });
		expect(most.data.added_users).toHaveLength(100);
		expect((await api.post('/campaigns/4/users', { user_ids: [] })).status).toBe(422);
	});

	it('have integer ids, or UUIDs everywhere when told so', async () => {
		const { api, sandbox } = await start();
		expect((await api.post('/campaigns/3/users', { user_ids: ['7'] })).status).toBe(422);
		sandbox.options.userIds = 'uuid';
		expect((await api.post('/campaigns/3/users', { user_ids: [7] })).status).toBe(422);
		const { id } = (await api.get('/users?offset=6&limit=1')).data.users[0];
		expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
		const added = await api.post('/campaigns/3/users', { user_ids: [id] });
		expect(added.data.added_users).toEqual([expect.objectContaining({ id })]);
		const list = await api.get('/campaigns/3/users');
		expect(list.data.users.map((user: HasId) => user.id)).toContain(id);
		expect((await api.delete(`/campaigns/3/users/${id}`)).data.user.id).toBe(id);
		expect((await api.delete('/campaigns/3/users/1')).status).toBe(404);
	});
});
