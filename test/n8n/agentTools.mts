import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Stage } from './exampleStage.mts';
import type { WorkflowJson, WorkflowNode } from './harness/index.mts';

/** Whether a node is one of ours in the form that agents use. */
function isVoisoTool({ type }: WorkflowNode): boolean {
	return /^n8n-nodes-voiso\.\w+Tool$/.test(type);
}

/**
 * The tools of a workflow, offered by n8n's MCP Server Trigger in place of an agent: what a model would
 * see and call, without a model.
 */
function offerTools(nodes: WorkflowNode[], path: string): WorkflowJson {
	const tools = nodes.filter(isVoisoTool);
	const trigger: WorkflowNode = {
		name: 'MCP Server Trigger',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		position: [0, 0],
		parameters: { authentication: 'none', path },
		webhookId: path,
	};
	const link = [[{ node: trigger.name, type: 'ai_tool', index: 0 }]];
	return {
		name: `Tools at ${path}`,
		nodes: [trigger, ...tools],
		connections: Object.fromEntries(tools.map(({ name }) => [name, { ai_tool: link }])),
	};
}

/** Connects the official MCP client to the tools among some nodes. */
export async function connectToTools(
	stage: Stage,
	path: string,
	nodes: WorkflowNode[],
): Promise<Client> {
	await stage.activate(offerTools(nodes, path));
	const client = new Client({ name: 'n8n-nodes-voiso-test', version: '1.0.0' });
	await client.connect(new StreamableHTTPClientTransport(new URL(`${stage.n8n.url}/mcp/${path}`)));
	return client;
}
