import { expect, test } from 'vitest';
import { loadOptions } from '../harness/index.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { credentialFor, nodeTypes, TYPE } from './support.mts';

const sandbox = await sandboxForTests();

test('users without a name, e-mail or extension can be told apart in the list, too', async () => {
	const users = [
		{ id: 1, name: '', email: 'ada@example.com', extension: '' },
		{ id: 2, name: null, email: null, extension: 1002 },
		{ id: 3, name: 'Cy', email: '', extension: '1003' },
		{ id: 'b7-4', name: 'Di', email: 'Di', extension: null },
		{ id: 5 },
	];
	const body = { users, metadata: { total: users.length } };
	sandbox.faults.add({ kind: 'status', status: 200, body, times: 1 });
	const options = await loadOptions({
		nodeType: nodeTypes[TYPE],
		method: 'getUsers',
		credentials: [credentialFor(sandbox)],
	});
	expect(options).toEqual([
		{ name: 'ada@example.com', value: 1 },
		{ name: 'Cy (extension 1003)', value: 3 },
		{ name: 'Di', value: 'b7-4' },
		{ name: 'User 2 (extension 1002)', value: 2 },
		{ name: 'User 5', value: 5 },
	]);
});
