import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../../nodes/shared/api/connection.ts';
import { readCdrs } from '../../../nodes/VoisoCampaign/call/cdrs.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.mts';
import { fakeConnection } from '../api/fakeConnection.mts';

/** More than offsets reach. */
const COUNT = 10_030;
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	const start = Date.parse('2026-03-04T08:00:00.000Z');
	sandbox.addCalls(
		...Array.from({ length: COUNT }, (_, index) => ({
			started_at: new Date(start + index * 1000).toISOString(),
		})),
	);
	sandbox.options.resultFields = 'short';
});
afterAll(async () => await sandbox.close());

/** A connection that asks the sandbox. */
const connection = (): Connection => ({
	...fakeConnection(() => ({ kind: 'networkError', code: 'ECONNREFUSED' })),
	send: async ({ path }) => {
		const headers = { authorization: `Bearer ${sandbox.apiKey}` };
		const response = await fetch(sandbox.url + path, { headers });
		return { kind: 'response', status: response.status, body: await response.text() };
	},
});

const totals = ['exact', 'capped', 'absent'] as const;
const beyond = ['empty', 400, 422] as const;
const withCursor = (['nullAtEnd', 'absentAtEnd', 'always'] as const).flatMap((cdrCursor) =>
	totals.map((cdrTotal) => ({ cdrCursor, cdrTotal })),
);
const without = totals.flatMap((cdrTotal) =>
	beyond.map((beyondOffsetLimit) => ({ cdrTotal, beyondOffsetLimit })),
);

const read = async (reading: Partial<SandboxOptions>) => {
	Object.assign(sandbox.options, { cdrCursorPages: 0, ...reading });
	return await readCdrs(connection(), { documented: [], guessed: [] }, 1000, () => false);
};

describe(`${COUNT} calls`, () => {
	test.each(withCursor)('are all read with a cursor: %j', async (reading) => {
		const result = await read(reading);
		expect(result.ok && new Set(result.cdrs.map(({ id }) => id)).size).toBe(COUNT);
	});

	test.each(without)('are known not to be all without one: %j', async (reading) => {
		expect(await read({ ...reading, cdrCursor: 'none' })).toMatchObject({
			ok: false,
			problem: { kind: 'incomplete' },
		});
	});

	test.each([
		['falls back to the offset before it ends', 2, true],
		['is invalid where the offset has ended', 1, false],
	])('with a cursor that %s', async (_, cdrCursorPages, isWhole) => {
		const reading = { cdrCursor: 'nullAtEnd', cdrTotal: 'exact', cdrCursorPages } as const;
		expect((await read(reading)).ok).toBe(isWhole);
	});
});
