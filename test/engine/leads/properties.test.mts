import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { expect, it } from 'vitest';
import type { Fault, SandboxOptions } from '../../sandbox/index.mts';
import {
	behindBothOutputs,
	campaign,
	FAILED,
	GOOD,
	LEADS,
	phone,
	voisoForTests,
} from './support.mts';

const { importLeads, newCampaign, sandbox, strike } = await voisoForTests({ sideBySide: true });

/** A number as people write it: few of them, so that they repeat, and some that are none. */
const number = fc.oneof(
	{ weight: 4, arbitrary: fc.nat(12).map((place) => phone(place)) },
	{
		weight: 2,
		arbitrary: fc.nat(12).map((place) => `+1 (555) 000-00${String(place).padStart(2, '0')}`),
	},
	{ weight: 1, arbitrary: fc.nat(12).map((place) => Number(phone(place))) },
	{
		weight: 1,
		arbitrary: fc.constantFrom('979123456789', '', null, 'none', '1.55512E+10', true, {}),
	},
);

const scenario = fc.record({
	operation: fc.constantFrom('add', 'update', 'upsert'),
	rows: fc.array(
		fc.record({
			number,
			to: fc.constantFrom(0, 0, 0, 1, 1, 2),
			name: fc.oneof(fc.string(), fc.constant(undefined)),
			priority: fc.constantFrom(1, '10', 'high', '', undefined),
		}),
		{ minLength: 1, maxLength: 25 },
	),
	batchSize: fc.integer({ min: 1, max: 10 }),
	echo: fc.constantFrom<SandboxOptions['numberEcho']>('asSent', 'normalised', 'number'),
	rejectedLeads: fc.constantFrom('output', 'error'),
	faults: fc.array(
		fc.record({
			campaign: fc.nat(1),
			skip: fc.nat(3),
			fault: fc.constantFrom<Fault>(
				{ kind: 'status', status: 503 },
				{ kind: 'status', status: 400 },
				{ kind: 'reset', when: 'after' },
				{ kind: 'html' },
				{ kind: 'cutOff' },
			),
		}),
		{ maxLength: 3 },
	),
});

it('brings every item out exactly once, on one of the two outputs, in order and paired', async () => {
	await fc.assert(
		fc.asyncProperty(
			scenario,
			async ({ operation, rows, batchSize, echo, rejectedLeads, faults }) => {
				sandbox.reset();
				sandbox.options.numberEcho = echo;
				const live = [newCampaign(), newCampaign()];
				const campaigns = [...live, newCampaign({ live: false })];
				for (const { campaign: place, fault, skip } of faults) {
					strike(live[place] ?? 0, { ...fault, skip, times: 1 });
				}
				const input = rows.map(
					({ number: phone_number, to, name, priority }, index): IDataObject => {
						const fields = { phone_number, to: campaigns[to], name, priority, index };
						return Object.fromEntries(
							Object.entries(fields).filter(([, value]) => value !== undefined),
						) as IDataObject;
					},
				);
				const run = await importLeads({
					input,
					...behindBothOutputs,
					options: { batchSize, maxWait: 0, rejectedLeads },
					parameters: { operation, campaign: campaign('={{ $json.to }}') },
					node: { onError: 'continueErrorOutput' },
				});

				expect(run.error).toBeUndefined();
				const sides = [GOOD, FAILED].map((name) =>
					run.json(name).map(({ index }) => Number(index)),
				);
				for (const side of sides) expect(side).toEqual(side.toSorted((a, b) => a - b));
				expect(sides.flat().toSorted((a, b) => a - b)).toEqual(input.map(({ index }) => index));
				const pairs = [0, 1].map((output) =>
					run.items(LEADS, output).map(({ pairedItem }) => pairedItem),
				);
				expect(pairs).toEqual(sides.map((side) => side.map((item) => ({ item }))));

				const { campaigns: seen, violations } = sandbox.report();
				expect(violations).toEqual([]);
				for (const id of live) {
					const stored = Object.keys(seen[id]?.leads ?? {});
					const come = run.results.filter(({ campaign_id }) => campaign_id === id);
					const isIn = ({ status }: IDataObject) =>
						['created', 'duplicate', 'unconfirmed', 'updated'].includes(String(status));
					for (const { phone_number } of come.filter(isIn)) expect(stored).toContain(phone_number);
					// Each that is in was said to be, or else failed.
					const said = new Set(
						[...come, ...run.json(LEADS, 1).map(({ message }) => message as IDataObject)].map(
							({ phone_number }) => phone_number,
						),
					);
					for (const each of stored) expect(said).toContain(each);
					const created = come.filter(({ status }) => status === 'created');
					expect(new Set(created.map(({ phone_number }) => phone_number)).size).toBe(
						created.length,
					);
				}
			},
		),
		{ numRuns: 60 },
	);
});
