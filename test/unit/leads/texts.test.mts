import { describe, expect, it } from 'vitest';
import type { ApiProblem, ProblemKind } from '../../../nodes/shared/api/problem.ts';
import { failureSummary, failureText } from '../../../nodes/VoisoLeads/emit/failureTexts.ts';
import { outcomeLine, progressLine } from '../../../nodes/VoisoLeads/emit/progress.ts';
import type {
	Failure,
	FailureCause,
	LeadOperation,
	ReadLead,
} from '../../../nodes/VoisoLeads/types.ts';

const problem = (kind: ProblemKind, more: Partial<ApiProblem> = {}): ApiProblem => ({
	kind,
	apiMessage: '',
	fields: {},
	maybeApplied: false,
	...more,
});

const failure = (more: Partial<Failure> = {}): Failure => ({
	campaignIds: ['3'],
	problem: problem('serverError', { status: 500 }),
	batch: 2,
	attempts: 5,
	maybeApplied: false,
	cause: 'outOfTime',
	...more,
});

const names = new Map([['3', 'Spring Sale']]);
const textOf = (each: Failure, operation: LeadOperation = 'add') =>
	failureText(each, { operation, host: 'cc-ams03.voiso.com', names });

describe('the text of a failed batch', () => {
	it('says first what happened, to which campaign, then to which batch', () => {
		expect(textOf(failure()).message).toBe(
			'Could not add leads to campaign "Spring Sale" (ID 3): Voiso has a problem of its own (status 500). Batch 2 did not get through in 5 tries within the time of the option Max Wait.',
		);
	});

	it.each<[FailureCause, number, string]>([
		['final', 1, 'Batch 2 was not delivered.'],
		['notSent', 0, 'Batch 2 was therefore not sent.'],
		[
			'outOfTime',
			1,
			'Batch 2 did not get through in 1 try within the time of the option Max Wait.',
		],
		['outOfTime', 0, 'Batch 2 was not sent: that wait is longer than the option Max Wait.'],
		['tooManyRejections', 1, 'Batch 2 was refused again and again while looking for the leads'],
		['stopped', 1, 'Batch 2 was not finished.'],
	])('for %s after %i calls', (cause, attempts, said) => {
		expect(textOf(failure({ cause, attempts })).message).toContain(said);
	});

	it.each<[LeadOperation, string]>([
		['add', 'Could not add leads to campaign'],
		['update', 'Could not update leads of campaign'],
		['upsert', 'Could not add or update leads of campaign'],
		['deactivate', 'Could not stop calling leads of campaign'],
	])('names what was to be done: %s', (operation, start) => {
		const { message, description } = textOf(failure(), operation);
		expect(message.startsWith(start)).toBe(true);
		expect(description).toContain('Running it again is safe');
	});

	it('keeps sentences apart, whatever Voiso said', () => {
		const said = (text: string) =>
			textOf(failure({ problem: problem('conflict', { apiMessage: text }) })).message;
		expect(said('No.')).toContain('Voiso says: No. Batch 2');
		expect(said('No')).toContain('Voiso says: No. Batch 2');
		expect(said('Really?')).toContain('Voiso says: Really? Batch 2');
	});

	it('says what 400 most often means', () => {
		const refused = (status: number) =>
			textOf(failure({ problem: problem('refused', { status }), cause: 'final' })).message;
		expect(refused(400)).toContain('Leads can be sent to live campaigns only.');
		expect(refused(406)).not.toContain('live campaigns');
	});

	it('names all campaigns that may still call, and those that do not any more', () => {
		const { message } = textOf(failure({ campaignIds: ['3', '9'], foundIn: ['5'] }), 'deactivate');
		expect(message).toContain(
			'The lead may still be called by campaign "Spring Sale" (ID 3), campaign 9. It was switched off in campaign 5.',
		);
	});
});

describe('the error that ends the workflow', () => {
	const leads = Array.from(
		{ length: 2500 },
		(_, item): ReadLead => ({
			kind: 'good',
			item,
			campaignId: '3',
			lead: { phone_number: String(15_550_000_000 + item) },
		}),
	);
	const range = (from: number, to: number) =>
		Array.from({ length: to - from }, (_, index) => from + index);
	const summary = (
		failures: Array<[Failure, number[]]>,
		accepted: number,
		operation: LeadOperation = 'add',
	) =>
		failureSummary(new Map(failures), leads, accepted, operation, () => ({
			message: 'It failed.',
			description: 'Mend it.',
		}));

	it('says which items, and how many leads are in already', () => {
		expect(summary([[failure(), range(1000, 2000)]], 1500)).toEqual({
			message:
				'It failed. This concerns 1,000 leads in items 1000 to 1999. 1,500 leads are already in the campaign.',
			description: 'Mend it.',
		});
	});

	it('counts the leads of other batches', () => {
		const { message } = summary(
			[
				[failure(), [7]],
				[failure(), range(1000, 2000)],
				[failure(), [8]],
			],
			1,
		);
		expect(message).toBe(
			'It failed. This concerns item 7 and 1,001 leads of other batches. 1 lead is already in the campaign.',
		);
	});

	it.each<[LeadOperation, string]>([
		['update', '3 leads are already updated.'],
		['upsert', '3 leads are already in the campaign.'],
		['deactivate', '3 leads are already switched off.'],
	])('of %s says what is done', (operation, done) => {
		expect(summary([[failure(), [0]]], 3, operation).message).toContain(done);
	});
});

describe('the line that shows progress', () => {
	it.each([
		[{ action: 'add', done: 0, total: 10 }, 100, '0 of 10 leads sent'],
		[{ action: 'add', done: 5, total: 10 }, 0, '5 of 10 leads sent'],
		[
			{ action: 'add', done: 1000, total: 2500 },
			2500,
			'1,000 of 2,500 leads sent, 400 a second, about 4 s left',
		],
		[
			{ action: 'update', done: 1000, total: 1000 },
			500,
			'1,000 of 1,000 leads sent to be updated, 2,000 a second',
		],
		[
			{ action: 'add', done: 1000, total: 250_000 },
			2000,
			'1,000 of 250,000 leads sent, 500 a second, about 9 min left',
		],
	] as const)('%j after %i ms', (progress, elapsed, line) => {
		expect(progressLine({ ...progress, accepted: 0 }, elapsed)).toBe(`Voiso Leads: ${line}`);
	});
});

describe('the note on the output', () => {
	it('counts each outcome, and says what it took', () => {
		const leads: ReadLead[] = [
			{ kind: 'invalid', item: 0, campaignId: '3', phone: '', reason: 'phone_number is empty' },
			{ kind: 'good', item: 1, campaignId: '3', lead: { phone_number: '15550000001' } },
			{ kind: 'good', item: 2, campaignId: '3', lead: { phone_number: '15550000002' } },
		];
		const line = outcomeLine(
			leads,
			{
				results: [undefined, { status: 'not_found' }, failure()],
				efforts: [
					{ campaignId: '3', requests: 2, retries: 1, duration: 5200 },
					{ campaignId: '5', requests: 1, retries: 0, duration: 40 },
				],
			},
			{
				output: 'perLead',
				includeInputFields: false,
				rejectedLeadsFail: false,
				hasErrorOutput: false,
				failureText: () => 'failed',
			},
		);
		expect(line).toBe('1 not found, 1 invalid, 1 failed; 3 requests in 5.2 s');
	});
});
