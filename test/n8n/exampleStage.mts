import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../sandbox/index.mts';
import { readExample } from './examples.mts';
import {
	type Execution,
	isFinished,
	type N8n,
	type SavedCredential,
	type SavedWorkflow,
	type WorkflowJson,
} from './harness/index.mts';
import { sharedN8n } from './harness/shared.mts';
import { OtherServices } from './otherServices.mts';

/** The secret of the events. */
const SECRET = 'correct-horse-battery';

/** What the forms and webhooks of the examples ask of their callers. */
const formLogin = { user: 'team', password: 'form-password' };
const webhookKey = { name: 'X-Example-Key', value: 'webhook-key' };
const basicAuth = `Basic ${Buffer.from(`${formLogin.user}:${formLogin.password}`).toString('base64')}`;

/** What a form or a webhook answered, and the execution that it started. */
export interface Called {
	body: string;
	execution: Execution;
}

/** The shared n8n, and a sandbox of its own, for the examples to run in. */
export class Stage {
	readonly n8n: N8n;
	readonly sandbox: Sandbox;
	/** What is at the addresses that the examples have as placeholders. */
	readonly services: OtherServices;
	private readonly credentials: SavedCredential[] = [];
	/** Workflows that are to be active as long as this stage is open. */
	private readonly active: SavedWorkflow[] = [];

	private constructor(n8n: N8n, sandbox: Sandbox, services: OtherServices) {
		this.n8n = n8n;
		this.sandbox = sandbox;
		this.services = services;
	}

	static async open(): Promise<Stage> {
		const sandbox = await startSandbox();
		const services = await OtherServices.start();
		try {
			const stage = new Stage(await sharedN8n(), sandbox, services);
			await stage.addCredential('voisoApi', { clusterId: sandbox.url, apiKey: sandbox.apiKey });
			await stage.addCredential('voisoWebhookApi', { secret: SECRET });
			await stage.addCredential('httpBasicAuth', formLogin);
			await stage.addCredential('httpHeaderAuth', webhookKey);
			return stage;
		} catch (error) {
			await services.close();
			await sandbox.close();
			throw error;
		}
	}

	async close(): Promise<void> {
		for (const workflow of this.active.splice(0))
			await this.n8n.client.deactivateWorkflow(workflow);
		await this.services.close();
		await this.sandbox.close();
	}

	/** Makes a credential, which then stands in every workflow that asks for one of its type. */
	async addCredential(type: string, data: Record<string, unknown>): Promise<void> {
		this.credentials.push(await this.n8n.client.createCredential({ name: type, type, data }));
	}

	/** Saves a workflow with the credentials that it asks for, and with the addresses of this stage. */
	async save(workflow: WorkflowJson): Promise<SavedWorkflow> {
		const text = JSON.stringify(workflow)
			.replaceAll(/https:\/\/(?:crm|drive|chat)\.example\.com/g, this.services.url)
			.replaceAll('https://cc-ams03.voiso.com', this.sandbox.url);
		const filled = JSON.parse(text) as WorkflowJson;
		for (const node of filled.nodes)
			for (const { id, name, type } of this.credentials)
				if (node.credentials?.[type]) node.credentials[type] = { id, name };
		return await this.n8n.client.createWorkflow(filled);
	}

	/** Saves a workflow and makes its triggers work until this stage is closed. */
	async activate(workflow: WorkflowJson): Promise<void> {
		this.active.push(await this.n8n.client.activateWorkflow(await this.save(workflow)));
	}

	/** Imports an example and runs it as the editor's button does. */
	async run(example: string | WorkflowJson, trigger?: string): Promise<Execution> {
		const { client } = this.n8n;
		const workflow = typeof example === 'string' ? readExample(example) : example;
		const id = await client.runWorkflow(await this.save(workflow), trigger);
		return await client.waitForExecution(id);
	}

	/**
	 * Makes a data table of text and boolean columns in the owner's project.
	 *
	 * @returns its ID and the path of its rows
	 */
	async createTable(
		name: string,
		columns: Record<string, 'string' | 'boolean'>,
	): Promise<{ id: string; rowsPath: string }> {
		const { client } = this.n8n;
		const project = await client.request<{ id: string }>('GET', '/projects/personal');
		const tables = `/projects/${project.id}/data-tables`;
		const { id } = await client.request<{ id: string }>('POST', tables, {
			name,
			columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
		});
		return { id, rowsPath: `${tables}/${id}/rows` };
	}

	/** An example whose data tables are found in this n8n: by their ID in n8n 1, which its note says. */
	readExampleWithTable(file: string, id: string): WorkflowJson {
		const workflow = readExample(file);
		for (const { type, parameters } of workflow.nodes)
			if (type === 'n8n-nodes-base.dataTable' && this.n8n.version.startsWith('1.'))
				parameters['dataTableId'] = { __rl: true, mode: 'id', value: id };
		return workflow;
	}

