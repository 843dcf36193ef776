import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Stryker runs tests in threads, which can't change their time zone, as the test of Retry-After does.
process.env.TZ = 'Asia/Tokyo';

/**
 * Mutation tests of the pure core: npm run mutation, or of a part of it
 * npm run mutation -- --mutate nodes/VoisoLeads/plan.ts
 */
export default {
	mutate: [
		'nodes/VoisoLeads/{plan,settle}.ts',
		'nodes/VoisoLeads/send/{backOff,classifyFailure,subBatch}.ts',
		'nodes/VoisoLeads/fields/*.ts',
		'nodes/shared/api/{apiKey,baseUrl,problem,retryAfter,signRequest}.ts',
		'nodes/shared/throttle/throttle.ts',
	],
	testRunner: 'vitest',
	vitest: { configFile: 'test/mutation/vitest.config.mts', related: false },
	plugins: ['@stryker-mutator/vitest-runner'],
	ignorePatterns: ['/dist', '/coverage', '/docs', '/examples', '/test/n8n', '/test/browser'],
	// What a file does once, when it is loaded, would need a new process for each mutant.
	ignoreStatic: true,
	concurrency: 1,
	timeoutMS: 5_000,
	reporters: ['clear-text', 'progress', 'html'],
	clearTextReporter: { allowColor: false, reportTests: false },
	htmlReporter: { fileName: 'reports/mutation.html' },
	// Not in the project, where n8n's linter would find the mutants.
	tempDirName: join(tmpdir(), 'voiso-mutants'),
	thresholds: { high: 90, low: 80, break: null },
};
