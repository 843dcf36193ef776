import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { itemParameter } from '../../../nodes/shared/parameters/itemParameter.ts';
import { setNode } from '../harness/index.mts';
import { askAll, columns, leads, readAll, within } from './watchedNode.mts';

const fail = () => {
	throw new Error('n8n does not ask for it');
};
const throwing = Object.defineProperty({}, 'a', { get: fail, enumerable: true });

describe('reads what n8n reads', () => {
	const resources: Array<[string, INodeParameters, string]> = [
		[
			'of a resource locator',
			{ campaign: { __rl: true, mode: 'id', value: '={{ $json.priority }}' } },
			'campaign.value',
		],
		[
			'of a fixed collection, with text and references',
			{
				contextHeaders: {
					header: [
						{ name: 'X-Name', value: '={{ $json.name }}' },
						{ name: '=X-{{ $json.name.length }}', value: 'constant' },
					],
				},
			},
			'contextHeaders.header',
		],
		[
			'of a resource mapper as a whole, converted to its types',
			columns({ priority: '={{ $json.priority }}', name: '={{ $json.name }}' }, [
				{ id: 'priority', type: 'number' },
				{ id: 'name', type: 'string' },
			]),
			'columns.value',
		],
		[
			'of a top-level parameter, converted to its type',
			{ limit: '={{ $json.priority }}' },
			'limit',
		],
		['of a constant, converted to its type', { limit: '12' }, 'limit'],
	];

	test.each(resources)('%s', async (_, parameters, path) => {
		const expected = await within({ parameters, read: askAll(path) });
		const actual = await within({ parameters, read: readAll(path) });

		expect(actual.result).toEqual(expected.result);
	});

	test.each([
		['a field that every object has', 'typeof $json.toString', { toString: 'mine' }],
		['a list with a field of its own', '$json.list.index', { list: /a/.exec('ba') }],
		['a date', '$json.list.length', { list: new Date(0) }],
		['a getter that throws', '$json.list.length', { list: throwing }],
		['a getter that throws, in a reference', '$json.list.a.b', { list: throwing }],
		['a proxy that throws', 'typeof $json.list', { list: new Proxy({}, { ownKeys: fail }) }],
	])('of an item with %s', async (_, code, odd) => {
		const parameters = columns({ name: `={{ ${code} }}` });
		const input = leads.map((lead, index) => (index === 7 ? { ...lead, ...odd } : lead));
		const path = 'columns.value.name';
		const expected = await within({ parameters, input, read: askAll(path) });
		const actual = await within({ parameters, input, read: readAll(path) });

		expect(actual.result).toEqual(expected.result);
	});

	test('a new object for each item', async () => {
		const { result } = await within({
			parameters: { contextHeaders: { header: [{ name: 'X-A', value: 'constant' }] } },
			read: (context) => {
				const read = itemParameter(context, 'contextHeaders.header');
				return [read(0), read(1), read(0)];
			},
		});

		const [first, second, again] = result as unknown[];
		expect(second).toEqual(first);
		expect(second).not.toBe(first);
		expect(again).not.toBe(first);
	});

	test('the fallback, and an error without one', async () => {
		const { result } = await within({
			parameters: columns({}),
			read: readAll('columns.value.name', 'nobody'),
		});
		expect(result).toEqual(leads.map(() => 'nobody'));

		await expect(
			within({ parameters: columns({}), read: readAll('columns.value.name') }),
		).rejects.toThrow('Could not get parameter');
	});

	test('the error of the item whose expression fails', async () => {
		const { result } = await within({
			parameters: columns({ name: '={{ $json.name.toTitleCase() }}' }),
			input: leads.map((lead, index) => (index === 3 ? { name: 5 } : lead)),
			read: (context) => {
				const read = itemParameter(context, 'columns.value.name');
				expect(() => read(3)).toThrow('toTitleCase() is only callable on type "String"');
				return [read(2), read(4)];
			},
		});

		expect(result).toEqual(['Lead 2', 'Lead 4']);
	});

	test('the items of each run of the node', async () => {
		const { results } = await within({
			parameters: columns({ name: '={{ $json.name.trim() }}' }),
			read: readAll('columns.value.name'),
			nodes: [
				{ ...setNode('A', { name: '=A{{ $json.name }}' }), position: [0, 0] },
				{ ...setNode('B', { name: '=B{{ $json.name }}' }), position: [0, 100] },
				{
					name: 'Probe',
					type: 'probe',
					parameters: columns({ name: '={{ $json.name.trim() }}' }),
				},
			],
			connections: { Input: [['A', 'B']], A: [['Probe']], B: [['Probe']] },
		});

		expect(results).toEqual([
			leads.map(({ name }) => `A${name}`),
			leads.map(({ name }) => `B${name}`),
		]);
	});
});
