import { describe, expect, test } from 'vitest';
import { itemParameter } from '../../../nodes/shared/parameters/itemParameter.ts';
import { columns, leads, readAll, readColumns, within } from './watchedNode.mts';

describe('what n8n has to evaluate', () => {
	test('a constant: once', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: 'Ada' }),
			read: readAll('columns.value.name'),
		});

		expect(result).toEqual(leads.map(() => 'Ada'));
		expect(evaluations).toEqual(['columns.value.name of 0']);
	});

	test('a plain reference: the first and the last item, to be sure', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: '={{ $json.name }}' }),
			read: readAll('columns.value.name'),
		});

		expect(result).toEqual(leads.map(({ name }) => name));
		expect(evaluations).toEqual(['columns.value.name of 0', 'columns.value.name of 19']);
	});

	test('code that reads the item: all items at once', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ phone: "={{ $json.phone.replace(/\\D/g, '') }}" }),
			read: readAll('columns.value.phone'),
		});

		expect(result).toEqual(leads.map(({ phone }) => phone.replace(/\D/g, '')));
		expect(evaluations).toEqual(['all', 'columns.value.phone of 0', 'columns.value.phone of 19']);
	});

	test('code in several parameters: all of them for all items at once', async () => {
		const { result, evaluations } = await within({
			parameters: columns({
				name: '={{ $json.name.toUpperCase() }}',
				phone: "={{ $json.phone.replace(/\\D/g, '') }}",
				priority: '={{ Number($json.priority) + 1 }}',
				source: '=https://crm.test/{{ $json.name.trim() }}/{{ $json.priority }}',
			}),
			read: readColumns('name', 'phone', 'priority', 'source'),
		});

		expect(result).toEqual(
			leads.map(({ name, phone, priority }, index) => [
				name.toUpperCase(),
				phone.replace(/\D/g, ''),
				index + 1,
				`https://crm.test/${name}/${priority}`,
			]),
		);
		expect(evaluations.filter((each) => each === 'all')).toHaveLength(1);
	});

	test('code that is wrong: by itself, so that the rest is still evaluated at once', async () => {
		const parameters = columns({
			name: '={{ $json.name.trim() }}',
			phone: '={{ $json.phone + }}',
			priority: '={{ $json.priority + 1 }}',
		});
		const { evaluations } = await within({
			parameters,
			read: (context) => {
				const [name, phone, priority] = ['name', 'phone', 'priority'].map((each) =>
					itemParameter(context, `columns.value.${each}`),
				);
				expect([name?.(7), priority?.(7)]).toEqual(['Lead 7', '71']);
				expect(() => phone?.(7)).toThrow();
			},
		});

		// Together in vain, then each alone; the wrong one is left to n8n.
		expect(evaluations.filter((each) => each === 'all')).toHaveLength(4);
		expect(evaluations.filter((each) => each.startsWith('columns.value.name'))).toHaveLength(2);
	});

	test('optional chains: apart, because a method of n8n in other code would change them', async () => {
		const { result, evaluations } = await within({
			parameters: columns({
				chain: "={{ $json.missing?.name + '!' }}",
				method: '={{ $json.name.toTitleCase() }}',
			}),
			read: readColumns('chain', 'method'),
		});

		expect(result).toEqual(leads.map(({ name }) => ['undefined!', name]));
		expect(evaluations.filter((each) => each === 'all')).toHaveLength(2);
	});

	test('values that take much room: as many at once as there is room for', async () => {
		const ballast = 'x'.repeat(1_000_000);
		const code = ["$json.ballast + 'a'", "$json.ballast + 'b'", "$json.ballast + 'c'"];
		const { result, evaluations } = await within({
			parameters: columns(
				Object.fromEntries(code.map((each, index) => [`f${index}`, `={{ ${each} }}`])),
			),
			input: leads.map((lead) => ({ ...lead, ballast })),
			read: readColumns('f0', 'f1', 'f2'),
		});

		expect(result).toEqual(leads.map(() => ['a', 'b', 'c'].map((end) => ballast + end)));
		expect(evaluations.filter((each) => each === 'all')).toHaveLength(2);
	});

	test('text with several parts: each part for all items', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: '={{ $json.name.trim() }} <{{ $json.phone }}>{{ $json.none }}' }),
			read: readAll('columns.value.name'),
		});

		expect(result).toEqual(leads.map(({ name, phone }) => `${name} <${phone}>`));
		expect(evaluations).toHaveLength(3);
	});

	test('items whose value is an object: each of them', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: '={{ $json.name }}' }),
			read: readAll('columns.value.name'),
			input: leads.map((lead, index) => (index === 7 ? { name: { first: 'Ada' } } : lead)),
		});

		expect(result).toHaveProperty('7', { first: 'Ada' });
		expect(evaluations).toEqual([
			'columns.value.name of 0',
			'columns.value.name of 19',
			'columns.value.name of 7',
		]);
	});

	test('everything else: each item', async () => {
		const { result, evaluations } = await within({
			parameters: columns({ name: '={{ $itemIndex }}' }),
			read: readAll('columns.value.name'),
		});

		expect(result).toEqual(leads.map((_, index) => index));
		expect(evaluations).toHaveLength(leads.length);
	});

	test('few items: each item', async () => {
		const { evaluations } = await within({
			parameters: columns({ name: '={{ $json.name }}' }),
			read: readAll('columns.value.name'),
			input: leads.slice(0, 4),
		});

		expect(evaluations).toHaveLength(4);
	});
});

describe('where one evaluation cannot serve all items', () => {
	const parameters = columns({ name: '={{ $json.name.trim() }}' });
	const path = 'columns.value.name';

	test.each([
		['gives nothing', () => undefined],
		['sees other items', () => false],
		[
			'fails',
			() => {
				throw new Error('No such thing');
			},
		],
	])('because n8n %s, reads item by item', async (_, evaluateExpression) => {
		const { result, evaluations } = await within({
			parameters,
			read: (context) =>
				readAll(path)(
					Object.create(context, { evaluateExpression: { value: evaluateExpression } }),
				),
		});

		expect(result).toEqual(leads.map(({ name }) => name));
		expect(evaluations).toHaveLength(leads.length);
	});

	test('because the items would fill the memory that n8n gives to expressions', async () => {
		const ballast = 'x'.repeat(3_000_000);
		const { result, evaluations } = await within({
			parameters,
			input: leads.map((lead) => ({ ...lead, ballast })),
			read: readAll(path),
		});

		expect(result).toEqual(leads.map(({ name }) => name));
		expect(evaluations).not.toContain('all');
	});

	test('because an item holds more than plain data', async () => {
		const { result, evaluations } = await within({
			parameters,
			input: leads.map((lead, index) =>
				index === 5 ? { ...lead, extra: new Map() as never } : lead,
			),
			read: readAll(path),
		});

		expect(result).toEqual(leads.map(({ name }) => name));
		expect(evaluations).not.toContain('all');
	});
});
