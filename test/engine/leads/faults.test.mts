import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, type Sandbox } from '../../sandbox/index.mts';
import {
	countStatuses,
	importLeads,
	LEADS,
	people,
	quick,
	reportOf,
	startQuickSandbox,
	store,
	storedNumbers,
	strike,
} from './support.mts';
import { underFaults } from './underFaults.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startQuickSandbox();
});
afterAll(async () => await sandbox.close());

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
			const { id, items, report } = await underFaults(sandbox, [{ ...fault, times: 1 }]);

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
		const { id, items } = await underFaults(sandbox, [{ ...fault, times: 1 }]);

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
		['500', { kind: 'status', status: 500 }, '500'],
		['429', { kind: 'status', status: 429 }, 'too many requests'],
		['busy', { kind: 'status', status: 409, body: busy }, 'The previous leads import'],
		['a web page', { kind: 'html' }, '127.0.0.1'],
		['resets', { kind: 'reset' }, '127.0.0.1'],
		['50 MB', { kind: 'large' }, '127.0.0.1'],
	];

	it.concurrent.each(lasting)(
		'%s: ends with Max Wait, each lead has its error',
		async (_, fault, why) => {
			const { items, report } = await underFaults(sandbox, [fault], { options: { maxWait: 0 } });

			expect(items).toHaveLength(6);
			expect(items[0]?.error).toContain(why);
			expect(items[0]?.error).toMatch(/Batch 1 .*1 attempt/);
			expect(items[2]?.error).toMatch(/Batch 2 .*1 attempt/);
			// Two batches in a row out of time: the third is not tried.
			expect(items[4]?.error).toMatch(/Batch 3 .*not sent/);
			expect(report.requests).toBe(2);
		},
	);

	it.concurrent('says when it is not known whether the leads arrived', async () => {
		const arrived = await underFaults(sandbox, [{ kind: 'cutOff' }], { options: { maxWait: 0 } });
		const refused = await underFaults(sandbox, [{ kind: 'status', status: 429 }], {
			options: { maxWait: 0 },
		});

		expect(arrived.items[0]?.error).toContain('unknown');
		expect(refused.items[0]?.error).not.toContain('unknown');
	});
});
