import { OperationalError, type IExecuteFunctions } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { read, type ReadSettings } from '../../../nodes/VoisoLeads/read.ts';
import { node } from '../fixtures.mts';

let now = 0;
beforeEach(() => {
	now = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => void vi.restoreAllMocks());

/** What `read` uses of n8n, for automatic mapping or for lists of leads. */
function contextWith(listOf: (item: number) => unknown, signal?: AbortSignal) {
	const parameter = (name: string, item: number, fallback?: unknown, options?: object) => {
		if (name === 'columns.mappingMode') return 'autoMapInputData';
		if (name !== 'leadsJson') return fallback;
		return options === undefined ? listOf(item) : '={{ $now }}';
	};
	const context = {
		getNode: vi.fn(() => node),
		getInputData: () => [],
		getExecutionCancelSignal: () => signal,
		getNodeParameter: parameter,
	};
	return { context, functions: context as Partial<IExecuteFunctions> as IExecuteFunctions };
}

const settings = (inputMode: 'items' | 'json'): ReadSettings => ({
	operation: 'add',
	inputMode,
	defaultCountryOf: () => undefined,
	campaignOf: () => ({ id: '3' }),
});

/** A lead that takes 30 ms to read. */
const slowLead = (onRead = () => {}) => ({
	get phone_number() {
		now += 30;
		onRead();
		return '447700900123';
	},
});

describe('reading', () => {
	it.each<[string, (item: number) => ReturnType<ReadSettings['campaignOf']>]>([
		['one campaign', () => ({ id: '3' })],
		['campaigns that are looked up', async () => ({ id: '3' })],
	])('lets others have their turn after each slow item, for %s', async (_, campaignOf) => {
		let turns = 0;
		const turnOf: number[] = [];
		let next = setImmediate(function turn() {
			turns++;
			next = setImmediate(turn);
		});
		const items = Array.from({ length: 6 }, () => ({ json: slowLead(() => turnOf.push(turns)) }));
		const { functions } = contextWith(() => []);
		await read(functions, items, { ...settings('items'), campaignOf });
		clearImmediate(next);

		expect(turnOf).toHaveLength(6);
		expect(new Set(turnOf).size).toBe(6);
	});

	it('ends with the stop, in the middle of a list too', async () => {
		const stop = new AbortController();
		let seen = 0;
		const onRead = () => {
			if (++seen === 2) stop.abort();
		};
		const list = Array.from({ length: 5 }, () => slowLead(onRead));
		const { functions } = contextWith(() => list, stop.signal);

		const reading = read(functions, [{ json: {} }], settings('json'));
		await expect(reading).rejects.toThrow(OperationalError);
		expect(seen).toBe(2);
	});

	it('asks n8n for the node, which is copied, only for an item that is wrong', async () => {
		const { context, functions } = contextWith((item) =>
			item === 2 ? 'no list' : [{ phone_number: '447700900123' }],
		);
		const items = Array.from({ length: 5 }, () => ({ json: {} }));
		const { leads } = await read(functions, items, settings('json'));

		expect(leads.map(({ kind }) => kind)).toEqual(['good', 'good', 'unread', 'good', 'good']);
		expect(context.getNode).toHaveBeenCalledOnce();
	});
});
