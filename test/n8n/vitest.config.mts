import { defineConfig } from 'vitest/config';

// Whole n8n processes are heavy, so the files run one after the other.
export default defineConfig({
	test: {
		root: new URL('../..', import.meta.url).pathname,
		name: 'n8n',
		include: ['test/n8n/**/*.test.mts'],
		globalSetup: ['test/n8n/globalSetup.mts'],
		fileParallelism: false,
		testTimeout: 180_000,
		hookTimeout: 180_000,
	},
});
