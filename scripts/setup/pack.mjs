// @ts-check
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, toolEnv } from './root.mjs';

const run = promisify(execFile);

/**
 * Packs what `npm run build` made, as `npm publish` would. `npm test` does so once for all that it runs, and
 * says where in `PACKED_TARBALL`.
 * @param {string} folder for the tarball
 * @returns {Promise<string>} the tarball's path
 */
export async function packPackage(folder) {
	const packed = process.env['PACKED_TARBALL'];
	if (packed !== undefined) return packed;
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const shell = process.platform === 'win32';
	const { stdout } = await run('npm', args, { cwd: root, env: toolEnv, shell });
	const [made] = /** @type {{ filename: string }[]} */ (JSON.parse(stdout));
	if (!made) throw new Error(`npm pack made nothing: ${stdout}`);
	return join(folder, made.filename);
}
