import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of a tool that the model asks for. */
export interface ToolCall {
	tool: string;
	arguments: Record<string, unknown>;
}

/** A request to the model, as far as the tests look at it. */
export interface ModelRequest {
	messages: { role: string; content: string }[];
	tools: { function: { name: string; description: string; parameters: Record<string, unknown> } }[];
}

/** A mock of a chat model behind OpenAI's interface. It says what it was told to say, in order. */
export interface ScriptedModel {
	/** For an OpenAI credential. */
	url: string;
	requests: ModelRequest[];
	close(): Promise<void>;
}

/** @param script a text for the user, or the tools to call, for each request */
export async function startModel(script: (string | ToolCall[])[]): Promise<ScriptedModel> {
	const requests: ModelRequest[] = [];
	const steps = script.values();
	const server = createServer((request, response) => {
		bodyOf(request).then(
			(body) => {
				requests.push(JSON.parse(body) as ModelRequest);
				const { value: step = 'The script is over.' } = steps.next();
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(completion(step, requests.length)));
			},
			(error: unknown) => response.destroy(error instanceof Error ? error : undefined),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
	return body;
}

function completion(step: string | ToolCall[], number: number) {
	const message =
		typeof step === 'string'
			? { role: 'assistant', content: step }
			: {
					role: 'assistant',
					content: null,
					tool_calls: step.map(({ tool, arguments: values }, index) => ({
						id: `call_${number}_${index}`,
						type: 'function',
						function: { name: tool, arguments: JSON.stringify(values) },
					})),
				};
	return {
		id: `completion-${number}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [
			{ index: 0, message, finish_reason: typeof step === 'string' ? 'stop' : 'tool_calls' },
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
