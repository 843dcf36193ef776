import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	startSandbox,
	type Fault,
	type Sandbox,
	type SandboxOptions,
} from '../../sandbox/index.mts';
import {
	campaign,
	countStatuses,
	importLeads,
	LEADS,
	newCampaign,
	people,
	phone,
	quick,
	reportOf,
	startQuickSandbox,
	store,
	storedNumbers,
	strike,
	type Import,
} from './support.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
afterAll(async () => await sandbox.close());

/** Three batches of two leads into a campaign with faults. */
async function underFaults(faults: Fault[], more: Partial<Import> = {}) {
	const id = newCampaign(sandbox);
	for (const fault of faults) strike(sandbox, id, fault);
	const run = await importLeads({
		sandbox,
		input: people(6),
		node: { onError: 'continueRegularOutput' },
		...more,
		options: { ...quick, batchSize: 2, ...more.options },
		parameters: { campaign: campaign(id), ...more.parameters },
	});
	const items = run.json(LEADS);
	expect(items.map(({ phone_number }) => phone_number)).toEqual(
		people(6).map(({ phone_number }) => phone_number),
	);
	expect(JSON.stringify(run.run)).not.toContain(sandbox.apiKey);
	return { id, run, items, report: reportOf(sandbox, id) };
}

const busy = { errors: { base: ['The previous leads import is still being processed'] } };

describe('a passing fault, once', () => {
	const harmless: Array<[string, Fault]> = [
		['429', { kind: 'status', status: 429, body: { error: 'Too many requests' } }],
		['busy with 409', { kind: 'status', status: 409, body: busy }],
		['busy with 422', { kind: 'status', status: 422, body: busy }],
		['an unclear 422', { kind: 'status', status: 422, body: { errors: { base: ['No.'] } } }],
		['an unclear 409', { kind: 'status', status: 409 }],
		['500', { kind: 'status', status: 500 }],
		['502', { kind: 'status', status: 502 }],
		['503', { kind: 'status', status: 503, body: { error: 'Service unavailable' } }],
		['504', { kind: 'status', status: 504 }],
		['a web page with 200', { kind: 'html' }],
		['a web page with 502', { kind: 'html', status: 502 }],
		['a reset before the commit', { kind: 'reset' }],
		['a body of 50 MB', { kind: 'large' }],
		['deeply nested JSON', { kind: 'nested' }],
	];

	it.concurrent.each(harmless)(
		'%s: the batch is sent again, all leads are created',
		async (_, fault) => {
			const { id, items, report } = await underFaults([{ ...fault, times: 1 }]);

			expect(items.map(({ status }) => status)).toEqual(items.map(() => 'created'));
			expect(report.leadRequests.map(({ leads }) => leads)).toEqual([2, 2, 2, 2]);
			expect(report).toMatchObject({ faults: 1, overlapped: 0 });
			expect(storedNumbers(sandbox, id)).toHaveLength(6);
		},
	);

	const lost: Array<[string, Fault]> = [
		['a reset after the commit', { kind: 'reset', when: 'after' }],
		['500 after the commit', { kind: 'status', status: 500, when: 'after' }],
		['a web page after the commit', { kind: 'html', when: 'after' }],
		['JSON that is cut off', { kind: 'cutOff' }],
		['a connection that ends within the answer', { kind: 'cutOff', abrupt: true }],
	];

	it.concurrent.each(lost)('%s: sent again, and those leads are unconfirmed', async (_, fault) => {
		const { id, items } = await underFaults([{ ...fault, times: 1 }]);

		expect(items.map(({ status }) => status)).toEqual([
			'unconfirmed',
			'unconfirmed',
			'created',
			'created',
			'created',
			'created',
		]);
		expect(items[0]?.reason).toContain('The lead is in the campaign.');
		expect(storedNumbers(sandbox, id)).toHaveLength(6);
	});

	it.concurrent('an update with a lost answer is sent again and counts as updated', async () => {
		const own = await startQuickSandbox();
		try {
			await store(own, 3, people(6));
			strike(own, 3, { kind: 'reset', when: 'after', method: 'PUT', times: 1 });
			const run = await importLeads({
				sandbox: own,
				input: people(6),
				options: { ...quick, batchSize: 2 },
				parameters: { operation: 'update' },
			});

			expect(countStatuses(run.items(LEADS))).toEqual({ updated: 6 });
			expect(
				reportOf(own, 3)
					.leadRequests.slice(1)
					.map(({ leads }) => leads),
			).toEqual([2, 2, 2, 2]);
		} finally {
			await own.close();
		}
	});
});

