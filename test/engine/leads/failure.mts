import { expect } from 'vitest';
import type { Sandbox } from '../../sandbox/index.mts';
import { importLeads, LEADS, people, quick, type Import } from './support.mts';

/** The error of an import that ends with one, in the two parts that n8n shows. */
export async function failureOf(sandbox: Sandbox, more: Partial<Import>) {
	const run = await importLeads({
		sandbox,
		input: people(2),
		...more,
		options: { ...quick, maxWait: 0, ...more.options },
	});
	expect(run.status).toBe('error');
	expect(run.items(LEADS)).toEqual([]);
	expect(JSON.stringify(run.run)).not.toContain(more.apiKey?.trim() || sandbox.apiKey);
	const { message, description } = run.error ?? {};
	return { message, description };
}
