import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { setNode } from '../harness/index.mts';
import { columns, leads, MANY, readAll, readColumns, within } from './watchedNode.mts';

const path = 'columns.value.name';

/** All evaluations but those for several items, and how many these were. */
function sorted(evaluations: string[]) {
	const single = evaluations.filter((each) => each !== MANY);
	return { single, many: evaluations.length - single.length };
}

describe('what n8n has to evaluate', () => {
	test('a constant: once', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: 'Ada' }),
			read: readAll(path),
		});

		expect(result).toEqual(leads.map(() => 'Ada'));
		expect(evaluations).toEqual([`${path} of 0`]);
	});

	test('a plain reference: the first and the last item, to be sure', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: '={{ $json.name }}' }),
			read: readAll(path),
		});

		expect(result).toEqual(leads.map(({ name }) => name));
		expect(evaluations).toEqual([`${path} of 0`, `${path} of 19`]);
	});

	test('code that reads the item: many items at once', async () => {
		const input = Array.from({ length: 2500 }, (_, index) => ({ name: ` Lead ${index} ` }));
		const { result, evaluations } = await within({
			parameters: columns({ name: '={{ $json.name.trim() }}' }),
			read: readAll(path),
			input,
		});

		expect(result).toEqual(input.map(({ name }) => name.trim()));
		const { single, many } = sorted(evaluations);
		expect(single).toEqual([`${path} of 0`, `${path} of 2499`]);
		expect(many).toBeGreaterThanOrEqual(3);
		expect(many).toBeLessThan(100);
	});

	test('text with several parts: each part for many items', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: '={{ $json.name.trim() }} <{{ $json.phone }}>{{ $json.none }}' }),
			read: readAll(path),
		});

		expect(result).toEqual(leads.map(({ name, phone }) => `${name} <${phone}>`));
		expect(sorted(evaluations).single).toHaveLength(2);
	});

	test.each([
		['{{ $("Input").first().json.name }}', 'Lead 0'],
		['{{ $("Input").last().json.name }}', 'Lead 19'],
		['{{ $input.all().length }}', 20],
		['{{ $workflow.name }} {{ $runIndex }}: {{ 1 + 1 }}', 'Engine test 0: 2'],
		['{{ $vars.none }}', undefined],
		['{{ $("Input").first().json }}', leads[0]],
	])('code that depends on no item, %s: once', async (code, value) => {
		const { result, evaluations } = await within({
			parameters: columns({ name: `=${code}` }),
			read: readAll(path),
		});

		expect(result).toEqual(leads.map(() => value));
		expect(evaluations).toEqual([`${path} of 0`]);
	});

	test('a part that depends on no item, beside others: once', async () => {
		const { result, evaluations } = await within({
			parameters: {
				contextHeaders: {
					header: [
						{ name: 'X-First', value: '={{ $("Input").first().json.name }}' },
						{ name: 'X-Own', value: '={{ $("Input").last().json.name }}: {{ $json.name }}' },
					],
				},
			},
			read: readAll('contextHeaders.header'),
		});

		expect(result).toEqual(
			leads.map(({ name }) => [
				{ name: 'X-First', value: 'Lead 0' },
				{ name: 'X-Own', value: `Lead 19: ${name}` },
			]),
		);
		expect([...evaluations].sort()).toEqual([
			'contextHeaders.header of 0',
			'contextHeaders.header of 19',
			'{{ $("Input").first().json.name }}',
			'{{ $("Input").last().json.name }}',
		]);
	});

	test('items whose value is an object: each of them', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: '={{ $json.name }}' }),
			read: readAll(path),
			input: leads.map((lead, index) => (index === 7 ? { name: { first: 'Ada' } } : lead)),
		});

		expect(result).toHaveProperty('7', { first: 'Ada' });
		expect(evaluations).toEqual([`${path} of 0`, `${path} of 19`, `${path} of 7`]);
	});

	test.each<[string, INodeParameters]>([
		['a date', { name: new Date(0) as never }],
		['a member that is undefined', { name: { mobile: undefined } as never }],
		['very long text', { name: 'a '.repeat(200_000) }],
	])('items whose field holds %s: each of them', async (_, odd) => {
		const code = 'JSON.stringify($json.name).length';
		const input = leads.map((lead, index) => (index === 7 ? odd : lead));
		const { result, evaluations } = await within({
			parameters: columns({ name: `={{ ${code} }}` }),
			read: readAll(path),
			input,
		});

		expect(result).toEqual(input.map(({ name }) => JSON.stringify(name).length));
		expect(sorted(evaluations).single).toEqual([`${path} of 0`, `${path} of 19`, `${path} of 7`]);
	});

	test('everything else: each item', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: '={{ $itemIndex }}' }),
			read: readAll(path),
		});

		expect(result).toEqual(leads.map((_, index) => index));
		expect(evaluations).toHaveLength(leads.length);
	});

	test('few items: each item', async () => {
		const { evaluations } = await within({
			parameters: columns({ name: '={{ $json.name }}' }),
			read: readAll(path),
			input: leads.slice(0, 4),
		});

		expect(evaluations).toHaveLength(4);
	});
});

describe('where n8n cannot evaluate several items at once', () => {
	const parameters = columns({
		name: '={{ $json.name.trim() }}',
		phone: '={{ $json.phone.trim() }}',
	});

	test.each([
		['gives nothing', () => undefined],
		['gives no list', () => false],
		['gives more than was asked for', () => Array.from({ length: 21 }, () => 'Lead')],
		[
			'fails',
			() => {
				throw new Error('No such thing');
			},
		],
	])('because it %s, that is tried once and then it is each item', async (_, evaluate) => {
		let tried = 0;
		const { result, evaluations } = await within({
			parameters,
			read: (context) =>
				readColumns(
					'name',
					'phone',
				)(
					Object.create(context, {
						evaluateExpression: {
							value: () => {
								tried++;
								return evaluate();
							},
						},
					}),
				),
		});

		expect(result).toEqual(leads.map(({ name, phone }) => [name, phone]));
		expect(evaluations).toHaveLength(2 * leads.length);
		expect(tried).toBe(1);
	});

	test('because it gives other values, the first one tells', async () => {
		const { result, evaluations } = await within({
			parameters,
			read: (context) =>
				readAll(path)(
					Object.create(context, {
						evaluateExpression: { value: () => leads.map(() => 'Nobody') },
					}),
				),
		});

		expect(result).toEqual(leads.map(({ name }) => name));
		// The first is asked for once more, now to be read.
		expect(evaluations).toHaveLength(leads.length + 1);
	});

	test('because of the name of the node, it is each item', async () => {
		const { result, evaluations } = await within({
			nodes: [{ name: 'Voiso `${1}`', type: 'probe', parameters }],
			parameters,
			read: readAll(path),
		});

		expect(result).toEqual(leads.map(({ name }) => name));
		expect(evaluations).toHaveLength(leads.length);
	});
});

test('nothing of the items stays in the execution', async () => {
	const { result } = await within({
		parameters: columns({ name: '={{ $json.name.trim() }}' }),
		nodes: [
			{
				name: 'Probe',
				type: 'probe',
				parameters: columns({ name: '={{ $json.name.trim() }}' }),
			},
			setNode('After', {}),
		],
		read: (context) => {
			readAll(path)(context);
			return { ...context.getContext('node') };
		},
	});

	expect(result).toEqual({});
});
