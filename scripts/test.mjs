// @ts-check
// Sets up what is missing, then runs every check of the project: npm test
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureN8n } from './setup/n8n.mjs';
import { runMain } from './setup/progress.mjs';
import { root, toolEnv, underProjectNode } from './setup/root.mjs';

/**
 * The npm scripts that make up the test, quick ones first. `counts` marks vitest runs, whose tests are
 * counted one by one; any other step that fails counts as one failure. A step whose `needs` failed
 * counts as failed without being run.
 * @type {{ script: string, title: string, counts?: true, needs?: string }[]}
 */
const steps = [
	{ script: 'format:check', title: 'Format' },
	{ script: 'lint', title: 'Lint, by n8n’s rules' },
	{ script: 'typecheck', title: 'Types' },
	{ script: 'check:unused', title: 'Unused code and packages' },
	{ script: 'build', title: 'Build' },
	{ script: 'test:package', title: 'Tests of what ships', counts: true, needs: 'build' },
	{ script: 'scan', title: 'n8n’s scanner for community packages', needs: 'build' },
	{ script: 'test:unit', title: 'Unit tests', counts: true },
	{ script: 'test:simulation', title: 'Simulated deliveries', counts: true },
	{ script: 'test:engine', title: 'Tests in n8n’s engine', counts: true },
	{ script: 'test:n8n', title: 'Tests in a whole n8n', counts: true, needs: 'build' },
	{ script: 'test:browser', title: 'Tests in a browser', counts: true, needs: 'build' },
];

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

runMain(async () => {
	await underProjectNode(import.meta.url);
	await ensureN8n();
	const total = { passed: 0, failed: 0, skipped: 0 };
	/** @type {string[]} */
	const failedScripts = [];
	for (const [index, step] of steps.entries()) {
		console.log(`\n[${index + 1}/${steps.length}] ${step.title} (npm run ${step.script})`);
		const started = Date.now();
		const counts = await runTestStep(step, failedScripts);
		if (counts.failed > 0) failedScripts.push(step.script);
		for (const key of /** @type {(keyof Counts)[]} */ (['passed', 'failed', 'skipped']))
			total[key] += counts[key];
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		console.log(`${counts.failed > 0 ? '✗' : '✓'} ${step.title} (${seconds} s)`);
	}
	if (failedScripts.length > 0) console.log(`\nFailed: ${failedScripts.join(', ')}`);
	const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
	console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
	return total.failed > 0 ? 1 : 0;
});

/**
 * @param {typeof steps[number]} step
 * @param {string[]} failedScripts
 * @returns {Promise<Counts>}
 */
async function runTestStep({ script, counts, needs }, failedScripts) {
	if (needs && failedScripts.includes(needs)) {
		console.log(`Not run, because ${needs} failed.`);
		return { passed: 0, failed: 1, skipped: 0 };
	}
	if (!counts) return { passed: 0, failed: (await npmRun(script)) === 0 ? 0 : 1, skipped: 0 };
	const folder = await mkdtemp(join(tmpdir(), 'voiso-test-'));
	try {
		const file = join(folder, 'report.json');
		const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
		const status = await npmRun(script, reporters);
		return countsOf(file, status);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * @param {string} script
 * @param {string[]} [args]
 * @returns {Promise<number>} its exit status
 */
function npmRun(script, args = []) {
	return new Promise((resolve, reject) => {
		const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
			cwd: root,
			env: toolEnv,
			stdio: 'inherit',
			shell: process.platform === 'win32',
		});
		const stop = () => child.kill('SIGTERM');
		process.once('exit', stop);
		child.once('error', reject);
		child.once('close', (code) => {
			process.off('exit', stop);
			resolve(code ?? 1);
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
