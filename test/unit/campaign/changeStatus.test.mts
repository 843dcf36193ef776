import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../nodes/shared/api/connection.ts';
import type { ApiRequest, HttpResult } from '../../../nodes/shared/api/http.ts';
import {
	changeStatus,
	type ChangeOptions,
} from '../../../nodes/VoisoCampaign/campaign/changeStatus.ts';
import { actions, type Action } from '../../../nodes/VoisoCampaign/campaign/actions.ts';
import { fakeConnection, json } from '../api/fakeConnection.mts';

const campaign = (status: unknown, name: unknown = 'Spring Sale') =>
	json({ campaign: { id: 3, name, status } });
const conflict = json({ errors: { status: ['is wrong'] } }, 409);
const refusal = json({ errors: { base: [] } }, 409);

/** Answers in turn, the last of them for ever; `POST` for the action, `GET` for the status. */
const turns =
	(answers: Record<'POST' | 'GET', HttpResult[]>) =>
	({ method }: ApiRequest): HttpResult => {
		const mine = answers[method as 'POST' | 'GET'];
		const next = mine.length > 1 ? mine.shift() : mine[0];
		if (next === undefined) throw new Error(`Nobody expected ${method}`);
		return next;
	};

async function change(
	answers: Record<'POST' | 'GET', HttpResult[]>,
	{
		action = 'start',
		connection = {},
		...options
	}: Partial<ChangeOptions> & { action?: Action['name']; connection?: Partial<Connection> } = {},
) {
	const result = await changeStatus(
		fakeConnection(turns(answers), connection),
		actions[action],
		{ id: '3' },
		{ ifAlready: 'succeed', waitTimeout: 0, ...options },
	);
	return result.ok ? result : result.refusal;
}

describe('a refused action', () => {
	it('is explained by the status, or by its absence', async () => {
		expect(await change({ POST: [conflict], GET: [campaign('draft')] })).toMatchObject({
			explanation: {
				message:
					'Could not start campaign "Spring Sale" (ID 3), whose status is draft. Voiso says: status: is wrong',
				description: expect.stringContaining('it needs at least one lead and one agent'),
			},
			status: 409,
		});
		expect(await change({ POST: [refusal], GET: [campaign(null, null)] })).toMatchObject({
			explanation: { message: 'Could not start campaign 3, whose status is not known.' },
		});
	});

	it('in a transition says that it passes', async () => {
		expect(await change({ POST: [conflict], GET: [campaign('stopping')] })).toMatchObject({
			explanation: { description: expect.stringMatching(/^The status stopping passes by itself/) },
		});
	});

	it('is made again after the transition, when there is time for it', async () => {
		const answers = {
			POST: [conflict, campaign('active')],
			GET: [campaign('stopping'), campaign('stopping'), campaign('stopped')],
		};
		expect(await change(answers, { waitTimeout: 60 })).toMatchObject({
			ok: true,
			changed: true,
			campaign: { status: 'active' },
		});
	});

	it('is final when the transition takes longer', async () => {
		const answers = { POST: [conflict], GET: [campaign('stopping')] };
		expect(await change(answers, { waitTimeout: 5 })).toMatchObject({
			explanation: {
				message: expect.stringContaining('"Spring Sale" (ID 3), whose status is stopping'),
			},
		});
	});

	it.each([
		[
			'is not read',
			json({}, 404),
			'Could not start campaign 3: Voiso has no campaign with the ID 3',
		],
		['may not be read', json({}, 403), 'Could not start campaign 3: the state it is in does not'],
	])('of which the status %s', async (_, look, message) => {
		expect(await change({ POST: [conflict], GET: [look] })).toMatchObject({
			explanation: { message: expect.stringContaining(message) },
		});
	});

	it('fails when the status cannot be read any more during the transition', async () => {
		const answers = { POST: [conflict], GET: [campaign('stopping'), json({}, 401)] };
		expect(await change(answers, { waitTimeout: 60 })).toMatchObject({
			explanation: {
				message: 'Could not start campaign "Spring Sale" (ID 3): Voiso does not accept the API key',
			},
			status: 401,
		});
	});
});

