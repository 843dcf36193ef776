import type { IExecuteFunctions, INodeParameters, INodeProperties } from 'n8n-workflow';
import { itemParameter } from '../../../nodes/shared/parameters/itemParameter.ts';
import { inlineNodeType, runWorkflow, type RunOptions } from '../harness/index.mts';

/** Parameters like those of Voiso Leads. */
const properties: INodeProperties[] = [
	{ displayName: 'Limit', name: 'limit', type: 'number', default: 0, validateType: 'number' },
	{
		displayName: 'Campaign',
		name: 'campaign',
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		modes: [{ displayName: 'ID', name: 'id', type: 'string' }],
	},
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'resourceMapper',
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: { resourceMapper: { mode: 'add', resourceMapperMethod: 'fields' } },
	},
	{
		displayName: 'Context Headers',
		name: 'contextHeaders',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		options: [
			{
				displayName: 'Header',
				name: 'header',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
];

export const leads = Array.from({ length: 20 }, (_, index) => ({
	name: `Lead ${index}`,
	phone: `+44 7911 ${index}`,
	priority: String(index),
}));

interface Run extends Partial<RunOptions> {
	parameters: INodeParameters;
	read: (context: IExecuteFunctions) => unknown;
}

/** What `read` gives inside a node with these parameters, and what n8n evaluated for it. */
export async function within({ parameters, read, ...options }: Run) {
	const results: unknown[] = [];
	const evaluations: string[] = [];
	const probe = inlineNodeType(
		async (context) => {
			results.push(read(watch(context, evaluations)));
			return [[]];
		},
		{ properties },
	);
	const { error } = await runWorkflow({
		nodes: [{ name: 'Probe', type: 'probe', parameters }],
		nodeTypes: { probe },
		input: leads,
		...options,
	});
	if (error) throw error;
	return { result: results[0], results, evaluations };
}

/** Stands for one evaluation of a column for several items. How many they are depends on the time it takes. */
export const MANY = 'many';

/** The same context, which notes what n8n evaluates in it. */
function watch(context: IExecuteFunctions, evaluations: string[]): IExecuteFunctions {
	const watched = (note: (...args: unknown[]) => void, method: (...args: never[]) => unknown) => ({
		value: (...args: never[]) => {
			note(...args);
			return method.apply(context, args);
		},
	});
	return Object.create(context, {
		getNodeParameter: watched((path, item, _, options) => {
			if (options === undefined) evaluations.push(`${String(path)} of ${String(item)}`);
		}, context.getNodeParameter),
		evaluateExpression: watched((expression) => {
			evaluations.push(String(expression).includes('.context.rows') ? MANY : String(expression));
		}, context.evaluateExpression),
	});
}

/** Reads a parameter for all items with `itemParameter`. */
export const readAll =
	(path: string, ...fallback: unknown[]) =>
	(context: IExecuteFunctions) => {
		const read = itemParameter(context, path, ...fallback);
		return context.getInputData().map((_, index) => read(index));
	};

/** Reads several columns of the mapper for all items, item by item. */
export const readColumns =
	(...names: string[]) =>
	(context: IExecuteFunctions) => {
		const readers = names.map((name) => itemParameter(context, `columns.value.${name}`));
		return context.getInputData().map((_, index) => readers.map((read) => read(index)));
	};

/** Reads a parameter for all items with n8n's own method. */
export const askAll = (path: string) => (context: IExecuteFunctions) =>
	context.getInputData().map((_, index) => context.getNodeParameter(path, index));

/** A resource mapper's value whose columns are filled in by hand. */
export const columns = (
	value: INodeParameters,
	schema: Array<{ id: string; type: string }> = [],
) => ({
	columns: {
		mappingMode: 'defineBelow',
		value,
		schema: schema.map(({ id, type }) => ({
			id,
			type,
			displayName: id,
			required: false,
			defaultMatch: false,
			display: true,
		})),
	},
});
