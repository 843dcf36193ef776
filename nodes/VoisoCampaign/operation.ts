import {
	ExpressionError,
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { Connection } from '../shared/api/connection';
import { asOneText } from '../shared/api/explain';

/** One operation of the node, for all input items. */
export type Operation = (
	context: IExecuteFunctions,
	connection: Connection,
) => Promise<INodeExecutionData[]>;

/**
 * An operation that treats each input item by itself. What it gives for an item is paired with it; a
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
		const treat = prepare(context, connection);
		const output: INodeExecutionData[] = [];
		for (const item of context.getInputData().keys()) {
			try {
				for (const json of await treat(item)) output.push({ json, pairedItem: { item } });
			} catch (error) {
				const failure = toFailure(context.getNode(), error, item);
				if (!shouldContinue(context)) throw failure;
				output.push(errorItem(failure, item));
			}
		}
		return output;
	};
}

/** Whether a failure becomes an item. After the user's *Stop* nothing goes on. */
export function shouldContinue(context: IExecuteFunctions): boolean {
	return context.continueOnFail() && context.getExecutionCancelSignal()?.aborted !== true;
}

export type Failure = NodeApiError | NodeOperationError | ExpressionError;

/** An error of any origin as one that n8n shows with its item. */
export function toFailure(node: INode, error: unknown, itemIndex: number): Failure {
	if (
		error instanceof NodeApiError ||
		error instanceof NodeOperationError ||
		error instanceof ExpressionError
	) {
		return error;
	}
	const cause = error instanceof Error ? error : new Error(String(error));
	return new NodeOperationError(node, cause, { itemIndex });
}

/** The item of a failure, in the form that n8n puts on the error output and gives to an AI agent. */
export function errorItem(
	failure: Parameters<typeof asOneText>[0],
	item: number,
): INodeExecutionData {
	return { json: { error: asOneText(failure) }, pairedItem: { item } };
}
