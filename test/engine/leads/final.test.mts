import { describe, expect, it } from 'vitest';
import { type Fault } from '../../sandbox/index.mts';
import { people, phone, voisoForTests } from './support.mts';
import { underFaults } from './underFaults.mts';

const voiso = await voisoForTests({ sideBySide: true });
const { importLeads, newCampaign, sandbox, storedNumbers } = voiso;

describe('wrong for good, midway', () => {
	const midway: Array<[string, Fault, string]> = [
		[
			'the key is revoked',
			{ kind: 'status', status: 401, body: { error: 'Unauthorized' } },
			'API key',
		],
		[
			'the key loses its scope',
			{ kind: 'status', status: 403, body: { error: 'Forbidden' } },
			'campaigns.manage',
		],
		[
			'the campaign is deleted',
			{ kind: 'status', status: 404, body: { error: 'Not found' } },
			'no campaign',
		],
		[
			'the campaign is no longer live',
			{ kind: 'status', status: 400, body: { error: 'Bad Request' } },
			'live',
		],
		[
			'the campaign is stopped',
			{ kind: 'status', status: 409, body: { errors: { base: ['Campaign is stopped'] } } },
			'Campaign is stopped',
		],
	];

	it.concurrent.each(midway)(
		'%s: nothing more is sent, what is in stays in',
		async (_, fault, why) => {
			const { id, items, report } = await underFaults(voiso, [{ ...fault, skip: 1 }]);

			expect(report.requests).toBe(2);
			expect(items.map(({ status }) => status)).toEqual([
				'created',
				'created',
				...Array(4).fill(undefined),
			]);
			expect(items[2]?.error).toContain(why);
			expect(items[2]?.error).toContain('Batch 2');
			expect(items[4]?.error).toMatch(/Batch 3 .*not sent/);
			expect(storedNumbers(id)).toEqual([phone(0), phone(1)]);
		},
	);

	it.concurrent('a key that is not valid ends the other campaigns, too', async () => {
		const ids = Array.from({ length: 30 }, () => newCampaign());
		const run = await importLeads({
			input: people(30).map((lead, index) => ({ ...lead, to: ids[index] })),
			to: '={{ $json.to }}',
			node: { onError: 'continueRegularOutput' },
			apiKey: 'not-a-key-of-voiso',
		});

		expect(run.results.every(({ error }) => String(error).includes('API key'))).toBe(true);
		const { campaigns } = sandbox.report();
		// Campaigns are sent to 20 at a time; the others are not asked any more.
		expect(ids.filter((id) => campaigns[id] !== undefined).length).toBeLessThanOrEqual(20);
	});
});

describe('a redirect to another host', () => {
	it.each([301, 302, 307, 308])(
		'%i is not followed, and the key does not travel',
		async (status) => {
			const { id, items, report } = await underFaults(voiso, [{ kind: 'redirect', status }]);

			expect(items[0]?.error).toContain(`campaign ${id}`);
			expect(items[0]?.error).toContain(new URL(sandbox.url).host);
			expect(items[0]?.error).toContain('Batch 1');
			expect(report.requests).toBe(1);
			expect(sandbox.report().elsewhere).toEqual([]);
		},
	);
});
