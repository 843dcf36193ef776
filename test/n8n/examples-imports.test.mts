import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { allJsonOf, Stage } from './exampleStage.mts';

describe('examples that remember what an import did', () => {
	const csv = 'Name,Phone Number,Priority\nAnn,447700900123,5\nBo,447700900124,\nCy,12,\n';
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

	const stored = (campaign: number) => stage.sandbox.state().leads[campaign] ?? {};

	/** A data table with columns of text. */
	const createTable = async (name: string, ...columns: string[]) => {
		const types = Object.fromEntries(columns.map((column) => [column, 'string' as const]));
		const { id, rowsPath } = await stage.createTable(name, types);
		const { client } = stage.n8n;
		return {
			id,
			rows: async () =>
				(await client.request<{ data: Record<string, unknown>[] }>('GET', rowsPath)).data,
			insert: async (data: Record<string, string>[]) => {
				const path = rowsPath.replace(/rows$/, 'insert');
				await client.request('POST', path, { data, returnType: 'count' });
			},
		};
	};
	type DataTable = Awaited<ReturnType<typeof createTable>>;

	describe('send-the-rest.json', () => {
		let table: DataTable;

		beforeAll(async () => {
			const columns = ['phone_number', 'name', 'priority', 'error'];
			table = await createTable('Leads to send again', ...columns);
		});

		const run = async () =>
			await stage.run(stage.readExampleWithTable('send-the-rest.json', table.id));

		test('keeps what failed, and sends only that in the next run', async () => {
			await stage.provide('leads.csv', csv);
			stage.sandbox.changeCampaign(3, { live: false });
			const failed = await run();
			expect(failed.error).toBeUndefined();
			expect(stored(3)).toEqual({});
			// It fails once more: the rest is kept, each lead once.
			expect((await run()).runs).not.toHaveProperty('Rows');
			expect(await table.rows()).toMatchObject([
				{ phone_number: '447700900123', name: 'Ann', error: expect.stringContaining('live') },
				{ phone_number: '447700900124', name: 'Bo' },
			]);

			stage.sandbox.changeCampaign(3, { live: true });
			await stage.provide('leads.csv', 'Name,Phone Number\nNew,447700900199\n');
			const rest = await run();
			expect(rest.error).toBeUndefined();
			expect(stored(3)).toEqual({
				'447700900123': { phone_number: '447700900123', name: 'Ann', priority: 5 },
				'447700900124': { phone_number: '447700900124', name: 'Bo' },
			});
			expect(await table.rows()).toEqual([]);

			expect((await run()).error).toBeUndefined();
			expect(Object.keys(stored(3))).toContain('447700900199');
		});
	});

	describe('undo-import.json', () => {
		let table: DataTable;

		beforeAll(async () => {
			const columns = ['execution', 'phone_number', 'campaign_id'];
			table = await createTable('Leads that imports created', ...columns);
		});

		const workflow = () => stage.readExampleWithTable('undo-import.json', table.id);
		const off = () =>
			Object.values(stored(3)).flatMap(({ phone_number: phone, active }) =>
				active === false ? [phone] : [],
			);

		test('deactivates exactly what a run created', async () => {
			await stage.fill(3, ['447700900124']);
			await stage.provide('leads.csv', csv);
			const first = await stage.run(workflow(), 'Import now');
			expect(allJsonOf(first, 'Add to campaign').map(({ status }) => status)).toEqual([
				'created',
				'duplicate',
				'invalid',
			]);
			await stage.provide('leads.csv', 'Phone Number\n447700900125\n447700900126\n');
			const second = await stage.run(workflow(), 'Import now');
			expect(second.error).toBeUndefined();

			const last = await stage.submitForm(workflow(), ['']);
			expect(last.body).toContain('2 leads are not called any more');
			expect(off()).toEqual(['447700900125', '447700900126']);

			const { id = '' } = (await table.rows())[0] ?? {};
			expect(await table.rows()).toMatchObject([{ id, phone_number: '447700900123' }]);
			const { execution = '' } = (await table.rows())[0] ?? {};
			const named = await stage.submitForm(workflow(), [String(execution)]);
			expect(named.body).toContain('1 lead is not called any more');
			expect(off()).toEqual(['447700900123', '447700900125', '447700900126']);
			expect(stored(3)['447700900124']).not.toHaveProperty('active');
		});

		test('says when there is nothing to undo, and when leads may still be called', async () => {
			expect((await stage.submitForm(workflow(), ['4711'])).body).toContain('nothing to undo');
			await table.insert([{ execution: '1', phone_number: '447700900123', campaign_id: '9' }]);
			const { body } = await stage.submitForm(workflow(), ['1']);
			expect(body).toContain('1 lead may still be called');
			expect(await table.rows()).toHaveLength(1);
		});
	});
});
