import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { connect } from '../shared/api/connection';
import { runNode } from '../shared/onError';
import * as call from './call';
import * as campaign from './campaign';
import type { Operation } from './operation';
import * as user from './user';

const operations: Record<string, Record<string, Operation>> = {
	call: call.operations,
	campaign: campaign.operations,
	user: user.operations,
};

/** Runs the operation that the node is set to. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runNode(context, async () => [await execute(context)]);
}

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (context.getInputData().length === 0) return [];
	const resource = String(context.getNodeParameter('resource', 0));
	const operation = String(context.getNodeParameter('operation', 0));
	const run = operations[resource]?.[operation];
	if (run === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`The resource "${resource}" has no operation "${operation}"`,
			{ description: 'Select the resource and the operation again.' },
		);
	}
	return await run(context, await connect(context));
}
