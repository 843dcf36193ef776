import { describe, expect, it } from 'vitest';
import { clientOf, leadsOf, numbers, start } from './support.mts';

const badRequest = { error: 'Bad Request' };
const [number = ''] = numbers(1);

describe('keys', () => {
	it.each([
		['GET', '/campaigns', ['manageOnly', 'noScopes']],
		['GET', '/campaigns/3', ['manageOnly', 'noScopes']],
		['GET', '/campaigns/3/users', ['manageOnly', 'noScopes']],
		['POST', '/campaigns/3/pause', ['readOnly', 'noScopes']],
		['POST', '/campaigns/3/leads', ['readOnly', 'noScopes']],
		['PUT', '/campaigns/3/leads', ['readOnly', 'noScopes']],
		['DELETE', '/campaigns/3/users/1', ['readOnly', 'noScopes']],
		['GET', '/users', ['manageOnly', 'noUsersRead', 'noScopes']],
		['GET', '/reporting/cdrs', ['manageOnly', 'noCdrsRead', 'noScopes']],
	] as const)('%s %s is only for those with its scope', async (method, url, forbidden) => {
		const { sandbox } = await start();
		const data = url.endsWith('leads') ? leadsOf([number]) : undefined;
		for (const [name, key] of Object.entries(sandbox.apiKeys)) {
			sandbox.reset();
			const answer = await clientOf(sandbox, key).request({ method, url, data });
			const isAllowed = !forbidden.some((other) => other === name);
			expect([name, answer.status]).toEqual([name, isAllowed ? 200 : 403]);
			if (!isAllowed) expect(answer.data).toEqual({ error: 'Forbidden' });
		}
	});

	it.each([null, 'unknown', ''])('answers 401 to the key %j', async (key) => {
		const { sandbox } = await start();
		const answer = await clientOf(sandbox, key).get('/campaigns');
		expect([answer.status, answer.data]).toEqual([401, { error: 'Unauthorized' }]);
	});

	it('lets manage read campaigns, but no users, when told so', async () => {
		const { sandbox } = await start({ manageImpliesRead: true });
		const client = clientOf(sandbox, sandbox.apiKeys.manageOnly);
		expect((await client.get('/campaigns/3')).status).toBe(200);
		expect((await client.get('/users')).status).toBe(403);
	});
});

describe('requests that the contract does not allow', () => {
	it.each([
		['GET', '/nothing', 404],
		['GET', '/campaigns/', 404],
		['GET', '/campaigns/three', 404],
		['DELETE', '/campaigns/3/leads', 404],
		['GET', '/campaigns?page=2', 400],
		['GET', '/campaigns/3?limit=1', 400],
		['GET', '/users?team=1', 400],
	])('%s %s → %i', async (method, url, status) => {
		const { api, sandbox } = await start();
		const answer = await api.request({ method, url });
		expect(answer.status).toBe(status);
		expect(answer.data).toEqual(status === 400 ? badRequest : { error: 'Not found' });
		expect(sandbox.report().violations).toEqual([
			{ method, path: `/api/v4${url}`, status, answer: answer.data },
		]);
	});

	it.each([
		['/campaigns?limit=0', 'limit'],
		['/campaigns?limit=101', 'limit'],
		['/campaigns?limit=1.5', 'limit'],
		['/campaigns?limit=', 'limit'],
		['/campaigns?offset=-1', 'offset'],
		['/campaigns?status=running', 'status'],
		['/campaigns?live=yes', 'live'],
		['/users?limit=1&limit=2', 'limit'],
	])('GET %s → 422 for %s', async (url, field) => {
		const { api } = await start();
		const answer = await api.get(url);
		expect(answer.status).toBe(422);
		expect(answer.data).toEqual({ errors: { [field]: [expect.any(String)] } });
	});

	it.each([
		['a number for a phone number', { phone_number: 447911123456 }, 'phone_number'],
		['no phone number', { name: 'Ada' }, 'phone_number'],
		['a number for a name', { phone_number: number, name: 1 }, 'name'],
		['null for a name', { phone_number: number, name: null }, 'name'],
		['priority 0', { phone_number: number, priority: 0 }, 'priority'],
		['priority 1001', { phone_number: number, priority: 1001 }, 'priority'],
		['priority "5"', { phone_number: number, priority: '5' }, 'priority'],
		['priority 1.5', { phone_number: number, priority: 1.5 }, 'priority'],
		['active "true"', { phone_number: number, active: 'true' }, 'active'],
		['a field that is none', { phone_number: number, phone: '1' }, 'phone'],
		['flat source fields', { phone_number: number, source_url: 'x' }, 'source_url'],
		['a source field that is none', { phone_number: number, source: { id: 'x' } }, 'source.id'],
		[
			'a header that is no text',
			{ phone_number: number, context_headers: { X: 1 } },
			'context_headers.X',
		],
	])('a lead with %s → 422', async (_what, lead, field) => {
		const { add, sandbox } = await start();
		const answer = await add([{ phone_number: number }, lead]);
		expect(answer.status).toBe(422);
		expect(answer.data).toEqual({ errors: { [`1.${field}`]: [expect.any(String)] } });
		expect(sandbox.state().leads['3']).toEqual({});
	});

	it('an update of a field that cannot change → 422', async () => {
		const { api } = await start();
		const answer = await api.put('/campaigns/3/leads', [
			{ phone_number: number, context_headers: { X: '1' } },
		]);
		expect(answer.data).toEqual({ errors: { '0.context_headers': [expect.any(String)] } });
	});

	it.each([
		['an object around the leads', { leads: leadsOf([number]) }],
		['text', '"leads"'],
		['null', 'null'],
		['no JSON', '[{"phone_number":'],
		['no body', ''],
	])('%s for leads → 400', async (_what, body) => {
		const { api } = await start();
		const headers = { 'content-type': 'application/json' };
		const answer = await api.post('/campaigns/3/leads', body, { headers });
		expect([answer.status, answer.data]).toEqual([400, badRequest]);
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])(
		'a body of type %s → 400',
		async (type) => {
			const { api } = await start();
			const body = JSON.stringify(leadsOf([number]));
			const headers = { 'content-type': type };
			const answer = await api.post('/campaigns/3/leads', body, { headers });
			expect([answer.status, answer.data]).toEqual([400, badRequest]);
		},
	);

	it('a body where none belongs → 400, and nothing is done', async () => {
		const { api } = await start();
		expect((await api.post('/campaigns/3/pause', {})).status).toBe(400);
		expect((await api.get('/campaigns/3')).data.campaign.status).toBe('active');
	});

	it.each(['text/html', 'application/xml', 'application/jsonp', null])(
		'Accept %j → 406',
		async (accept) => {
			const { api } = await start();
			// axios sends no Accept when it is false.
			const answer = await api.get('/campaigns', { headers: { accept: accept ?? false } });
			expect(answer.status).toBe(406);
			expect(answer.data).toEqual({ errors: { format: [expect.any(String)] } });
		},
	);

	it('a wrong key is told before a wrong body', async () => {
		const { sandbox } = await start();
		const client = clientOf(sandbox, sandbox.apiKeys.readOnly);
		expect((await client.post('/campaigns/3/leads', {})).status).toBe(403);
	});
});