	/** Puts a file into the folder that n8n lets its nodes read. */
	async provide(name: string, content: string): Promise<void> {
		const file = join(this.n8n.folder, '.n8n-files', name);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, content);
	}

	/**
	 * Imports an example whose trigger is a webhook, activates it and calls it.
	 * @param change what is to be changed in it before
	 */
	async callWebhook(
		file: string,
		body: unknown,
		change: (workflow: WorkflowJson) => void = () => undefined,
	): Promise<Called> {
		const workflow = readExample(file);
		change(workflow);
		return await this.whileActive(workflow, async () => {
			const [trigger] = workflow.nodes;
			const url = `${this.n8n.url}/webhook/${String(trigger?.parameters['path'])}`;
			const request = {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			};
			await expectRefusal(url, request);
			const headers = { ...request.headers, [webhookKey.name]: webhookKey.value };
			return await textOf(await fetch(url, { ...request, headers }));
		});
	}

	/**
	 * Saves a workflow whose trigger is an event, activates it and lets Voiso post.
	 *
	 * @param post gets the address for the webhook
	 * @returns its executions, as many as said, the first one first
	 */
	async receiveEvents(
		workflow: WorkflowJson,
		post: (url: string) => Promise<unknown>,
		count = 1,
	): Promise<Execution[]> {
		const { client } = this.n8n;
		const active = await client.activateWorkflow(await this.save(workflow));
		try {
			const url = `${this.n8n.url}/webhook/${String(workflow.nodes[0]?.['webhookId'])}/voiso`;
			const started = await client.executionsStartedBy(
				active.id,
				async () => await post(url),
				count,
			);
			return await Promise.all(
				started.toReversed().map(async (id) => await client.waitForExecution(id)),
			);
		} finally {
			await client.deactivateWorkflow(active);
		}
	}

	/** Posts an event with the secret to a webhook; `data` replaces fields of a sample. */
	async postEvent(url: string, event: string, data: IDataObject = {}): Promise<void> {
		const { status } = await this.sandbox.deliver(url, event, { secret: SECRET, data });
		if (status !== 200) throw new Error(`${url} answered ${status} to the event ${event}`);
	}

	/** Saves a workflow whose trigger is a chat, opens it to everybody and says something. */
	async chat(workflow: WorkflowJson, chatInput: string): Promise<unknown> {
		const [trigger] = workflow.nodes;
		if (!trigger) throw new Error('The workflow has no node');
		Object.assign(trigger.parameters, { public: true, options: { responseMode: 'lastNode' } });
		const { body } = await this.whileActive(workflow, async () => {
			const response = await fetch(`${this.n8n.url}/webhook/${String(trigger['webhookId'])}/chat`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ action: 'sendMessage', sessionId: 'test', chatInput }),
			});
			return await textOf(response);
		});
		return JSON.parse(body) as unknown;
	}

	/**
	 * Imports an example whose trigger is a form, activates it, fills in the form and reads the page
	 * with which it ends.
	 * @param fields in the order of the form
	 */
	async submitForm(example: string | WorkflowJson, fields: (string | File)[]): Promise<Called> {
		const workflow = typeof example === 'string' ? readExample(example) : example;
		return await this.whileActive(workflow, async (id) => {
			const [trigger] = workflow.nodes;
			const { path } = trigger?.parameters['options'] as { path: string };
			const url = `${this.n8n.url}/form/${path}`;
			const body = new FormData();
			for (const [index, field] of fields.entries()) body.set(`field-${index}`, field);
			await expectRefusal(url, { method: 'POST', body });
			const headers = { authorization: basicAuth };
			let answer = '';
			const [started = ''] = await this.n8n.client.executionsStartedBy(id, async () => {
				answer = await textOf(await fetch(url, { method: 'POST', body, headers }));
			});
			const waiting = await this.n8n.client.waitUntil(
				started,
				(each) => each.status === 'waiting' || isFinished(each),
				60_000,
			);
			if (waiting.error) throw new Error(`The form ended with: ${waiting.error.message}`);
			const { formWaitingUrl } = JSON.parse(answer) as { formWaitingUrl: string };
			const page = await textOf(await fetch(formWaitingUrl, { headers }));
			// The page posts back by itself when it is shown, and that ends the execution.
			await textOf(await fetch(formWaitingUrl, { method: 'POST', headers }));
			return page;
		});
	}

	/** Puts leads into a campaign, as an import before the test would have. */
	async fill(campaign: number, phones: string[]): Promise<void> {
		const { url, apiKey } = this.sandbox;
		const response = await fetch(`${url}/api/v4/campaigns/${campaign}/leads`, {
			method: 'POST',
			headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify(phones.map((phone) => ({ phone_number: phone }))),
		});
		await textOf(response);
	}

	private async whileActive(
		workflow: WorkflowJson,
		call: (id: string) => Promise<string>,
	): Promise<Called> {
		const active = await this.n8n.client.activateWorkflow(await this.save(workflow));
		try {
			let body = '';
			const [started = ''] = await this.n8n.client.executionsStartedBy(active.id, async () => {
				body = await call(active.id);
			});
			return { body, execution: await this.n8n.client.waitUntil(started, isFinished, 60_000) };
		} finally {
			await this.n8n.client.deactivateWorkflow(active);
		}
	}
}

/** The `json` of all items that a node put out on its first branch: it runs once for each branch that ends in it. */
export function allJsonOf(execution: Execution, node: string): IDataObject[] {
	const runs = execution.runs[node] ?? [];
	return runs.flatMap(({ data }) => (data?.['main']?.[0] ?? []).map(({ json }) => json));
}

/** What an example leaves open to the internet must ask who is calling. */
async function expectRefusal(url: string, request: RequestInit): Promise<void> {
	const { status } = await fetch(url, request);
	if (status !== 401 && status !== 403)
		throw new Error(`${url} answered ${status} to a caller without a key`);
}

async function textOf(response: Response): Promise<string> {
	const text = await response.text();
	if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
	return text;
}