describe('the status afterwards', () => {
	const started = json({});

	it('is that of the answer, or read when the answer has none', async () => {
		expect(await change({ POST: [campaign('active')], GET: [] })).toMatchObject({
			campaign: { status: 'active' },
		});
		expect(await change({ POST: [started], GET: [campaign('active')] })).toMatchObject({
			campaign: { id: 3, status: 'active' },
		});
	});

	it('is null when it may not be read, which is no failure', async () => {
		expect(await change({ POST: [started], GET: [json({}, 403)] })).toEqual({
			ok: true,
			changed: true,
			campaign: { id: '3', status: null },
		});
	});

	it('is waited for, at growing intervals', async () => {
		const GET = [...Array.from({ length: 9 }, () => campaign('processing')), campaign('active')];
		const connection = fakeConnection(turns({ POST: [campaign('processing')], GET }));
		const options = { ifAlready: 'succeed', waitTimeout: 300 } as const;
		const result = await changeStatus(connection, actions.start, { id: '3' }, options);
		expect(result).toMatchObject({ ok: true, campaign: { status: 'active' } });
		expect(connection.waits).toEqual([
			500, 750, 1125, 1688, 2532, 3797, 5696, 8543, 10_000, 10_000,
		]);
	});

	it('that does not come in time is a failure, with the one there is', async () => {
		const answers = { POST: [started], GET: [campaign('processing')] };
		expect(await change(answers, { waitTimeout: 10 })).toEqual({
			explanation: {
				message:
					'Voiso accepted to start campaign "Spring Sale" (ID 3), but after 10 seconds its status is processing',
				description: expect.stringMatching(/^Raise the option Wait Timeout/),
			},
		});
		const unknown = { POST: [started], GET: [campaign(null, null)] };
		expect(await change(unknown, { waitTimeout: 10 })).toMatchObject({
			explanation: {
				message: 'Voiso accepted to start campaign 3, but after 10 seconds its status is not known',
			},
		});
	});

	it('that leads elsewhere is a failure at once', async () => {
		const answers = { POST: [started], GET: [campaign('import_error')] };
		expect(await change(answers, { waitTimeout: 60 })).toMatchObject({
			explanation: { message: expect.stringContaining('but its status is import_error now') },
		});
	});

	it('that cannot be read is a failure that says what was done', async () => {
		const answers = { POST: [started], GET: [json({}, 403)] };
		expect(await change(answers, { waitTimeout: 60 })).toMatchObject({
			explanation: {
				message: expect.stringMatching(/^Voiso accepted to start it, but: Could not follow/),
				description: expect.stringMatching(/Without the option Wait for Status this is not needed/),
			},
			status: 403,
		});
	});

	it('is not waited for after a Stop', async () => {
		const stopped = { signal: AbortSignal.abort() };
		const answers = { POST: [campaign('processing')], GET: [] };
		expect(await change(answers, { waitTimeout: 60, connection: stopped })).toMatchObject({
			explanation: { message: expect.stringContaining('the execution was canceled') },
		});
	});
});

describe('a campaign that is there already', () => {
	it('passes, or fails when that is wanted', async () => {
		const answers = () => ({ POST: [conflict], GET: [campaign('paused')] });
		const action = 'pause' as const;
		expect(await change(answers(), { action })).toMatchObject({ ok: true, changed: false });
		expect(await change(answers(), { action, ifAlready: 'fail' })).toMatchObject({
			explanation: {
				message: 'Could not pause campaign "Spring Sale" (ID 3): it is paused already',
			},
			status: 409,
		});
	});

	it('passes as changed when an answer was lost before, however it is to be taken', async () => {
		const lost: HttpResult = { kind: 'networkError', code: 'ECONNRESET' };
		const answers = { POST: [lost, conflict], GET: [campaign('completed')] };
		expect(await change(answers, { ifAlready: 'fail' })).toMatchObject({ ok: true, changed: true });
	});
});
