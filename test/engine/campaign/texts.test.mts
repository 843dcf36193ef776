import type { INodeParameters } from 'n8n-workflow';
import { test } from 'vitest';
import type { SandboxOptions } from '../../sandbox/index.mts';
import { listSearch, loadOptions } from '../harness/index.mts';
import { expectTexts, thrownBy, type Situations } from '../harness/texts.mts';
import { type Action, statusTools } from './statusSupport.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import {
	byId,
	byName,
	credentialFor,
	nodeTypes,
	relayTo,
	run,
	type Run,
	TYPE,
} from './support.mts';
import { idsTo, type Json, userTools } from './userSupport.mts';

const sandbox = await sandboxForTests();
const { campaign, setStatus, act } = statusTools(sandbox);
const { staff } = userTools(sandbox);

const get = async (chosen: object, more: Run = {}) => {
	const parameters = { resource: 'campaign', operation: 'get', campaign: { ...chosen } };
	return await run(sandbox, parameters as INodeParameters, more);
};

/** A campaign is chosen by something that is none. */
const chosen: Situations = Object.fromEntries(
	Object.entries({
		nothing: byId('={{ "" }}'),
		spaces: byName('={{ "  " }}'),
		'no value': byId('={{ $json.none }}'),
		'a name as ID': byId('={{ "Spring Sale" }}'),
		'a path': byId('={{ "3/leads" }}'),
		'a way out': byId('={{ "../users" }}'),
		'a query': byId('={{ "3?x=1" }}'),
		'a fraction': byId('={{ 1.5 }}'),
		'an object': byId('={{ ({ id: 3 }) }}'),
		'no text': byId('={{ ({ toString: 1 }) }}'),
		'no number': byId('={{ NaN }}'),
		'null as text': byId('={{ "null" }}'),
		'a negative number': byId('={{ -5 }}'),
		'lost digits': byId('={{ "9007199254740993" }}'),
		'a long text': byId('={{ "x".repeat(5000) }}'),
		'a name that no campaign has, with similar ones': byName('spring'),
		'a name that is like no other': byName('Autumn'),
		'a name in other capitals, which two campaigns have': byName('renewals uK'),
		'a name that two campaigns have': byName('Twice'),
	}).map(([name, value]) => [
		`choosing a campaign by ${name}`,
		async () => {
			sandbox.addCampaigns({ id: 20, name: 'RENEWALS UK' });
			sandbox.addCampaigns({ id: 21, name: 'Twice' }, { id: 22, name: 'Twice', status: 'draft' });
			return await get(value);
		},
	]),
);

const noCampaigns: Situations = {
	'choosing by name where there is no campaign': async () => {
		for (const { id } of sandbox.state().campaigns) sandbox.deleteCampaign(id);
		return await get(byName('Spring Sale'));
	},
	'choosing by name with a key that may not list campaigns': async () =>
		await get(byName('Spring Sale'), { apiKey: sandbox.apiKeys.manageOnly }),
};

const credential: Situations = Object.fromEntries(
	Object.entries<Run>({
		'an unknown key': { apiKey: 'wrong' },
		'no key': { apiKey: ' ' },
		'no cluster ID': { clusterId: '' },
		'an unencrypted address': { clusterId: 'http://cc-ams03.voiso.com' },
		'an address where nobody is': { clusterId: 'http://127.0.0.1:1' },
		'another contact center': { clusterId: 'https://cc-ams03.voiso.com/api?x=1#y z' },
	}).flatMap(([name, { apiKey, clusterId, ...rest }]) => [
		[
			`a credential with ${name}`,
			async () =>
				await get(byId(3), {
					...rest,
					...(apiKey !== undefined && { apiKey }),
					...(clusterId !== undefined && { clusterId }),
				}),
		],
	]),
);

const editor = { nodeType: nodeTypes[TYPE] };
const lists: Situations = {
	'the list of campaigns with a wrong key': async () =>
		await thrownBy(
			listSearch({
				...editor,
				method: 'campaignSearch',
				credentials: [credentialFor(sandbox, 'wrong')],
			}),
		),
	'the list of campaigns with a key that may not read them': async () =>
		await thrownBy(
			listSearch({
				...editor,
				method: 'campaignSearch',
				credentials: [credentialFor(sandbox, sandbox.apiKeys.manageOnly)],
			}),
		),
	'the list of users with a wrong key': async () =>
		await thrownBy(
			loadOptions({
				...editor,
				method: 'getUsers',
				credentials: [credentialFor(sandbox, 'wrong')],
			}),
		),
};

