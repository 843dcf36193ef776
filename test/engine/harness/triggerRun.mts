import { WorkflowExecute } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';
import type { TestCredential } from './credentials.mts';
import { startExpressionEngine } from './expressionEngine.mts';
import { TestNodeTypes, type TestNode } from './nodeTypes.mts';
import { createAdditionalData, createHooks, createWorkflow } from './workflow.mts';

/** A workflow that begins with a trigger. */
export interface TriggerWorkflow {
	/** The trigger; nodes behind it play no part in when it starts. */
	trigger: TestNode;
	nodeType: INodeType;
	credentials: TestCredential[];
}

/**
 * Builds the workflow as n8n does.
 * @param staticData what its database holds; n8n builds several workflows around one such object
 */
export async function loadTriggerWorkflow(
	{ trigger, nodeType, credentials }: TriggerWorkflow,
	staticData: IDataObject = {},
): Promise<{ workflow: Workflow; node: INode }> {
	await startExpressionEngine();
	const workflow = createWorkflow({
		nodes: [trigger],
		types: new TestNodeTypes({ [trigger.type]: nodeType }),
		credentials,
		staticData,
	});
	const node = workflow.getNode(trigger.name);
	if (!node) throw new Error(`The workflow has no node "${trigger.name}"`);
	return { workflow, node };
}

/** Runs the workflow from its trigger on, as n8n does when the trigger has fired or in a test. */
export async function runTrigger(
	workflow: Workflow,
	node: INode,
	credentials: TestCredential[],
	mode: WorkflowExecuteMode,
	items: INodeExecutionData[] = [{ json: {} }],
): Promise<IRun> {
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
	});
	const additionalData = {
		...createAdditionalData(credentials),
		hooks: createHooks(workflow, mode),
	};
	return await new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
}

/** The `json` of what a node put out in a run. */
export function outputOf({ data }: IRun, { name }: INode): IDataObject[] {
	const items = data.resultData.runData[name]?.at(-1)?.data?.main?.[0] ?? [];
	return items.map(({ json }) => json);
}
