import { describe, expect, it } from 'vitest';
import { FailureTally, failureText } from '../../../nodes/VoisoLeads/emit/failureTexts.ts';
import type {
	Failure,
	FailureCause,
	LeadOperation,
	ReadLead,
	Settled,
} from '../../../nodes/VoisoLeads/types.ts';
import { problem } from '../fixtures.mts';

const failure = (more: Partial<Failure> = {}): Failure => ({
	campaignIds: ['3'],
	problem: problem('serverError', { status: 500 }),
	batch: 2,
	attempts: 5,
	maybeApplied: false,
	cause: 'outOfTime',
	...more,
});

const OPERATIONS: LeadOperation[] = ['add', 'update', 'upsert', 'deactivate'];
const CAUSES: FailureCause[] = ['final', 'notSent', 'outOfTime', 'tooManyRejections', 'stopped'];
const names = new Map([
	['3', 'Spring Sale'],
	['9', 'A campaign with a name that goes on and on, '.repeat(10)],
]);
const textOf = (each: Failure, operation: LeadOperation = 'add') =>
	failureText(each, { operation, host: 'cc-ams03.voiso.com', names });

describe('the text of a failed batch', () => {
	it('has a title of one line, and the details below it', () => {
		const texts = OPERATIONS.flatMap((operation) =>
			CAUSES.flatMap((cause) =>
				['3', '9'].map((id) => ({
					operation,
					cause,
					...textOf(failure({ cause, campaignIds: [id] }), operation),
				})),
			),
		);
		for (const { message, description } of texts) {
			expect(message.length).toBeLessThanOrEqual(120);
			expect(message).not.toContain('\n');
			expect(description).toMatch(/\bBatch 2\b/);
		}
	});

	it('all of them', () => {
		const texts = CAUSES.map((cause) => [cause, textOf(failure({ cause })).description]);
		const others = [
			['outOfTime, not sent', textOf(failure({ attempts: 0 })).description],
			['maybeApplied', textOf(failure({ maybeApplied: true })).description],
			[
				'400',
				textOf(failure({ problem: problem('refused', { status: 400 }), cause: 'final' }))
					.description,
			],
			...OPERATIONS.map((operation) => [operation, textOf(failure(), operation).message]),
			[
				'everywhere',
				textOf(failure({ campaignIds: ['3', '5'], foundIn: ['7'] }), 'deactivate').description,
			],
		];
		expect(Object.fromEntries([...texts, ...others])).toMatchSnapshot();
	});

	it('gives advice about live campaigns only where it can help', () => {
		const of = (status: number, operation: LeadOperation) =>
			textOf(failure({ problem: problem('refused', { status }), cause: 'final' }), operation)
				.description;
		const plain = (status: number) => of(status, 'deactivate').length;
		expect(of(400, 'add').length).toBeGreaterThan(of(406, 'add').length);
		expect(plain(400)).toBe(plain(406));
	});
});

describe('the error that ends the workflow', () => {
	const leads = Array.from({ length: 2500 }, (_, item): ReadLead => ({
		kind: 'good',
		item,
		campaignId: '3',
		lead: { phone_number: String(15_550_000_000 + item) },
	}));
	const text = { message: 'Title', description: 'Remedy.' };
	const tallyOf = (settled: Array<Settled | undefined>) => {
		const tally = new FailureTally('item');
		for (const [place, each] of settled.entries()) tally.add(each, place);
		return tally;
	};
	const summary = (results: Array<Settled | undefined>, operation: LeadOperation = 'add') =>
		tallyOf(results).summary(operation, () => text);

	it('is none when no batch failed', async () => {
		expect(summary([{ status: 'created' }, undefined])).toBeUndefined();
	});

	it('says which items are affected and how many leads are in', async () => {
		const results = leads.map((_, item): Settled => {
			if (item >= 1000 && item < 2000) return failure();
			return { status: item < 1000 ? 'created' : 'duplicate' };
		});
		const { message, description = '' } = summary(results) ?? {};
		expect(message).toBe('Title');
		expect(description).toContain('items 1000 to 1999 (1,000 leads)');
		expect(description).toContain('1,500 added');
		expect(description).toContain('Remedy.');
	});

	it('says what is in and what is not, and of which leads that is unknown', () => {
		const all: Settled[] = [
			...Array.from({ length: 1600 }, (): Settled => ({ status: 'created' })),
			...Array.from({ length: 20 }, (): Settled => ({ status: 'duplicate' })),
			...Array.from({ length: 3 }, (): Settled => ({ status: 'rejected', reason: 'No' })),
			...Array.from({ length: 500 }, () => failure({ maybeApplied: true })),
			...Array.from({ length: 377 }, () => failure({ cause: 'stopped', attempts: 0 })),
		];
		// Added, of them duplicates; rejected, unknown, not sent.
		const counts = /^1,620\b\D+\b20\b\D+\b3\b\D+\b500\b\D+\b377\b\D+$/;
		const receipt = tallyOf(all).receipt('add') ?? '';
		expect(receipt).toMatch(counts);
		expect(tallyOf(all).summary('add', () => text)?.description).toContain(receipt);
		const final = tallyOf([failure({ cause: 'final' })]);
		expect(final.receipt('update')).toMatch(/^0\b\D+\b1\b\D+$/);
		expect(tallyOf(all.slice(0, 1623)).receipt('add')).toBeUndefined();
		const rest = 'the rest of leads.csv';
		expect(tallyOf(all.slice(0, 1)).receipt('add', rest)).toMatch(/^1\b\D+ the rest of leads\.csv/);
	});

	it('does not contradict itself where all campaigns were asked', async () => {
		const settled = failure({ foundIn: ['5'] });
		expect(summary([settled], 'deactivate')?.description).not.toContain('deactivated');
	});
});
