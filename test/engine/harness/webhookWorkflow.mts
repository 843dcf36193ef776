import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	IHookFunctions,
	INodeExecutionData,
	IRun,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { loadTriggerWorkflow, outputOf, runTrigger, type TriggerWorkflow } from './triggerRun.mts';
import { createAdditionalData } from './workflow.mts';

type Loaded = Awaited<ReturnType<typeof loadTriggerWorkflow>>;
type ExpressRequest = NonNullable<IWorkflowExecuteAdditionalData['httpRequest']>;
type ExpressResponse = NonNullable<IWorkflowExecuteAdditionalData['httpResponse']>;

/**
 * A workflow with a webhook trigger behind a real HTTP server: loaded for each request with what the
 * database holds, run from the trigger on, answered and saved in n8n's order (`webhook-helpers`).
 */
export class WebhookWorkflow {
	/** The static data as n8n's database holds it. */
	stored = '{}';
	readonly #executions: IDataObject[][] = [];
	readonly #runs: IRun[] = [];
	readonly #underWay = new Set<Promise<void>>();
	readonly #definition: TriggerWorkflow;
	readonly #mode: 'webhook' | 'manual';
	readonly #server: Server;
	#webhook: IWebhookData | undefined;

	/** @param mode `manual`: the test URL, while somebody tests the step */
	constructor(definition: TriggerWorkflow, mode: 'webhook' | 'manual' = 'webhook') {
		this.#definition = definition;
		this.#mode = mode;
		this.#server = createServer((request, response) => {
			const serving = this.#serve(request, response);
			this.#underWay.add(serving);
			void serving.finally(() => this.#underWay.delete(serving));
		});
	}

	/** Registers the webhook and listens, on a free port of this machine. */
	async activate(): Promise<string> {
		const loaded = await loadTriggerWorkflow(this.#definition, JSON.parse(this.stored));
		const [webhook] = await this.webhooks();
		if (!webhook) throw new Error('The trigger has no webhook');
		this.#webhook = webhook;
		await loaded.workflow.expression.acquireIsolate?.();
		try {
			// n8n's own class: its declared type differs from the interface under our stricter checks only.
			const context = new HookContext(
				loaded.workflow,
				loaded.node,
				createAdditionalData(this.#definition.credentials),
				'trigger',
				'activate',
				webhook,
			);
			await this.#definition.nodeType.webhookMethods?.default?.checkExists?.call(
				context as IHookFunctions,
			);
		} finally {
			await loaded.workflow.expression.releaseIsolate?.();
		}
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		const { port } = this.#server.address() as AddressInfo;
		return `http://127.0.0.1:${port}/${webhook.path}`;
	}

	async close(): Promise<void> {
		if (!this.#server.listening) return;
		this.#server.closeAllConnections();
		this.#server.close();
		await once(this.#server, 'close');
	}

	/** What the trigger put out in each execution, once all have ended: an answer can come before. */
	async executions(): Promise<IDataObject[][]> {
		await Promise.all(this.#underWay);
		return this.#executions;
	}

	/** All that n8n would store of these executions. */
	async runs(): Promise<IRun[]> {
		await Promise.all(this.#underWay);
		return this.#runs;
	}

	/** The webhooks that n8n would register, by its rules: none where the method is empty. */
	async webhooks(): Promise<IWebhookData[]> {
		const { workflow, node } = await loadTriggerWorkflow(this.#definition);
		const value = (text: string) =>
			String(workflow.expression.getSimpleParameterValue(node, text, 'internal', {}) ?? '');
		await workflow.expression.acquireIsolate?.();
		try {
			return (this.#definition.nodeType.description.webhooks ?? []).flatMap((webhook) => {
				const httpMethod = value(webhook.httpMethod);
				if (httpMethod === '') return [];
				return {
					httpMethod: httpMethod as IWebhookData['httpMethod'],
					node: node.name,
					path: NodeHelpers.getNodeWebhookPath(workflow.id, node, value(webhook.path)),
					webhookDescription: webhook,
					workflowId: workflow.id,
					workflowExecuteAdditionalData: createAdditionalData([]),
				};
			});
		} finally {
			await workflow.expression.releaseIsolate?.();
		}
	}

	async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			const body = parseBody(await text(request), request.headers['content-type'] ?? '');
			if (!body.ok) return answer(response, 422, { message: 'Failed to parse request body' });
			const staticData = JSON.parse(this.stored) as IDataObject;
			const loaded = await loadTriggerWorkflow(this.#definition, staticData);
			const result = await this.#receive(loaded, request, response, body.value);
			const [items] = result.workflowData ?? [];
			// An answer of the node's own is over before the execution is set up, n8n's own comes after.
			const isAnswered = result.noWebhookResponse === true;
			if (isAnswered) this.#save(loaded);
			if (items) await this.#start(staticData, items);
			if (isAnswered) return;
			this.#save(loaded);
			answer(response, 200, { message: items ? 'Workflow was started' : 'Webhook call received' });
		} catch (error) {
			answer(response, 500, { message: error instanceof Error ? error.message : 'Error' });
		}
	}

	async #receive(
		{ workflow, node }: Loaded,
		request: IncomingMessage,
		response: ServerResponse,
		body: unknown,
	): Promise<IWebhookResponseData> {
		const webhookData = this.#webhook;
		if (!webhookData) throw new Error('The workflow is not active');
		const additionalData: IWorkflowExecuteAdditionalData = {
			...createAdditionalData(this.#definition.credentials),
			httpRequest: Object.assign(request, { body, params: {}, query: {} }) as ExpressRequest,
			httpResponse: response as ExpressResponse,
		};
		const { nodeType } = this.#definition;
		if (!nodeType.webhook) throw new Error('The node type takes no webhooks');
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			this.#mode,
			webhookData,
			[],
			null,
		);
		await workflow.expression.acquireIsolate?.();
		try {
			return await nodeType.webhook.call(context as IWebhookFunctions);
		} finally {
			await workflow.expression.releaseIsolate?.();
		}
	}

	#save({ workflow: { staticData } }: Loaded): void {
		if (staticData.__dataChanged === true) this.stored = JSON.stringify(staticData);
	}

	/** The execution has a workflow of its own around the same static data, which counts as unchanged then. */
	async #start(staticData: IDataObject, items: INodeExecutionData[]): Promise<void> {
		const output: IDataObject[] = [];
		this.#executions.push(output);
		const { workflow, node } = await loadTriggerWorkflow(this.#definition, staticData);
		const run = await runTrigger(workflow, node, this.#definition.credentials, this.#mode, items);
		this.#runs.push(run);
		output.push(...outputOf(run, node));
	}
}

function answer(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

/** What n8n's own body parser makes of a body, by its type. */
function parseBody(raw: string, contentType: string): { ok: true; value: unknown } | { ok: false } {
	if (contentType.startsWith('text/plain')) return { ok: true, value: raw };
	if (contentType.startsWith('application/x-www-form-urlencoded')) {
		return { ok: true, value: Object.fromEntries(new URLSearchParams(raw)) };
	}
	if (!contentType.startsWith('application/json') || raw === '') return { ok: true, value: {} };
	try {
		return { ok: true, value: JSON.parse(raw) as unknown };
	} catch {
		return { ok: false };
	}
}
