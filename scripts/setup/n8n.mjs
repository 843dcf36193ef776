// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { runStep, SetupError } from './progress.mjs';
import { root, toolEnv } from './root.mjs';

/** @typedef {{ version: string, folder: string, executable: string }} InstalledN8n */

const packageFolder = join(root, 'test', 'n8n');

/** Free space an install needs, in bytes: 2.9 GB for n8n and room for npm's own cache. */
const SPACE_NEEDED = 4e9;

/** The n8n version the tests run against: `$N8N_VERSION`, or the one test/n8n/package.json names. */
export function wantedN8nVersion() {
	return process.env['N8N_VERSION'] || versionOf(join(packageFolder, 'package.json'));
}

/** @param {string} packageFile */
function versionOf(packageFile) {
	return String(JSON.parse(readFileSync(packageFile, 'utf8')).dependencies.n8n);
}

/** Where whole n8n installs are kept, outside the checkout so that every checkout uses the same. */
export function cacheFolder() {
	return (
		process.env['N8N_NODES_VOISO_CACHE'] ||
		join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'n8n-nodes-voiso')
	);
}

/**
 * A complete n8n in the cache folder, installed when it is not there yet (about 4 minutes). An install
 * is made in a folder of its own and renamed when it is complete, so that a broken-off one is never
 * used and two processes can install at once. Has to run under the project's Node.
 * @param {string} [version]
 * @returns {Promise<InstalledN8n>}
 * @throws {SetupError}
 */
export async function ensureN8n(version = wantedN8nVersion()) {
	const manifest = manifestOf(version);
	const key = createHash('sha256').update(manifest.identity).digest('hex').slice(0, 12);
	const name = `n8n-${version}-${key}-${process.platform}-${process.arch}-abi${process.versions.modules}`;
	const folder = join(cacheFolder(), name);
	if (!existsSync(folder)) await install(manifest, folder);
	const executable = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	if (!existsSync(executable))
		throw new SetupError(`The n8n in ${folder} is damaged.`, 'Remove that folder and try again.');
	return { version, folder, executable };
}

/**
 * The package an n8n version is installed by: a committed one with its lock file, or one made here.
 * @param {string} version
 */
function manifestOf(version) {
	if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
		throw new SetupError(
			`"${version}" is not an n8n version.`,
			'Set N8N_VERSION to a full version such as 2.41.1.',
		);
	const committed = [packageFolder, join(packageFolder, 'versions', version)].find((folder) => {
		const file = join(folder, 'package.json');
		return existsSync(file) && versionOf(file) === version;
	});
	if (committed) {
		const lockFile = join(committed, 'package-lock.json');
		const packageFile = join(committed, 'package.json');
		return {
			version,
			packageJson: readFileSync(packageFile, 'utf8'),
			lockFile,
			identity: readFileSync(lockFile),
		};
	}
	const packageJson = JSON.stringify({
		name: 'n8n-under-test',
		private: true,
		dependencies: { n8n: version },
		// Up to 2.38 or so n8n takes xlsx from a host of its own that is not a registry.
		overrides: { xlsx: '0.18.5' },
	});
	return { version, packageJson, lockFile: undefined, identity: packageJson };
}

/**
 * @param {ReturnType<typeof manifestOf>} manifest
 * @param {string} folder where the complete install goes
 */
async function install({ version, packageJson, lockFile }, folder) {
	await mkdir(cacheFolder(), { recursive: true });
	await removeBrokenOff();
	await checkSpace();
	const temporary = join(cacheFolder(), `installing-${process.pid}-${Date.now()}`);
	const clear = () => rmSync(temporary, { recursive: true, force: true });
	process.once('exit', clear);
	try {
		await mkdir(temporary);
		await writeFile(join(temporary, 'package.json'), packageJson);
		if (lockFile) await copyFile(lockFile, join(temporary, 'package-lock.json'));
		await runStep(
			`Installing n8n ${version} for the tests (once, about 4 minutes)`,
			'npm',
			[lockFile ? 'ci' : 'install', '--ignore-scripts', '--no-audit', '--no-fund'],
			{ cwd: temporary, env: toolEnv },
		);
		await buildSqlite(temporary);
		await rename(temporary, folder).catch((error) => {
			// Another process was quicker; its install is as good as this one.
			if (!existsSync(folder)) throw error;
		});
	} finally {
		process.off('exit', clear);
		clear();
	}
}

/** @param {string} folder */
async function buildSqlite(folder) {
	const build = (/** @type {string} */ title, /** @type {NodeJS.ProcessEnv} */ extra) =>
		runStep(title, 'npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], {
			cwd: folder,
			env: { ...toolEnv, ...extra },
		});
	const headers = installedHeaders();
	// Without a prebuilt sqlite3 and without access to nodejs.org, the headers of another Node on this
	// machine do as well: sqlite3 is built on Node-API, which is the same in all versions.
	await build('Building its sqlite3 (about a minute)', {}).catch((error) => {
		if (!headers) throw error;
		return build(`Building its sqlite3 with the headers in ${headers}`, {
			npm_config_nodedir: headers,
		});
	});
	await runStep('Checking sqlite3', process.execPath, ['-e', "require('sqlite3')"], {
		cwd: folder,
	});
}

/** The folder of a Node on the PATH that comes with its C headers. */
function installedHeaders() {
	return (process.env['PATH'] ?? '')
		.split(delimiter)
		.map((bin) => dirname(bin))
		.find((prefix) => existsSync(join(prefix, 'include', 'node', 'node_api.h')));
}

async function checkSpace() {
	const { bavail, bsize } = await statfs(cacheFolder());
	if (bavail * bsize < SPACE_NEEDED)
		throw new SetupError(
			`${cacheFolder()} has ${(Math.floor((bavail * bsize) / 1e8) / 10).toFixed(1)} GB free, and n8n needs ${SPACE_NEEDED / 1e9} GB.`,
			'Free some space, or set N8N_NODES_VOISO_CACHE to a folder on a larger disk.',
		);
}

/** Removes what installs left behind whose process was killed. */
async function removeBrokenOff() {
	for (const name of await readdir(cacheFolder())) {
		const pid = /^installing-(\d+)-/.exec(name)?.[1];
		if (pid && !isRunning(Number(pid)))
			await rm(join(cacheFolder(), name), { recursive: true, force: true });
	}
}

/** @param {number} pid */
function isRunning(pid) {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
