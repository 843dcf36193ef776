import { PollContext } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	IRun,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { createAdditionalData } from './workflow.mts';
import { loadTriggerWorkflow, outputOf, runTrigger, type TriggerWorkflow } from './triggerRun.mts';

type Loaded = Awaited<ReturnType<typeof loadTriggerWorkflow>>;

/**
 * An active workflow with a polling trigger, whose clock is the test: n8n's part in it is what its
 * ActiveWorkflowManager does, of the database there is one text. As in n8n with its default settings,
 * static data is written when a workflow is activated and when an execution starts, but not after a
 * poll that starts none.
 */
export class PollingWorkflow {
	/** The static data as n8n's database holds it. */
	stored = '{}';
	/** What the trigger put out in each execution. */
	readonly executions: IDataObject[][] = [];
	/** Failed polls: n8n stores each as an execution with an error. */
	readonly errors: Error[] = [];
	#loaded: Loaded | undefined;
	#definition: TriggerWorkflow;

	constructor(definition: TriggerWorkflow) {
		this.#definition = definition;
	}

	/**
	 * Activates it; n8n polls once, and a failure then is the user's to see.
	 * @param parameters new ones of the trigger, if it was edited
	 */
	async activate(
		activation: WorkflowActivateMode = 'activate',
		parameters?: Partial<TriggerWorkflow>,
	): Promise<void> {
		this.#definition = { ...this.#definition, ...parameters };
		const loaded = await loadTriggerWorkflow(this.#definition, JSON.parse(this.stored));
		const items = await this.#poll(loaded, activation);
		this.#loaded = loaded;
		this.#save(loaded);
		await this.#start(loaded, items);
	}

	/** What a cron does: polls, and starts an execution when there is something. */
	async poll(): Promise<void> {
		const loaded = this.#loaded;
		if (!loaded) throw new Error('The workflow is not active');
		let items: INodeExecutionData[] | undefined;
		try {
			items = await this.#poll(loaded, 'activate');
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			this.errors.push(error);
			return;
		}
		if (!items) return;
		this.#save(loaded);
		await this.#start(loaded, items);
	}

	/** How many of n8n's poll times the trigger has. */
	get pollTimes(): number {
		const { item = [] } = (this.#loaded?.node.parameters.pollTimes ?? {}) as { item?: unknown[] };
		return item.length;
	}

	/** What the user's test of the step shows; the active workflow goes on. */
	async test(): Promise<{ run: IRun; json: IDataObject[] }> {
		const { workflow, node } = await loadTriggerWorkflow(this.#definition, JSON.parse(this.stored));
		const run = await runTrigger(workflow, node, this.#definition.credentials, 'manual');
		return { run, json: outputOf(run, node) };
	}

	async #poll(
		{ workflow, node }: Loaded,
		activation: WorkflowActivateMode,
	): Promise<INodeExecutionData[] | undefined> {
		const { credentials, nodeType } = this.#definition;
		const additionalData = createAdditionalData(credentials);
		// n8n's own class: its declared type differs from the interface under our stricter checks only.
		const context = new PollContext(workflow, node, additionalData, 'trigger', activation);
		await workflow.expression.acquireIsolate?.();
		try {
			const [items] = (await nodeType.poll?.call(context as IPollFunctions)) ?? [];
			return items;
		} finally {
			await workflow.expression.releaseIsolate?.();
		}
	}

	#save({ workflow }: Loaded): void {
		this.stored = JSON.stringify(workflow.staticData);
	}

	async #start({ workflow, node }: Loaded, items?: INodeExecutionData[]): Promise<void> {
		if (!items) return;
		const run = await runTrigger(workflow, node, this.#definition.credentials, 'trigger', items);
		this.executions.push(outputOf(run, node));
	}
}
