import {
	ExpressionError,
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { asOneText } from './api/explain';
import { toText } from './text';
import { isTool } from './tool';

/** An error that n8n shows with its item. */
export type Failure = NodeApiError | NodeOperationError | ExpressionError;

/** Whether a failure becomes an item (*On Error*). After the user's *Stop* nothing goes on. */
export function shouldContinue(context: IExecuteFunctions): boolean {
	return context.continueOnFail() && context.getExecutionCancelSignal()?.aborted !== true;
}

/**
 * Runs a node. Whatever stops all of it, such as a credential that can't be used, becomes one error per
 * input item when the user chose to continue: n8n would pass the input on as if it had worked.
 *
 * A model that uses the node as a tool sees the message of an error and not its description, and `""` where
 * nothing comes out: it is told both.
 *
 * @throws the failure, when the user chose to stop
 */
export async function runNode(
	context: IExecuteFunctions,
	run: () => Promise<INodeExecutionData[][]>,
): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	try {
		const outputs = await run();
		const isEmpty = outputs.every(({ length }) => length === 0);
		return isEmpty && isTool(node)
			? [[{ json: { results: 0 }, pairedItem: { item: 0 } }]]
			: outputs;
	} catch (error) {
		const failure = toFailure(node, error);
		if (shouldContinue(context)) {
			return [context.getInputData().map((_, item) => errorItem(failure, item))];
		}
		if (isTool(node)) failure.message = asOneText(failure);
		throw failure;
	}
}

/** An error of any origin as one that n8n shows. */
export function toFailure(node: INode, error: unknown, itemIndex?: number): Failure {
	if (
		error instanceof NodeApiError ||
		error instanceof NodeOperationError ||
		error instanceof ExpressionError
	) {
		return error;
	}
	const cause = error instanceof Error ? error : new Error(toText(error));
	return new NodeOperationError(node, cause, { ...(itemIndex !== undefined && { itemIndex }) });
}

/** The item of a failure, in the form that n8n puts on the error output and gives to an AI agent. */
export function errorItem(
	failure: Parameters<typeof asOneText>[0],
	item: number,
): INodeExecutionData {
	return { json: { error: asOneText(failure) }, pairedItem: { item } };
}
