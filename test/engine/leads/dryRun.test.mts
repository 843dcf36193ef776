import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/index.mts';
import {
	campaign,
	importLeads,
	LEADS,
	mixed,
	newCampaign,
	phone,
	quick,
	startQuickSandbox,
} from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

test('shows each lead as it would be sent, and sends nothing', async () => {
	const { json, hints } = await importLeads({
		sandbox,
		input: mixed,
		options: { ...quick, dryRun: true },
	});

	expect(json(LEADS).map(({ status }) => status)).toEqual([
		'ready',
		'ready',
		'ready',
		'invalid',
		'repeated',
	]);
	expect(json(LEADS)[0]?.lead).toEqual({ phone_number: phone(0), name: 'Created' });
	expect(sandbox.report().totals.requests).toBe(0);
	expect(hints(LEADS)[0]?.message).toContain('3 ready');
});

test('says so of a campaign that takes no leads', async () => {
	const id = newCampaign(sandbox, { live: false });
	const { error } = await importLeads({
		sandbox,
		input: mixed,
		options: { ...quick, dryRun: true },
		parameters: { campaign: campaign(id) },
	});

	expect(error?.message).toContain(`campaign ${id}`);
	expect(sandbox.report().totals.requests).toBe(0);
});

test('what is ready is exactly what the run sends', async () => {
	const number = fc.constantFrom(phone(0), `+${phone(1)}`, phone(1), 'none', '', '12', phone(2));
	const row = fc.record({
		phone: number,
		name: fc.constantFrom('Ann', 'Bo', ''),
		priority: fc.constantFrom(1, 'high', ''),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.array(row, { minLength: 1, maxLength: 8 }),
			fc.constantFrom('add', 'upsert'),
			async (input: IDataObject[], operation) => {
				const id = newCampaign(sandbox);
				const parameters = { operation, campaign: campaign(id) };
				const run = async (dryRun: boolean) =>
					await importLeads({
						sandbox,
						input,
						parameters,
						options: { ...quick, dryRun },
						node: { onError: 'continueRegularOutput' },
					});
				const dry = (await run(true)).json(LEADS);
				await run(false);
				const ready = dry.filter(({ status }) => status === 'ready').map(({ lead }) => lead);
				const byNumber = (leads: unknown[]) => leads.map((lead) => JSON.stringify(lead)).toSorted();
				expect(byNumber(ready)).toEqual(byNumber(Object.values(sandbox.state().leads[id] ?? {})));
			},
		),
		{ numRuns: 25 },
	);
});
