import type { IDataObject } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { allJsonOf, Stage } from './exampleStage.mts';
import { readExample } from './examples.mts';
import type { WorkflowJson } from './harness/index.mts';

const UPLOAD = 'upload-spreadsheet.json';

/** As people use the examples: with other columns, an empty list, a row that fails, a wrong option. */
describe('examples as they are used', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await Stage.open();
	});

	afterEach(() => {
		const { violations } = stage.sandbox.report();
		stage.sandbox.reset();
		stage.services.reset();
		expect(violations).toEqual([]);
	});

	afterAll(async () => {
		await stage?.close();
	});

	const stored = (campaign: number) => Object.keys(stage.sandbox.state().leads[campaign] ?? {});
	const upload = async (content: string, campaign = 'Spring Sale', country = '') =>
		await stage.submitForm(UPLOAD, [new File([content], 'leads.csv'), campaign, country]);
	const runWith = async (file: string, change: (workflow: WorkflowJson) => void) => {
		const workflow = readExample(file);
		change(workflow);
		const { client } = stage.n8n;
		return await client.waitForExecution(await client.runWorkflow(await stage.save(workflow)));
	};
	const parametersOf = (workflow: WorkflowJson, name: string) => {
		const node = workflow.nodes.find((each) => each.name === name);
		if (!node) throw new Error(`There is no node ${name}`);
		return node.parameters as IDataObject;
	};

	describe(UPLOAD, () => {
		test.each([
			['semicolons', 'Telefon;Vorname;Nachname\n+49 30 901820;Ann;Lee\n'],
			['tabs', 'Mobile Number\tFull Name\n+49 30 901820\tAnn Lee\n'],
			['one column', 'Phone\n+49 30 901820\n'],
		])('reads a file with %s', async (_, content) => {
			const { body } = await upload(content);
			expect(stored(3)).toEqual(['4930901820']);
			expect(body).toContain('1 lead was added');
		});

		test.each([
			['without rows', 'Phone Number\n', 'has no rows'],
			['without anything', '\n', 'has no rows'],
			['that is broken', 'Phone\n1,2,3\n', 'could not be read'],
			['without phone numbers', 'Pet,Color\ncat,black\n', 'phone number'],
		])('adds nothing from a file %s, and says why', async (_, content, said) => {
			const { body } = await upload(content);
			expect(stored(3)).toEqual([]);
			expect(body).toContain('No leads were added');
			expect(body).toContain(said);
		});

		test('does not call it an import when no row got in, and gives each a reason', async () => {
			const { body } = await upload('Phone\n07700 900123\n+979 123456789\n');
			expect(stored(3)).toEqual([]);
			expect(body).toContain('No leads were added');
			expect(body).toContain('07700 900123: phone_number');
			expect(body).toMatch(/979123456789: \w/);
		});

		test('says which option is wrong', async () => {
			const { body } = await upload('Phone\n07700 900123\n', 'Spring Sale', 'Germny');
			expect(body).toContain('No leads were added');
			expect(body).toContain('Default Country');
			expect(body).toContain('Germny');
		});

		test('says what got in when a request fails', async () => {
			const rows = Array.from({ length: 1001 }, (_, row) => `44770090${1000 + row}`);
			stage.sandbox.faults.add({ kind: 'status', status: 403, path: '/leads$', skip: 1 });
			const { body } = await upload(['Phone', ...rows].join('\n'));
			expect(stored(3)).toHaveLength(1000);
			for (const said of ['The import is not complete', '1000 created', '1 failed: '])
				expect(body).toContain(said);
		});
	});

	describe('crm-webhook.json', () => {
		test.each([
			['the campaign does not exist', { mode: 'name', value: 'Sprung Sale' }, 'Sprung Sale'],
			['Voiso takes no leads for it', { mode: 'id', value: '9' }, 'live campaigns only'],
		])('keeps the phone number when %s', async (_, campaign, said) => {
			const contact = { firstname: 'Ann', mobile: '07700 900123' };
			const change = (workflow: WorkflowJson) =>
				Object.assign(parametersOf(workflow, 'Add to the campaign'), {
					campaign: { __rl: true, ...campaign },
				});
			const { execution } = await stage.callWebhook('crm-webhook.json', contact, change);
			expect(allJsonOf(execution, 'For review')).toMatchObject([
				{
					Contact: 'Ann',
					'Phone number': expect.stringMatching(/^(07700 900123|447700900123)$/),
					'What is wrong': expect.stringContaining(said),
				},
			]);
		});

		test('takes an empty list', async () => {
			const { execution } = await stage.callWebhook('crm-webhook.json', []);
			expect(execution.status).toBe('success');
			expect(stored(3)).toEqual([]);
		});
	});

	describe.each([
		['do-not-call-list.json', 'do-not-call.csv', 'Check by hand'],
		['move-leads.json', 'leads-to-move.csv', 'Not moved'],
	])('%s', (file, list, problems) => {
		test('takes other columns, and points out the row that fails with its number', async () => {
			await stage.provide(list, 'Kunde,Handynummer\nAnn,+44 7700 900123\nBo,12\n');
			await stage.fill(3, ['447700900123']);
			const execution = await stage.run(file);
			expect(execution.status).toBe('success');
			expect(allJsonOf(execution, problems)).toContainEqual({
				'Phone number': '12',
				'What is wrong': expect.stringContaining('2 digits'),
			});
		});

		test('keeps the numbers when an option is wrong', async () => {
			await stage.provide(list, 'Handynummer\n+44 7700 900123\n');
			const execution = await runWith(file, ({ nodes }) => {
				for (const { parameters } of nodes)
					if ('defaultCountry' in parameters) parameters['defaultCountry'] = 'Germny';
			});
			expect(allJsonOf(execution, problems)).toMatchObject([
				{
					'Phone number': '+44 7700 900123',
					'What is wrong': expect.stringContaining('Germny'),
				},
			]);
		});
	});

	describe('ran-dry-refill.json', () => {
		const refill = async (leads: unknown, status = 200) => {
			stage.services.answer = () => ({ json: leads, status });
			return await stage.run('ran-dry-refill.json');
		};
		const told = async (...run: Parameters<typeof refill>) => {
			const execution = await refill(...run);
			expect(execution.status).toBe('success');
			return ['what was added', 'that nothing was added', 'that it failed'].map((what) =>
				allJsonOf(execution, `Tell somebody ${what}`),
			);
		};

		test('tells somebody what was added', async () => {
			const [added, nothing, failed] = await told([
				{ Mobile: '+44 7700 900123' },
				{ Mobile: '12' },
			]);
			expect(added).toEqual([
				{ 'What happened': expect.stringMatching(/^Customer survey.* 1 lead/) },
			]);
			expect([nothing, failed]).toEqual([[], []]);
		});

		test.each([
			['no leads', []],
			['leads that Voiso does not take', [{ Mobile: '12' }]],
		])('tells somebody that there were %s', async (_, leads) => {
			const [added, nothing, failed] = await told(leads);
			expect(nothing).toEqual([{ 'What happened': expect.stringMatching(/^Customer survey/) }]);
			expect([added, failed]).toEqual([[], []]);
		});

		test.each([
			['the list cannot be fetched', { error: 'gone' }, 503],
			['it is no list of leads', [{ pet: 'cat' }], 200],
		])('tells somebody when %s', async (_, leads, status) => {
			const [added, , failed] = await told(leads, status);
			expect(failed).toEqual([{ 'What happened': expect.stringMatching(/\w/) }]);
			expect(added).toEqual([]);
		});
	});
});
