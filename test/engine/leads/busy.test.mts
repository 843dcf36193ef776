import { describe, expect, it } from 'vitest';
import { type Fault, type SandboxOptions } from '../../sandbox/index.mts';
import { people, startVoiso, voisoForTests } from './support.mts';
import { underFaults } from './underFaults.mts';

const voiso = await voisoForTests({ sideBySide: true });
const { reportOf } = voiso;

describe('Retry-After', () => {
	const tooMany = (retryAfter: string): Fault => ({
		kind: 'status',
		status: 429,
		headers: { 'retry-after': retryAfter },
		body: { error: 'Too many requests' },
		times: 1,
	});
	const waited = ({ leadRequests: [first, second] }: ReturnType<typeof reportOf>) =>
		(second?.start ?? 0) - (first?.end ?? 0);

	it.concurrent('in seconds is waited for', async () => {
		const { run, report } = await underFaults(voiso, [tooMany('1')]);

		expect(run.counts).toEqual({ created: 6 });
		expect(waited(report)).toBeGreaterThanOrEqual(1000);
	});

	it.concurrent('as a date is waited for', async () => {
		const until = Math.ceil(Date.now() / 1000) * 1000 + 2000;
		const { run, report } = await underFaults(voiso, [tooMany(new Date(until).toUTCString())]);

		expect(run.counts).toEqual({ created: 6 });
		expect(report.leadRequests).toHaveLength(4);
		expect(Date.now()).toBeGreaterThanOrEqual(until);
	});

	it.concurrent.each(['999999999999', 'Fri, 01 Jan 2199 00:00:00 GMT'])(
		'of %s is not waited for: the leads fail at once, and the message says how long it would be',
		async (retryAfter) => {
			const { id, items, report } = await underFaults(voiso, [tooMany(retryAfter)]);

			expect(report.requests).toBe(1);
			expect(items[0]?.error).toContain(`campaign ${id}`);
			expect(items[0]?.error).toContain('24 hours');
			expect(items[0]?.error).toContain('Batch 1');
			expect(items[2]?.error).toMatch(/Batch 2 .*not sent/);
		},
	);

	it.concurrent('that makes no sense is passed over', async () => {
		const { run } = await underFaults(voiso, [tooMany('soon')]);

		expect(run.counts).toEqual({ created: 6 });
	});
});

describe('Voiso is busy with the previous import', () => {
	const kinds: SandboxOptions['busyStatus'][] = [409, 422, 429];
	const waits: SandboxOptions['busyRetryAfter'][] = ['none', 'seconds', 'date'];

	it.concurrent.each(kinds.flatMap((status) => waits.map((wait) => [status, wait] as const)))(
		'and says so with %i, Retry-After: %s',
		async (busyStatus, busyRetryAfter) => {
			await using slow = await startVoiso({
				minimumInterval: 100,
				processingTime: 0,
				// Far longer than the second batch may take to come on a busy machine.
				processingOutlasts: 800,
				busyStatus,
				busyRetryAfter,
			});
			const run = await slow.importLeads({
				input: people(4),
				options: { minimumInterval: 0.1, batchSize: 2 },
			});

			expect(run.statuses).toEqual(people(4).map(() => 'created'));
			expect(slow.sandbox.report().totals.busy).toBeGreaterThanOrEqual(1);
			expect(slow.storedNumbers(3)).toHaveLength(4);
		},
	);
});
