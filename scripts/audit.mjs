// @ts-check
// Reports known vulnerabilities: of what ships, which must be none, and of the tools: npm run audit
// Ends with 1 when something that ships is vulnerable, and with 2 when nobody can tell.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, toolEnv } from './setup/root.mjs';

/** @typedef {{ vulnerabilities?: Record<string, { severity: string, isDirect: boolean }>, message?: string }} Audit */

const { dependencies = {}, bundleDependencies = [] } = JSON.parse(
	await readFile(join(root, 'package.json'), 'utf8'),
);
const shipped = [...Object.keys(dependencies), ...bundleDependencies];
if (shipped.length > 0) {
	console.log(`✗ The package must not bring others along: ${shipped.join(', ')}`);
	process.exitCode = 1;
} else {
	console.log('✓ The package brings no other package along');
}
// Its code is bundled into the package, so that npm's users would not hear of its vulnerabilities.
const { vulnerabilities, message } = await audit();
if (vulnerabilities) {
	report(vulnerabilities, 'what is bundled', (name) => name === 'libphonenumber-js', true);
	report(vulnerabilities, 'the tools', () => true, false);
} else {
	console.log(`? What is bundled, and the tools: the registry gives no advisories (${message})`);
	process.exitCode ??= 2;
}

/**
 * @param {NonNullable<Audit['vulnerabilities']>} found
 * @param {string} title
 * @param {(name: string) => boolean} isMeant
 * @param {boolean} mustBeNone
 */
function report(found, title, isMeant, mustBeNone) {
	const words = Object.entries(found)
		.filter(([name]) => isMeant(name))
		.map(([name, { severity, isDirect }]) =>
			isDirect ? `${name} (${severity}, direct)` : `${name} (${severity})`,
		);
	const isBad = mustBeNone && words.length > 0;
	console.log(`${isBad ? '✗' : '✓'} ${title}: ${words.join(', ') || 'none known'}`);
	if (isBad) process.exitCode = 1;
}

/** @returns {Promise<Audit>} */
function audit() {
	return new Promise((resolve) => {
		const options = { cwd: root, env: toolEnv, maxBuffer: 64_000_000 };
		// Its status tells how bad it is, as its output does.
		execFile('npm', ['audit', '--json'], options, (error, stdout) => {
			try {
				resolve(JSON.parse(stdout));
			} catch {
				resolve({ message: error?.message ?? 'npm audit printed no JSON' });
			}
		});
	});
}
