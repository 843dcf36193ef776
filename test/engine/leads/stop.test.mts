import { describe, expect, it, vi } from 'vitest';
import {} from '../../sandbox/index.mts';
import { type Import, LEADS, people, startVoiso, voisoForTests } from './support.mts';

/** Far below every wait that is stopped here: an import that waited on would run into it. */
const SOON = { timeout: 10_000 };
/** In seconds. */
const A_MINUTE = 60;

const voiso = await voisoForTests({ sideBySide: true });
const { importLeads, newCampaign, reportOf, sandbox, strike } = voiso;

const requestsOf = (id: number) => sandbox.report().campaigns[id]?.leadRequests ?? [];

/** Starts an import into a campaign and stops it as soon as `when` holds. */
async function stopped(id: number, when: () => boolean, more: Partial<Import> = {}) {
	const stop = new AbortController();
	const run = importLeads({
		input: people(6),
		stop: stop.signal,
		...more,
		to: id,
		options: { batchSize: 2, ...more.options },
	});
	await vi.waitFor(() => expect(when()).toBe(true), { interval: 5, timeout: 5000 });
	stop.abort();
	return await run;
}

/** The campaign's turn is free: the next import in this process goes through at once. */
async function expectFree(id: number, alreadySent: number) {
	const run = await importLeads({ input: people(2, 100), to: id });
	expect(run.counts).toEqual({ created: 2 });
	expect(requestsOf(id)).toHaveLength(alreadySent + 1);
	expect(reportOf(id).overlapped).toBe(0);
}

describe('Stop', SOON, () => {
	it('during the pause between two batches', async () => {
		const id = newCampaign();
		const accepted = () => requestsOf(id)[0]?.outcome === 'accepted';
		const run = await stopped(id, accepted, { options: { minimumInterval: A_MINUTE } });

		expect(run.cancelled).toBe(true);
		// Its error is the receipt: what is in, and what isn't.
		expect(run.error?.message).toContain(`campaign ${id}`);
		expect(run.error?.description).toMatch(/\d leads.*\d added/);
		// Whether Voiso's response was read before Stop is a matter of moments.
		const receipt = /Stopped: (?:2 added. Not added:|0 added. Not added: 2 unknown,) 4 not sent/;
		expect(JSON.stringify(run.messages)).toMatch(receipt);
		await expectFree(id, 1);
	});

	it('during a request, which is ended', async () => {
		const id = newCampaign();
		strike(id, { kind: 'hang', times: 1 });
		const run = await stopped(id, () => requestsOf(id).length === 1);

		expect(run.cancelled).toBe(true);
		expect(JSON.stringify(run.messages)).toContain('Not added: 2 unknown, 4 not sent.');
		await vi.waitFor(() => expect(requestsOf(id)[0]?.end).not.toBeNull());
		await expectFree(id, 1);
	});

	it('while it holds back after a fault', async () => {
		const id = newCampaign();
		strike(id, { kind: 'status', status: 503, times: 1 });
		const run = await stopped(id, () => requestsOf(id)[0]?.status === 503);

		expect(run.cancelled).toBe(true);
		await expectFree(id, 1);
	});

	it('while it waits as long as Voiso asked', async () => {
		const id = newCampaign();
		const headers = { 'retry-after': '60' };
		strike(id, { kind: 'status', status: 429, headers, times: 1 });
		const run = await stopped(id, () => requestsOf(id)[0]?.status === 429);

		expect(run.cancelled).toBe(true);
		expect(requestsOf(id)).toHaveLength(1);
	});

	it('while it waits for the turn of another import, which goes on', async () => {
		const id = newCampaign();
		strike(id, { kind: 'delay', ms: 1500, times: 1 });
		const other = importLeads({ input: people(2), to: id });
		await vi.waitFor(() => expect(requestsOf(id)).toHaveLength(1), { interval: 5 });
		let isRunning = false;
		const run = await stopped(id, () => isRunning, {
			input: people(2, 50),
			beforeNode: (name) => (isRunning ||= name === LEADS),
		});

		expect(run.cancelled).toBe(true);
		expect(requestsOf(id)[0]?.end).toBeNull();
		expect((await other).counts).toEqual({ created: 2 });
		await expectFree(id, 1);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const)(
		'with Retry On Fail and %s: no other try sends anything',
		async (onError) => {
			const id = newCampaign();
			const run = await stopped(id, () => requestsOf(id)[0]?.outcome === 'accepted', {
				options: { minimumInterval: A_MINUTE },
				node: { onError, retryOnFail: true, maxTries: 5, waitBetweenTries: 1 },
			});

			expect(run.cancelled).toBe(true);
			await expectFree(id, 1);
		},
	);

	it('ends all campaigns at once', async () => {
		const ids = Array.from({ length: 25 }, () => newCampaign());
		for (const id of ids) strike(id, { kind: 'hang', times: 1 });
		const stop = new AbortController();
		const run = importLeads({
			input: people(50).map((lead, index) => ({ ...lead, to: ids[index % 25] })),
			stop: stop.signal,
			to: '={{ $json.to }}',
			options: { minimumInterval: A_MINUTE, batchSize: 1 },
		});
		const started = () => ids.filter((id) => requestsOf(id).length > 0).length;
		await vi.waitFor(() => expect(started()).toBe(20), { interval: 5, timeout: 5000 });
		stop.abort();

		expect((await run).cancelled).toBe(true);
		expect(started()).toBe(20);
	});
});

describe('two executions at once', SOON, () => {
	it('share the pace of a campaign, first come first served, also with two keys', async () => {
		await using paced = await startVoiso({ minimumInterval: 250, processingTime: 20 });
		const start = async (batchSize: number, batches: number, apiKey: string, from: number) =>
			await paced.importLeads({
				apiKey,
				input: people(batchSize * batches, from),
				options: { batchSize },
			});
		const { full, noUsersRead } = paced.sandbox.apiKeys;
		const runs = await Promise.all([start(2, 8, full, 0), start(3, 3, noUsersRead, 100)]);

		expect(runs.map((run) => run.counts)).toEqual([{ created: 16 }, { created: 9 }]);
		const { leadRequests, ...report } = paced.reportOf(3);
		const turns = leadRequests.map(({ leads }) => leads);
		const first = turns.indexOf(3);
		expect(turns.slice(first, first + 5)).toEqual([3, 2, 3, 2, 3]);
		expect(turns).toHaveLength(11);
		expect(report).toMatchObject({ overlapped: 0, tooEarly: 0, busy: 0 });
	});

	it('on two clusters do not wait for each other', async () => {
		await using other = await startVoiso();
		for (const cluster of [voiso, other]) {
			const run = await cluster.importLeads({
				input: people(2, 200),
				options: { minimumInterval: A_MINUTE },
			});
			expect(run.error).toBeUndefined();
		}
		expect(other.reportOf(3).requests).toBe(1);
	});
});
