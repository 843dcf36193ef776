import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { resolveBaseUrl } from '../../../nodes/shared/api/baseUrl.ts';
import type { Fault } from '../../sandbox/index.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { ways, why, type Entered } from './ways.mts';

const sandbox = await sandboxForTests({ minimumInterval: 0, processingTime: 0 });
const entered: Entered = { clusterId: sandbox.url, apiKey: sandbox.apiKey };

const headers = { 'content-type': 'application/json' };

/** The key as a JSON text may hold it. */
const escapedBody = (apiKey: string) => {
	const unicode = Array.from(apiKey, (char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('');
	const address = encodeURIComponent(apiKey);
	return `{"error":"${unicode}","errors":{"${unicode}":["${unicode}","${address}"]}}`;
};

/** What Voiso, or somebody in its place, may do. */
const faults = (apiKey: string): Array<[string, Fault]> => {
	const apiMessage = { error: `Bearer ${apiKey} is odd`, errors: { key: [apiKey] } };
	return [
		['does what it should', { kind: 'delay', ms: 0 }],
		['does not know the key', { kind: 'status', status: 401, body: apiMessage }],
		['repeats the key in a refusal', { kind: 'status', status: 422, body: apiMessage }],
		['repeats the key in an odd refusal', { kind: 'status', status: 418, body: apiMessage }],
		[
			'repeats the key with escapes',
			{ kind: 'status', status: 422, headers, body: escapedBody(apiKey) },
		],
		[
			'repeats the key as a name',
			{ kind: 'status', status: 409, body: { errors: { [apiKey]: ['x'] } } },
		],
		['sends a page that holds the key', { kind: 'status', status: 400, body: `<p>${apiKey}</p>` }],
	];
};

describe.each(ways)('$name', ({ use }) => {
	it('shows and stores the API key nowhere, whatever Voiso does', async () => {
		for (const [what, fault] of faults(sandbox.apiKey)) {
			sandbox.reset();
			sandbox.faults.add(fault);
			const shown = await use(entered);
			expect(shown.length, what).toBeGreaterThan(40);
			expect(shown, what).not.toContain(sandbox.apiKey);
			expect(Object.keys(sandbox.report().calls), what).not.toEqual([]);
		}
	});

	it.each([301, 302, 303, 307, 308])('follows no redirect with %i', async (status) => {
		sandbox.faults.add({ kind: 'redirect', status });
		expect(await use(entered)).toContain(why('redirected', sandbox.url));
		expect(sandbox.report().elsewhere).toEqual([]);
	});

	it('does not stay at the address of the credential when that leads to another port', async () => {
		const met: IncomingHttpHeaders[] = [];
		const other = createServer(({ headers }, response) => {
			met.push(headers);
			response.end('{}');
		});
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = other.address() as AddressInfo;
			const location = `http://127.0.0.1:${port}/api/v4/campaigns`;
			sandbox.faults.add({ kind: 'redirect', location });
			await use(entered);
			expect(met).toEqual([]);
		} finally {
			await new Promise((resolve) => other.close(resolve));
		}
	});

	it.each([
		'http://cc-ams03.voiso.com',
		'evil.com/',
		'x@127.0.0.1',
		'x#',
		'//127.0.0.1',
		'127.0.0.1\\',
		'v\u03bfiso.com',
		'0127.0.0.1',
	])('makes no request with the cluster ID %j', async (clusterId) => {
		const shown = await use({ ...entered, clusterId });
		const address = resolveBaseUrl(clusterId);
		expect(shown.replaceAll('\\\\', '\\')).toContain(address.ok ? 'no reason' : address.reason);
		expect(sandbox.report().totals.requests).toBe(0);
		expect(shown).not.toContain(sandbox.apiKey);
	});
});
