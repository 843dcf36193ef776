import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeApiError, type INodeParameters } from 'n8n-workflow';
import { afterEach, describe, expect, it } from 'vitest';
import { byId, byName, outputOf, run } from '../campaign/support.mts';
import { importLeads, LEADS } from '../leads/support.mts';
import { watch } from '../trigger/support.mts';

let server: Server | undefined;
afterEach(() => void server?.close());

type List = (offset: number, limit: number) => { rows: unknown[]; total?: number };

/** A Voiso with a list of campaigns or users that is not to be trusted; everything else succeeds. */
async function voiso(lists: { campaigns?: List; users?: List }) {
	const requests: string[] = [];
	const started = createServer((request, response) => {
		const url = new URL(request.url ?? '', 'http://voiso');
		requests.push(`${request.method} ${request.url}`);
		const name = /^\/api\/v4\/(?:campaigns\/\w+\/)?(campaigns|users)$/.exec(url.pathname)?.[1];
		const list = request.method === 'GET' && (name === 'campaigns' ? lists.campaigns : lists.users);
		const page = Number(url.searchParams.get('limit') ?? 100);
		let body: unknown = { campaign: { id: 3, name: 'Spring', status: 'active' } };
		if (list && name) {
			const { rows, total } = list(Number(url.searchParams.get('offset')), page);
			body = { [name]: rows, metadata: { total } };
		}
		response.setHeader('content-type', 'application/json');
		request.resume().on('end', () => response.end(JSON.stringify(body)));
	});
	server = started;
	await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
	return { url, apiKey: 'a-secret-key', requests };
}

const some = Array.from({ length: 250 }, (_, index) => ({
	id: index + 1,
	name: `Number ${index + 1}`,
	status: 'active',
}));

const notWhole: Array<[string, () => List]> = [
	['ends early', () => (offset) => ({ rows: offset ? [] : some.slice(0, 100), total: 250 })],
	['ignores the offset', () => () => ({ rows: some.slice(0, 100), total: 250 })],
	[
		'shifts at every reading',
		() => {
			const rows = [...some];
			return (offset, limit) => {
				rows.unshift({ id: rows.length + 1, name: 'New', status: 'active' });
				return { rows: rows.slice(offset, offset + limit), total: rows.length };
			};
		},
	],
];

type Cluster = Awaited<ReturnType<typeof voiso>>;
const returnAll = { returnAll: true };
const campaign = byId(3);
const parameters: Record<string, INodeParameters> = {
	'Get Many of campaigns': { resource: 'campaign', operation: 'getAll', ...returnAll },
	'By Name': { resource: 'campaign', operation: 'get', campaign: byName('Number 200') },
	'Get Many of users': { resource: 'user', operation: 'getAll', campaign, ...returnAll },
	'Sync of users': { resource: 'user', operation: 'sync', campaign, userIds: '1, 2' },
};

/** What is sent, as against what is read. */
const changes = ({ requests }: Cluster) => requests.filter((each) => !each.startsWith('GET'));

describe.each(notWhole)('a list that %s is no success', (_, list) => {
	it.each(Object.entries(parameters))('of %s', async (_, operation) => {
		const cluster = await voiso({ campaigns: list(), users: list() });
		const result = await run(cluster, operation);
		expect(result.error?.name).toBe('NodeApiError');
		expect(changes(cluster)).toEqual([]);
	});

	it('of Stop Calling in All Campaigns, and no lead counts as deactivated', async () => {
		const cluster = await voiso({ campaigns: list() });
		const result = await importLeads({
			sandbox: cluster,
			input: [{ phone_number: '15550000001' }],
			options: { minimumInterval: 0 },
			parameters: { operation: 'deactivate', scope: 'allCampaigns' },
		});
		expect(result.error?.name).toBe('NodeApiError');
		expect(result.json(LEADS)).toEqual([]);
	});

	it('of the trigger, which remembers nothing of it', async () => {
		const workflow = watch(await voiso({ campaigns: list() }));
		await expect(workflow.activate()).rejects.toThrow(NodeApiError);
		expect(JSON.parse(workflow.stored)).toEqual({});
	});
});

describe('campaigns whose ID cannot be used', () => {
	const bad = [
		'..',
		'.',
		'\ud800',
		'3/../4',
		'%2e%2e',
		'',
		null,
		-3,
		1.5,
		2 ** 60,
		{ toString: 1 },
	];
	const rows = [...bad.map((id) => ({ id, name: 'Bad', status: 'active' })), ...some.slice(0, 3)];
	const list: List = (offset, limit) => ({
		rows: rows.slice(offset, offset + limit),
		total: rows.length,
	});

	it('are left out of Get Many with a warning, and out of the trigger', async () => {
		const cluster = await voiso({ campaigns: list });
		const result = await run(cluster, { ...parameters['Get Many of campaigns'] });
		expect(outputOf(result).map((item) => item.campaign_name)).toEqual([
			'Number 1',
			'Number 2',
			'Number 3',
		]);
		const [{ hints = [] } = {}] = result.run.data.resultData.runData.Voiso ?? [];
		expect(hints).toMatchObject([{ type: 'warning' }]);

		const workflow = watch(cluster, { options: { emitOnFirstActivation: true } });
		await workflow.activate();
		expect(workflow.executions[0]).toHaveLength(3);
	});

	it('reach no path, and no lead counts as deactivated while they are there', async () => {
		const cluster = await voiso({ campaigns: list, users: list });
		const result = await importLeads({
			sandbox: cluster,
			input: [{ phone_number: '15550000001' }],
			options: { minimumInterval: 0 },
			parameters: { operation: 'deactivate', scope: 'allCampaigns' },
		});
		expect(result.status).toBe('error');
		expect((await run(cluster, { ...parameters['Sync of users'] })).status).toBe('error');
		for (const request of cluster.requests) {
			expect(request).toMatch(
				/^[A-Z]+ \/api\/v4\/campaigns(?:\/3|\/3\/users|\/[123]\/leads)?(?:\?|$)/,
			);
		}
	});
});
