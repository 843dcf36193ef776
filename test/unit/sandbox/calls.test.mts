import { describe, expect, it } from 'vitest';
import type { NewCall, StartOptions } from '../../sandbox/index.mts';
import { clientOf, leadsOf, numbers, start } from './support.mts';

const [first = '', second = '', third = ''] = numbers(3);

/** `count` calls, one a minute. */
const callsOf = (count: number): NewCall[] =>
	Array.from({ length: count }, (_, index) => ({
		phone_number: String(447_900_000_000 + index),
		started_at: new Date(Date.UTC(2025, 2, 4, 0, index)).toISOString(),
	}));

async function withCalls(calls: NewCall[], options: StartOptions = {}) {
	const running = await start(options);
	running.sandbox.addCalls(...calls);
	const list = async (query = '') => (await running.api.get(`/reporting/cdrs${query}`)).data;
	return { ...running, list };
}

/** Asks for contact statuses; campaign 3 unless another is given. */
async function contacts(
	{ sandbox }: Awaited<ReturnType<typeof start>>,
	asked: string[],
	{ key = sandbox.apiKey, campaign = 3 } = {},
) {
	const query = asked.map((number) => `contact_numbers[]=${number}`).join('&');
	const url = `/api/dialer/v1/campaigns/${campaign}/contact_status?${query}`;
	return await clientOf(sandbox, key).get(url, { baseURL: sandbox.url });
}

describe('contact status', () => {
	it('tells what was done with each number', async () => {
		const running = await withCalls([
			{ phone_number: first, disposition: 'busy' },
			{ phone_number: first },
			{ phone_number: second, disposition: 'no_answer' },
		]);
		await running.add(leadsOf([first, second, third]));
		const { status, data } = await contacts(running, [first, second, third, '447911999999']);
		expect(status).toBe(200);
		const known = { campaign_id: 3 };
		expect(data.contacts).toEqual([
			expect.objectContaining({
				...known,
				contact_number: first,
				dialed: true,
				disposition: 'answered',
				attempts: 2,
				will_be_dialed: false,
			}),
			expect.objectContaining({ contact_number: second, dialed: true, will_be_dialed: true }),
			expect.objectContaining({ contact_number: third, dialed: false, will_be_dialed: true }),
			{ ...known, contact_number: '447911999999', dialed: false },
		]);
		expect(running.sandbox.report().calls).toMatchObject({
			'GET /dialer/v1/campaigns/{id}/contact_status': 1,
		});
	});

	it.each([
		[{ unknownContacts: 'null' }, [{ campaign_id: 3, contact_number: first, dialed: null }]],
		[{ unknownContacts: 'leaveOut' }, []],
		[
			{ numberEcho: 'normalised' },
			[{ campaign_id: 3, contact_number: `+${first}`, dialed: false }],
		],
		[{ numberEcho: 'number' }, [{ campaign_id: 3, contact_number: Number(first), dialed: false }]],
	] as const)('with %j answers for an unknown number %j', async (options, expected) => {
		const { data } = await contacts(await start(options), [first]);
		expect(data.contacts).toEqual(expected);
	});

	it('is only in the dialer v1 API, for up to 1,000 numbers', async () => {
		const running = await start({ urlLimit: 0 });
		expect((await contacts(running, numbers(1000))).data.contacts).toHaveLength(1000);
		expect((await contacts(running, numbers(1001))).status).toBe(422);
		expect((await contacts(running, [])).status).toBe(422);
		expect((await contacts(running, [first], { campaign: 99 })).status).toBe(404);
		expect((await running.api.get('/campaigns/3/contact_status')).status).toBe(404);
	});

	it.each([
		[{ contactStatus: 403 }, 403],
		[{ contactStatus: 404 }, 404],
		[{ contactStatusKey: 'contactCenter' }, 401],
	] as const)('with %j is answered with %i', async (options, status) => {
		expect((await contacts(await start(options), [first])).status).toBe(status);
	});

	it('takes the token of the contact center, which v4 does not', async () => {
		const running = await start({ contactStatusKey: 'contactCenter' });
		const key = running.sandbox.contactCenterToken;
		expect((await contacts(running, [first], { key })).status).toBe(200);
		expect((await clientOf(running.sandbox, key).get('/campaigns')).status).toBe(401);
	});

	it.each([414, 431, 400] as const)(
		'of a URL that is too long is answered with %i',
		async (status) => {
			const running = await start({ urlLimit: 300, urlLimitStatus: status });
			expect((await contacts(running, numbers(5))).status).toBe(200);
			expect((await contacts(running, numbers(50))).status).toBe(status);
		},
	);
});

