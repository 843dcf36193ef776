import { setTimeout as sleep } from 'node:timers/promises';
import { decodeExecution, type Execution, isFinished, type StoredExecution } from './execution.mts';
import type {
	Credential,
	InstalledPackage,
	NodeType,
	Owner,
	SavedCredential,
	SavedWorkflow,
	WorkflowJson,
} from './types.mts';

/** n8n answered a request of its REST interface with an error. */
export class N8nRequestError extends Error {
	readonly status: number;

	constructor(message: string, status: number) {
		super(message);
		this.name = 'N8nRequestError';
		this.status = status;
	}
}

/**
 * How often something under way is looked at, in ms: at first soon again, because most takes no longer, and later
 * by a tenth of the time that it has taken: each look costs n8n more than most nodes do.
 */
const POLL_INTERVAL = { first: 25, usual: 200, longest: 1000 };

/** Waits until the next look. */
function looks(): () => Promise<void> {
	const start = Date.now();
	let interval = POLL_INTERVAL.first;
	return async () => {
		await sleep(interval);
		const tenth = Math.min((Date.now() - start) / 10, POLL_INTERVAL.longest);
		interval = Math.min(1.5 * interval, Math.max(POLL_INTERVAL.usual, tenth));
	};
}

/** Undefined when this version of n8n does not have what was asked for. */
async function ifKnown<Data>(answer: Promise<Data>): Promise<Data | undefined> {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof N8nRequestError && error.status === 404) return undefined;
		throw error;
	}
}

const MOST_TRIES = 60;

/** To compress what stays on this machine, as n8n would, takes longer than to send it. */
const plain = { 'accept-encoding': 'identity' };

/**
 * Whether n8n did nothing because the machine is busy: it thinks that its database is gone when a ping comes back
 * late, and gives its own regular expressions 250 ms.
 */
function isTooBusy(status: number, text: string): boolean {
	return (
		(status === 503 && text.includes('Database is not ready')) ||
		(status === 500 && text.includes('Regular expression execution timed out'))
	);
}

/** The REST interface that n8n's editor uses, for one signed-in user. */
export class N8nClient {
	private cookie = '';
	private readonly url: string;

	/** @param url of n8n, without a path */
	constructor(url: string) {
		this.url = url;
	}

