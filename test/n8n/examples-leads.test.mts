import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureN8n } from '../../scripts/setup/n8n.mjs';
import { allJsonOf, Stage } from './exampleStage.mts';
import type { Execution } from './harness/index.mts';
import { MailServer } from './mailServer.mts';

const exampleFile = async (name: string) =>
	await readFile(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

/** An Excel file of one sheet, made with the library that n8n reads it with. */
async function excelFile(rows: unknown[][]): Promise<Buffer<ArrayBuffer>> {
	const { folder, version } = await ensureN8n();
	const require = createRequire(join(folder, 'package.json'));
	const { utils, write } = require(version.startsWith('1.') ? 'xlsx' : '@e965/xlsx') as {
		utils: {
			aoa_to_sheet(rows: unknown[][]): object;
			book_new(): object;
			book_append_sheet(book: object, sheet: object, name: string): void;
		};
		write(book: object, options: { type: 'buffer' }): Buffer<ArrayBuffer>;
	};
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Leads');
	return write(book, { type: 'buffer' });
}

describe('examples that work on leads', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await Stage.open();
	});

	afterEach(() => {
		const { violations } = stage.sandbox.report();
		stage.sandbox.reset();
		expect(violations).toEqual([]);
	});

	afterAll(async () => {
		await stage?.close();
	});

	/** The leads of a campaign, by number, as the sandbox has them. */
	const stored = (campaign: number) => stage.sandbox.state().leads[campaign] ?? {};
	const statuses = (execution: Execution, node: string) =>
		allJsonOf(execution, node).map(({ phone_number: phone, status }) => [phone, status]);

	/** Voiso takes changes of leads for live campaigns only. */
	const keepLiveOnly = () => {
		for (const { id, live } of stage.sandbox.state().campaigns)
			if (!live) stage.sandbox.deleteCampaign(id);
	};

	describe('upload-spreadsheet.json', () => {
		const csv = 'Phone,First Name,Last Name\n+44 7700 900123,Ann,Lee\n07700 900124,Bo,\nabc,Cy,\n';

		test('adds the rows of a CSV file and shows the results', async () => {
			const file = new File([csv], 'LEADS.CSV', { type: 'text/csv' });
			const { body, execution } = await stage.submitForm('upload-spreadsheet.json', [
				file,
				'Spring Sale',
				'gb',
			]);
			expect(execution.status).toBe('success');
			expect(stored(3)).toEqual({
				'447700900123': { phone_number: '447700900123', name: 'Ann Lee' },
				'447700900124': { phone_number: '447700900124', name: 'Bo' },
			});
			expect(body).toContain('2 created, 1 invalid');
			expect(body).toContain('abc: phone_number "abc"');
		});

		test('reads Excel files', async () => {
			const rows = [
				['Phone Number', 'Name', 'Priority'],
				[447700900123, 'Ann', 5],
			];
			const file = new File([await excelFile(rows)], 'leads.xlsx');
			const { body } = await stage.submitForm('upload-spreadsheet.json', [file, 'Spring Sale', '']);
			expect(body).toContain('1 created');
			expect(stored(3)).toEqual({
				'447700900123': { phone_number: '447700900123', name: 'Ann', priority: 5 },
			});
		});

		test('says so for a campaign that is not there', async () => {
			const file = new File([csv], 'leads.csv', { type: 'text/csv' });
			const form = [file, 'Sprung Sale', ''];
			const { body } = await stage.submitForm('upload-spreadsheet.json', form);
			expect(body).toContain('Sprung Sale');
			expect(stored(3)).toEqual({});
		});
	});

	describe('crm-webhook.json', () => {
		test('adds contacts and hands the rejected ones to the review branch', async () => {
			const { execution } = await stage.callWebhook('crm-webhook.json', [
				{ firstname: 'Ann', lastname: 'Lee', phone: '07700 900123' },
				{ name: 'Bo', phone: '' },
				{ name: 'Cy', phone: '+1 555' },
			]);
			expect(execution.status).toBe('success');
			expect(stored(3)).toEqual({
				'447700900123': { phone_number: '447700900123', name: 'Ann Lee' },
			});
			expect(statuses(execution, 'In the campaign')).toEqual([['447700900123', 'created']]);
			expect(allJsonOf(execution, 'For review')).toEqual([
				{
					Contact: 'Bo',
					'Phone number': '',
					'What is wrong': expect.stringContaining('phone_number is empty'),
					Campaign: '3',
				},
				{
					Contact: 'Cy',
					'Phone number': '+1 555',
					'What is wrong': expect.stringContaining('has 4 digits'),
					Campaign: '3',
				},
			]);
		});

		test('takes a single contact, and one that comes again', async () => {
			await stage.fill(3, ['447700900123']);
			const contact = { name: 'Ann', phone: '07700 900123' };
			const { execution } = await stage.callWebhook('crm-webhook.json', contact);
			expect(statuses(execution, 'In the campaign')).toEqual([['447700900123', 'duplicate']]);
			expect(execution.runs).not.toHaveProperty('For review');
		});

		test('hands over contacts that did not get through', async () => {
			stage.sandbox.changeCampaign(3, { live: false });
			const contact = { name: 'Ann', phone: '07700 900123' };
			const { execution } = await stage.callWebhook('crm-webhook.json', contact);
			expect(allJsonOf(execution, 'For review')).toMatchObject([
				{ Contact: 'Ann', 'What is wrong': expect.stringContaining('live campaigns only') },
			]);
		});
	});

	describe('do-not-call-list.json', () => {
		test('switches numbers off in every campaign and points out those that are not certain', async () => {
			keepLiveOnly();
			await stage.provide('do-not-call.csv', await exampleFile('do-not-call.csv'));
			await stage.fill(3, ['61255501477', '33639980262']);
			await stage.fill(6, ['61255501477', '447700900123']);

			const execution = await stage.run('do-not-call-list.json');

			expect(execution.status).toBe('success');
			expect(stored(3)).toEqual({
				'61255501477': { phone_number: '61255501477', active: false },
				'33639980262': { phone_number: '33639980262' },
			});
			expect(stored(6)['61255501477']).toHaveProperty('active', false);
			expect(stored(6)['447700900123']).toHaveProperty('active', false);
			expect(statuses(execution, 'No longer called')).toEqual([
				['61255501477', 'updated'],
				['353209187899', 'not_found'],
				['447700900123', 'updated'],
			]);
			expect(allJsonOf(execution, 'Check by hand')).toEqual([
				{
					'Phone number': 'call me never',
					'What is wrong': expect.stringContaining('invalid: phone_number "call me never"'),
				},
			]);
		});

		test('does nothing when the list is empty', async () => {
			await stage.provide('do-not-call.csv', 'Phone Number\n');
			const execution = await stage.run('do-not-call-list.json');
			expect(execution.status).toBe('success');
			expect(stage.sandbox.report().calls).toEqual({});
		});
	});

	describe('stop-calling-form.json', () => {
		test('switches a number off everywhere and says so', async () => {
			keepLiveOnly();
			await stage.fill(3, ['447700900123']);
			await stage.fill(5, ['447700900123']);
			const { body } = await stage.submitForm('stop-calling-form.json', ['07700 900 123']);
			expect(body).toContain('447700900123 is no longer called');
			expect(body).toContain('It was deactivated in 2 campaigns.');
			expect(stored(3)['447700900123']).toHaveProperty('active', false);
			expect(stored(5)['447700900123']).toHaveProperty('active', false);
		});

		test.each([
			['a number that no campaign has', '07700 900124', 'No campaign has this number', true],
			['an unusable number', '12', 'This number may still be called', true],
			['a campaign that may still call it', '07700 900123', 'may still be called by', false],
		])('says what it knows of %s', async (_, number, said, live) => {
			if (live) keepLiveOnly();
			const { body, execution } = await stage.submitForm('stop-calling-form.json', [number]);
			expect(execution.status).toBe('success');
			expect(body).toContain(said);
		});
	});

	describe('move-leads.json', () => {
		test('adds leads to the new campaign and stops calling them in the old one', async () => {
			await stage.provide('leads-to-move.csv', await exampleFile('leads-to-move.csv'));
			const moved = ['61255501477', '353209187899', '33639980262'];
			await stage.fill(3, [...moved, '447700900123']);

			const execution = await stage.run('move-leads.json');

			expect(execution.status).toBe('success');
			expect(stored(6)).toEqual({
				'61255501477': { phone_number: '61255501477', name: 'Jürgen Taylor', priority: 10 },
				'353209187899': { phone_number: '353209187899', name: 'Maeve Roux', priority: 20 },
				'33639980262': { phone_number: '33639980262', name: 'Rosa Ito' },
			});
			expect(Object.entries(stored(3)).map(([phone, { active }]) => [phone, active])).toEqual([
				...moved.map((phone) => [phone, false]),
				['447700900123', undefined],
			]);
			expect(allJsonOf(execution, 'Not moved')).toMatchObject([
				{ 'Phone number': '353209187899', 'What is wrong': expect.stringContaining('repeated') },
				{ 'Phone number': '12', 'What is wrong': expect.stringContaining('12') },
			]);
		});

		test('leaves leads alone that the new campaign does not take', async () => {
			await stage.provide('leads-to-move.csv', 'Phone Number\n61255501477\n');
			await stage.fill(3, ['61255501477']);
			stage.sandbox.changeCampaign(6, { live: false });
			const execution = await stage.run('move-leads.json');
			expect(allJsonOf(execution, 'Not moved')).toMatchObject([{ 'Phone number': '61255501477' }]);
			expect(stored(3)).toEqual({ '61255501477': { phone_number: '61255501477' } });
		});
	});

	describe('nightly-list.json', () => {
		let mail: MailServer;

		beforeAll(async () => {
			mail = await MailServer.start();
			const server = { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true };
			await stage.addCredential('smtp', { user: '', password: '', ...server });
		});
		afterAll(async () => await mail.close());

		/** Runs it with a list of so many good leads and some without a number. */
		const runWith = async (good: number, bad: number) => {
			const rows = Array.from({ length: good }, (_, index) => `+4477009001${index + 10},Ann`);
			const list = ['Mobile,First Name', ...rows, ...Array<string>(bad).fill('none,Bo')].join('\n');
			// The workflow has no time zone of its own, so it has n8n's.
			const timeZone = 'America/New_York';
			const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
			await stage.provide(`lists/${today}-crm.csv`, list);
			await stage.provide('results/.keep', '');
			const execution = await stage.run('nightly-list.json');
			expect(execution.error).toBeUndefined();
			const file = join(stage.n8n.folder, '.n8n-files/results', `${today}-crm.csv`);
			return await readFile(file, 'utf8');
		};

		test('adds the rows, writes the results, and sends them when too many failed', async () => {
			const results = await runWith(9, 1);
			expect(Object.keys(stored(3))).toHaveLength(9);
			expect(results.split('\n')[0]).toBe(
				'Mobile,First Name,voiso_status,voiso_reason,voiso_warning,voiso_phone_number',
			);
			expect(results).toContain('none,Bo,invalid,');
			expect(mail.messages).toHaveLength(1);
			expect(mail.messages[0]).toContain('results.csv');
			expect(mail.messages[0]).toContain('Of 10 leads, 9 were created');
		});

		test('sends nothing when all is well', async () => {
			mail.messages.length = 0;
			await runWith(9, 0);
			expect(Object.keys(stored(3))).toHaveLength(9);
			expect(mail.messages).toEqual([]);
		});
	});
});
