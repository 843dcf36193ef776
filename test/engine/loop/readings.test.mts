import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../sandbox/index.mts';
import { defaultOptions, switches } from '../../sandbox/options.mts';
import { byId, run } from '../campaign/support.mts';
import { campaign, importLeads, people, phone } from '../leads/support.mts';
import { disagreements } from './agreement.mts';
import { askAndList, dialAndListen, importPeople, startLoop } from './loop.mts';

type Reading = Partial<SandboxOptions>;

/** What Voiso's pages leave open about statuses, calls and events: each choice of each switch of the sandbox. */
const open = [
	...(['numberEcho', 'userIds', 'callEvents', 'resultFields', 'cdrList', 'cdrData'] as const),
	...(['cdrIds', 'cdrOrder', 'cdrFilters', 'cdrTotal', 'nestedIds'] as const),
	...(['dispositions', 'recordingKey', 'urlLimitStatus'] as const),
];
const cursors = ['nullAtEnd', 'absentAtEnd', 'always'] as const;
const choicesOf = (name: (typeof open)[number]): Reading[] =>
	switches[name].choices.map((choice) => ({ [name]: choice }));
const single: Reading[] = [
	...open.flatMap((name) => choicesOf(name).slice(1)),
	...cursors.slice(1).map((cdrCursor) => ({ cdrCursor })),
	{ urlLimit: 250 },
	{ urlLimit: 0 },
];

let loop: Awaited<ReturnType<typeof startLoop>>;
const fresh = { ...defaultOptions() };
beforeAll(async () => {
	loop = await startLoop();
	Object.assign(fresh, loop.sandbox.options);
});
beforeEach(() => loop.sandbox.reset());
afterAll(async () => await loop.sandbox.close());

const LEADS = 6;
const numbers = Array.from({ length: LEADS }, (_, index) => phone(index));

/** What differs from the ledger when Voiso behaves so. */
async function differencesUnder(reading: Reading): Promise<string[]> {
	const { sandbox } = loop;
	sandbox.reset();
	Object.assign(sandbox.options, fresh, reading);
	await importPeople(sandbox, LEADS);
	// A call that isn't of this campaign, which Voiso may list all the same.
	const canTell = reading.resultFields !== 'short';
	if (canTell) sandbox.addCalls({ campaign_id: 5, phone_number: phone(0) });
	const events = await dialAndListen(loop);
	const told = await askAndList(sandbox, LEADS, { fromCampaign: canTell });
	return disagreements(sandbox, numbers, { ...told, events });
}

describe('statuses, calls and events agree with the ledger', () => {
	test.each(single)('under the reading %j', async (reading) => {
		expect(await differencesUnder(reading)).toEqual([]);
	});

	test('under any readings together', async () => {
		const readings = fc.record(
			Object.fromEntries([
				...open.map((name) => [name, fc.constantFrom(...switches[name].choices)]),
				['cdrCursor', fc.constantFrom(...cursors)],
				['urlLimit', fc.constantFrom(0, 250, 8192)],
				['seed', fc.nat(1000)],
			]),
		);
		await fc.assert(
			fc.asyncProperty(readings, async (reading: Reading) => {
				expect(await differencesUnder(reading)).toEqual([]);
			}),
			{ numRuns: 15, seed: 1, endOnFailure: true },
		);
	}, 120_000);
});

test('a difference from the ledger is noticed', async () => {
	const { sandbox } = loop;
	Object.assign(sandbox.options, fresh);
	await importPeople(sandbox, LEADS);
	const told = { events: await dialAndListen(loop), ...(await askAndList(sandbox, LEADS)) };
	const { calls, events, statuses } = told;
	expect(disagreements(sandbox, numbers, told)).toEqual([]);
	const changed = calls.map((call, at) => (at === 0 ? { ...call, disposition: 'busy!' } : call));
	for (const wrong of [
		{ calls: changed },
		{ calls: calls.slice(1) },
		{ calls: [...calls, ...calls.slice(0, 1)] },
		{ events: events.slice(1) },
		{ events: [...events, ...events.slice(0, 1)] },
		{ statuses: statuses.toReversed() },
	]) {
		expect(disagreements(sandbox, numbers, { ...told, ...wrong })).not.toEqual([]);
	}
});

describe('a number that is not in the campaign', () => {
	test.each([
		['notDialed', { status: 'found', dialed: false }],
		['null', { status: 'found', dialed: null }],
		['leaveOut', { status: 'unreported' }],
	] as const)('is what Voiso says of it: %s', async (unknownContacts, expected) => {
		loop.sandbox.options.unknownContacts = unknownContacts;
		const { statuses } = await askAndList(loop.sandbox, 1);
		expect(statuses).toMatchObject([expected]);
	});
});

describe('what Voiso has not enabled is said', () => {
	test.each<[Reading, string]>([
		[{ contactStatus: 403 }, '(403)'],
		[{ contactStatus: 404 }, '(404)'],
		[{ contactStatusKey: 'contactCenter' }, '(401)'],
	])('Get Status under the reading %j', async (reading, status) => {
		const { sandbox } = loop;
		Object.assign(sandbox.options, reading);
		const { error } = await importLeads({
			sandbox,
			input: people(1),
			parameters: { operation: 'getStatus', campaign: campaign(3) },
		});
		expect(error?.message).toContain(status);
		expect(error?.message).not.toContain('no campaign');
		expect(error?.description).toContain('API redial status');
	});

	test('Get Many of calls when Voiso has no such list', async () => {
		const { sandbox } = loop;
		sandbox.faults.add({ kind: 'status', status: 404, path: '/reporting/cdrs' });
		const { error } = await run(sandbox, { resource: 'call', operation: 'getAll' });
		expect(error).toMatchObject({ httpCode: '404', message: expect.stringContaining('CDRs') });
	});

	test('calls that do not show of which campaign they are', async () => {
		const { sandbox } = loop;
		sandbox.options.resultFields = 'short';
		sandbox.addCalls({});
		const parameters = { resource: 'call', operation: 'getAll', campaign: byId(3) };
		const result = await run(sandbox, parameters);
		expect(result.json('Voiso')).toHaveLength(1);
		expect(result.hints()).toMatchObject([{ type: 'warning' }]);
		sandbox.options.cdrFilters = 'refused';
		const refused = await run(sandbox, parameters);
		expect(refused.json('Voiso')).toEqual([]);
		expect(refused.hints()).toMatchObject([{ type: 'warning' }]);
	});
});
