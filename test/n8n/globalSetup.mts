import type { TestProject } from 'vitest/node';
import { ensureN8n } from '../../scripts/setup/n8n.mjs';
import { packPackage, temporaryFolder } from './harness/index.mts';

declare module 'vitest' {
	export interface ProvidedContext {
		/** The packed package, for `startN8n`. */
		tarball: string;
	}
}

/** Installs n8n when it is not there yet and packs the package once for all test files. */
export default async function setUp(project: TestProject): Promise<() => void> {
	await ensureN8n();
	const folder = temporaryFolder('voiso-package');
	project.provide('tarball', await packPackage(folder.path));
	return folder.remove;
}
