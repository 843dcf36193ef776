import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox } from '../../sandbox/index.mts';
import {
	importLeads,
	LEADS,
	people,
	phone,
	quick,
	reportOf,
	startQuickSandbox,
	storedNumbers,
} from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
afterAll(async () => await sandbox.close());

describe('leads that Voiso refuses as a whole batch', () => {
	const bad = [phone(17), phone(63)];

	it.concurrent.each(['lead', 'field'] as const)(
		'are found when the answer names the %s; all others are delivered',
		async (poisonDetail) => {
			const own = await startQuickSandbox({ poisonDetail, poisonNumbers: bad });
			try {
				const run = await importLeads({ sandbox: own, input: people(100), options: quick });

				const refused = run.json(LEADS).filter(({ status }) => status !== 'created');
				expect(refused).toEqual(
					bad.map((number) => ({
						phone_number: number,
						campaign_id: 3,
						status: 'rejected',
						reason: expect.stringMatching(/(0\.)?phone_number: is invalid$/),
					})),
				);
				expect(storedNumbers(own, 3)).toHaveLength(98);
				const { requests, leadRequests } = reportOf(own, 3);
				expect(requests).toBeLessThanOrEqual(1 + 2 * bad.length * Math.ceil(Math.log2(100)));
				if (poisonDetail === 'lead')
					expect(leadRequests.map(({ leads }) => leads)).toEqual([100, 2, 1, 1, 98]);
			} finally {
				await own.close();
			}
		},
	);

	it.concurrent(
		'are not guessed when the answer names nothing: the batch fails, and says what Voiso said',
		async () => {
			const own = await startQuickSandbox({ poisonDetail: 'nothing', poisonNumbers: bad });
			try {
				const run = await importLeads({
					sandbox: own,
					input: people(100),
					options: { ...quick, batchSize: 50, maxWait: 0 },
				});

				expect(run.error?.description).toContain('base: is invalid');
				expect(run.error?.description).toContain('Batch 1');
				expect(storedNumbers(own, 3)).toEqual([]);
			} finally {
				await own.close();
			}
		},
	);

	it.concurrent(
		'so many that something else is wrong, end the batch after a bounded search',
		async () => {
			const own = await startQuickSandbox({ poisonDetail: 'field', poisonName: '^Person' });
			try {
				const run = await importLeads({
					sandbox: own,
					input: people(1000),
					options: quick,
					node: { onError: 'continueRegularOutput' },
				});

				expect(run.items(LEADS)).toHaveLength(1000);
				const given = run.json(LEADS).filter(({ error }) => error !== undefined);
				expect(given.length).toBeGreaterThan(800);
				expect(given.at(-1)?.error).toMatch(/Batch 1 .*too many times/);
				expect(reportOf(own, 3).requests).toBeLessThanOrEqual(202);
			} finally {
				await own.close();
			}
		},
	);
});
