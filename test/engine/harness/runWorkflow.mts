import { WorkflowExecute } from 'n8n-core';
import type {
	ExecutionError,
	ExecutionStatus,
	IDataObject,
	INodeExecutionData,
	INodeType,
	IRun,
	IRunData,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';
import type { TestCredential } from './credentials.mts';
import { startExpressionEngine } from './expressionEngine.mts';
import { INPUT_NODE, inputNode, TestNodeTypes, type TestNode } from './nodeTypes.mts';
import {
	createAdditionalData,
	createHooks,
	createWorkflow,
	type TestConnections,
} from './workflow.mts';

export interface RunOptions {
	/** The nodes, in any order when `connections` are given. */
	nodes: TestNode[];
	/** Default: each node follows the one before it, on its first output. */
	connections?: TestConnections;
	/** The node that gets the input. Default: the first one. */
	startNode?: string;
	/** The items, or their `json` alone. Default: one empty item, as n8n's manual trigger gives. */
	input?: Array<INodeExecutionData | IDataObject>;
	/** The node types under test, by the `type` that the nodes name. */
	nodeTypes?: Record<string, INodeType>;
	/** Given to every node whose description asks for a credential of the type. */
	credentials?: TestCredential[];
	/** Aborting is the user's *Stop*. */
	stop?: AbortSignal;
	/** The workflow's time limit in milliseconds; n8n looks at it between nodes. */
	executionTimeout?: number;
	/** Default: `manual`, a run from the editor. */
	mode?: WorkflowExecuteMode;
	/** The workflow's time zone, such as `Europe/London`. */
	timezone?: string;
	/** What n8n stored with the workflow before. */
	staticData?: IDataObject;
	/** Default: `1`. */
	executionId?: string;
	beforeNode?: (nodeName: string) => void;
	afterNode?: (nodeName: string) => void;
}

export interface RunResult {
	status: ExecutionStatus;
	finished: boolean;
	cancelled: boolean;
	/** What ended the execution, as n8n stores it: an object with the fields of the error thrown. */
	error: ExecutionError | undefined;
	/** What n8n would store of the run. */
	run: IRun;
	runData: IRunData;
	/** The items of an output of a node's last run; none when it did not run. */
	items(nodeName: string, output?: number): INodeExecutionData[];
	/** The `json` of these items. */
	json(nodeName: string, output?: number): IDataObject[];
	/** The notes that a node, or all nodes, left for the user. */
	hints(nodeName?: string): NodeExecutionHint[];
	/** What nodes sent to the browser's console; only in manual runs. */
	messages: IDataObject[];
	/** What n8n would store with the workflow after a run that isn't a test. */
	staticData: IDataObject;
}

/** Runs a workflow through n8n's own engine; HTTP requests are real. */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
	const { nodes, nodeTypes = {}, credentials = [], mode = 'manual' } = options;
	await startExpressionEngine();

	const types = new TestNodeTypes(nodeTypes, toItems(options.input ?? [{}]));
	const workflow = createWorkflow({
		nodes: [inputNode(), ...nodes],
		connections: {
			[INPUT_NODE]: [[options.startNode ?? firstName(nodes)]],
			...(options.connections ?? chain(nodes)),
		},
		types,
		credentials,
		...(options.timezone && { timezone: options.timezone }),
		...(options.staticData && { staticData: structuredClone(options.staticData) }),
	});

	const hooks = createHooks(workflow, mode);
	hooks.addHandler('nodeExecuteBefore', (name) => options.beforeNode?.(name));
	hooks.addHandler('nodeExecuteAfter', (name) => options.afterNode?.(name));
	const messages: IDataObject[] = [];
	const additionalData = {
		...createAdditionalData(credentials),
		hooks,
		...(options.executionId && { executionId: options.executionId }),
		sendDataToUI: (_: string, data: IDataObject | IDataObject[]) => messages.push(...[data].flat()),
		...(options.executionTimeout !== undefined && {
			executionTimeoutTimestamp: Date.now() + options.executionTimeout,
		}),
	};

	const start = workflow.getNode(INPUT_NODE);
	if (!start) throw new Error('The workflow has no input node');
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
		},
	});
	const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(
		workflow,
	);
	const stop = () => execution.cancel();
	options.stop?.addEventListener('abort', stop);
	try {
		const run = await execution;
		const stored: IDataObject = JSON.parse(JSON.stringify(workflow.staticData));
		return toResult(run, messages, stored);
	} finally {
		options.stop?.removeEventListener('abort', stop);
	}
}

function toItems(input: Array<INodeExecutionData | IDataObject>): INodeExecutionData[] {
	return input.map((item) => (isItem(item) ? item : { json: item }));
}

function isItem(item: INodeExecutionData | IDataObject): item is INodeExecutionData {
	return typeof item.json === 'object' && item.json !== null && !Array.isArray(item.json);
}

function firstName(nodes: TestNode[]): string {
	const [first] = nodes;
	if (!first) throw new Error('A workflow needs a node');
	return first.name;
}

function chain(nodes: TestNode[]): TestConnections {
	return Object.fromEntries(
		nodes.slice(1).map((node, index) => [nodes[index]?.name ?? '', [[node.name]]]),
	);
}

function toResult(run: IRun, messages: IDataObject[], staticData: IDataObject): RunResult {
	const { runData, error } = run.data.resultData;
	const items = (nodeName: string, output = 0) =>
		runData[nodeName]?.at(-1)?.data?.main?.[output] ?? [];
	return {
		status: run.status,
		finished: run.finished ?? false,
		cancelled: run.status === 'canceled',
		error,
		run,
		runData,
		items,
		json: (nodeName, output) => items(nodeName, output).map(({ json }) => json),
		hints: (nodeName) =>
			Object.entries(runData)
				.filter(([name]) => nodeName === undefined || name === nodeName)
				.flatMap(([, tasks]) => tasks.flatMap(({ hints = [] }) => hints)),
		messages,
		staticData,
	};
}
