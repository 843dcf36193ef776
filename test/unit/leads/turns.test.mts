import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { pauser } from '../../../nodes/shared/pauser.ts';
import { emit } from '../../../nodes/VoisoLeads/emit/emit.ts';
import { hints, ResultTally } from '../../../nodes/VoisoLeads/emit/hints.ts';
import { NO_COUNTRY_CODE } from '../../../nodes/VoisoLeads/fields/phoneNumber.ts';
import { add } from '../../../nodes/VoisoLeads/operations/add.ts';
import { deactivateEverywhere } from '../../../nodes/VoisoLeads/operations/deactivate.ts';
import { dryRun } from '../../../nodes/VoisoLeads/operations/dryRun.ts';
import { getStatus } from '../../../nodes/VoisoLeads/operations/getStatus.ts';
import type { Report } from '../../../nodes/VoisoLeads/operations/report.ts';
import { update } from '../../../nodes/VoisoLeads/operations/update.ts';
import { upsert } from '../../../nodes/VoisoLeads/operations/upsert.ts';
import type { ReadLead } from '../../../nodes/VoisoLeads/types.ts';
import { fakeConnection, json } from '../api/fakeConnection.mts';
import { emitSettings } from '../fixtures.mts';
import { contextFor, fakeVoiso } from './fakeVoiso.mts';

const LEADS = 25_000;
/** What is promised, and how much time each look at a lead takes by the clock here. */
const LONGEST_TURN = 50;
const LOOK = 0.005;

let now = 0;
let turn = 0;
let longest = 0;
let turnBegan = { turn: -1, at: 0 };

/** A look at one lead: it takes time, and counts for the current turn of the event loop. */
function look(): void {
	if (turnBegan.turn !== turn) turnBegan = { turn, at: now };
	now += LOOK;
	longest = Math.max(longest, now - turnBegan.at);
}

beforeEach(() => {
	[now, turn, longest, turnBegan] = [0, 0, 0, { turn: -1, at: 0 }];
	// A spy would keep every call.
	vi.stubGlobal('performance', { now: () => now });
	let next = setImmediate(function nextTurn() {
		turn++;
		next = setImmediate(nextTurn);
	});
	onTestFinished(() => clearImmediate(next));
});
afterEach(() => {
	vi.unstubAllGlobals();
});

/** A list that counts the looks at its members. */
function watched<Member>(list: Member[]): Member[] {
	return new Proxy(list, {
		get(target, key) {
			if (typeof key === 'string' && /^\d+$/.test(key)) look();
			return Reflect.get(target, key);
		},
	});
}

const items = Array.from({ length: LEADS }, (_, item) => ({ json: { item } }));

/** Each number twice in a row, to a campaign each or to one. */
const leadsTo = (campaignOf: (index: number) => string): ReadLead[] =>
	items.map((_, item): ReadLead => {
		const phone_number = String(15_550_000_000 + Math.floor(item / 2));
		return {
			kind: 'good',
			item,
			campaignId: campaignOf(Math.floor(item / 2)),
			lead: { phone_number, name: 'Ann' },
		};
	});

const refused = () => fakeVoiso([{ kind: 'status', status: 401, body: '{}' }]);
const isThere = () =>
	fakeVoiso([{ kind: 'response', lists: [['duplicates']], echo: 0, envelope: true }]);

const operations: Array<[string, (leads: ReadLead[]) => Promise<Report>]> = [
	['add', async (leads) => await add(contextFor(isThere().dependencies, 1000), leads)],
	[
		'add that is refused',
		async (leads) => await add(contextFor(refused().dependencies, 50), leads),
	],
	['update', async (leads) => await update(contextFor(refused().dependencies, 50), leads)],
	['upsert', async (leads) => await upsert(contextFor(isThere().dependencies, 1000), leads)],
	[
		'stop calling everywhere',
		async (leads) =>
			await deactivateEverywhere(
				contextFor(refused().dependencies, 500),
				leads,
				[
					{ id: '3', mayCall: true },
					{ id: '5', mayCall: false },
				],
				{ unreachableFails: false },
			),
	],
	[
		'dry run',
		async (leads) => {
			const limits = { batchSize: 1000, minimumInterval: 0, maxWait: 0 };
			const connection = fakeConnection(() => json({}));
			return await dryRun(connection, leads, {
				operation: 'add',
				limits,
				everywhere: [{ id: '3' }],
				known: new Map(),
			});
		},
	],
	[
		'get status that is refused',
		async (leads) =>
			await getStatus(
				fakeConnection(() => json({}, 403)),
				leads,
				new Map(),
			),
	],
];

describe('n8n has its turn every 50 ms', () => {
	test.each(operations)('%s', async (_, run) => {
		const { results } = await run(watched(leadsTo(() => '3')));
		expect(results.filter((result) => result !== undefined)).toHaveLength(LEADS);
		expect(now).toBeGreaterThan(2 * LONGEST_TURN);
		expect(longest).toBeLessThanOrEqual(LONGEST_TURN);
	});

	test('when very many campaigns are refused', async () => {
		const { results } = await add(
			contextFor(refused().dependencies, 1000),
			watched(leadsTo((index) => String(index % 2500))),
		);
		expect(results.filter((result) => result !== undefined)).toHaveLength(LEADS);
		expect(longest).toBeLessThanOrEqual(LONGEST_TURN);
	});

	const settings = emitSettings({
		rejectedLeadsFail: true,
		includeInputFields: true,
		isCounted: true,
	});
	const invalid = items.map((_, item): ReadLead => {
		const phone = `07911 ${100_000 + (item % 900_000)}`;
		const reason = `phone_number "${phone}" ${NO_COUNTRY_CODE}`;
		return { kind: 'invalid', item, campaignId: '3', phone, reason };
	});
	const pauses = () => pauser(undefined);

	test('the items', async () => {
		await emit(watched(invalid), { results: [], efforts: [] }, items, settings, pauses());
		expect(now).toBeGreaterThan(2 * LONGEST_TURN);
		expect(longest).toBeLessThanOrEqual(LONGEST_TURN);
	});

	test('the hints', async () => {
		const tally = new ResultTally();
		for (const lead of invalid) tally.add(lead, { status: 'invalid' });
		const watchedTally = Object.assign(tally, { national: watched(tally.national) });
		await hints(watchedTally, { efforts: [], mapping: undefined, dryRun: false }, pauses());
		expect(now).toBeGreaterThan(2 * LONGEST_TURN);
		expect(longest).toBeLessThanOrEqual(LONGEST_TURN);
	});
});
