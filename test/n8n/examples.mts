import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { N8nClient, SavedCredential, SavedWorkflow, WorkflowJson } from './harness/index.mts';

const folder = fileURLToPath(new URL('../../examples', import.meta.url));

/** The workflow that `npm start` and the tests run. */
export const importWorkflow = 'import-leads.json';

/** Names of the example workflows' files. */
export function exampleFiles(): string[] {
	return readdirSync(folder).filter((name) => name.endsWith('.json'));
}

export function readExample(file: string): WorkflowJson {
	return JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowJson;
}

/** Imports an example, with these credentials in every place that asks for one of their types. `tags`: IDs of tags. */
export async function importExample(
	client: N8nClient,
	file: string,
	given: readonly SavedCredential[],
	tags: string[] = [],
): Promise<SavedWorkflow> {
	const workflow = readExample(file);
	for (const { credentials } of workflow.nodes)
		for (const { id, name, type } of given)
			if (credentials?.[type]) credentials[type] = { id, name };
	return await client.createWorkflow({ ...workflow, tags });
}
