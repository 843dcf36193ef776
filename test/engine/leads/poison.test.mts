import { describe, expect, it } from 'vitest';
import { LEADS, people, phone, startVoiso, voisoForTests } from './support.mts';

const {} = await voisoForTests({ sideBySide: true });

describe('leads that Voiso refuses as a whole batch', () => {
	const bad = [phone(17), phone(63)];

	it.concurrent.each(['lead', 'field'] as const)(
		'are found when the answer names the %s; all others are delivered',
		async (poisonDetail) => {
			await using own = await startVoiso({ poisonDetail, poisonNumbers: bad });
			const run = await own.importLeads({ input: people(100) });

			const refused = run.results.filter(({ status }) => status !== 'created');
			expect(refused).toEqual(
				bad.map((number) => ({
					phone_number: number,
					campaign_id: 3,
					status: 'rejected',
					reason: expect.stringContaining('phone_number: is invalid'),
				})),
			);
			expect(own.storedNumbers(3)).toHaveLength(98);
			const { requests, leadRequests } = own.reportOf(3);
			expect(requests).toBeLessThanOrEqual(1 + 2 * bad.length * Math.ceil(Math.log2(100)));
			if (poisonDetail === 'lead')
				expect(leadRequests.map(({ leads }) => leads)).toEqual([100, 2, 1, 1, 98]);
		},
	);

	it.concurrent(
		'are not guessed when the answer names nothing: the batch fails, and says what Voiso said',
		async () => {
			await using own = await startVoiso({ poisonDetail: 'nothing', poisonNumbers: bad });
			const run = await own.importLeads({
				input: people(100),
				options: { batchSize: 50, maxWait: 0 },
			});

			expect(run.error?.description).toContain('base: is invalid');
			expect(run.error?.description).toContain('Batch 1');
			expect(own.storedNumbers(3)).toEqual([]);
		},
	);

	it.concurrent(
		'so many that something else is wrong, end the batch after a bounded search',
		async () => {
			await using own = await startVoiso({ poisonDetail: 'field', poisonName: '^Person' });
			const run = await own.importLeads({
				input: people(1000),
				node: { onError: 'continueRegularOutput' },
			});

			expect(run.items(LEADS)).toHaveLength(1000);
			const given = run.results.filter(({ error }) => error !== undefined);
			expect(given.length).toBeGreaterThan(800);
			expect(given.at(-1)?.error).toContain('Batch 1');
			expect(own.reportOf(3).requests).toBeLessThanOrEqual(202);
		},
	);
});
