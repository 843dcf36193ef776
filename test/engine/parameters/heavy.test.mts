import {
	ExpressionExtensions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { expect, test } from 'vitest';
import { itemParameter } from '../../../nodes/shared/parameters/itemParameter.ts';
import { inlineNodeType, runWorkflow, setNode } from '../harness/index.mts';

/**
 * Reads a column for each item in a node, and the same code once by n8n in the node behind it: n8n evaluates
 * nothing more in an execution whose isolate was lost.
 */
async function readHeavy(
	code: string,
	input: Array<INodeExecutionData | IDataObject>,
	columns: number,
) {
	const values: unknown[][] = [];
	let asked = 0;
	const probe = inlineNodeType(
		async (context) => {
			const counting: IExecuteFunctions = Object.create(context, {
				getNodeParameter: {
					value: (...args: Parameters<typeof context.getNodeParameter>) => {
						if (args.length < 4) asked++;
						return context.getNodeParameter(...args);
					},
				},
			});
			const readers = Array.from({ length: columns }, (_, index) =>
				itemParameter(counting, `fields.f${index}`),
			);
			for (const index of context.getInputData().keys()) {
				values.push(readers.map((read) => read(index)));
			}
			return [context.getInputData().slice(0, 1)];
		},
		{ properties: [{ displayName: 'Fields', name: 'fields', type: 'json', default: {} }] },
	);
	const fields = Object.fromEntries(
		Array.from({ length: columns }, (_, index) => [`f${index}`, `={{ ${code} }}`]),
	);
	const { error, json } = await runWorkflow({
		nodes: [
			{ name: 'Probe', type: 'probe', parameters: { fields } },
			setNode('After', { value: `={{ ${code} }}` }),
		],
		nodeTypes: { probe },
		input,
	});
	if (error) throw error;
	const [after] = json('After');
	return { values, after: after?.value, asked };
}

const sentence = 'Asked  to be called\nback in the  afternoon, about the new offer. ';
const prose = (index: number, length: number) =>
	`${index} ${sentence.repeat(Math.ceil(length / sentence.length))}`.slice(0, length);

const rows = (count: number, length: number) =>
	Array.from({ length: count }, (_, index) => ({ notes: prose(index, length) }));

const twelveColumns = Array.from({ length: 40_000 }, (_, index) =>
	Object.fromEntries(
		Array.from({ length: 12 }, (__, column) => [
			`Column ${column}`,
			`value ${index}/${column} of a list of customers, from the newest to the oldest`,
		]),
	),
);

const ofText = ExpressionExtensions.find(({ typeName }) => typeName === 'String');
const toTitleCase = (text: string): unknown => ofText?.functions.toTitleCase?.(text, []);

interface Heavy {
	code: string;
	input: IDataObject[];
	expected: (row: IDataObject) => unknown;
	columns?: number;
}

const spaces = ({ notes }: IDataObject) => String(notes).replace(/\s+/g, ' ');

/** Evaluated together, these overflow n8n's isolate of 128 MB, or take n8n's slow way to avoid that. */
test.each<[string, Heavy]>([
	[
		'20,000 rows of prose',
		{ code: '$json.notes.replace(/\\s+/g, " ")', input: rows(20_000, 700), expected: spaces },
	],
	[
		'60,000 short notes',
		{ code: '$json.notes.replace(/\\s+/g, " ")', input: rows(60_000, 150), expected: spaces },
	],
	[
		'2,000 long notes',
		{
			code: '$json.notes.replaceAll("e", "ee")',
			input: rows(2000, 8000),
			expected: ({ notes }) => String(notes).replaceAll('e', 'ee'),
		},
	],
	[
		'prose that a method of n8n puts together letter by letter, in two columns',
		{
			code: '$json.notes.toTitleCase()',
			input: rows(4000, 1500),
			expected: ({ notes }) => toTitleCase(String(notes)),
			columns: 2,
		},
	],
	[
		'values much longer than their items',
		{
			code: '$json.notes.padEnd(20000)',
			input: rows(10_000, 10),
			expected: ({ notes }) => String(notes).padEnd(20_000),
		},
	],
	[
		'40,000 rows as a whole',
		{
			code: 'JSON.stringify($json)',
			input: twelveColumns,
			expected: (row) => JSON.stringify(row),
		},
	],
])('reads %s', async (_, { code, input, expected, columns = 1 }) => {
	const { values, after, asked } = await readHeavy(code, input, columns);

	const wrong = values.findIndex((each, index) => {
		const right = expected(input[index] ?? {});
		return each.length !== columns || each.some((value) => value !== right);
	});
	expect(wrong).toBe(-1);
	expect(values).toHaveLength(input.length);
	// The first and the last, to be sure; no item took n8n's slow way.
	expect(asked).toBe(2 * columns);
	expect(after).toBe(expected(input[0] ?? {}));
});

test('reads one field of items that have very many, and nothing else of them', async () => {
	let reads = 0;
	const fields = Object.fromEntries(Array.from({ length: 60_000 }, (_, key) => [`key${key}`, key]));
	const input = Array.from({ length: 6 }, (_, index) => ({
		json: new Proxy<IDataObject>(
			{ ...fields, name: ` Lead ${index} ` },
			{
				get: (target, key) => {
					reads++;
					return Reflect.get(target, key);
				},
			},
		),
	}));
	const { values } = await readHeavy('$json.name.trim()', input, 1);

	expect(values).toEqual(input.map((_, index) => [`Lead ${index}`]));
	expect(reads).toBeLessThan(200);
});
