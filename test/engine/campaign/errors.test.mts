import { beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../sandbox/index.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { byId, byName, outputOf, run, type Run } from './support.mts';

const sandbox = await sandboxForTests();

const get = async (id: number | string, more: Run = {}) =>
	await run(sandbox, { resource: 'campaign', operation: 'get', campaign: byId(id) }, more);

const wrong = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
	({ kind: 'status', status, body, headers }) as const;

/** What Voiso does, then a word that title or description must have, and the status that n8n shows. */
const faults: Array<[string, Fault, string, string | null]> = [
	['400', wrong(400, { error: 'Bad Request' }), 'Bad Request', '400'],
	['401', wrong(401, { error: 'Unauthorized' }), 'API key', '401'],
	['403', wrong(403, { error: 'Forbidden' }), 'campaigns.read', '403'],
	['404', wrong(404, { error: 'Not found' }), 'no campaign', '404'],
	['405', wrong(405), 'cluster ID', '405'],
	['409', wrong(409, { errors: { status: ['is odd'] } }), 'status: is odd', '409'],
	['422', wrong(422, { errors: { id: ['is odd', 'is new'] } }), 'id: is odd, is new', '422'],
	['429', wrong(429, { error: 'Too many' }, { 'retry-after': '300' }), '5 minutes', '429'],
	['500', wrong(500, '<html>Oops</html>'), '500', '500'],
	['302', { kind: 'redirect' }, '127.0.0.1', '302'],
	['a web page', { kind: 'html' }, '127.0.0.1', '200'],
	['half an answer', { kind: 'cutOff' }, '127.0.0.1', '200'],
	['an answer nested too deep', { kind: 'nested', depth: 100_000 }, '127.0.0.1', '200'],
	['a broken connection', { kind: 'reset' }, '127.0.0.1', null],
];

describe('what Voiso does wrong becomes words', () => {
	const results: Array<Awaited<ReturnType<typeof get>>> = [];

	// All at once, because each of the passing faults is waited for.
	beforeAll(async () => {
		for (const [index, [, fault]] of faults.entries()) {
			sandbox.addCampaigns({ id: 101 + index });
			sandbox.faults.add({ ...fault, path: `/campaigns/${101 + index}$` });
		}
		results.push(...(await Promise.all(faults.map((_, index) => get(101 + index)))));
	}, 60_000);

	test.each(faults.map(([name, , ...expected], index) => [name, index, ...expected] as const))(
		'%s',
		(_, index, word, httpCode) => {
			const error = results[index]?.error;
			expect(error).toMatchObject({ name: 'NodeApiError', httpCode, context: { itemIndex: 0 } });
			const { message = '', description } = error ?? {};
			expect(message).toContain(`campaign ${101 + index}`);
			expect(message.length).toBeLessThanOrEqual(120);
			expect(description).not.toBe('');
			expect(`${message} ${description}`).toContain(word);
		},
	);

	test('and nothing of it holds the API key', () => {
		expect(JSON.stringify(results)).not.toContain(sandbox.apiKey);
	});
});

describe('what stops the whole node, when the user chose to continue', () => {
	const input = [{ id: 3 }, { id: 5 }];
	const parameters = { resource: 'campaign', operation: 'get', campaign: byId('={{ $json.id }}') };

	test.each<[string, Run, object]>([
		['an API key that cannot be sent', { apiKey: ' ' }, {}],
		['a cluster that is none', { clusterId: 'http://cc-ams03.voiso.com' }, {}],
		['an operation that does not exist', {}, { operation: 'archive' }],
	])('%s is an error for each item', async (_, more, changed) => {
		const error = expect.stringMatching(/\S/);
		const stopped = await run(sandbox, { ...parameters, ...changed }, { input, ...more });
		expect(stopped.status).toBe('error');
		const onErrorOutput = await run(
			sandbox,
			{ ...parameters, ...changed },
			{ input, ...more, node: { onError: 'continueErrorOutput' } },
		);
		expect(outputOf(onErrorOutput)).toEqual([]);
		expect(outputOf(onErrorOutput, 1)).toEqual([
			{ item: 0, id: 3, error },
			{ item: 1, id: 5, error },
		]);
		const onOutput = await run(
			sandbox,
			{ ...parameters, ...changed },
			{ input, ...more, node: { onError: 'continueRegularOutput' } },
		);
		expect(outputOf(onOutput)).toEqual([
			{ item: 0, error },
			{ item: 1, error },
		]);
		expect(sandbox.report().calls).toEqual({});
	});
});

test('a passing fault goes unnoticed', async () => {
	sandbox.faults.add({ kind: 'status', status: 503, times: 1 });
	sandbox.faults.add({ kind: 'reset', times: 1 });
	expect(outputOf(await get(3))).toMatchObject([{ campaign_id: 3, status: 'active' }]);
});

test('the API key is in no error and no output, even when Voiso repeats it', async () => {
	const { apiKey } = sandbox;
	const body = { errors: { key: [`${apiKey} is odd`] } };
	sandbox.faults.add({ kind: 'status', status: 422, body, times: 1 });
	const failed = await get(3);
	expect(failed.error?.message).toContain('key: *** is odd');
	expect(JSON.stringify(failed.run)).not.toContain(apiKey);

	sandbox.changeCampaign(3, { name: `Key ${apiKey}` });
	const read = await get(3);
	expect(outputOf(read)).toMatchObject([{ campaign_name: 'Key ***' }]);
	expect(JSON.stringify(read.run)).not.toContain(apiKey);
});

test('n8n does not replace a message in which it finds one of its codes', async () => {
	sandbox.changeCampaign(3, { name: 'Enoent & Econnrefused' });
	const { error } = await run(sandbox, {
		resource: 'campaign',
		operation: 'start',
		campaign: byName('Enoent & Econnrefused'),
		options: { ifAlready: 'fail' },
	});
	expect(error?.message).toContain('"Enoent & Econnrefused" (ID 3)');
});

test('an expression that fails is shown with its item', async () => {
	const input = [{ id: 3 }, { id: 5 }];
	const campaign = byId("={{ $itemIndex === 1 ? $('Nowhere').item.json.id : $json.id }}");
	const parameters = { resource: 'campaign', operation: 'get', campaign };
	const stopped = await run(sandbox, parameters, { input });
	expect(stopped.status).toBe('error');
	expect(stopped.error?.context).toMatchObject({ itemIndex: 1 });
	const result = await run(sandbox, parameters, {
		input,
		node: { onError: 'continueErrorOutput' },
	});
	expect(outputOf(result)).toMatchObject([{ item: 0, campaign_id: 3 }]);
	expect(outputOf(result, 1)).toMatchObject([
		{ item: 1, id: 5, error: "Referenced node doesn't exist" },
	]);
});
