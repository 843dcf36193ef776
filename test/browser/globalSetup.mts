import { dirname } from 'node:path';
import type { TestProject } from 'vitest/node';
import { leadsFile } from '../../scripts/make-leads.mts';
import { packPackage, quickIsolates, startN8n, temporaryFolder } from '../n8n/harness/index.mts';
import { ensureChromium } from './harness/chromium.mts';

declare module 'vitest' {
	export interface ProvidedContext {
		/** Chromium's executable. */
		chromium: string;
		/** Address of the n8n that all test files share. */
		n8nUrl: string;
	}
}

/** Each time the editor lists the packages that are installed, n8n would ask npm for newer ones. */
const withoutNpm = { PATH: dirname(process.execPath) };

/**
 * Installs Chromium when it is not there yet, and starts one n8n with the packed package.
 * @throws SetupError when there is no Chromium and it cannot be installed
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
	project.provide('chromium', await ensureChromium());
	const folder = temporaryFolder('voiso-package');
	try {
		const n8n = await startN8n({
			tarball: await packPackage(folder.path),
			files: [leadsFile],
			editor: true,
			env: { ...quickIsolates, ...withoutNpm },
		});
		project.provide('n8nUrl', n8n.url);
		return n8n.close;
	} finally {
		folder.remove();
	}
}