describe('CDRs', () => {
	it('are records with the data of the call, the newest first', async () => {
		const { list, api } = await withCalls(callsOf(3));
		const { cdrs, metadata } = await list();
		expect(metadata).toEqual({ total: 3, next_cursor: null });
		expect(cdrs.map(({ data }: { data: object }) => data)).toMatchObject([
			{ called_number: third, campaign: { id: 3, name: 'Spring Sale' }, agent: { id: 1 } },
			{ called_number: second, disposition: 'answered', duration: { talk_time: 50 } },
			{ called_number: first, recording: expect.stringContaining('.wav?expires=') },
		]);
		expect((await api.get(`/reporting/cdrs/${cdrs[1].id}`)).data).toMatchObject({
			cdr: { id: cdrs[1].id, data: { called_number: second } },
		});
		expect((await api.get('/reporting/cdrs/none')).status).toBe(404);
	});

	it.each([
		['campaign_id=6', [first]],
		['disposition=busy', [second]],
		['disposition[]=busy&disposition[]=failed', [second]],
		['type[]=sms', [third]],
		['type=call&user_id=1', [first]],
		['user_id=1', [first, third]],
		[`phone_number=${second}`, [second]],
		['started_at[gte]=2025-03-04T00:01:00Z&started_at[lt]=2025-03-04T00:02:00Z', [second]],
		['ended_at%5Blt%5D=2025-03-04T00:01:30Z', [first]],
	])('%s gives %j', async (query, expected) => {
		const [one = {}, two = {}, three = {}] = callsOf(3);
		const { list } = await withCalls(
			[
				{ ...one, campaign_id: 6 },
				{ ...two, disposition: 'busy' },
				{ ...three, type: 'sms' },
			],
			{ cdrOrder: 'oldest' },
		);
		const { cdrs } = await list(`?${query}`);
		expect(cdrs.map(({ data }: { data: { called_number: string } }) => data.called_number)).toEqual(
			expected,
		);
	});

	it.each([
		[{ cdrFilters: 'ignored' }, 200],
		[{ cdrFilters: 'refused' }, 422],
	] as const)('with %j a filter is answered with %i', async (options, status) => {
		const { api } = await withCalls(callsOf(3), options);
		const answer = await api.get('/reporting/cdrs?campaign_id=6');
		expect(answer.status).toBe(status);
		if (status === 200) expect(answer.data.cdrs).toHaveLength(3);
	});

	it.each([
		[{ cdrIds: 'number' }, { id: 1, type: 'call' }],
		[{ resultFields: 'short' }, { id: expect.any(String), type: 'call' }],
		[
			{ cdrData: 'flat', nestedIds: 'text' },
			{ data: { campaign_id: '3', user_id: '1', talk_time: 50, wrap_up_code: 'interested' } },
		],
		[{ dispositions: 'label' }, { data: { disposition: 'Answered' } }],
		[{ recordingKey: 'recording.url' }, { data: { recording: { url: expect.any(String) } } }],
		[{ recordingKey: 'recording_url' }, { data: { recording_url: expect.any(String) } }],
	] as const)('with %j look like %j', async (options, expected) => {
		const { list, api } = await withCalls(callsOf(1), { ...options, cdrBody: 'bare' });
		const [cdr] = (await list()).cdrs;
		expect(cdr).toMatchObject(expected);
		expect((await api.get(`/reporting/cdrs/${cdr.id}`)).data.id).toBe(cdr.id);
	});

	it.each(['records', 'data'] as const)('can be called %s', async (cdrList) => {
		const { list } = await withCalls(callsOf(1), { cdrList, cdrTotal: 'absent' });
		expect(await list()).toEqual({
			[cdrList]: [expect.anything()],
			metadata: { next_cursor: null },
		});
	});
});