const slow = (options: Partial<SandboxOptions> = {}) =>
	Object.assign(sandbox.options, {
		transitions: 'transitional',
		transitionTime: 60_000,
		...options,
	});

/** A campaign whose status is not what the action needs. */
const refused: Situations = Object.fromEntries(
	(
		[
			['import_error', 'start'],
			['pausing', 'start'],
			['processing', 'start'],
			['draft', 'pause'],
			['auto_paused', 'pause'],
			['stopped', 'pause'],
			['draft', 'stop'],
			['paused', 'stop'],
		] satisfies Array<[string, Action]>
	).map(([status, action]) => [
		`${action} of a campaign that is ${status}`,
		async () => {
			await campaign(status);
			return await act(action);
		},
	]),
);

const status: Situations = {
	'start of a campaign without users': async () => {
		await campaign('paused', { users: [] });
		return await act('start');
	},
	'start of one that is active, which fails if wanted': async () => {
		await campaign('active');
		return await act('start', { ifAlready: 'fail' });
	},
	'pause with a key that may not read the status': async () => {
		await campaign('paused');
		return await act('pause', {}, { apiKey: sandbox.apiKeys.manageOnly });
	},
	'the status does not come in time': async () => {
		await campaign('active');
		slow();
		return await act('pause', { waitForStatus: true, waitTimeout: 1 });
	},
	'the campaign goes elsewhere': async () => {
		await campaign('active');
		slow();
		const clusterId = await relayTo(sandbox, ({ method }, index) => {
			if (method === 'GET' && index > 0) setStatus('stopped');
		});
		return await act('pause', { waitForStatus: true }, { clusterId });
	},
	'a started campaign pauses itself': async () => {
		await campaign('paused');
		slow();
		const clusterId = await relayTo(sandbox, ({ method }, index) => {
			if (method === 'GET' && index > 0) setStatus('auto_paused');
		});
		return await act('start', { waitForStatus: true }, { clusterId });
	},
	'the status cannot be followed': async () => {
		await campaign('active');
		slow();
		const { manageOnly: apiKey } = sandbox.apiKeys;
		return await act('pause', { waitForStatus: true }, { apiKey });
	},
	...Object.fromEntries(
		[0, -5, '={{ "soon" }}', '={{ 1e9 }}'].map((waitTimeout) => [
			`a Wait Timeout of ${waitTimeout}`,
			async () => await act('pause', { waitForStatus: true, waitTimeout }),
		]),
	),
};

const sync = async (userIds: Json, more: Run = {}) =>
	await run(
		sandbox,
		{
			resource: 'user',
			operation: 'sync',
			campaign: byId(3),
			userIds: `={{ ${JSON.stringify(userIds)} }}`,
		},
		more,
	);