describe('a fault that lasts', () => {
	const lasting: Array<[string, Fault, string]> = [
		['500', { kind: 'status', status: 500 }, 'Voiso has a problem of its own (status 500).'],
		['429', { kind: 'status', status: 429 }, 'Voiso is receiving too many requests.'],
		[
			'busy',
			{ kind: 'status', status: 409, body: busy },
			'Voiso says: base: The previous leads import',
		],
		['a web page', { kind: 'html' }, 'gave an answer that is not one of the Voiso API.'],
		['resets', { kind: 'reset' }, 'there is no connection to 127.0.0.1'],
		['50 MB', { kind: 'large' }, 'gave an answer that is not one of the Voiso API.'],
	];

	it.concurrent.each(lasting)(
		'%s: ends with Max Wait, each lead has its error',
		async (_, fault, why) => {
			const { items, report } = await underFaults([fault], { options: { maxWait: 0 } });

			expect(items).toHaveLength(6);
			expect(items[0]?.error).toMatch(/^Could not add leads to campaign \d+: /);
			expect(items[0]?.error).toContain(why);
			expect(items[0]?.error).toContain('Batch 1 did not get through in 1 try');
			expect(items[2]?.error).toContain('Batch 2 did not get through in 1 try');
			// Two batches in a row out of time: the third is not tried.
			expect(items[4]?.error).toContain('Batch 3 was therefore not sent.');
			expect(report.requests).toBe(2);
		},
	);

	it.concurrent('says when it is not known whether the leads arrived', async () => {
		const arrived = await underFaults([{ kind: 'cutOff' }], { options: { maxWait: 0 } });
		const refused = await underFaults([{ kind: 'status', status: 429 }], {
			options: { maxWait: 0 },
		});

		expect(arrived.items[0]?.error).toContain('Whether these leads arrived is not known.');
		expect(refused.items[0]?.error).not.toContain('Whether');
	});
});

describe('Retry-After', () => {
	const tooMany = (retryAfter: string): Fault => ({
		kind: 'status',
		status: 429,
		headers: { 'retry-after': retryAfter },
		body: { error: 'Too many requests' },
		times: 1,
	});
	const waited = ({ leadRequests: [first, second] }: ReturnType<typeof reportOf>) =>
		(second?.start ?? 0) - (first?.end ?? 0);

	it.concurrent('in seconds is waited for', async () => {
		const { run, report } = await underFaults([tooMany('1')]);

		expect(countStatuses(run.items(LEADS))).toEqual({ created: 6 });
		expect(waited(report)).toBeGreaterThanOrEqual(1000);
	});

	it.concurrent('as a date is waited for', async () => {
		const until = Math.ceil(Date.now() / 1000) * 1000 + 2000;
		const { run, report } = await underFaults([tooMany(new Date(until).toUTCString())]);

		expect(countStatuses(run.items(LEADS))).toEqual({ created: 6 });
		expect(report.leadRequests).toHaveLength(4);
		expect(Date.now()).toBeGreaterThanOrEqual(until);
	});

	it.concurrent.each(['999999999999', 'Fri, 01 Jan 2199 00:00:00 GMT'])(
		'of %s is not waited for: the leads fail at once, and the message says how long it would be',
		async (retryAfter) => {
			const { id, items, report } = await underFaults([tooMany(retryAfter)]);

			expect(report.requests).toBe(1);
			expect(items[0]?.error).toBe(
				`Could not add leads to campaign ${id}: Voiso is receiving too many requests and asks to wait 24 hours. Batch 1 did not get through in 1 try within the time of the option Max Wait.`,
			);
			expect(items[2]?.error).toContain('Batch 2 was not sent');
		},
	);

	it.concurrent('that makes no sense is passed over', async () => {
		const { run } = await underFaults([tooMany('soon')]);

		expect(countStatuses(run.items(LEADS))).toEqual({ created: 6 });
	});
});