	/**
	 * Any request of the REST interface, for what has no method here.
	 * @param path below `/rest`
	 * @returns what is in the answer's `data`
	 * @throws {N8nRequestError}
	 */
	async request<Data>(method: string, path: string, body?: unknown): Promise<Data> {
		const send = async () =>
			await fetch(`${this.url}/rest${path}`, {
				method,
				headers: { ...plain, cookie: this.cookie, 'content-type': 'application/json' },
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
		let response = await send();
		let text = await response.text();
		for (let tries = 1; tries < MOST_TRIES && isTooBusy(response.status, text); tries++) {
			await sleep(500);
			response = await send();
			text = await response.text();
		}
		if (!response.ok)
			throw new N8nRequestError(`${method} ${path}: ${response.status} ${text}`, response.status);
		const cookie = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (cookie) this.cookie = cookie.split(';', 1).join('');
		return (JSON.parse(text) as { data: Data }).data;
	}

	/** Makes the owner's account on a fresh n8n, and signs in. */
	async signUp({ email, password }: Owner): Promise<void> {
		const name = { firstName: 'Voiso', lastName: 'Sandbox' };
		await this.request('POST', '/owner/setup', { email, password, ...name });
	}

	async signIn({ email, password }: Owner): Promise<void> {
		// `email` is what n8n 1 calls it at times.
		await this.request('POST', '/login', { emailOrLdapLoginId: email, email, password });
	}

	/**
	 * @param type with its package: `n8n-nodes-voiso.voisoLeads`
	 * @param version the newest by default
	 * @returns undefined when n8n has no such node
	 */
	async nodeType(type: string, version?: number): Promise<NodeType | undefined> {
		try {
			const nodeInfos = [{ name: type, version }];
			const [found] = await this.request<NodeType[]>('POST', '/node-types', { nodeInfos });
			return found && { ...found, name: type };
		} catch (error) {
			const isUnknown =
				error instanceof N8nRequestError && /unrecognized node/i.test(error.message);
			if (isUnknown) return undefined;
			throw error;
		}
	}

	/** The community packages as the settings page shows them. */
	async installedPackages(): Promise<InstalledPackage[]> {
		return await this.request('GET', '/community-packages');
	}

	async createCredential(credential: Credential): Promise<SavedCredential> {
		return await this.request('POST', '/credentials', credential);
	}

	/** What the editor's test of a saved credential says, with `data` as it stands in the form. */
	async testCredential(
		{ id, name, type }: SavedCredential,
		data: Credential['data'],
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const credentials = { id, name, type, data };
		return await this.request('POST', '/credentials/test', { credentials });
	}

	async createWorkflow(workflow: WorkflowJson): Promise<SavedWorkflow> {
		return await this.request('POST', '/workflows', { settings: {}, ...workflow, active: false });
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.request('GET', `/workflows/${id}`);
	}

	/** The workflow with `changes` saved; what is not given stays. */
	async updateWorkflow(id: string, changes: Partial<WorkflowJson>): Promise<SavedWorkflow> {
		return await this.request('PATCH', `/workflows/${id}`, changes);
	}

	/** Makes its triggers work. */
	async activateWorkflow({ id, versionId }: SavedWorkflow): Promise<SavedWorkflow> {
		return await this.setActive(id, true, versionId);
	}

	async deactivateWorkflow({ id }: SavedWorkflow): Promise<SavedWorkflow> {
		return await this.setActive(id, false);
	}

	private async setActive(id: string, active: boolean, versionId?: string): Promise<SavedWorkflow> {
		const action = active ? 'activate' : 'deactivate';
		const changed = await ifKnown(
			this.request<SavedWorkflow>('POST', `/workflows/${id}/${action}`, { versionId }),
		);
		// n8n 1 has no such path; it is done when it answers.
		if (!changed) return await this.request('PATCH', `/workflows/${id}`, { active });
		await this.publication(id);
		return changed;
	}

	/** Waits until n8n has worked off a change of what is active, which it does after its answer. */
	private async publication(id: string): Promise<void> {
		const path = `/workflows/${id}/publication-status`;
		const nextLook = looks();
		for (;;) {
			const answer = await ifKnown(this.request<{ status: string }>('GET', path));
			if (answer?.status === 'failed' || answer?.status === 'partial')
				throw new Error(`Workflow ${id} could not be made active: ${JSON.stringify(answer)}`);
			if (answer?.status !== 'in_progress') return;
			await nextLook();
		}
	}

	/**
	 * Runs a saved workflow as the editor's button does.
	 * @returns the execution's id
	 */
	async runWorkflow(workflow: SavedWorkflow, trigger?: string): Promise<string> {
		const name = trigger ?? workflow.nodes.find(({ type }) => /trigger$/i.test(type))?.name;
		if (name === undefined) throw new Error(`"${workflow.name}" has no trigger`);
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/workflows/${workflow.id}/run`,
			// Only n8n 1 needs the workflow itself.
			{ workflowData: workflow, triggerToStartFrom: { name } },
		);
		return executionId;
	}

	async execution(id: string): Promise<Execution> {
		return decodeExecution(await this.request<StoredExecution>('GET', `/executions/${id}`));
	}

	/**
	 * Waits until an execution has ended, however it ended.
	 * @param timeout in ms
	 */
	async waitForExecution(id: string, timeout = 120_000): Promise<Execution> {
		return await this.waitUntil(id, isFinished, timeout);
	}

	/** Waits until an execution is as wanted, such as running. */
	async waitUntil(
		id: string,
		wanted: (execution: Execution) => boolean,
		timeout = 30_000,
	): Promise<Execution> {
		const end = Date.now() + timeout;
		const nextLook = looks();
		for (;;) {
			const execution = await this.execution(id).catch((error: unknown) => {
				// Some n8n, such as 2.20, stumble over an execution that has only just begun.
				if (error instanceof N8nRequestError && error.status === 500) return error;
				throw error;
			});
			const failed = execution instanceof Error;
			if (!failed && wanted(execution)) return execution;
			if (Date.now() > end) {
				const how = failed ? execution.message : execution.status;
				throw new Error(`Execution ${id} is still ${how} after ${timeout / 1000} s`);
			}
			await nextLook();
		}
	}

	/** Runs a saved workflow and waits for its end. */
	async runToEnd(workflow: SavedWorkflow, timeout?: number): Promise<Execution> {
		return await this.waitForExecution(await this.runWorkflow(workflow), timeout);
	}

	/** What the editor's Stop does. */
	async stopExecution(id: string): Promise<void> {
		await this.request('POST', `/executions/${id}/stop`);
	}

	/**
	 * Makes a workflow run and waits until its executions are listed, which can take longer than a
	 * webhook's answer.
	 *
	 * @returns the ids of the executions that came, newest first
	 */
	async executionsStartedBy(
		workflowId: string,
		start: () => Promise<unknown>,
		count = 1,
		timeout = 30_000,
	): Promise<string[]> {
		const ids = async () => (await this.listExecutions(workflowId)).map(({ id }) => id);
		const known = new Set(await ids());
		await start();
		const end = Date.now() + timeout;
		const nextLook = looks();
		for (;;) {
			const started = (await ids()).filter((id) => !known.has(id));
			if (started.length >= count) return started;
			if (Date.now() > end)
				throw new Error(`Workflow ${workflowId} was executed ${started.length} of ${count} times`);
			await nextLook();
		}
	}

	/** The latest executions, newest first, without their data. */
	async listExecutions(workflowId?: string): Promise<Omit<StoredExecution, 'data'>[]> {
		const filter = encodeURIComponent(JSON.stringify(workflowId ? { workflowId } : {}));
		const { results } = await this.request<{ results: StoredExecution[] }>(
			'GET',
			`/executions?filter=${filter}&limit=50`,
		);
		return results;
	}
}
