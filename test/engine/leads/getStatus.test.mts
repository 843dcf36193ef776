import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/index.mts';
import {
	campaign,
	importLeads,
	LEADS,
	people,
	phone,
	quick,
	startQuickSandbox,
	store,
	type Import,
} from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
beforeEach(async () => {
	sandbox.reset();
	await store(sandbox, 3, people(2));
});
afterAll(async () => await sandbox.close());

const ask = async (more: Partial<Import> = {}) =>
	await importLeads({
		sandbox,
		input: [
			...people(2),
			{ phone_number: `+${phone(0)}` },
			{ phone_number: 'none' },
			{ phone_number: phone(9) },
		],
		options: quick,
		...more,
		parameters: { operation: 'getStatus', campaign: campaign(3), ...more.parameters },
	});

test.each(['leaveOut', 'null'] as const)(
	'gives one item per lead, paired, with what Voiso says of the number beside it; %s for others',
	async (others) => {
		sandbox.options.unknownContacts = others;
		const { items, json } = await ask();

		expect(items(LEADS).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(json(LEADS).map(({ status }) => status)).toEqual([
			'found',
			'found',
			'repeated',
			'invalid',
			others === 'null' ? 'found' : 'unreported',
		]);
		expect(json(LEADS)[0]).toMatchObject({ phone_number: phone(0), campaign_id: 3, dialed: false });
	},
);

test.each([403, 404] as const)('says what to ask Voiso for when it is off: %i', async (answer) => {
	sandbox.options.contactStatus = answer;
	const { error } = await ask();

	expect(error?.message).toContain('campaign 3');
	expect(error?.description).toContain('API redial status');
	expect(error?.description).not.toContain('live');
});

test('asks for a long list in addresses that a server takes', async () => {
	const { json } = await ask({ input: people(1500) });

	expect(json(LEADS)).toHaveLength(1500);
	expect(new Set(json(LEADS).map(({ status }) => status))).toEqual(new Set(['found']));
});
