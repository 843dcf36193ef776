import { describe, expect, it } from 'vitest';
import { type Fault } from '../../sandbox/index.mts';
import { people, startVoiso, voisoForTests } from './support.mts';
import { underFaults } from './underFaults.mts';

const voiso = await voisoForTests({ sideBySide: true });
const { storedNumbers } = voiso;

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
			const { id, items, report } = await underFaults(voiso, [{ ...fault, times: 1 }]);

			expect(items.map(({ status }) => status)).toEqual(items.map(() => 'created'));
			expect(report.leadRequests.map(({ leads }) => leads)).toEqual([2, 2, 2, 2]);
			expect(report).toMatchObject({ faults: 1, overlapped: 0 });
			expect(storedNumbers(id)).toHaveLength(6);
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
		const { id, items } = await underFaults(voiso, [{ ...fault, times: 1 }]);

		expect(items.map(({ status }) => status)).toEqual([
			'unconfirmed',
			'unconfirmed',
			'created',
			'created',
			'created',
			'created',
		]);
		expect(items[0]?.reason).toMatch(/\S/);
		expect(storedNumbers(id)).toHaveLength(6);
	});

	it.concurrent('an update with a lost answer is sent again and counts as updated', async () => {
		await using own = await startVoiso();
		await own.store(3, people(6));
		own.strike(3, { kind: 'reset', when: 'after', method: 'PUT', times: 1 });
		const run = await own.importLeads({
			input: people(6),
			options: { batchSize: 2 },
			parameters: { operation: 'update' },
		});

		expect(run.counts).toEqual({ updated: 6 });
		expect(
			own
				.reportOf(3)
				.leadRequests.slice(1)
				.map(({ leads }) => leads),
		).toEqual([2, 2, 2, 2]);
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
			const { items, report } = await underFaults(voiso, [fault], { options: { maxWait: 0 } });

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
		const arrived = await underFaults(voiso, [{ kind: 'cutOff' }], { options: { maxWait: 0 } });
		const refused = await underFaults(voiso, [{ kind: 'status', status: 429 }], {
			options: { maxWait: 0 },
		});

		expect(arrived.items[0]?.error).toContain('unknown');
		expect(refused.items[0]?.error).not.toContain('unknown');
	});
});
