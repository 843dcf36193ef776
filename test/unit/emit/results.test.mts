import { NodeOperationError } from 'n8n-workflow';
import { describe, expect, it, vi } from 'vitest';
import { emit, type EmitSettings } from '../../../nodes/VoisoLeads/emit/emit.ts';
import { hints, mappingLine, ResultTally } from '../../../nodes/VoisoLeads/emit/hints.ts';
import { NO_COUNTRY_CODE } from '../../../nodes/VoisoLeads/fields/phoneNumber.ts';
import { resultOf, type LeadResult } from '../../../nodes/VoisoLeads/emit/results.ts';
import type { Failure, ReadLead, Settled } from '../../../nodes/VoisoLeads/types.ts';
import { emitSettings, node, problem } from '../fixtures.mts';

const pauses = { isDue: () => false, take: async () => {} };
const failure: Failure = {
	campaignIds: ['3'],
	problem: problem('serverError'),
	batch: 1,
	attempts: 1,
	maybeApplied: false,
	cause: 'final',
};
const good = (item: number, more: Partial<ReadLead> = {}): ReadLead =>
	({
		kind: 'good',
		item,
		campaignId: '3',
		lead: { phone_number: String(15_550_000_000 + item) },
		...more,
	}) as ReadLead;
const leads: ReadLead[] = [
	good(0),
	good(1, { warning: 'priority was left out.' }),
	{ kind: 'invalid', item: 2, campaignId: '3', phone: 'none', reason: 'phone_number is no number' },
	good(3),
	{ kind: 'unread', item: 4, error: new NodeOperationError(node, 'No campaign selected') },
	good(5),
];
const settled: Array<Settled | undefined> = [
	{ status: 'created' },
	{ status: 'duplicate', warning: 'Seen before.' },
	undefined,
	failure,
	undefined,
	{ status: 'rejected', reason: 'Voiso rejected it.' },
];
const input = leads.map((_, index) => ({ json: { index, status: 'New', input_status: 'old' } }));
const resultMaker = (settings: EmitSettings) => {
	const failed = new Map<Failure, LeadResult>();
	return (lead: ReadLead, outcome: Settled | undefined) =>
		resultOf(lead, outcome, settings, failed);
};
const resultsOf = (rejectedLeadsFail: boolean) => {
	const result = resultMaker(emitSettings({ rejectedLeadsFail }));
	return leads.map((lead, position) => result(lead, settled[position]));
};
const efforts = [{ campaignId: '3', requests: 2, retries: 1, duration: 5200 }];
const itemsWith = async (chosen?: Partial<EmitSettings>) => {
	const settings = emitSettings(chosen);
	const { items } = await emit(leads, { results: settled, efforts }, input, settings, pauses);
	return items;
};

describe('the results of leads', () => {
	it('hold status, reason and all warnings, or an error', () => {
		expect(resultsOf(false)).toEqual([
			{ status: 'created' },
			{ status: 'duplicate', warning: 'priority was left out. Seen before.' },
			{ status: 'invalid', reason: 'phone_number is no number' },
			{ error: 'Title. Remedy.' },
			{ error: 'No campaign selected' },
			{ status: 'rejected', reason: 'Voiso rejected it.' },
		]);
	});

	it('fail for leads that were not accepted, when the user wants that', () => {
		const results = resultsOf(true);
		expect(results.map(({ error, status }) => [status, error !== undefined])).toEqual([
			['created', false],
			['duplicate', false],
			['invalid', true],
			[undefined, true],
			[undefined, true],
			['rejected', true],
		]);
	});

	it.each<[Settled, string]>([
		[{ status: 'not_found' }, 'The lead is not found'],
		[{ status: 'rejected', reason: 'No.' }, 'The lead is rejected: No.'],
	])('name the status and the reason of one that fails: %j', (outcome, error) => {
		const result = resultMaker(emitSettings({ rejectedLeadsFail: true }));
		expect(result(good(0), outcome)).toEqual({ ...outcome, error });
	});

	it('share the object of what they have in common', () => {
		let texts = 0;
		const textOf = () => ({ message: `Text ${++texts}`, description: '' });
		const result = resultMaker(emitSettings({ textOf }));
		const created: Settled = { status: 'created' };
		expect(result(good(0), created)).toBe(created);
		expect(result(good(0), failure)).toBe(result(good(1), failure));
		expect(texts).toBe(1);
		expect(result(good(1, { warning: 'Odd.' }), created)).toStrictEqual({
			status: 'created',
			warning: 'Odd.',
		});
	});

	it('say of a failed batch where its leads are, and where they were not switched off', () => {
		const result = resultMaker(emitSettings());
		const keysOf = (more: Partial<Failure>) =>
			Object.keys(result(good(0), { ...failure, ...more }));
		expect(keysOf({})).toEqual(['error']);
		const places = { foundIn: ['3'], notSwitchedOffIn: ['5'] };
		expect(result(good(0), { ...failure, ...places })).toMatchObject(places);
		expect(keysOf({ foundIn: ['3'] })).toEqual(['error', 'foundIn']);
	});

	it('are never missing', () => {
		expect(() => resultMaker(emitSettings())(good(7), undefined)).toThrow(RangeError);
	});
});

