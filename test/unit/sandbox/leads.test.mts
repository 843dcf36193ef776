import { describe, expect, it } from 'vitest';
import { leadsOf, numbers, start } from './support.mts';

const [first = '', second = '', third = ''] = numbers(3);

describe('added leads', () => {
	it('are stored with their fields, once', async () => {
		const { add, sandbox } = await start();
		const lead = {
			phone_number: first,
			name: 'Ada',
			source: { system: 'CRM', url: 'https://crm.example.com/1' },
			priority: 1000,
			active: false,
			context_headers: { 'X-Id': '1' },
		};
		const answer = await add([
			lead,
			{ phone_number: second },
			{ phone_number: first, name: 'Bob' },
		]);
		expect(answer.status).toBe(200);
		expect(answer.data).toEqual({
			leads_import: { created: [first, second], rejected: [], duplicates: [first] },
		});
		expect((await add([{ phone_number: first, name: 'Bob' }])).data).toEqual({
			leads_import: { created: [], rejected: [], duplicates: [first] },
		});
		expect(sandbox.state().leads['3']).toEqual({
			[first]: lead,
			[second]: { phone_number: second },
		});
	});

	it.each([
		'',
		'123456',
		'1234567890123456',
		'+447911123456',
		'0447911123456',
		'44 7911 123456',
		'447911123456.0',
		'44791112345678',
		'999123456789',
		'Ada',
	])('are rejected with the number %j', async (number) => {
		const { add, sandbox } = await start();
		expect((await add(leadsOf([number, first]))).data).toEqual({
			leads_import: { created: [first], rejected: [number], duplicates: [] },
		});
		expect(sandbox.report().campaigns['3']?.rejected).toEqual([number]);
	});

	it.each(['447911123456', '15550001234', '4915112345678', '33612345678', '972501234567'])(
		'are created with the number %s',
		async (number) => {
			const { add } = await start();
			expect((await add(leadsOf([number]))).data).toMatchObject({
				leads_import: { created: [number] },
			});
		},
	);

	it('come at most 1,000 a call, and at least one', async () => {
		const { add, sandbox } = await start();
		for (const count of [1001, 0]) {
			const answer = await add(leadsOf(numbers(count)));
			expect(answer.status).toBe(422);
			expect(answer.data).toEqual({ errors: { base: [expect.stringContaining('items')] } });
		}
		const { data } = await add(leadsOf(numbers(1000)));
		expect(data).toMatchObject({ leads_import: { created: numbers(1000) } });
		expect(sandbox.report({ leads: false }).totals).toMatchObject({
			requests: 3,
			accepted: 1,
			refused: 2,
			leadsSent: 2001,
			leadsStored: 1000,
		});
	});

	it('are for live campaigns only', async () => {
		const { api } = await start();
		for (const method of ['post', 'put'] as const) {
			const answer = await api[method]('/campaigns/9/leads', leadsOf([first]));
			expect([answer.status, answer.data]).toEqual([400, { error: 'Bad Request' }]);
		}
	});

	it('are answered with 201 when told so', async () => {
		const { add } = await start({ leadsStatus: 201 });
		expect((await add(leadsOf([first]))).status).toBe(201);
	});

	it.each([
		['normalised', `+${first}`],
		['number', Number(first)],
	] as const)('have their numbers %s when told so', async (numberEcho, expected) => {
		const { add, api, sandbox } = await start({ numberEcho });
		const answer = await add(leadsOf([first, first, 'Ada']));
		expect(answer.data).toEqual({
			leads_import: { created: [expected], rejected: ['Ada'], duplicates: [expected] },
		});
		expect((await api.put('/campaigns/3/leads', leadsOf([first]))).data).toMatchObject({
			leads_update: { updated: [expected] },
		});
		expect(Object.keys(sandbox.state().leads['3'] ?? {})).toEqual([first]);
	});
});

describe('updated leads', () => {
	it('change only in the fields given', async () => {
		const { add, api, sandbox } = await start();
		const source = { system: 'CRM', url: 'https://crm.example.com/1' };
		await add([
			{ phone_number: first, name: 'Ada', priority: 5, source },
			{ phone_number: second, name: 'Bob' },
		]);
		const answer = await api.put('/campaigns/3/leads', [
			{ phone_number: first, active: false, source: { url: 'https://new.example.com' } },
			{ phone_number: third, name: 'Eve' },
			{ phone_number: 'Ada' },
		]);
		expect(answer.status).toBe(200);
		expect(answer.data).toEqual({
			leads_update: { updated: [first], rejected: ['Ada'], not_found: [third] },
		});
		expect(sandbox.state().leads['3']).toEqual({
			[first]: {
				phone_number: first,
				name: 'Ada',
				priority: 5,
				active: false,
				source: { system: 'CRM', url: 'https://new.example.com' },
			},
			[second]: { phone_number: second, name: 'Bob' },
		});
	});

	it.each([
		['PUT', 404, { PUT: 200, PATCH: 404 }],
		['PATCH', 404, { PUT: 404, PATCH: 200 }],
		['PATCH', 405, { PUT: 405, PATCH: 200 }],
		['both', 404, { PUT: 200, PATCH: 200 }],
	] as const)(
		'go by %s, and the wrong method gets %i',
		async (updateMethod, wrongMethodStatus, expected) => {
			const { api, sandbox } = await start({ updateMethod, wrongMethodStatus });
			for (const [method, status] of Object.entries(expected)) {
				const request = { method, url: '/campaigns/3/leads', data: leadsOf([first]) };
				expect([method, (await api.request(request)).status]).toEqual([method, status]);
			}
			expect(sandbox.report().violations).toEqual([]);
		},
	);
});

describe('a poisoned lead', () => {
	const leads = [
		{ phone_number: first, name: 'Ada' },
		{ phone_number: second, name: 'Bad Bob' },
	];

	it.each([
		[{ poisonName: '^Bad' }, '1.name'],
		[{ poisonName: '^Bad', poisonDetail: 'field' }, 'name'],
		[{ poisonName: '^Bad', poisonDetail: 'nothing' }, 'base'],
		[{ poisonNumbers: [first] }, '0.phone_number'],
		[{ poisonNumbers: [first], poisonDetail: 'field' }, 'phone_number'],
	] as const)('fails the whole call: %j → %s', async (options, key) => {
		const { add, api, sandbox } = await start();
		sandbox.options.minimumInterval = 60_000;
		Object.assign(sandbox.options, options);
		const answer = await add(leads);
		expect(answer.status).toBe(422);
		expect(answer.data).toEqual({ errors: { [key]: ['is invalid'] } });
		expect((await api.put('/campaigns/3/leads', leads)).status).toBe(422);
		expect(sandbox.state().leads['3']).toEqual({});
		// It was not accepted: the next call needs not wait for it.
		expect((await add(leadsOf([third]))).status).toBe(200);
	});
});
