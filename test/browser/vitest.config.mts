import { defineConfig } from 'vitest/config';

// One n8n serves all files, so they run one after the other.
export default defineConfig({
	test: {
		root: new URL('../..', import.meta.url).pathname,
		name: 'browser',
		include: ['test/browser/**/*.test.mts'],
		globalSetup: ['test/browser/globalSetup.mts'],
		fileParallelism: false,
		testTimeout: 240_000,
		hookTimeout: 240_000,
		expect: { poll: { timeout: 45_000 } },
	},
});
