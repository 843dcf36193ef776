// @ts-check
// Sets up what is missing, then runs every check of the project: npm test
// With --quick only those that take seconds: npm run check
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages, systemPrograms } from './setup/debian.mjs';
import { ensureN8n } from './setup/n8n.mjs';
import { packPackage } from './setup/pack.mjs';
import { runMain } from './setup/progress.mjs';
import { root, toolEnv, underProjectNode } from './setup/root.mjs';

/**
 * @typedef {object} Step
 * @property {string} script the npm script
 * @property {string} title
 * @property {true} [counts] a vitest run, whose tests are counted one by one; any other step that fails
 *   counts as one failure
 * @property {true} [quick] takes seconds, so that it is run again and again while one works
 * @property {string} [needs] a step that has to pass before this one can be run
 * @property {true} [aside] only computes, however long that takes: it gets what the others leave of the processors
 */

/**
 * What waits, for n8n and the pauses between batches, runs two at a time, first what does not need the build;
 * what only computes runs beside it.
 * @type {Step[]}
 */
const steps = [
	{ script: 'build', title: 'Build' },
	{ script: 'test:unit', title: 'Unit tests', counts: true, quick: true },
	{ script: 'test:n8n', title: 'Tests in a full n8n', counts: true, needs: 'build' },
	{ script: 'test:browser', title: 'Tests in a browser', counts: true, needs: 'build' },
	{ script: 'test:engine', title: 'Tests in n8n’s engine', counts: true },
	{ script: 'test:simulation', title: 'Simulated imports', counts: true, aside: true },
	{ script: 'typecheck', title: 'Types', quick: true, aside: true },
	{ script: 'lint', title: 'Lint, by n8n’s rules', quick: true, aside: true },
	{ script: 'format:check', title: 'Format', quick: true, aside: true },
	{ script: 'check:unused', title: 'Unused code and packages', aside: true },
	{
		script: 'test:package',
		title: 'Tests of what ships',
		counts: true,
		needs: 'build',
		aside: true,
	},
	{
		script: 'scan',
		title: 'n8n’s scanner for community packages',
		needs: 'build',
		aside: true,
	},
];
/** As many as a small machine has processors: with more, n8n's own limits for itself are too short. */
const SIDE_BY_SIDE = 2;
/** Node keeps what it has compiled of the tools for the next run. */
const compileCache = join(root, 'node_modules', '.cache', 'compiled');
const SAY_EVERY_MS = 30_000;
/**
 * What a step leaves to those after it, as variables of their environment.
 * @type {Record<string, string>}
 */
const left = {};

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

runMain(async () => {
	const quick = process.argv.includes('--quick');
	await underProjectNode(import.meta.url);
	if (!quick) {
		await ensureN8n();
		await ensureDebianPackages(Object.values(systemPrograms));
	}
	const chosen = steps.filter((step) => !quick || step.quick);
	const started = Date.now();
	const folder = await mkdtemp(join(tmpdir(), 'voiso-test-'));
	const results = await runAll(chosen, folder).finally(() => rm(folder, { recursive: true }));
	const total = { passed: 0, failed: 0, skipped: 0 };
	for (const counts of results.values()) {
		for (const key of /** @type {(keyof Counts)[]} */ (Object.keys(total)))
			total[key] += counts[key];
	}
	const failed = chosen.filter(({ script }) => (results.get(script)?.failed ?? 0) > 0);
	if (failed.length > 0) console.log(`\nFailed: ${failed.map(({ script }) => script).join(', ')}`);
	console.log(`\nAll of it took ${inMinutes(Date.now() - started)}.`);
	const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
	console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
	return total.failed > 0 ? 1 : 0;
});

/**
 * Runs the steps, some at a time. What a step prints is shown when it ends, so that two don't mix.
 * @param {Step[]} chosen
 * @param {string} folder for what they write
 * @returns {Promise<Map<string, Counts>>} by script
 */
async function runAll(chosen, folder) {
	/** @type {Map<string, Counts>} */
	const results = new Map();
	/** @type {Map<Step, Promise<unknown>>} */
	const running = new Map();
	const waiting = [...chosen];
	const timer = setInterval(() => {
		console.log(`… ${[...running.keys()].map(({ title }) => title).join(' and ')}`);
	}, SAY_EVERY_MS);
	try {
		while (waiting.length > 0 || running.size > 0) {
			const next = waiting.findIndex(mayStart);
			if (next === -1) {
				await Promise.race(running.values());
				continue;
			}
			const [step] = waiting.splice(next, 1);
			if (step === undefined) break;
			const work = runStep(step, results, folder).then((counts) => {
				results.set(step.script, counts);
				running.delete(step);
			});
			running.set(step, work);
		}
	} finally {
		clearInterval(timer);
	}
	return results;

	/** @param {Step} step */
	function mayStart({ needs, aside }) {
		if (needs && !results.has(needs)) return false;
		if (aside) return running.size <= SIDE_BY_SIDE;
		return [...running.keys()].filter((step) => !step.aside).length < SIDE_BY_SIDE;
	}
}

/**
 * @param {Step} step
 * @param {ReadonlyMap<string, Counts>} results of the steps before
 * @param {string} folder for what it writes
 * @returns {Promise<Counts>}
 */
async function runStep({ script, title, counts, needs, aside }, results, folder) {
	const started = Date.now();
	if (needs && results.get(needs)?.failed !== 0) {
		console.log(`\n✗ ${title}: not run, because ${needs} failed`);
		return { passed: 0, failed: 1, skipped: 0 };
	}
	console.log(`… ${title} (npm run ${script})`);
	const file = join(folder, `${script.replace(':', '-')}.json`);
	const args = counts ? ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`] : [];
	const { status, output } = await npmRun(script, args, aside);
	const result = counts
		? countsOf(file, status)
		: { passed: 0, failed: status === 0 ? 0 : 1, skipped: 0 };
	const mark = result.failed > 0 ? '✗' : '✓';
	console.log(`\n${output.trimEnd()}\n${mark} ${title} (${inMinutes(Date.now() - started)})`);
	if (script === 'build' && status === 0) left['PACKED_TARBALL'] = await packPackage(folder);
	return result;
}

/**
 * @param {string} script
 * @param {string[]} args
 * @param {boolean} [aside]
 * @returns {Promise<{ status: number, output: string }>}
 */
function npmRun(script, args, aside) {
	return new Promise((resolve, reject) => {
		const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
			cwd: root,
			env: { NODE_COMPILE_CACHE: compileCache, ...toolEnv, ...left },
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		});
		if (aside && child.pid !== undefined)
			setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
		let output = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text) => (output += text));
		const stop = () => child.kill('SIGTERM');
		process.once('exit', stop);
		child.once('error', reject);
		child.once('close', (code) => {
			process.off('exit', stop);
			resolve({ status: code ?? 1, output });
		});
	});
}

/**
 * What a vitest run counted. A run that failed without a failing test, for example because a file could
 * not be loaded, counts as one failure more.
 * @param {string} file vitest's JSON report
 * @param {number} status
 * @returns {Counts}
 */
function countsOf(file, status) {
	const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = report;
	const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
	return { passed, failed: failed === 0 && status !== 0 ? 1 : failed, skipped };
}

/** @param {number} ms */
function inMinutes(ms) {
	const seconds = Math.round(ms / 1000);
	return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