describe('paging through CDRs', () => {
	interface Page {
		cdrs: { id: string }[];
		metadata: { total?: number; next_cursor?: string | null };
	}

	/** Follows the cursors, at most ten. */
	async function follow(list: (query: string) => Promise<Page>) {
		const pages: Page[] = [];
		let cursor: string | null | undefined = '';
		while (typeof cursor === 'string' && pages.length < 10) {
			const page: Page = await list(`?limit=10${cursor && `&cursor=${cursor}`}`);
			pages.push(page);
			cursor = page.metadata.next_cursor;
		}
		return { sizes: pages.map(({ cdrs }) => cdrs.length), rows: pages.flatMap(({ cdrs }) => cdrs) };
	}

	it.each([
		['newest', 'nullAtEnd'],
		['oldest', 'absentAtEnd'],
	] as const)('by cursor, %s first, %s', async (cdrOrder, cdrCursor) => {
		const { list } = await withCalls(callsOf(25), { cdrOrder, cdrCursor, offsetLimit: 5 });
		const { sizes, rows } = await follow(list);
		// Without a cursor even the first page ends at the limit of the offset.
		expect(sizes).toEqual([5, 10, 10]);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(25);
	});

	it('gives a cursor with the last page, too, if so', async () => {
		const { list } = await withCalls(callsOf(20), { cdrCursor: 'always' });
		expect((await follow(list)).sizes).toEqual([10, 10, ...Array<number>(8).fill(0)]);
	});

	it('goes on where it was while calls come in', async () => {
		const { list, sandbox } = await withCalls(callsOf(20));
		const { cdrs, metadata } = await list('?limit=10');
		sandbox.addCalls({ started_at: '2026-01-01T00:00:00Z' });
		const next = await list(`?limit=10&cursor=${metadata.next_cursor}`);
		expect(new Set([...cdrs, ...next.cdrs].map(({ id }) => id)).size).toBe(20);
	});

	it('falls back to the offset with a cursor that is not or no longer valid', async () => {
		const { list } = await withCalls(callsOf(25), { cdrCursorPages: 1, resultFields: 'short' });
		const firstPage = await list('?limit=10');
		const secondPage = await list(`?limit=10&cursor=${firstPage.metadata.next_cursor}`);
		const again = await list(`?limit=10&cursor=${secondPage.metadata.next_cursor}`);
		expect(again).toEqual(firstPage);
		const offset = await list('?limit=10&offset=10&cursor=none');
		expect(offset.cdrs).toEqual(secondPage.cdrs);
	});

	it.each([
		['empty', 200],
		[400, 400],
		[422, 422],
	] as const)('beyond the limit of the offset: %s', async (beyondOffsetLimit, status) => {
		const { api, list } = await withCalls(callsOf(12), {
			beyondOffsetLimit,
			offsetLimit: 10,
			cdrTotal: 'capped',
			cdrCursor: 'none',
		});
		expect(await list('?offset=8')).toMatchObject({
			cdrs: [expect.anything(), expect.anything()],
			metadata: { total: 10 },
		});
		const beyond = await api.get('/reporting/cdrs?offset=10');
		expect(beyond.status).toBe(status);
		if (status === 200) expect(beyond.data.cdrs).toEqual([]);
	});
});

describe('recordings', () => {
	it('are audio behind a link that expires', async () => {
		const { list, sandbox } = await withCalls([...callsOf(1), { disposition: 'busy' }]);
		const [missed, answered] = (await list()).cdrs;
		expect(missed.data.recording).toBeUndefined();
		const audio = await fetch(answered.data.recording);
		expect([audio.status, audio.headers.get('content-type')]).toEqual([200, 'audio/wav']);
		expect(Buffer.from(await audio.arrayBuffer()).toString('latin1', 0, 4)).toBe('RIFF');
		sandbox.options.recordingLifetime = 0;
		const expired = (await list()).cdrs[1].data.recording;
		expect((await fetch(expired)).status).toBe(403);
		expect((await fetch(`${sandbox.url}/_sandbox/recordings/none.wav`)).status).toBe(404);
	});
});

describe('calls', () => {
	it('are put in and read by the control', async () => {
		const { control, sandbox } = await start();
		const { data } = await control.post('/calls', [{ campaign_id: 6, disposition: 'busy' }]);
		expect(data).toMatchObject([{ campaign_id: 6, disposition: 'busy', user_id: null }]);
		expect((await control.get('/calls')).data).toEqual(sandbox.calls());
		expect((await control.post('/calls', [{ campaign: 6 }])).status).toBe(400);
		sandbox.reset();
		expect(sandbox.calls()).toEqual([]);
	});
});