const users: Situations = {
	'users: none selected': async () => await staff('add', [{ c: 3, u: [] }]),
	'users: no value': async () => await sync(null),
	'users: something that is none': async () =>
		await staff('add', [
			{ c: 3, u: 4 },
			{ c: 3, u: '4/5' },
		]),
	'users: spaces': async () => await staff('remove', [{ c: 3, u: ' ' }]),
	'users: no campaign': async () => await staff('add', [{ c: '', u: 1 }]),
	'users: listed of no such campaign': async () =>
		await run(sandbox, { resource: 'user', operation: 'getAll', campaign: byId(77) }),
	'users: an email address that nobody has': async () =>
		await staff('add', [{ c: 3, u: 'ada@example.com' }]),
	'users: an email address that two have': async () => {
		const body = {
			users: [1, 2].map((id) => ({ id, email: 'ada@example.com' })),
			metadata: { total: 2 },
		};
		sandbox.faults.add({ kind: 'status', status: 200, body, path: '/users$', times: 1 });
		return await staff('add', [{ c: 3, u: 'ada@example.com' }]);
	},
	'users: an email address, with a key that may not list users': async () =>
		await staff('add', [{ c: 3, u: 'ada.allen@example.com' }], {
			apiKey: sandbox.apiKeys.noUsersRead,
		}),
	'users: no such campaign': async () => await staff('add', [{ c: 77, u: 1 }]),
	'users: added as far as they are known': async () => await staff('add', [{ c: 3, u: [4, 999] }]),
	'users: added with a key that may not read the campaign': async () =>
		await staff('add', [{ c: 3, u: [4, 1] }], { apiKey: sandbox.apiKeys.manageOnly }),
	'users: added in part': async () => {
		sandbox.addCampaigns({ id: 50, users: [] });
		const fault = { kind: 'status', status: 403, method: 'POST', times: 1 } as const;
		const clusterId = await relayTo(sandbox, ({ method }, index) => {
			if (method === 'POST' && index === 3) sandbox.faults.add(fault);
		});
		return await staff('add', [{ c: 50, u: idsTo(150) }], { clusterId });
	},
	'users: removed with a key that may not read the campaign': async () =>
		await staff('remove', [{ c: 77, u: 2 }], { apiKey: sandbox.apiKeys.manageOnly }),
	'users: one that cannot be removed': async () =>
		await staff('remove', [{ c: 3, u: 2 }], { apiKey: sandbox.apiKeys.readOnly }),
	'sync: to nobody': async () => await sync([]),
	'sync: nobody can be added': async () => await sync([999]),
	'sync: adding fails': async () => {
		sandbox.faults.add({ kind: 'status', status: 401, method: 'POST' });
		return await sync([2, 9]);
	},
	'sync: another kind of ID': async () => {
		sandbox.options.userIds = 'uuid';
		return await sync([1, 2]);
	},
	'sync: a key that may not read the campaign': async () =>
		await sync([1], { apiKey: sandbox.apiKeys.manageOnly }),
	'sync: an item that cannot be read': async () =>
		await staff(
			'sync',
			[
				{ c: 3, u: 2 },
				{ c: 3, u: 'ada@example.com' },
			],
			{
				node: { onError: 'continueRegularOutput' },
			},
		),
};

const call = async (parameters: INodeParameters, more: Run = {}) =>
	await run(sandbox, { resource: 'call', operation: 'getAll', ...parameters }, more);

const others: Situations = {
	...Object.fromEntries(
		[0, -1, 1.5, 'many', null].map((limit) => [
			`a limit of ${limit}`,
			async () => {
				const parameters = { resource: 'campaign', operation: 'getAll' };
				return await run(sandbox, { ...parameters, limit: `={{ ${JSON.stringify(limit)} }}` });
			},
		]),
	),
	'an operation that does not exist': async () =>
		await run(sandbox, { resource: 'user', operation: 'start', campaign: byId(3) }),
	'calls: a key without the scope': async () =>
		await call({}, { apiKey: sandbox.apiKeys.noCdrsRead }),
	'calls: a time that is none': async () =>
		await call({ filters: { startedAfter: '={{ "soon" }}' } }),
	'calls: no such list': async () => {
		sandbox.faults.add({ kind: 'status', status: 404, path: '/reporting/cdrs' });
		return await call({});
	},
	'calls: the campaign is in none': async () => {
		sandbox.options.resultFields = 'short';
		sandbox.addCalls({});
		return await call({ campaign: byId(3) });
	},
};

// An older n8n has words of its own.
test.skipIf(process.env.N8N_ENGINE_FOLDER)(
	'all that Voiso Campaign tells a user',
	async () => {
		const all = { ...chosen, ...noCampaigns, ...credential, ...lists };
		const situations = { ...all, ...refused, ...status, ...users, ...others };
		const fresh = Object.entries(situations).map(([name, situation]) => [
			name,
			async () => {
				sandbox.reset();
				return await situation();
			},
		]);
		await expectTexts(Object.fromEntries(fresh), './texts.txt', () => {
			const calls = Object.keys(sandbox.report().calls);
			return `    [asked: ${calls.join(', ') || 'nothing'}]`;
		});
	},
	120_000,
);
