import { describe, expect, it, vi } from 'vitest';
import { leadsOf, numbers, type Running, start } from './support.mts';

const one = leadsOf(numbers(1));
const busyErrors = { errors: { base: [expect.stringContaining('still being processed')] } };

/** The lead requests on report for campaign 3. */
const requestsOf = ({ sandbox }: Running) => sandbox.report().campaigns['3']?.leadRequests ?? [];

describe('one lead call at a time', () => {
	it('a second one is refused while one is processed, and changes nothing', async () => {
		const running = await start({ processingTime: 1000 });
		const { add, api, sandbox } = running;
		const firstCall = add(leadsOf(numbers(2)));
		await vi.waitFor(() => expect(requestsOf(running)).toHaveLength(1));
		const added = await add(leadsOf(numbers(2, 2)));
		const updated = await api.put('/campaigns/3/leads', one);
		expect([added.status, updated.status]).toEqual([409, 409]);
		expect([added.data, updated.data]).toEqual([busyErrors, busyErrors]);
		expect((await firstCall).status).toBe(200);
		expect((await add(leadsOf(numbers(2, 2)))).status).toBe(200);
		expect(requestsOf(running).map(({ outcome, overlapped }) => [outcome, overlapped])).toEqual([
			['accepted', false],
			['busy', true],
			['busy', true],
			['accepted', false],
		]);
		expect(sandbox.report().totals).toMatchObject({
			requests: 4,
			busy: 2,
			overlapped: 2,
			accepted: 2,
		});
		expect(Object.keys(sandbox.state().leads['3'] ?? {})).toEqual(numbers(4));
	});

	it('other campaigns are not held up', async () => {
		const { api, sandbox } = await start({ minimumInterval: 60_000 });
		sandbox.addCampaigns({ id: 50 }, { id: 51 });
		const answers = await Promise.all(
			[3, 50, 51].map(async (id) => api.post(`/campaigns/${id}/leads`, one)),
		);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	});

	it('of many at once exactly one is accepted', async () => {
		const running = await start({ minimumInterval: 60_000, processingTime: 20 });
		const answers = await Promise.all(
			numbers(50).map(async (number) => running.add(leadsOf([number]))),
		);
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
		expect(running.sandbox.report().totals).toMatchObject({
			accepted: 1,
			busy: 49,
			leadsStored: 1,
		});
	});
});

describe('the minimum interval', () => {
	it('runs from the end of the accepted call, and a refused one does not restart it', async () => {
		const running = await start({ minimumInterval: 100 });
		await running.add(one);
		await vi.waitFor(async () => expect((await running.add(one)).status).toBe(200), {
			interval: 10,
		});
		const [accepted, ...others] = requestsOf(running);
		const next = others.pop();
		expect(others.length).toBeGreaterThan(1);
		for (const { outcome, tooEarly, gap } of others) {
			expect([outcome, tooEarly]).toEqual(['busy', true]);
			expect(gap).toBeLessThan(100);
		}
		expect(next).toMatchObject({ outcome: 'accepted', tooEarly: false });
		expect(next?.gap).toBeGreaterThanOrEqual(100);
		expect(next?.gap).toBe((next?.start ?? 0) - (accepted?.processedAt ?? 0));
		expect(running.sandbox.report().campaigns['3']?.smallestGap).toBe(others[0]?.gap);
	});

	it('is 2 seconds unless told otherwise', async () => {
		const { sandbox } = await start();
		sandbox.reset();
		expect((await start({})).sandbox.options.minimumInterval).toBe(0);
		const { defaultOptions } = await import('../../sandbox/options.mts');
		expect(defaultOptions()).toMatchObject({ minimumInterval: 2000, processingTime: 20 });
	});

	it('does not count from a call that was not accepted', async () => {
		const { add } = await start({ minimumInterval: 60_000 });
		expect((await add([{}])).status).toBe(422);
		expect((await add(one)).status).toBe(200);
		expect((await add(one)).status).toBe(409);
	});
});

describe('processing that outlasts the answer', () => {
	it('keeps the campaign busy', async () => {
		const running = await start({ processingOutlasts: 60_000 });
		expect((await running.add(one)).status).toBe(200);
		expect((await running.add(one)).status).toBe(409);
		expect(requestsOf(running)[1]).toMatchObject({ overlapped: false, tooEarly: true });
	});

	it('ends, and the interval counts from there', async () => {
		const running = await start({ processingOutlasts: 60, minimumInterval: 20 });
		await running.add(one);
		await vi.waitFor(async () => expect((await running.add(one)).status).toBe(200), {
			interval: 10,
		});
		const requests = requestsOf(running);
		const sinceAnswer = (requests.at(-1)?.start ?? 0) - (requests[0]?.end ?? 0);
		expect(sinceAnswer).toBeGreaterThanOrEqual(79);
	});
});

describe('the busy answer', () => {
	it.each([
		[409, busyErrors],
		[422, busyErrors],
		[429, { error: 'Too many requests' }],
	] as const)('is %i when told so', async (busyStatus, expected) => {
		const { add, sandbox } = await start({ busyStatus, minimumInterval: 60_000 });
		await add(one);
		const answer = await add(one);
		expect([answer.status, answer.data]).toEqual([busyStatus, expected]);
		expect(answer.headers).not.toHaveProperty('retry-after');
		expect(sandbox.report().violations).toEqual([]);
	});

	it('says in seconds when to come again, when told so', async () => {
		const { add } = await start({ busyRetryAfter: 'seconds', minimumInterval: 60_000 });
		await add(one);
		expect((await add(one)).headers).toMatchObject({
			'retry-after': expect.stringMatching(/^(60|59)$/),
		});
	});

	it('says as a date when to come again, when told so', async () => {
		const { add } = await start({
			busyRetryAfter: 'date',
			busyStatus: 429,
			minimumInterval: 60_000,
		});
		const before = Date.now();
		await add(one);
		const { headers } = await add(one);
		const text = 'retry-after' in headers ? String(headers['retry-after']) : '';
		expect(text).toMatch(/ GMT$/);
		expect(Date.parse(text)).toBeGreaterThanOrEqual(before + 60_000);
		expect(Date.parse(text)).toBeLessThan(Date.now() + 61_000);
	});
});
