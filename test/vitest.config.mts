import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Another n8n to run the engine tests with: a folder whose node_modules hold its n8n-core and n8n-workflow.
const engineFolder = process.env.N8N_ENGINE_FOLDER;
const require = createRequire(engineFolder ? join(engineFolder, 'package.json') : import.meta.url);

/** Unit tests that mock a module, or need a process in which n8n-workflow was not loaded. */
const unitOwnProcess = [
	'test/unit/api/{pages,text}.test.mts',
	'test/unit/leads/{clock,plan,turns}.test.mts',
	'test/unit/pauser.test.mts',
];

/** Engine tests that mock a module, set what n8n reads once, or look at what a process remembers. */
const ownProcess = [
	'test/engine/leads/{connection,memory}.test.mts',
	'test/engine/security/ssrf.test.mts',
];

/** Engine tests that are about expressions: each execution has an isolate of its own, as in n8n. */
const expressions = [
	'test/engine/parameters/*.test.mts',
	'test/engine/security/prototypes.test.mts',
	'test/engine/leads/{mapping,olderN8n,reading}.test.mts',
];

/** Engine tests with thousands of executions: an isolate for the expressions of each would take minutes. */
const manyExecutions = 'test/engine/loop/*.test.mts';

export default defineConfig({
	resolve: {
		// n8n-core is CommonJS and throws and tests for the errors of the CommonJS build of
		// n8n-workflow; the nodes under test must use that same copy, as they do inside n8n.
		alias: {
			'n8n-core': require.resolve('n8n-core'),
			'n8n-workflow': require.resolve('n8n-workflow'),
		},
	},
	test: {
		root: new URL('..', import.meta.url).pathname,
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['test/unit/**/*.test.mts'],
					exclude: unitOwnProcess,
					// Loading their imports for each file again took half of the time.
					isolate: false,
					testTimeout: 60_000,
				},
			},
			{
				extends: true,
				test: { name: 'unit, own process', include: unitOwnProcess, testTimeout: 60_000 },
			},
			{
				extends: true,
				test: {
					name: 'simulation',
					include: ['test/simulation/**/*.test.mts'],
					// Every signal that ends makes an error, whose stack takes a tenth of the time.
					execArgv: ['--stack-trace-limit=3'],
					// In `npm test` it gets what the other tests leave of the processors.
					testTimeout: 1_800_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'engine',
					include: ['test/engine/**/*.test.mts'],
					exclude: [...ownProcess, ...expressions, manyExecutions],
					env: { EXPRESSION_ISOLATES: 'shared' },
					setupFiles: ['test/engine/harness/isolatePerFile.mts'],
					// Loading n8n's engine for each file again would take longer than most of them.
					isolate: false,
					testTimeout: 60_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'engine, expressions',
					include: expressions,
					isolate: false,
					// Some compute for seconds, which are minutes on a machine that has other work.
					testTimeout: 300_000,
				},
			},
			{
				extends: true,
				test: { name: 'engine, own process', include: ownProcess, testTimeout: 60_000 },
			},
			{
				extends: true,
				test: {
					name: 'engine, legacy',
					include: [manyExecutions],
					env: { N8N_EXPRESSION_ENGINE: 'legacy' },
					isolate: false,
					testTimeout: 60_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'engine, quickjs',
					// Without heavy.test.mts, in which n8n's own evaluation would take minutes.
					include: ['test/engine/parameters/{equality,evaluations,itemParameter}.test.mts'],
					env: { N8N_EXPRESSION_ENGINE: 'quickjs', TEST_EFFORT: '0.2' },
					isolate: false,
					testTimeout: 300_000,
				},
			},
			{
				extends: true,
				test: { name: 'package', include: ['test/package/**/*.test.mts'], testTimeout: 60_000 },
			},
		],
		coverage: {
			include: ['nodes/**/*.ts', 'credentials/**/*.ts'],
			exclude: ['nodes/shared/api/generated/voisoApi.types.ts'],
			reporter: [['text', { maxCols: 120 }], 'html', 'json'],
			thresholds: { branches: 95, functions: 95, lines: 95, statements: 95 },
		},
	},
});
