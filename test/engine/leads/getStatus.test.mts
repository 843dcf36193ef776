import { beforeEach, expect, test } from 'vitest';
import { type Import, LEADS, people, phone, voisoForTests } from './support.mts';

const { importLeads, sandbox, store } = await voisoForTests();
beforeEach(async () => {
	await store(3, people(2));
});

const ask = async (more: Partial<Import> = {}) =>
	await importLeads({
		input: [
			...people(2),
			{ phone_number: `+${phone(0)}` },
			{ phone_number: 'none' },
			{ phone_number: phone(9) },
		],
		...more,
		parameters: { operation: 'getStatus', ...more.parameters },
	});

test.each(['leaveOut', 'null'] as const)(
	'gives one item per lead, paired, with what Voiso says of the number beside it; %s for others',
	async (others) => {
		sandbox.options.unknownContacts = others;
		const { items, results, statuses } = await ask();

		expect(items(LEADS).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(statuses).toEqual([
			'found',
			'found',
			'repeated',
			'invalid',
			others === 'null' ? 'found' : 'unreported',
		]);
		expect(results[0]).toMatchObject({ phone_number: phone(0), campaign_id: 3, dialed: false });
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
	const { results, statuses } = await ask({ input: people(1500) });

	expect(results).toHaveLength(1500);
	expect(new Set(statuses)).toEqual(new Set(['found']));
});
