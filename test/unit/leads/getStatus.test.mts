import { describe, expect, it } from 'vitest';
import { getStatus } from '../../../nodes/VoisoLeads/operations/getStatus.ts';
import { isFailure, type ReadLead } from '../../../nodes/VoisoLeads/types.ts';
import { fakeConnection, json } from '../api/fakeConnection.mts';

const lead = (item: number, campaignId = '3', number = 447_700_900_000 + item): ReadLead => ({
	kind: 'good',
	item,
	campaignId,
	lead: { phone_number: String(number) },
});
const leads = (count: number) => Array.from({ length: count }, (_, item) => lead(item));

/** A connection to a server that is a function from the numbers asked to a status and a body. */
function connectionTo(
	server: (numbers: string[], url: string) => { status: number; body?: unknown },
) {
	const asked: string[][] = [];
	const urls: string[] = [];
	const connection = fakeConnection(({ path }) => {
		const numbers = [...new URL(path, 'https://x').searchParams.values()];
		asked.push(numbers);
		urls.push(path);
		const { status, body = {} } = server(numbers, path);
		return json(body, status);
	});
	return { connection, asked, urls };
}

const all = (numbers: string[]) => ({
	status: 200,
	body: { contacts: numbers.map((contact_number) => ({ contact_number, dialed: true })) },
});
const statuses = (results: Awaited<ReturnType<typeof getStatus>>['results']) =>
	results.map((result) =>
		result === undefined ? undefined : isFailure(result) ? `failed ${result.cause}` : result.status,
	);

describe('Get Status', () => {
	it('asks for each number once, in addresses that servers take', async () => {
		const { connection, asked, urls } = connectionTo(all);
		const { results } = await getStatus(connection, [...leads(2500), lead(0)], new Map());
		expect(new Set(statuses(results.slice(0, 2500)))).toEqual(new Set(['found']));
		expect(statuses(results)[2500]).toBe('repeated');
		expect(asked.flat()).toHaveLength(2500);
		expect(Math.max(...urls.map((url) => url.length))).toBeLessThanOrEqual(8000);
		expect(asked.length).toBeLessThan(14);
	});

	it.each([400, 413, 414, 431])('halves what is answered with %i', async (status) => {
		const { connection, asked } = connectionTo((numbers, url) =>
			url.length > 1000 ? { status } : all(numbers),
		);
		const { results } = await getStatus(connection, leads(300), new Map());
		expect(new Set(statuses(results))).toEqual(new Set(['found']));
		expect(asked.length).toBeLessThan(30);
	});

	it('gives up a campaign whose shortest question is answered with 400', async () => {
		const { connection, asked } = connectionTo(() => ({ status: 400 }));
		const { results } = await getStatus(connection, leads(1000), new Map());
		expect(asked.length).toBeLessThan(12);
		expect(new Set(statuses(results))).toEqual(new Set(['failed final', 'failed notSent']));
	});

	it('leaves one number alone that a server cannot take', async () => {
		const { connection } = connectionTo((numbers) =>
			numbers.includes('447700900007') ? { status: 400 } : all(numbers),
		);
		const { results } = await getStatus(connection, leads(20), new Map());
		expect(statuses(results).filter((status) => status === 'found')).toHaveLength(19);
	});

	it('asks no more once the key or the campaign is refused, and asks the other campaigns', async () => {
		const { connection, asked } = connectionTo((numbers, url) =>
			url.includes('/campaigns/3/') ? { status: 403 } : all(numbers),
		);
		const { results } = await getStatus(connection, [...leads(600), lead(0, '5')], new Map());
		expect(asked).toHaveLength(2);
		expect(statuses(results).at(-1)).toBe('found');
	});

	it.each<[string, (numbers: string[]) => unknown, string]>([
		['another name of the list', (n) => ({ data: n.map((number) => ({ number })) }), 'found'],
		['a bare list', (n) => n.map((phone) => ({ phone })), 'found'],
		[
			'formatted numbers',
			(n) => ({ contacts: n.map((x) => ({ contact_number: `+${x}` })) }),
			'found',
		],
		['numbers', (n) => ({ contacts: n.map((x) => ({ contact_number: Number(x) })) }), 'found'],
		['nobody', () => ({ contacts: [] }), 'unreported'],
		['somebody else', () => ({ contacts: [{ contact_number: '1' }] }), 'unreported'],
		['odd elements', () => ({ contacts: [null, 7, 'x', { a: 1 }] }), 'unreported'],
		[
			'a contact that is not there',
			(n) => ({ contacts: n.map((contact_number) => ({ contact_number, error: 'Not found' })) }),
			'not_found',
		],
	])('reads %s', async (_, bodyOf, status) => {
		const { connection } = connectionTo((numbers) => ({ status: 200, body: bodyOf(numbers) }));
		const { results } = await getStatus(connection, leads(2), new Map());
		expect(statuses(results)).toEqual([status, status]);
	});
});
