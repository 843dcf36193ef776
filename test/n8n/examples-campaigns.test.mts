import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { allJsonOf, Stage } from './exampleStage.mts';
import { exampleFiles, importExample, readExample } from './examples.mts';

describe('examples that run and staff campaigns', () => {
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

	const campaign = (wanted: number) =>
		stage.sandbox.state().campaigns.find(({ id }) => id === wanted);
	/** Today in the workflow's time zone, as in 2026-12-01. */
	const today = (file: string) => {
		const timeZone = String(readExample(file).settings?.['timezone']);
		return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
	};

	test.each(exampleFiles())('%s can be imported and explains itself', async (file) => {
		const { client } = stage.n8n;
		const { nodes } = readExample(file);
		const isOld = stage.n8n.version.startsWith('1.');
		for (const { name, type, typeVersion, credentials } of nodes) {
			// n8n 1 has no human review of tools, which the note of the workflow says.
			if (isOld && /\.chat(?:HitlTool)?$/.test(type)) continue;
			// n8n makes the forms of a node that agents use itself.
			const known = await client.nodeType(type.replace(/(?:Hitl)?Tool$/, ''), typeVersion);
			expect([known?.version].flat(), `${name} (${type})`).toContain(typeVersion);
			const { id = '' } = Object.values(credentials ?? {})[0] ?? {};
			expect(id, `${name} names a credential of somebody's`).toBe('');
		}
		expect(nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote')).toBe(true);

		const credential = await client.createCredential({
			name: 'Voiso API',
			type: 'voisoApi',
			data: { clusterId: stage.sandbox.url, apiKey: stage.sandbox.apiKey },
		});
		const imported = await importExample(client, file, [credential]);
		const voiso = imported.nodes.flatMap(({ credentials }) => credentials?.['voisoApi'] ?? []);
		expect(voiso.map(({ id }) => id)).toEqual(voiso.map(() => credential.id));
		const asked = imported.nodes.flatMap(({ credentials = {} }) => Object.keys(credentials));
		expect(asked.some((type) => type.startsWith('voiso'))).toBe(true);
	});

	describe('calling-hours.json', () => {
		test('starts the campaign at nine and pauses it at six', async () => {
			stage.sandbox.options.transitions = 'transitional';
			await stage.fill(5, ['447700900123']);
			const morning = await stage.run('calling-hours.json', 'Workdays at nine');
			expect(allJsonOf(morning, 'Start the campaign')).toMatchObject([
				{ campaign_id: 5, status: 'active' },
			]);
			expect(campaign(5)?.status).toBe('active');
			const evening = await stage.run('calling-hours.json', 'Workdays at six');
			expect(allJsonOf(evening, 'Pause the campaign')).toMatchObject([
				{ campaign_id: 5, status: 'paused' },
			]);
			expect(campaign(5)?.status).toBe('paused');
		});

		test('takes a campaign as done that is where it should be', async () => {
			const evening = await stage.run('calling-hours.json', 'Workdays at six');
			expect(allJsonOf(evening, 'Pause the campaign')).toMatchObject([
				{ campaign_id: 5, changed: false },
			]);
		});

		test('tells somebody when the campaign cannot be started or paused', async () => {
			const morning = await stage.run('calling-hours.json', 'Workdays at nine');
			expect(morning.status).toBe('success');
			expect(allJsonOf(morning, 'Tell somebody')).toEqual([
				{ 'What happened': expect.stringContaining('lead') },
			]);
			stage.sandbox.changeCampaign(5, { status: 'auto_paused' });
			const evening = await stage.run('calling-hours.json', 'Workdays at six');
			expect(allJsonOf(evening, 'Tell somebody')).toEqual([
				{ 'What happened': expect.stringContaining('auto_paused') },
			]);
		});

		test('does not start it on a public holiday', async () => {
			await stage.fill(5, ['447700900123']);
			const workflow = readExample('calling-hours.json');
			const holidays = workflow.nodes.find(({ name }) => name === 'Public holidays');
			expect(JSON.stringify(holidays?.parameters)).toContain('2026-12-25');
			const changed = JSON.parse(
				JSON.stringify(workflow).replace('2026-12-25', today('calling-hours.json')),
			);
			const { client } = stage.n8n;
			const id = await client.runWorkflow(await stage.save(changed), 'Workdays at nine');
			const execution = await client.waitForExecution(id);
			expect(execution.status).toBe('success');
			expect(execution.runs).not.toHaveProperty('Start the campaign');
			expect(campaign(5)?.status).toBe('paused');
		});
	});

	describe('shift-plan.json', () => {
		const plan = (...rows: string[]) => ['Date,Campaign,User ID', ...rows, ''].join('\n');

		test('staffs each campaign of today with exactly the users of the plan', async () => {
			const date = today('shift-plan.json');
			await stage.provide(
				'shift-plan.csv',
				plan(
					`${date},Spring Sale,2`,
					`${date},Spring Sale,12`,
					`${date},Renewals,4`,
					'2001-01-01,Renewals UK,1',
				),
			);
			const execution = await stage.run('shift-plan.json');
			expect(execution.status).toBe('success');
			expect(campaign(3)?.users.toSorted((a, b) => a - b)).toEqual([2, 12]);
			expect(campaign(5)?.users).toEqual([4]);
			expect(campaign(6)?.users).toEqual([5, 6]);
			const outcomes = allJsonOf(execution, 'Staffed').map((each) => [
				each['campaign_id'],
				each['user_id'],
				each['status'],
			]);
			expect(outcomes.toSorted()).toEqual(
				[
					[3, 2, 'kept'],
					[3, 12, 'added'],
					[3, 1, 'removed'],
					[3, 3, 'removed'],
					[5, 4, 'kept'],
					[5, 5, 'removed'],
				].toSorted(),
			);
		});

		test('changes nothing on a day without shifts', async () => {
			await stage.provide('shift-plan.csv', plan('2001-01-01,Spring Sale,2'));
			const execution = await stage.run('shift-plan.json');
			expect(execution.status).toBe('success');
			expect(stage.sandbox.report().calls).toEqual({});
		});

		test('points out users that do not exist', async () => {
			const date = today('shift-plan.json');
			await stage.provide(
				'shift-plan.csv',
				plan(`${date},Spring Sale,2`, `${date},Spring Sale,999`),
			);
			const execution = await stage.run('shift-plan.json');
			expect(allJsonOf(execution, 'Check the plan')).toEqual([
				{ 'User ID': '999', 'What is wrong': expect.stringMatching(/^not_added: /) },
			]);
		});

		test('points out a campaign that does not exist, and then removes nobody anywhere', async () => {
			const date = today('shift-plan.json');
			const before = campaign(3)?.users;
			await stage.provide('shift-plan.csv', plan(`${date},Spring Sale,2`, `${date},Sprung Sale,1`));
			const execution = await stage.run('shift-plan.json');
			expect(allJsonOf(execution, 'Check the plan')).toContainEqual({
				'User ID': '1',
				'What is wrong': expect.stringContaining('Sprung Sale'),
			});
			expect(campaign(3)?.users).toEqual(before);
		});
	});

	describe('refill-campaign.json', () => {
		let table: { id: string; rowsPath: string };

		beforeAll(async () => {
			const columns = { phone_number: 'string', name: 'string', outcome: 'string' } as const;
			table = await stage.createTable('Waiting leads', columns);
		});

		const refill = async () => {
			const workflow = stage.readExampleWithTable('refill-campaign.json', table.id);
			return await stage.n8n.client.runToEnd(await stage.save(workflow));
		};
		const rows = async () =>
			(await stage.n8n.client.request<{ data: Record<string, unknown>[] }>('GET', table.rowsPath))
				.data;

		test('hands over waiting leads once and starts the campaign', async () => {
			const { client } = stage.n8n;
			const waiting = ['447700900123', '447700900124', 'abc'].map((phone) => ({
				phone_number: phone,
				name: `Lead ${phone}`,
				outcome: null,
			}));
			await client.request('POST', table.rowsPath.replace(/rows$/, 'insert'), {
				data: waiting,
				returnType: 'count',
			});

			const execution = await refill();

			expect(execution.error).toBeUndefined();
			expect(Object.keys(stage.sandbox.state().leads[7] ?? {})).toEqual([
				'447700900123',
				'447700900124',
			]);
			expect(campaign(7)?.status).toBe('active');
			const outcomes = (await rows()).map(({ phone_number: phone, outcome }) => [phone, outcome]);
			expect(outcomes).toEqual([
				['447700900123', 'created'],
				['447700900124', 'created'],
				['abc', 'invalid'],
			]);

			stage.sandbox.changeCampaign(7, { status: 'auto_paused' });
			const again = await refill();
			expect(again.status).toBe('success');
			expect(allJsonOf(again, 'Tell somebody that no leads are left')).toHaveLength(1);
			expect(again.runs).not.toHaveProperty('Add them to the campaign');
		});

		test('leaves a campaign alone that is calling', async () => {
			stage.sandbox.changeCampaign(7, { status: 'active' });
			const execution = await refill();
			expect(execution.status).toBe('success');
			expect(execution.runs).not.toHaveProperty('Get the next 500 leads');
		});
	});
});
