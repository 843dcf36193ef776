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

interface Answers {
	/** The campaign as it is read first. Default: active. */
	before?: HttpResult;
	/** Answers in turn, the last of them for ever. */
	POST: HttpResult[];
	GET: HttpResult[];
}

function turns({ before = campaign('active'), ...answers }: Answers) {
	let isFirst = true;
	return ({ method }: ApiRequest): HttpResult => {
		if (isFirst) {
			isFirst = false;
			return before;
		}
		const mine = answers[method as 'POST' | 'GET'];
		const next = mine.length > 1 ? mine.shift() : mine[0];
		if (next === undefined) throw new Error(`Nobody expected ${method}`);
		return next;
	};
}

async function change(
	answers: Answers,
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
		{ ifAlready: 'succeed', ifAutoPaused: 'fail', waitTimeout: 0, ...options },
	);
	return result.ok ? result : result.refusal;
}

describe('a refused action', () => {
	it('is explained by the status, or by its absence', async () => {
		expect(await change({ POST: [conflict], GET: [campaign('draft')] })).toMatchObject({
			explanation: {
				message: expect.stringContaining('draft'),
				description: expect.stringContaining('status: is wrong'),
			},
			status: 409,
		});
		const nameless = { before: campaign(null, null), POST: [refusal], GET: [campaign(null, null)] };
		expect(await change(nameless)).toMatchObject({
			explanation: { message: expect.stringContaining('campaign 3') },
		});
	});

	it('is explained by what Voiso says where the status allows it', async () => {
		const noLeads = json(
			{ errors: { leads: [`must have at least one lead${'!'.repeat(99)}`] } },
			409,
		);
		const refusalOf = async (status: string) =>
			(await change({ POST: [noLeads], GET: [campaign(status)] })) as {
				explanation: { message: string };
			};
		for (const status of ['draft', 'paused', 'stopped']) {
			const { message } = (await refusalOf(status)).explanation;
			expect(message).toContain('leads: must have');
			expect(message.length).toBeLessThanOrEqual(120);
		}
		const { message } = (await refusalOf('completed')).explanation;
		expect(message).toContain('completed');
	});

	it('in a transition says that it passes', async () => {
		expect(await change({ POST: [conflict], GET: [campaign('stopping')] })).toMatchObject({
			explanation: { description: expect.stringContaining('stopping') },
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
				message: expect.stringContaining('stopping'),
			},
		});
	});

	it.each([
		['is not read', json({}, 404), /with ID 3/],
		['may not be read', json({}, 403), /"Spring Sale"/],
	])('of which the status %s', async (_, look, message) => {
		expect(await change({ POST: [conflict], GET: [look] })).toMatchObject({
			explanation: { message: expect.stringMatching(message) },
		});
	});

	it('fails when the status cannot be read any more during the transition', async () => {
		const answers = { POST: [conflict], GET: [campaign('stopping'), json({}, 401)] };
		expect(await change(answers, { waitTimeout: 60 })).toMatchObject({
			explanation: {
				message: expect.stringContaining('"Spring Sale"'),
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
		const answers = { before: json({}, 403), POST: [started], GET: [json({}, 403)] };
		expect(await change(answers)).toEqual({
			ok: true,
			changed: true,
			before: undefined,
			campaign: { id: '3', status: null },
		});
	});

	it('is waited for, at growing intervals', async () => {
		const GET = [...Array.from({ length: 9 }, () => campaign('processing')), campaign('active')];
		const connection = fakeConnection(turns({ POST: [campaign('processing')], GET }));
		const options: ChangeOptions = {
			ifAlready: 'succeed',
			ifAutoPaused: 'fail',
			waitTimeout: 300,
		};
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
				message: expect.stringMatching(/"Spring Sale" \(ID 3\) .*10 seconds/),
				description: expect.stringMatching(/processing.*'Wait Timeout'/),
			},
		});
		const unknown = { before: json({}, 403), POST: [started], GET: [campaign(null, null)] };
		expect(await change(unknown, { waitTimeout: 1 })).toMatchObject({
			explanation: {
				message: expect.stringMatching(/Campaign 3 .*1 second$/),
				description: expect.stringContaining('unknown'),
			},
		});
	});

	it('that leads elsewhere is a failure at once', async () => {
		const answers = { POST: [started], GET: [campaign('import_error')] };
		expect(await change(answers, { waitTimeout: 60 })).toMatchObject({
			explanation: {
				message: expect.stringContaining('import_error'),
			},
		});
	});

	it('that cannot be read is a failure that says what was done', async () => {
		const answers = { POST: [started], GET: [json({}, 403)] };
		expect(await change(answers, { waitTimeout: 60 })).toMatchObject({
			explanation: {
				message: expect.stringContaining('"Spring Sale"'),
				description: expect.stringContaining("'Wait for Status'"),
			},
			status: 403,
		});
	});

	it('is not waited for after a Stop', async () => {
		const stopped = { signal: AbortSignal.abort() };
		const answers = { POST: [campaign('processing')], GET: [] };
		expect(await change(answers, { waitTimeout: 60, connection: stopped })).toMatchObject({
			explanation: { message: expect.stringContaining('canceled') },
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
				message: expect.stringContaining('"Spring Sale" (ID 3)'),
			},
			status: 409,
		});
	});

	it('passes as changed when an answer was lost before, however it is to be taken', async () => {
		const lost: HttpResult = { kind: 'networkError', code: 'ECONNRESET' };
		const answers = { POST: [lost, conflict], GET: [campaign('completed')] };
		expect(await change(answers, { ifAlready: 'fail' })).toMatchObject({ ok: true, changed: true });
	});

	it('is not changed by a call that Voiso takes all the same', async () => {
		const answers = () => ({ before: campaign('paused'), POST: [campaign('paused')], GET: [] });
		expect(await change(answers(), { action: 'pause' })).toMatchObject({
			ok: true,
			changed: false,
		});
		expect(await change(answers(), { action: 'pause', ifAlready: 'fail' })).toMatchObject({
			status: 409,
		});
	});
});

