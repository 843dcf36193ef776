import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
	resolve: {
		// n8n-core is CommonJS and throws and tests for the errors of the CommonJS build of
		// n8n-workflow; the nodes under test must use that same copy, as they do inside n8n.
		alias: { 'n8n-workflow': require.resolve('n8n-workflow') },
	},
	test: {
		root: new URL('..', import.meta.url).pathname,
		projects: [
			{ extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.mts'] } },
			{
				extends: true,
				test: { name: 'engine', include: ['test/engine/**/*.test.mts'], testTimeout: 60_000 },
			},
		],
		coverage: { include: ['nodes/**/*.ts', 'credentials/**/*.ts'] },
	},
});
