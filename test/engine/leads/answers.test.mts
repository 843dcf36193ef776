import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../sandbox/index.mts';
import { campaign, people, phone, voisoForTests } from './support.mts';

const voiso = await voisoForTests({ sideBySide: true });
const { importLeads, newCampaign, reportOf, sandbox, strike } = voiso;

/** Imports four people into a campaign that gives one answer, and gives the result of each. */
async function settled(body: unknown, operation = 'add', status = 200): Promise<IDataObject[]> {
	const id = newCampaign();
	strike(id, { kind: 'status', status, body });
	const run = await importLeads({
		input: people(4),
		parameters: { operation, campaign: campaign(id) },
	});
	if (run.error) throw new Error(run.error.message);
	return run.results;
}

const statuses = (items: IDataObject[]) => items.map(({ status }) => status);

describe('answers', () => {
	const echoes: Array<SandboxOptions['numberEcho']> = ['asSent', 'normalised', 'number'];

	it.each(echoes.flatMap((echo) => [200, 201].map((status) => [echo, status] as const)))(
		'are matched with numbers that come back %s, status %i',
		async (numberEcho, leadsStatus) => {
			Object.assign(sandbox.options, { numberEcho, leadsStatus });
			const id = newCampaign();
			const again = async () => await importLeads({ input: people(3), to: id });

			expect(statuses((await again()).results)).toEqual(['created', 'created', 'created']);
			expect(statuses((await again()).results)).toEqual(['duplicate', 'duplicate', 'duplicate']);
			Object.assign(sandbox.options, { numberEcho: 'asSent', leadsStatus: 200 });
		},
	);

	it('are read whatever the text around the digits, and a number in none is unreported', async () => {
		const created = ['+1 (555) 000-0000', 15550000001, `00${phone(2)}`];
		const items = await settled({ leads_import: { created, rejected: [], duplicates: [] } });

		expect(statuses(items)).toEqual(['created', 'created', 'created', 'unreported']);
		expect(items[3]?.reason).toMatch(/\S/);
	});

	it('of two lists that name a number, the one that says most counts', async () => {
		const items = await settled({
			leads_import: {
				duplicates: [phone(0), phone(1), phone(2)],
				rejected: [phone(1), phone(3)],
				created: [phone(0), phone(3)],
			},
		});

		expect(statuses(items)).toEqual(['created', 'rejected', 'duplicate', 'created']);
	});

	it('may hold unknown keys, other values and numbers that nobody sent', async () => {
		const items = await settled({
			metadata: { took: 5 },
			warnings: ['slow'],
			leads_import: {
				created: [phone(0), '447700900999', null, {}, ['x'], true],
				duplicates: 'none',
				scheduled: [phone(1)],
				['__proto__']: [phone(2)],
				constructor: [phone(3)],
				total: 4,
			},
		});

		expect(statuses(items)).toEqual(['created', 'unreported', 'unreported', 'unreported']);
	});

	it.each([
		['no envelope', { created: [phone(0)], duplicates: [phone(1)] }],
		['another envelope', { result: { created: [phone(0)], duplicates: [phone(1)] } }],
		['nothing but an object', { leads_import: {} }],
	])('with %s are read or leave the leads unreported', async (_, body) => {
		const items = await settled(body);
		const isEmpty = 'leads_import' in body;
		expect(statuses(items)).toEqual(
			isEmpty
				? ['unreported', 'unreported', 'unreported', 'unreported']
				: ['created', 'duplicate', 'unreported', 'unreported'],
		);
	});

	it.each([200, 201, 202, 204])(
		'of status %i without a body leave the leads unreported, after one request',
		async (status) => {
			const id = newCampaign();
			strike(id, { kind: 'status', status, body: '', when: 'after' });
			const run = await importLeads({ input: people(2), to: id });

			expect(statuses(run.results)).toEqual(['unreported', 'unreported']);
			expect(reportOf(id).requests).toBe(1);
		},
	);

	it('are read where an empty list stands beside the envelope', async () => {
		const items = await settled({ failed: [], leads_import: { created: [phone(0), phone(1)] } });

		expect(statuses(items)).toEqual(['created', 'created', 'unreported', 'unreported']);
	});

	it.each([
		['add', ['created', 'duplicate', 'rejected', 'unreported']],
		['update', ['updated', 'unreported', 'rejected', 'unreported']],
	])('to an older API are read: %s', async (operation, expected) => {
		const body = {
			contacts: [phone(0)],
			duplicate_numbers: [phone(1)],
			invalid_numbers: [phone(2)],
		};
		const items = await settled(body, operation, 201);

		expect(statuses(items)).toEqual(expected);
		expect(items[2]?.reason).toMatch(/\S/);
	});

	it('may give numbers as objects with a reason', async () => {
		const rejected = [{ phone_number: phone(0), reason: 'on the do-not-call list' }];
		const items = await settled({ leads_import: { created: [], rejected, duplicates: [] } });

		expect(items[0]).toMatchObject({ status: 'rejected', reason: 'on the do-not-call list' });
	});

	it('give each item its own outcome where several items hold one number', async () => {
		const id = newCampaign();
		const run = await importLeads({
			input: [phone(0), `+${phone(0)}`, ` 00${phone(0)}`].map((number) => ({ phone: number })),
			parameters: { operation: 'update', campaign: campaign(id), columns: nameFor('Ann') },
		});

		expect(run.results).toEqual(
			Array.from({ length: 3 }, () => ({
				phone_number: phone(0),
				campaign_id: id,
				status: 'not_found',
			})),
		);
	});
});

describe('answers to an update', () => {
	it.each(['leads_update', 'leads_import', undefined])('are read in %s', async (envelope) => {
		const lists = {
			updated: [phone(0)],
			not_found: [phone(1)],
			rejected: [phone(2)],
		};
		const body = envelope === undefined ? lists : { [envelope]: lists };
		expect(statuses(await settled(body, 'update'))).toEqual([
			'updated',
			'not_found',
			'rejected',
			'unreported',
		]);
	});

	it('are read under other names of the lists', async () => {
		const body = {
			leads_update: { updated: [phone(0)], missing: [phone(1)], invalid: [phone(2)] },
		};
		expect(statuses(await settled(body, 'update'))).toEqual([
			'updated',
			'not_found',
			'rejected',
			'unreported',
		]);
	});

	it('that call a number a duplicate do not count as an update', async () => {
		const items = await settled(
			{ leads_update: { updated: [phone(0)], duplicates: [phone(1)] } },
			'update',
		);

		expect(statuses(items)).toEqual(['updated', 'unreported', 'unreported', 'unreported']);
		expect(items[1]?.reason).not.toBe(items[2]?.reason);
	});
});

function nameFor(name: string) {
	return {
		mappingMode: 'defineBelow',
		value: { phone_number: '={{ $json.phone }}', name },
	} as const;
}
