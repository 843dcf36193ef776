import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * A module of the nodes by itself, compiled as it is in the package.
 *
 * @param source such as `nodes/VoisoLeads/plan.ts`
 */
export function compiled<Module>(source: string): Module {
	const outfile = `${root}dist/bench/${basename(source, '.ts')}.js`;
	buildSync({
		entryPoints: [root + source],
		outfile,
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		external: ['n8n-workflow'],
	});
	return createRequire(import.meta.url)(outfile) as Module;
}
