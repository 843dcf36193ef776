// Prints what pacing costs against an API that behaves and against one that turns calls away:
// npm run measure:pacing
import { loadCode } from './load.mts';
import { measure, SCENARIOS } from './pace.mts';

const RUNS = 200;

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

const code = await loadCode();
const HEADS = [
	'imports into one campaign',
	'calls too early: mean, most',
	'time as a share of the least possible: mean, most',
	'last importer done: mean, most',
	'importers that gave a batch up',
];
console.log(`| ${HEADS.join(' | ')} |\n|${'---|'.repeat(HEADS.length)}`);
for (const scenario of Object.values(SCENARIOS)) {
	const { early, failed, lasts, times } = await measure(scenario, code, RUNS);
	const cells = [
		scenario.title,
		`${mean(early).toFixed(1)}, ${Math.max(...early)}`,
		`${mean(times).toFixed(2)}, ${Math.max(...times).toFixed(2)}`,
		`${(mean(lasts) / 1000).toFixed(0)} s, ${(Math.max(...lasts) / 1000).toFixed(0)} s`,
		`${failed} of ${RUNS * scenario.importers.length}`,
	];
	console.log(`| ${cells.join(' | ')} |`);
}
