import dns from 'node:dns';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { people, phone, voisoForTests } from './support.mts';
import { selfSigned } from './selfSigned.mts';

const TIMEOUT = 400;

// Voiso gets two minutes for a thousand leads, which no test can wait for.
vi.mock(import('../../../nodes/VoisoLeads/send/dependencies.ts'), async (original) => {
	const module = await original();
	return {
		...module,
		realDependencies: (connection) => module.realDependencies(connection, TIMEOUT),
	};
});

const voiso = await voisoForTests({ sideBySide: true });
const { importLeads, newCampaign, reportOf, sandbox, storedNumbers, strike } = voiso;
afterEach(() => vi.restoreAllMocks());

describe('no answer in time', { timeout: 15_000 }, () => {
	it.each([
		['before', 'created'],
		['after', 'unconfirmed'],
	] as const)('%s the commit: the batch is sent again, the leads are %s', async (when, status) => {
		const id = newCampaign();
		strike(id, { kind: 'hang', when, times: 1 });
		const run = await importLeads({ input: people(2), to: id });

		expect(run.results.map((json) => json.status)).toEqual([status, status]);
		expect(reportOf(id).requests).toBe(2);
		expect(storedNumbers(id)).toEqual([phone(0), phone(1)]);
	});

	it('at all: the error says so, and that the leads may have arrived', async () => {
		const id = newCampaign();
		strike(id, { kind: 'hang' });
		const run = await importLeads({ input: people(2), options: { maxWait: 0 }, to: id });

		expect(run.error?.message).toContain(`campaign ${id}`);
		expect(run.error?.message).toContain(new URL(sandbox.url).host);
		expect(run.error?.description).toContain('unknown');
		expect(run.error?.description).toContain('items 0 to 1 (2 leads)');
	});
});

describe('the name of the cluster', () => {
	/** The system's resolver, for one name; all others are looked up as ever. */
	function resolver(host: string, code: string) {
		const original = dns.lookup;
		const asked: string[] = [];
		vi.spyOn(dns, 'lookup').mockImplementation(((name: string, ...rest: unknown[]) => {
			if (name !== host) return Reflect.apply(original, dns, [name, ...rest]);
			asked.push(name);
			const callback = rest.at(-1) as (error: Error) => void;
			const error = Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code });
			process.nextTick(callback, error);
		}) as typeof dns.lookup);
		return asked;
	}
	const toNowhere = async (maxWait: number) =>
		await importLeads({
			clusterId: 'cc-nowhere',
			input: people(2),
			options: { maxWait, batchSize: 1 },
		});

	it('does not exist: a typing mistake, so nothing is tried again', async () => {
		const asked = resolver('cc-nowhere.voiso.com', 'ENOTFOUND');
		const run = await toNowhere(300);

		expect(asked).toHaveLength(1);
		expect(run.error).toMatchObject({
			message: expect.stringContaining('cc-nowhere.voiso.com'),
			description: expect.stringContaining('items 0 to 1 (2 leads)'),
		});
	});

	it('cannot be looked up at the moment: tried again until Max Wait', async () => {
		const asked = resolver('cc-nowhere.voiso.com', 'EAI_AGAIN');
		const run = await toNowhere(1);

		expect(asked.length).toBeGreaterThan(1);
		expect(run.error?.message).toContain('cc-nowhere.voiso.com');
		expect(run.error?.description).not.toContain('unknown');
	});
});

describe('a certificate', () => {
	let server: Server;
	let requests = 0;
	beforeAll(async () => {
		server = createServer(selfSigned(), (_request, response) => {
			requests++;
			response.end('{}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterAll(async () => {
		await new Promise((resolve) => server.close(resolve));
	});

	it('that nobody vouches for ends it at once, and the key is not sent', async () => {
		const { port } = server.address() as AddressInfo;
		const run = await importLeads({
			clusterId: `https://127.0.0.1:${port}`,
			input: people(2),
			options: { batchSize: 1 },
		});

		expect(run.error?.message).toContain(`127.0.0.1:${port}`);
		expect(JSON.stringify(run.error)).toContain('certificate');
		expect(requests).toBe(0);
	});

	it('is missing because nobody speaks TLS there', async () => {
		const { port } = new URL(sandbox.url);
		const run = await importLeads({ clusterId: `https://127.0.0.1:${port}`, input: people(1) });

		expect(run.error?.message).toContain(`127.0.0.1:${port}`);
	});
});
