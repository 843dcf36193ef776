import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type {
	IConnections,
	IDataObject,
	INode,
	INodeTypes,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { TestCredentialsHelper, type TestCredential } from './credentials.mts';
import type { TestNode } from './nodeTypes.mts';

/**
 * The nodes behind each output of a node: `{ Leads: [['Created'], ['Failed']] }` connects the first
 * output of *Leads* with *Created* and the second with *Failed*. `Merge:1` is the second input of *Merge*.
 */
export type TestConnections = Record<string, string[][]>;

const WORKFLOW_ID = 'engine-test';

function completeNode(node: TestNode, types: INodeTypes, credentials: TestCredential[]): INode {
	const { description } = types.getByNameAndVersion(node.type);
	const used = credentials
		.map(({ type }) => type.name)
		.filter((name) => description.credentials?.some((each) => each.name === name));
	return {
		id: node.name,
		position: [0, 0],
		typeVersion: [description.version].flat().at(-1) ?? 1,
		parameters: {},
		...(used.length > 0 && {
			credentials: Object.fromEntries(used.map((name) => [name, { id: name, name }])),
		}),
		...node,
	};
}

function toConnections(connections: TestConnections): IConnections {
	const connect = (target: string) => {
		const [node = target, input = '0'] = target.split(/:(\d+)$/);
		return { node, type: 'main' as const, index: Number(input) };
	};
	return Object.fromEntries(
		Object.entries(connections).map(([name, outputs]) => [
			name,
			{ main: outputs.map((targets) => targets.map(connect)) },
		]),
	);
}

export function createWorkflow(options: {
	nodes: TestNode[];
	connections?: TestConnections;
	types: INodeTypes;
	credentials: TestCredential[];
	timezone?: string;
	staticData?: IDataObject;
}): Workflow {
	const { nodes, connections = {}, types, credentials, timezone, staticData } = options;
	return new Workflow({
		id: WORKFLOW_ID,
		name: 'Engine test',
		nodes: nodes.map((node) => completeNode(node, types, credentials)),
		connections: toConnections(connections),
		active: false,
		nodeTypes: types,
		settings: { executionOrder: 'v1', ...(timezone && { timezone }) },
		...(staticData && { staticData }),
	});
}

export function createHooks(workflow: Workflow, mode: WorkflowExecuteMode) {
	const data: IWorkflowBase = {
		id: workflow.id,
		name: workflow.name ?? '',
		active: false,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		activeVersionId: null,
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
	};
	return new ExecutionLifecycleHooks(mode, '1', data);
}

/** What the rest of n8n hands to the engine. What these tests do not need throws when it is used. */
export function createAdditionalData(
	credentials: TestCredential[],
): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1:5678';
	const missing = (what: string) => async (): Promise<never> => {
		throw new Error(`The engine harness has no ${what}`);
	};
	return {
		credentialsHelper: new TestCredentialsHelper(credentials),
		externalSecretsProxy: new ExternalSecretsProxy(),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: base,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		variables: {},
		executeWorkflow: missing('sub-workflows'),
		getRunExecutionData: missing('stored executions'),
		getRuntimeCredential: missing('runtime credentials'),
		startRunnerTask: missing('task runners'),
		logAiEvent: () => undefined,
	};
}
