// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStep, SetupError } from './progress.mjs';

/** The checkout's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const binFolder = join(root, 'node_modules', '.bin');
const nodeBinary = join(root, 'node_modules', 'node', 'bin', 'node');

/** The environment for commands of this project: its own tools, and its own Node, come first. */
export const toolEnv = {
	...process.env,
	PATH: `${binFolder}${delimiter}${process.env['PATH'] ?? ''}`,
};

/**
 * Goes on under the Node version this project needs. A script calls it first thing; it may be run by
 * any Node from 20 on. What is missing in `node_modules` is installed, then the script is run again
 * with the project's own Node, with the same arguments, and this process ends with its status.
 * @param {string} script the calling script's `import.meta.url`
 * @returns {Promise<void>} only in the process that runs under the right Node
 */
export async function underProjectNode(script) {
	if (Number(process.versions.node.split('.')[0]) < 20)
		throw new SetupError(
			`Node ${process.versions.node} is too old.`,
			'Install Node 20 or later; the Node 24 that n8n needs is then fetched by itself.',
		);
	await installRoot();
	if (realpathSync(process.execPath) === realpathSync(nodeBinary)) return;
	process.exit(await rerun(fileURLToPath(script)));
}

async function installRoot() {
	if (!isInstalled())
		await runStep('Installing the development packages', 'npm', ['ci', '--ignore-scripts'], {
			cwd: root,
		});
	if (!existsSync(nodeBinary))
		await runStep('Fetching Node 24', 'npm', ['rebuild', 'node', '--ignore-scripts=false'], {
			cwd: root,
		});
	if (!existsSync(nodeBinary))
		throw new SetupError(
			'Node 24 was not installed.',
			`Remove ${join(root, 'node_modules')} and try again.`,
		);
}

/**
 * npm writes its own account of what it installed when an install is complete, so that file is the
 * stamp: every package of the lock file has to be in it, in the same version.
 */
function isInstalled() {
	const installed = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
	const wanted = lockedPackages(join(root, 'package-lock.json'));
	return Object.entries(wanted).every(
		([path, { version, optional }]) =>
			path === '' || (installed[path] ? installed[path].version === version : optional === true),
	);
}

/**
 * @param {string} file a lock file; one that is not there has no packages
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function lockedPackages(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/**
 * @param {string} script
 * @returns {Promise<number>} its exit status
 */
function rerun(script) {
	return new Promise((resolve, reject) => {
		const child = spawn(nodeBinary, [script, ...process.argv.slice(2)], {
			cwd: root,
			env: toolEnv,
			stdio: 'inherit',
		});
		// Ctrl-C reaches the child from the terminal; this process only waits for its end.
		for (const signal of /** @type {const} */ (['SIGINT', 'SIGHUP', 'SIGTERM'])) {
			process.removeAllListeners(signal);
			process.on(signal, () => child.kill(signal));
		}
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
}
