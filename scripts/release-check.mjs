// @ts-check
// Checks, and only checks, that this checkout can be released: npm run release:check [-- 1.2.3]
// With a tag it must be the one of the version in package.json.
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, toolEnv } from './setup/root.mjs';

const [tag] = process.argv.slice(2);
const read = async (/** @type {string} */ file) => await readFile(join(root, file), 'utf8');
const { version } = JSON.parse(await read('package.json'));

/** @type {[string, boolean][]} */
const facts = [
	[`${version} is a version`, /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)],
	[`the tag is ${version}`, tag === undefined || tag === version],
	[
		`CHANGELOG.md has a section "## ${version} (date)"`,
		new RegExp(`^## ${RegExp.escape(version)} \\(\\d{4}-\\d\\d-\\d\\d\\)$`, 'm').test(
			await read('CHANGELOG.md'),
		),
	],
	[
		'package-lock.json has that version',
		JSON.parse(await read('package-lock.json')).version === version,
	],
];

/** @type {[string, string[]][]} */
const commands = [
	['nothing is left to commit', ['git', 'diff', '--quiet', 'HEAD']],
	['it builds', ['npm', 'run', '--silent', 'build']],
	['the tarball is as it should be', ['npm', 'run', '--silent', 'test:package']],
	['n8n’s scanner finds nothing', ['npm', 'run', '--silent', 'scan']],
	['nothing that ships is known to be vulnerable', ['npm', 'run', '--silent', 'audit']],
];

for (const [what, isTrue] of facts) say(what, isTrue);
for (const [what, [command = '', ...args]] of commands) {
	const { status } = spawnSync(command, args, { cwd: root, env: toolEnv, stdio: 'inherit' });
	say(what, status === 0);
}

/**
 * @param {string} what
 * @param {boolean} isTrue
 */
function say(what, isTrue) {
	console.log(`${isTrue ? '✓' : '✗'} ${what}`);
	if (!isTrue) process.exitCode = 1;
}
