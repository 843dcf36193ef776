import { DateTime } from 'luxon';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { itemParameter } from '../../../nodes/shared/parameters/itemParameter.ts';
import { inlineNodeType, runWorkflow, setNode } from '../harness/index.mts';

/** What reading a parameter for an item came to. */
export type Outcome =
	{ value: unknown } | { error: { name: string; message: string; context: unknown } };

type Reader = (itemIndex: number) => unknown;
type ReaderOf = (context: IExecuteFunctions, path: string) => Reader;

export const n8nReader: ReaderOf = (context, path) => (itemIndex) =>
	context.getNodeParameter(path, itemIndex);

export const fastReader: ReaderOf = (context, path) => itemParameter(context, path);

/**
 * Runs a node with the given values as parameters behind a node that hands over the items, and
 * reads each parameter for each item.
 *
 * @returns for each parameter the outcomes for all items
 */
export async function readParameters(
	readerOf: ReaderOf,
	values: unknown[],
	items: Array<INodeExecutionData | IDataObject>,
): Promise<Outcome[][]> {
	let outcomes: Outcome[][] = [];
	const probe = inlineNodeType(
		async (context) => {
			const indexes = context.getInputData().map((_, index) => index);
			// All readers first, as the nodes do: so expressions are evaluated together.
			const readers = values.map((_, index) => readerOf(context, `fields.f${index}`));
			outcomes = readers.map((read) =>
				indexes.map((itemIndex) => outcomeOf(() => read(itemIndex))),
			);
			return [[]];
		},
		{ properties: [{ displayName: 'Fields', name: 'fields', type: 'json', default: {} }] },
	);
	const fields = Object.fromEntries(values.map((value, index) => [`f${index}`, value]));
	const { error } = await runWorkflow({
		nodes: [
			{ name: 'Probe', type: 'probe', parameters: { fields: fields as INodeParameters } },
			setNode('After', {}),
		],
		nodeTypes: { probe },
		input: items,
		timezone: 'Europe/Riga',
	});
	if (error) throw error;
	return outcomes;
}

function outcomeOf(read: () => unknown): Outcome {
	try {
		return { value: comparable(read()) };
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		const context = 'context' in error ? error.context : undefined;
		return { error: { name: error.name, message: error.message, context } };
	}
}

/** Equal dates of luxon differ in what they hold cached, and no symbol equals another. */
function comparable(value: unknown): unknown {
	if (typeof value === 'symbol') return String(value);
	if (DateTime.isDateTime(value)) return `DateTime ${value.toISO()}`;
	if (Array.isArray(value)) return value.map(comparable);
	if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, comparable(each)]));
	}
	return value;
}
