import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

// One n8n and one window of a browser serve all files, so they run one after the other in one process.
export default defineConfig({
	// The nodes' descriptions are read with the copy that n8n uses.
	resolve: { alias: { 'n8n-workflow': require.resolve('n8n-workflow') } },
	test: {
		root: new URL('../..', import.meta.url).pathname,
		name: 'browser',
		include: ['test/browser/**/*.test.mts'],
		globalSetup: ['test/browser/globalSetup.mts'],
		setupFiles: ['test/n8n/harness/freshConnections.mts'],
		fileParallelism: false,
		isolate: false,
		testTimeout: 240_000,
		hookTimeout: 240_000,
		expect: { poll: { timeout: 45_000 } },
	},
});