describe('the items', () => {
	it('go on after each pause, even where one is always due', async () => {
		const take = vi.fn(async () => {});
		const { items } = await emit(leads, { results: settled, efforts }, input, emitSettings(), {
			isDue: () => true,
			take,
		});
		expect(items).toHaveLength(leads.length);
		expect(take).toHaveBeenCalledTimes(leads.length);
	});

	it('are paired and in order, with a warning beside the status', async () => {
		const items = await itemsWith();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(leads.map(({ item }) => ({ item })));
		expect(items[1]?.json).toEqual({
			phone_number: '15550000001',
			campaign_id: 3,
			status: 'duplicate',
			warning: 'priority was left out. Seen before.',
		});
	});

	it('keep the input under names that no result has', async () => {
		const [item] = await itemsWith({ includeInputFields: true });
		expect(item?.json).toEqual({
			index: 0,
			input_status: 'old',
			input_input_status: 'New',
			phone_number: '15550000000',
			campaign_id: 3,
			status: 'created',
		});
	});

	it('hold nothing but two keys where they leave by the error output', async () => {
		const items = await itemsWith({ hasErrorOutput: true, rejectedLeadsFail: true });
		expect(items.map(({ json }) => Object.keys(json))).toEqual([
			['phone_number', 'campaign_id', 'status'],
			['phone_number', 'campaign_id', 'status', 'warning'],
			['error', 'message'],
			['error', 'message'],
			['error', 'message'],
			['error', 'message'],
		]);
	});

	it('with Problems Only leave out what is in, duplicate or repeated', async () => {
		const items = await itemsWith({ output: 'problems' });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[2, 3, 4, 5].map((item) => ({ item })),
		);
	});

	it('of a summary count each status, warnings and failures', async () => {
		const [summary, ...failed] = await itemsWith({ output: 'summary', isCounted: true });
		expect(summary?.json).toMatchObject({
			campaign_id: 3,
			leads: 5,
			created: 1,
			duplicate: 1,
			invalid: 1,
			rejected: 1,
			failed: 1,
			warnings: 1,
			requests: 2,
			seconds: 5.2,
		});
		expect(summary?.json).not.toHaveProperty('ready');
		expect(failed.map(({ json }) => typeof json.error)).toEqual(['string', 'string']);
	});
});

describe('the hints', () => {
	const hintsOf = async (some: ReadLead[], results: LeadResult[]) => {
		const tally = new ResultTally();
		for (const [position, lead] of some.entries()) tally.add(lead, results[position] ?? {});
		return await hints(tally, { efforts, mapping: undefined, dryRun: false }, pauses);
	};

	it('are a warning as soon as leads were not accepted', async () => {
		const [hint] = await hintsOf(leads, resultsOf(false));
		expect(hint).toMatchObject({ type: 'warning', location: 'outputPane' });
		for (const part of ['1 created', '1 duplicate', '2 failed', '2 requests', '1 warning'])
			expect(hint?.message).toContain(part);
	});

	it('are an info when all were', async () => {
		expect(await hintsOf([good(0)], [{ status: 'created' }])).toMatchObject([{ type: 'info' }]);
	});

	it('name the reason that comes most often, whatever stands in quotes', async () => {
		const reasons = ['"12" is too short', '"34" is too short', 'is empty'];
		const some = reasons.map((reason, item): ReadLead => ({
			kind: 'invalid',
			item,
			campaignId: '3',
			phone: '12',
			reason,
		}));
		const results = reasons.map((reason) => ({ status: 'invalid' as const, reason }));
		const [hint] = await hintsOf(some, results);
		expect(hint?.message).toContain('(2 leads): "12" is too short');
	});

	it('diagnose a list of national numbers as a whole', async () => {
		const phones = Array.from({ length: 50 }, (_, index) => `07911 ${123_456 + index}`);
		const some = phones.map((phone, item): ReadLead => ({
			kind: 'invalid',
			item,
			campaignId: '3',
			phone,
			reason: `phone_number "${phone}" ${NO_COUNTRY_CODE}`,
		}));
		const [hint] = await hintsOf(
			some,
			some.map(() => ({ status: 'invalid' })),
		);
		expect(hint?.message).toContain('United Kingdom');
	});

	it('say what automatic mapping did', () => {
		const line = mappingLine({
			used: [
				{ field: 'phone_number', column: 'Mobile', leads: 3 },
				{ field: 'name', column: 'First Name', leads: 3 },
				{ field: 'name', column: 'Last Name', leads: 3 },
			],
			ignored: ['Company', 'City'],
		});
		expect(line).toContain('Mobile → Phone Number');
		expect(line).toContain('First Name + Last Name → Name');
		expect(line).toContain('Company, City');
	});
});