describe('Voiso is busy with the previous import', () => {
	const kinds: SandboxOptions['busyStatus'][] = [409, 422, 429];
	const waits: SandboxOptions['busyRetryAfter'][] = ['none', 'seconds', 'date'];

	it.concurrent.each(kinds.flatMap((status) => waits.map((wait) => [status, wait] as const)))(
		'and says so with %i, Retry-After: %s',
		async (busyStatus, busyRetryAfter) => {
			const slow = await startSandbox({
				minimumInterval: 100,
				processingTime: 0,
				processingOutlasts: 250,
				busyStatus,
				busyRetryAfter,
			});
			try {
				const run = await importLeads({
					sandbox: slow,
					input: people(4),
					options: { minimumInterval: 100, batchSize: 2 },
				});

				expect(run.json(LEADS).map(({ status }) => status)).toEqual(people(4).map(() => 'created'));
				expect(slow.report().totals.busy).toBeGreaterThanOrEqual(1);
				expect(storedNumbers(slow, 3)).toHaveLength(4);
			} finally {
				await slow.close();
			}
		},
	);
});

describe('wrong for good, midway', () => {
	const midway: Array<[string, Fault, string]> = [
		[
			'the key is revoked',
			{ kind: 'status', status: 401, body: { error: 'Unauthorized' } },
			'Voiso does not accept the API key.',
		],
		[
			'the key loses its scope',
			{ kind: 'status', status: 403, body: { error: 'Forbidden' } },
			'the API key lacks the scope campaigns.manage, or may not use this.',
		],
		[
			'the campaign is deleted',
			{ kind: 'status', status: 404, body: { error: 'Not found' } },
			'Voiso has no campaign with the ID',
		],
		[
			'the campaign is no longer live',
			{ kind: 'status', status: 400, body: { error: 'Bad Request' } },
			'Leads can be sent to live campaigns only.',
		],
		[
			'the campaign is stopped',
			{ kind: 'status', status: 409, body: { errors: { base: ['Campaign is stopped'] } } },
			'Voiso says: base: Campaign is stopped.',
		],
	];

	it.concurrent.each(midway)(
		'%s: nothing more is sent, what is in stays in',
		async (_, fault, why) => {
			const { id, items, report } = await underFaults([{ ...fault, skip: 1 }]);

			expect(report.requests).toBe(2);
			expect(items.map(({ status }) => status)).toEqual([
				'created',
				'created',
				...Array(4).fill(undefined),
			]);
			expect(items[2]?.error).toContain(why);
			expect(items[2]?.error).toContain('Batch 2 was not delivered.');
			expect(items[4]?.error).toContain('Batch 3 was therefore not sent.');
			expect(storedNumbers(sandbox, id)).toEqual([phone(0), phone(1)]);
		},
	);

	it.concurrent('a key that is not valid ends the other campaigns, too', async () => {
		const ids = Array.from({ length: 30 }, () => newCampaign(sandbox));
		const run = await importLeads({
			sandbox,
			input: people(30).map((lead, index) => ({ ...lead, to: ids[index] })),
			options: quick,
			parameters: { campaign: campaign('={{ $json.to }}') },
			node: { onError: 'continueRegularOutput' },
			apiKey: 'not-a-key-of-voiso',
		});

		expect(run.json(LEADS).every(({ error }) => String(error).includes('API key'))).toBe(true);
		const { campaigns } = sandbox.report();
		// Campaigns are sent to 20 at a time; the others are not asked any more.
		expect(ids.filter((id) => campaigns[id] !== undefined).length).toBeLessThanOrEqual(20);
	});
});

describe('a redirect to another host', () => {
	it.each([301, 302, 307, 308])(
		'%i is not followed, and the key does not travel',
		async (status) => {
			const { id, items, report } = await underFaults([{ kind: 'redirect', status }]);

			expect(items[0]?.error).toBe(
				`Could not add leads to campaign ${id}: ${new URL(sandbox.url).host} sends to another address, so it is not the address of the Voiso API. Batch 1 was not delivered.`,
			);
			expect(report.requests).toBe(1);
			expect(sandbox.report().elsewhere).toEqual([]);
		},
	);
});

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
						reason: expect.stringMatching(
							/^Voiso refused this lead: (0\.)?phone_number: is invalid$/,
						),
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

				expect(run.error?.message).toContain(
					'Voiso says: base: is invalid. Batch 1 did not get through',
				);
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
				expect(given.at(-1)?.error).toContain(
					'Batch 1 was refused again and again while looking for the leads that Voiso does not accept.',
				);
				expect(reportOf(own, 3).requests).toBeLessThanOrEqual(202);
			} finally {
				await own.close();
			}
		},
	);
});
