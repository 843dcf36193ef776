import { defineConfig } from 'vitest/config';

// Two at a time: most of their time they wait, for the pauses between batches and for n8n's polls.
export default defineConfig({
	test: {
		root: new URL('../..', import.meta.url).pathname,
		name: 'n8n',
		include: ['test/n8n/**/*.test.mts'],
		globalSetup: ['test/n8n/globalSetup.mts'],
		maxWorkers: 2,
		// The files that one process runs share an n8n.
		isolate: false,
		testTimeout: 180_000,
		hookTimeout: 180_000,
	},
});
