import { parse } from 'flatted';
import type { IDataObject, INodeExecutionData, IRun, ITaskData } from 'n8n-workflow';

type Status = IRun['status'];

/** An execution as n8n's REST interface gives it. */
export interface StoredExecution {
	id: string;
	workflowId: string;
	status: Status;
	mode: string;
	startedAt: string;
	stoppedAt: string | null;
	/** n8n's run data in the `flatted` format. */
	data: string | undefined;
}

/** An execution with its run data. */
export interface Execution extends Omit<StoredExecution, 'data'> {
	/** What each node did, by its name; run by run. */
	runs: Record<string, ITaskData[]>;
	/** Why the execution failed. */
	error?: { message: string; description?: string | null | undefined };
	/** Everything n8n stored about it, as text: to look for what must not be in it. */
	raw: string;
}

const finished: readonly Status[] = ['success', 'error', 'canceled', 'crashed'];

export function isFinished({ status }: Execution): boolean {
	return finished.includes(status);
}

export function decodeExecution({ data = '', ...execution }: StoredExecution): Execution {
	const decoded = data === '' ? undefined : (parse(data) as Partial<IRun['data']>);
	const { runData = {}, error } = decoded?.resultData ?? {};
	return { ...execution, runs: runData, raw: data, ...(error ? { error } : {}) };
}

/**
 * The items a node put out on a branch in its last run.
 * @throws when the node did not run
 */
export function itemsOf(execution: Execution, node: string, branch = 0): INodeExecutionData[] {
	const run = execution.runs[node]?.at(-1);
	if (!run) {
		const reason = execution.error ? `: ${execution.error.message}` : '';
		throw new Error(`"${node}" did not run; the execution ended as ${execution.status}${reason}`);
	}
	return run.data?.['main']?.[branch] ?? [];
}

/** The `json` of those items. */
export function jsonOf(execution: Execution, node: string, branch = 0): IDataObject[] {
	return itemsOf(execution, node, branch).map(({ json }) => json);
}
