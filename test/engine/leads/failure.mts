import { expect } from 'vitest';
import { LEADS, people, type Import, type TestVoiso } from './support.mts';

/** The error of an import that ends with one, in the two parts that n8n shows. */
export async function failureOf({ importLeads, sandbox }: TestVoiso, more: Partial<Import>) {
	const run = await importLeads({
		input: people(2),
		...more,
		options: { maxWait: 0, ...more.options },
	});
	expect(run.status).toBe('error');
	expect(run.items(LEADS)).toEqual([]);
	expect(JSON.stringify(run.run)).not.toContain(more.apiKey?.trim() || sandbox.apiKey);
	const { message, description } = run.error ?? {};
	return { message, description };
}
