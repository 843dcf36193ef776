import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../shared/api/connection';
import { errorItem, shouldContinue, toFailure } from '../shared/onError';
import { pauser } from '../shared/pauser';

/** One operation of the node, for all input items. */
export type Operation = (
	context: IExecuteFunctions,
	connection: Connection,
) => Promise<INodeExecutionData[]>;

/**
 * An operation that handles each input item by itself. What it gives for an item is paired with it; a
 * failure becomes an error item when the user chose to continue.
 *
 * @param prepare called once, for what all items share
 */
export function perItem(
	prepare: (
		context: IExecuteFunctions,
		connection: Connection,
	) => (itemIndex: number) => Promise<IDataObject[]>,
): Operation {
	return async (context, connection) => {
		const handle = prepare(context, connection);
		const output: INodeExecutionData[] = [];
		const pauses = pauser(context.getExecutionCancelSignal());
		for (const item of context.getInputData().keys()) {
			if (pauses.isDue()) await pauses.take();
			try {
				for (const json of await handle(item)) output.push({ json, pairedItem: { item } });
			} catch (error) {
				const failure = toFailure(context.getNode(), error, item);
				if (!shouldContinue(context)) throw failure;
				output.push(errorItem(failure, item));
			}
		}
		return output;
	};
}
