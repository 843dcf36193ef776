import type { IDataObject } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { toneWav } from '../sandbox/recording.mts';
import { allJsonOf, Stage } from './exampleStage.mts';
import { readExample } from './examples.mts';
import { type Execution, jsonOf } from './harness/index.mts';

const numbers = ['447700900123', '447700900124', '447700900125'] as const;
const [ann, bo, cy] = numbers;

describe('examples that work with the results of calls', () => {
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

	const stored = (campaign: number) => stage.sandbox.state().leads[campaign] ?? {};
	const usersOf = (wanted: number) =>
		stage.sandbox
			.state()
			.campaigns.find(({ id }) => id === wanted)
			?.users.toSorted((a, b) => a - b);

	describe('call-outcomes-to-crm.json', () => {
		const ended = async (data: IDataObject) => {
			const post = async (url: string) => await stage.postEvent(url, 'dialer.call.ended', data);
			const [execution] = await stage.receiveEvents(readExample('call-outcomes-to-crm.json'), post);
			if (!execution) throw new Error('The event has started nothing');
			return execution;
		};
		const crm = (contacts: unknown) => {
			stage.services.answer = ({ method }) => ({ json: method === 'GET' ? contacts : {} });
		};

		test('updates each contact that has the number', async () => {
			crm([
				{ id: 'c-1', fullName: 'Ann' },
				{ id: 'c-2', fullName: 'Ann (old)' },
			]);
			const execution = await ended({ called_number: ann });
			expect(execution.status).toBe('success');
			expect(stage.services.requests.map(({ method, path }) => [method, path])).toEqual([
				['GET', `/contacts?phone=${ann}`],
				['PATCH', '/contacts/c-1'],
				['PATCH', '/contacts/c-2'],
			]);
			expect(stage.services.bodies('PATCH')[0]).toMatchObject({
				last_call_at: '2025-03-04T10:30:00.000Z',
				last_call_result: 'answered',
				last_call_wrap_up: 'interested',
				last_call_agent: 'Ada Allen',
				last_call_seconds: 50,
				last_call_link: expect.stringMatching(/^http/),
			});
			expect(allJsonOf(execution, 'Updated')).toHaveLength(2);
			expect(execution.runs).not.toHaveProperty('Not updated');
		});

		test.each([
			['no contact', []],
			['something else than a list of contacts', { results: [] }],
		])('points out a number for which the CRM has %s', async (_, contacts) => {
			crm(contacts);
			const execution = await ended({ called_number: ann });
			expect(execution.status).toBe('success');
			expect(allJsonOf(execution, 'Not updated')).toEqual([
				{
					'Phone number': ann,
					'Outcome of the call': 'answered',
					'What is wrong': expect.stringContaining('no contact'),
				},
			]);
		});

		test('points out a contact that the CRM does not change, and goes on with the others', async () => {
			stage.services.answer = ({ method, path }) =>
				method === 'GET'
					? { json: [{ id: 'c-1' }, { id: 'c-2' }] }
					: { json: {}, status: path.endsWith('c-1') ? 500 : 200 };
			const execution = await ended({ called_number: ann, disposition: 'busy', agent: null });
			expect(execution.status).toBe('success');
			expect(allJsonOf(execution, 'Not updated')).toEqual([
				{
					'Phone number': ann,
					'Outcome of the call': 'busy',
					'What is wrong': expect.stringMatching(/./),
				},
			]);
			expect(allJsonOf(execution, 'Updated')).toHaveLength(1);
		});
	});

	describe('call-again.json', () => {
		const run = async (leads: unknown) => {
			stage.services.answer = () => ({ json: leads });
			return await stage.run('call-again.json');
		};
		const called = (phone: string, disposition: string, times = 3) =>
			stage.sandbox.addCalls(
				...Array.from({ length: times }, () => ({ phone_number: phone, disposition })),
			);

		test.each(['code', 'label'] as const)(
			'puts those who were not reached behind all others; dispositions as %s',
			async (dispositions) => {
				stage.sandbox.options.dispositions = dispositions;
				await stage.fill(3, [...numbers]);
				called(ann, 'answered', 1);
				called(bo, 'no_answer');
				// One call of three that the campaign allows: Voiso calls again by itself.
				called(cy, 'busy', 1);
				const execution = await run([
					{ 'Full name': 'Ann Lee', Mobile: `+${ann}` },
					{ 'Full name': 'Bo Li', Mobile: `+${bo}` },
					{ 'Full name': 'Cy Ray', Mobile: `+${cy}` },
				]);
				expect(execution.status).toBe('success');
				expect(stored(6)).toEqual({
					[bo]: { phone_number: bo, name: 'Bo Li', priority: 900 },
				});
				expect(allJsonOf(execution, 'Called again')).toMatchObject([
					{ phone_number: bo, status: 'created' },
				]);
				expect(execution.runs).not.toHaveProperty('Check by hand');
			},
		);

		test('points out what cannot be called again, and leaves the others alone', async () => {
			stage.sandbox.options.unknownContacts = 'leaveOut';
			stage.sandbox.changeCampaign(6, { live: false });
			await stage.fill(3, [bo]);
			called(bo, 'no_answer');
			const execution = await run([{ phone: 'none' }, { phone: cy }, { phone: bo }]);
			expect(execution.status).toBe('success');
			const wrong = allJsonOf(execution, 'Check by hand').map((each) => each['What is wrong']);
			expect(wrong.toSorted()).toEqual([
				expect.stringContaining('live'),
				expect.stringMatching(/^invalid: /),
				expect.stringMatching(/^unreported: /),
			]);
			expect(stored(6)).toEqual({});
		});

		test('calls nobody again of whom the dialer does not say how the call went', async () => {
			stage.sandbox.options.resultFields = 'short';
			await stage.fill(3, [ann]);
			called(ann, 'answered');
			const execution = await run([{ phone: ann }]);
			expect(allJsonOf(execution, 'Check by hand')).toMatchObject([{ 'Phone number': ann }]);
			expect(stored(6)).toEqual({});
		});

		test('does nothing without leads', async () => {
			const execution = await run([]);
			expect(execution.status).toBe('success');
			expect(stage.sandbox.report().calls).toEqual({});
		});
	});

	describe('recordings-to-drive.json', () => {
		const record = async (data: IDataObject) => {
			const workflow = readExample('recordings-to-drive.json');
			const post = async (url: string) =>
				await stage.postEvent(url, 'call.recording.available', data);
			const [execution] = await stage.receiveEvents(workflow, post);
			if (!execution) throw new Error('The event has started nothing');
			return execution;
		};
		const recordingOf = (id: string, expires: number) =>
			`${stage.sandbox.url}/_sandbox/recordings/${id}.wav?expires=${expires}`;

		test('saves the file as Voiso has it', async () => {
			const [call] = stage.sandbox.addCalls({ phone_number: ann });
			const id = String(call?.id);
			const recording = recordingOf(id, Date.now() + 60_000);
			const execution = await record({ id, called_number: ann, recording });
			expect(execution.status).toBe('success');
			expect(stage.services.requests).toMatchObject([
				{ method: 'PUT', path: `/recordings/2025-03-04/${ann}-${id}.wav` },
			]);
			expect(stage.services.requests[0]?.body).toEqual(toneWav(301));
			expect(jsonOf(execution, 'Saved')).toHaveLength(1);
		});

		test.each([
			['the link has expired', 1],
			['there is no link', undefined],
			['the drive is full', Infinity],
		])('points out a recording when %s', async (_, expires) => {
			stage.services.answer = () => ({ status: 507, json: {} });
			const [call] = stage.sandbox.addCalls({ phone_number: ann });
			const id = String(call?.id);
			const recording = expires === undefined ? null : recordingOf(id, expires);
			const execution = await record({ id, called_number: ann, recording });
			expect(execution.status).toBe('success');
			expect(allJsonOf(execution, 'Not saved')).toEqual([
				{ Call: id, Recording: recording, 'What is wrong': expect.stringMatching(/./) },
			]);
			expect(execution.runs).not.toHaveProperty('Saved');
		});
	});

	describe('daily-report.json', () => {
		const now = () => new Date().toISOString();

		test('counts the calls of today by disposition', async () => {
			const call = { started_at: now(), duration: { talk_time: 90 } };
			stage.sandbox.addCalls(
				call,
				call,
				{ started_at: now(), disposition: 'no_answer' },
				// Of another day, and of another campaign.
				{ started_at: '2025-03-04T10:30:00.000Z', disposition: 'busy' },
				{ started_at: now(), campaign_id: 5, disposition: 'busy' },
			);
			const execution = await stage.run('daily-report.json');
			expect(execution.status).toBe('success');
			const [{ text } = { text: '' }] = stage.services.bodies('POST') as { text: string }[];
			expect(text.split('\n')).toEqual([
				expect.stringMatching(/^Spring Sale, .+: 3 calls$/),
				'- answered: 2 (3 min talked)',
				'- no_answer: 1',
			]);
		});

		test.each(['records', 'data'] as const)(
			'counts them when the list is called %s',
			async (list) => {
				Object.assign(stage.sandbox.options, { cdrList: list, resultFields: 'short' });
				stage.sandbox.addCalls({ started_at: now() });
				await stage.run('daily-report.json');
				// Which campaign it belongs to, these records don't say; Voiso has filtered them.
				expect(stage.services.bodies('POST')).toEqual([
					{ text: expect.stringMatching(/: 1 calls\n- unknown: 1$/) },
				]);
			},
		);

		test('says so when there are none', async () => {
			const execution = await stage.run('daily-report.json');
			expect(execution.status).toBe('success');
			expect(stage.services.bodies('POST')).toEqual([
				{ text: expect.stringMatching(/: no calls$/) },
			]);
		});

		test('reports nothing when the calls could not be read', async () => {
			stage.sandbox.faults.add({ kind: 'status', path: '/reporting/cdrs', status: 403 });
			const execution = await stage.run('daily-report.json');
			expect(execution.error?.description).toContain('reporting.cdrs.read');
			expect(stage.services.requests).toEqual([]);
		});
	});

	describe('staff-who-is-there.json', () => {
		const columns = { email: 'string', name: 'string', there: 'boolean' } as const;
		let table: { id: string; rowsPath: string };

		beforeAll(async () => {
			table = await stage.createTable('Agents', columns);
		});

		const user = (id: number) => {
			const found = stage.sandbox.state().users.find((each) => each.id === id);
			if (!found) throw new Error(`There is no user ${id}`);
			return found;
		};
		const change = async (id: number, previous: string, current: string) => {
			const workflow = stage.readExampleWithTable('staff-who-is-there.json', table.id);
			const { name, email } = user(id);
			const status = { current, previous, previous_duration: 60 };
			// Two changes of an agent are never at the same time.
			const activity_timestamp = new Date(Date.now() + id).toISOString();
			const [execution] = await stage.receiveEvents(workflow, async (url) => {
				const data = { id, name, email, status, activity_timestamp };
				await stage.postEvent(url, 'agent.status.update', data);
			});
			if (!execution) throw new Error('The event has started nothing');
			return execution;
		};

		test('keeps the campaign staffed with who is there', async () => {
			const { client } = stage.n8n;
			const workflow = stage.readExampleWithTable('staff-who-is-there.json', table.id);
			const saved = await stage.save(workflow);
			const first = await client.waitForExecution(await client.runWorkflow(saved, 'Run this once'));
			expect(first.status).toBe('success');
			expect(usersOf(3)).toEqual([1, 2, 3]);

			const came = await change(4, 'Offline', 'Available');
			expect(came.status).toBe('success');
			expect(usersOf(3)).toEqual([1, 2, 3, 4]);
			const busy = await change(4, 'Available', 'On Call');
			expect(busy.runs).not.toHaveProperty('Remember it');
			const left = await change(1, 'Wrap Up', 'Offline');
			expect(allJsonOf(left, 'Staffed')).toContainEqual(
				expect.objectContaining({ user_id: 1, status: 'removed' }),
			);
			expect(usersOf(3)).toEqual([2, 3, 4]);

			stage.sandbox.faults.add({ kind: 'status', path: '/users', status: 403 });
			const failed = await change(2, 'Available', 'On Break');
			expect(failed.status).toBe('success');
			expect(allJsonOf(failed, 'Check the staff').length).toBeGreaterThan(0);
			stage.sandbox.faults.clear();
			await change(3, 'Available', 'Offline');
			expect(usersOf(3)).toEqual([4]);
			const last = await change(4, 'Available', 'Offline');
			expect(last.runs).toHaveProperty('Nobody is there');
			expect(usersOf(3)).toEqual([4]);
		});
	});

	describe('failed-events.json', () => {
		test('has each event sent again that was given up', async () => {
			const { options } = stage.sandbox;
			// Nobody listens on port 1.
			Object.assign(options, { webhookRetry: 0, callEvents: 'all', reachedShare: 0 });
			options.webhooks = ['http://127.0.0.1:1/hook'];
			await stage.fill(3, [ann]);
			stage.sandbox.dial(1);
			await stage.sandbox.eventsPosted();
			const statuses = () => stage.sandbox.events().map(({ status }) => status);
			expect(statuses()).toEqual(['inactive', 'inactive']);
			options.webhookRetry = 600_000;

			stage.sandbox.faults.add({ kind: 'status', path: '/0{23}1/retrigger$', status: 409 });
			const execution = await stage.run('failed-events.json');
			expect(execution.status).toBe('success');
			expect(allJsonOf(execution, 'Sent again')).toHaveLength(1);
			expect(allJsonOf(execution, 'Not sent')).toMatchObject([
				{ Event: 'dialer.call.hangup', 'What is wrong': expect.stringMatching(/./) },
			]);
			expect(statuses()).toEqual(['inactive', 'pending']);
		});

		test('does nothing when there is none', async () => {
			const execution: Execution = await stage.run('failed-events.json');
			expect(execution.status).toBe('success');
			expect(execution.runs).not.toHaveProperty('Send it again');
		});
	});
});
