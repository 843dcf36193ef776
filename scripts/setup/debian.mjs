// @ts-check
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runStep, SetupError } from './progress.mjs';
import { root } from './root.mjs';

/**
 * A program the tests need that npm does not have.
 * @typedef {object} SystemProgram
 * @property {string} program name of its executable
 * @property {string} debianPackage the Debian package that has it
 * @property {string} [instead] a program that does as well, of a package with its name: taken when it is there, and
 *   installed on older systems that don't have the package
 * @property {string[]} [folders] where else than on the PATH it can be; a `*` stands for any one folder
 */

/** @satisfies {Record<string, SystemProgram>} */
export const systemPrograms = {
	postgres: {
		program: 'postgres',
		debianPackage: 'postgresql',
		folders: ['/usr/lib/postgresql/*/bin'],
	},
	initdb: {
		program: 'initdb',
		debianPackage: 'postgresql',
		folders: ['/usr/lib/postgresql/*/bin'],
	},
	redis: { program: 'redis-server', debianPackage: 'redis-server' },
	// It takes a quarter less of the processor than the whole browser without a window.
	chromium: {
		program: 'chromium-headless-shell',
		debianPackage: 'chromium-headless-shell',
		instead: 'chromium',
	},
};

/**
 * Finds programs, and installs the Debian packages of those that are missing where that can be done:
 * on Debian and its kin, as root. Services that come with a package are not started.
 * @param {SystemProgram[]} programs
 * @returns {Promise<string[]>} their paths, in the same order
 * @throws {SetupError} that names what to install
 */
export async function ensureDebianPackages(programs) {
	const missing = programs.filter((program) => findProgram(program) === undefined);
	if (missing.length > 0) await install(missing);
	return programs.map((wanted) => {
		const path = findProgram(wanted);
		if (path === undefined)
			throw new SetupError(
				`The Debian package ${wanted.debianPackage} has no ${wanted.program}.`,
				`Install ${wanted.program} so that it is on the PATH.`,
			);
		return path;
	});
}

/** @param {SystemProgram[]} programs */
async function install(programs) {
	const packages = [...new Set(programs.map(({ debianPackage }) => debianPackage))];
	const names = programs.map(({ program }) => program).join(', ');
	const aptGet = findProgram({ program: 'apt-get', debianPackage: 'apt' });
	if (!aptGet || process.getuid?.() !== 0)
		throw new SetupError(
			`${names} not found, which the tests need.`,
			aptGet
				? `Install as root: apt-get install -y ${packages.join(' ')}`
				: `Install ${names} with this system’s package manager, so that they are on the PATH.`,
		);
	// Run level 1 tells Debian not to start the services that the packages bring.
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
	await runStep('Updating the list of Debian packages', aptGet, ['update'], { cwd: root, env });
	const known = [...new Set(programs.map(knownPackage))];
	await runStep(
		`Installing ${known.join(' and ')}`,
		aptGet,
		['install', '-y', '--no-install-recommends', ...known],
		{ cwd: root, env },
	);
}

/** @param {SystemProgram} program */
function knownPackage({ debianPackage, instead }) {
	const aptCache = findProgram({ program: 'apt-cache', debianPackage: 'apt' });
	if (instead === undefined || aptCache === undefined) return debianPackage;
	const { status } = spawnSync(aptCache, ['show', debianPackage], { stdio: 'ignore' });
	return status === 0 ? debianPackage : instead;
}

/**
 * The path of an executable; with several versions, the newest.
 * @param {SystemProgram} program
 */
function findProgram({ program, instead, folders = [] }) {
	const places = [...(process.env['PATH'] ?? '').split(delimiter), ...folders.flatMap(expand)];
	return [program, instead]
		.flatMap((name) => (name === undefined ? [] : places.map((folder) => join(folder, name))))
		.find(isExecutable);
}

/** @param {string} folder */
function expand(folder) {
	const [parent, rest] = folder.split('/*', 2);
	if (parent === undefined || rest === undefined) return [folder];
	if (!existsSync(parent)) return [];
	const byVersion = new Intl.Collator('en', { numeric: true });
	return readdirSync(parent)
		.sort((a, b) => byVersion.compare(b, a))
		.map((name) => join(parent, name, rest));
}

/** @param {string} file */
function isExecutable(file) {
	if (!existsSync(file) || !statSync(file).isFile()) return false;
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
