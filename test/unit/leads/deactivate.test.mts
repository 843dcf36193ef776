import { describe, expect, it } from 'vitest';
import { deactivateEverywhere } from '../../../nodes/VoisoLeads/operations/deactivate.ts';
import type { ReadLead } from '../../../nodes/VoisoLeads/types.ts';
import type { Behavior } from './arbitraries.mts';
import { contextFor, fakeVoiso } from './fakeVoiso.mts';

const leads: ReadLead[] = [1, 2].map((item) => ({
	kind: 'good',
	item,
	campaignId: '',
	lead: { phone_number: `1555000000${item}`, active: false },
}));

const lists = (...names: string[]): Behavior => ({
	kind: 'response',
	lists: names.map((name) => [name]),
	echo: 0,
	envelope: true,
});
const UPDATED = lists('updated');
const ABSENT = lists('not_found');
const status = (code: number, body = '{"error":"Bad Request"}'): Behavior => ({
	kind: 'status',
	status: code,
	body,
});
const TAKES_NO_LEADS = status(400);

/** The results of the leads when campaign 1 answers as said; campaign 2 may call, and has or lacks them. */
async function stopCalling(
	first: Behavior,
	second: Behavior,
	{ mayCall = false, unreachableFails = false } = {},
) {
	const context = contextFor(fakeVoiso([first, second]).dependencies, 1000);
	context.limits.maxWait = 0;
	const { results } = await deactivateEverywhere(
		context,
		leads,
		[
			{ id: '1', mayCall },
			{ id: '2', mayCall: true },
		],
		{ unreachableFails },
	);
	return results;
}

describe('a campaign that does not take the change', () => {
	it('and calls nobody comes out with a warning', async () => {
		for (const [found, result] of [
			[UPDATED, { status: 'updated', foundIn: ['2'] }],
			[ABSENT, { status: 'not_found', foundIn: [] }],
		] as const) {
			const results = await stopCalling(TAKES_NO_LEADS, found);
			expect(results[0]).toEqual({
				...result,
				notSwitchedOffIn: ['1'],
				warning: expect.stringContaining('campaign 1'),
			});
			// Leads that met the same share their result.
			expect(results[1]).toBe(results[0]);
		}
	});

	it.each([
		['may call', { mayCall: true }],
		['calls nobody, but is to fail', { unreachableFails: true }],
	])('and %s is a failure', async (_, more) => {
		const [result] = await stopCalling(TAKES_NO_LEADS, UPDATED, more);
		expect(result).toMatchObject({ campaignIds: ['1'], cause: 'final', foundIn: ['2'] });
		expect(result).not.toHaveProperty('notSwitchedOffIn');
	});

	it.each([
		['whose response was lost', { kind: 'silence', code: 'ECONNRESET' } as const],
		['that refuses the key', status(401)],
		['that the key may not use', status(403)],
	])('is a failure although it calls nobody: one %s', async (_, answer) => {
		const [result] = await stopCalling(answer, UPDATED);
		expect(result).toHaveProperty('cause');
	});

	it('for one lead only, and calls nobody, comes out for that lead', async () => {
		const results = await stopCalling(lists('updated', 'rejected'), ABSENT);
		expect(results).toMatchObject([
			{ status: 'updated', foundIn: ['1'] },
			{ status: 'not_found', foundIn: [], notSwitchedOffIn: ['1'] },
		]);
		expect(results[0]).not.toHaveProperty('notSwitchedOffIn');
	});

	it('for one lead only, and may call, is why that lead is not deactivated', async () => {
		const results = await stopCalling(lists('updated', 'rejected'), UPDATED, { mayCall: true });
		expect(results).toMatchObject([
			{ status: 'updated', foundIn: ['1', '2'] },
			{ status: 'rejected', foundIn: ['2'], reason: expect.stringMatching(/^Campaign 1: /) },
		]);
	});

	it('each comes out, of whatever kind', async () => {
		const [result] = await stopCalling(status(403), lists('rejected'), { mayCall: true });
		expect(result).toMatchObject({ campaignIds: ['1', '2'], cause: 'final', foundIn: [] });
	});
});

describe('a campaign that is not there', () => {
	it('calls nobody, once an update has succeeded', async () => {
		const [result] = await stopCalling(status(404), UPDATED, { mayCall: true });
		expect(result).toEqual({ status: 'updated', foundIn: ['2'] });
	});

	it('may be a method that is not there, when none has', async () => {
		const [result] = await stopCalling(status(404), status(404), { mayCall: true });
		expect(result).toMatchObject({ campaignIds: ['1', '2'], problem: { kind: 'notFound' } });
	});

	it('is judged by what this execution saw, whatever another one found out before', async () => {
		const { dependencies } = fakeVoiso([status(404)]);
		const context = contextFor(dependencies, 1000);
		context.memory.rememberUpdateMethod(context.baseUrl, 'PATCH');
		const { results } = await deactivateEverywhere(context, leads, [{ id: '1', mayCall: true }], {
			unreachableFails: false,
		});
		expect(results[0]).toMatchObject({ campaignIds: ['1'], problem: { kind: 'notFound' } });
	});
});

it('a campaign that calls nobody and was busy for too long is a failure: another run may succeed', async () => {
	const busy = status(409, '{"errors":{"base":["Another import is in progress"]}}');
	const many = [1, 2, 3].flatMap((number): ReadLead[] => [
		{ ...leads[0], lead: { phone_number: `1555000001${number}`, active: false } } as ReadLead,
	]);
	const context = contextFor(fakeVoiso([busy]).dependencies, 1);
	context.limits.maxWait = 0;
	const { results } = await deactivateEverywhere(context, many, [{ id: '1', mayCall: false }], {
		unreachableFails: false,
	});
	// The third batch is not even sent.
	expect(results).toMatchObject([
		{ cause: 'outOfTime' },
		{ cause: 'outOfTime' },
		{ cause: 'notSent' },
	]);
});