describe('what is known of the campaign before', () => {
	it('is handed on, with the status that it had', async () => {
		const answers = { before: campaign('draft'), POST: [campaign('active')], GET: [] };
		expect(await change(answers)).toMatchObject({
			changed: true,
			before: { status: 'draft' },
			campaign: { status: 'active' },
		});
	});

	it('is what it was right before the change, whatever it was when it was read', async () => {
		const already = { before: campaign('active'), POST: [conflict], GET: [campaign('paused')] };
		expect(await change(already, { action: 'pause' })).toMatchObject({
			changed: false,
			before: { status: 'paused' },
		});
		const later = {
			POST: [conflict, campaign('active')],
			GET: [campaign('stopping'), campaign('stopped')],
		};
		expect(await change(later, { waitTimeout: 60 })).toMatchObject({
			changed: true,
			before: { status: 'stopped' },
		});
	});

	it.each([404, 401, 410])('is needed, unless the key may not know: status %i', async (status) => {
		const answers = { before: json({}, status), POST: [campaign('active')], GET: [] };
		expect(await change(answers)).toMatchObject({ status });
	});
});

describe('a campaign that has paused itself', () => {
	const pause = { action: 'pause' } as const;
	const answers = (...GET: string[]) => ({
		before: campaign('auto_paused'),
		POST: [conflict],
		GET: GET.map((status) => campaign(status)),
	});

	it('is not paused, and the remedy is one for right now', async () => {
		expect(await change(answers('auto_paused'), pause)).toMatchObject({
			explanation: {
				message: expect.stringContaining('auto_paused'),
				description: expect.stringContaining("'If Auto Paused'"),
			},
			status: 409,
		});
	});

	it.each(['auto_paused', 'auto_pausing'])('will do if that is wanted: %s', async (status) => {
		const accepted = { ...pause, ifAutoPaused: 'succeed' } as const;
		for (const waitTimeout of [0, 60]) {
			expect(await change(answers(status), { ...accepted, waitTimeout })).toMatchObject({
				ok: true,
				changed: false,
				campaign: { status },
			});
		}
	});

	it('while a pause is waited for will do, too, if that is wanted', async () => {
		const GET = [campaign('auto_paused')];
		const accepted = { ...pause, ifAutoPaused: 'succeed', waitTimeout: 60 } as const;
		expect(await change({ POST: [campaign('pausing')], GET }, accepted)).toMatchObject({
			ok: true,
			changed: true,
			campaign: { status: 'auto_paused' },
		});
		expect(
			await change({ POST: [campaign('pausing')], GET }, { ...pause, waitTimeout: 60 }),
		).toMatchObject({ explanation: { message: expect.stringContaining('within 60 seconds') } });
	});

	it('is not stopped by an option of pausing', async () => {
		const options = { action: 'stop', ifAutoPaused: 'succeed' } as const;
		expect(await change(answers('auto_paused'), options)).toMatchObject({ status: 409 });
	});
});

it('has error titles of one line, however long the name is', async () => {
	const name = 'x'.repeat(500);
	for (const status of ['draft', 'auto_pausing', 'import_error']) {
		const found = campaign(status, name);
		const ends = [
			{ before: found, POST: [conflict], GET: [found] },
			{ before: found, POST: [json({})], GET: [found] },
		];
		for (const answers of ends) {
			const refusal = await change(answers, { action: 'pause', waitTimeout: 86_400 });
			const title = 'explanation' in refusal ? refusal.explanation.message : '';
			expect(title).toMatch(/^.{20,120}$/);
		}
	}
});
