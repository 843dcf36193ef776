/**
 * Runs everything in one n8n: an import of n8n-core or n8n-workflow, by the harness or by the built
 * nodes, gives the copies of a whole n8n install, which its own nodes use too.
 */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { INodeType, IVersionedNodeType } from 'n8n-workflow';

const SHARED = ['n8n-core', 'n8n-workflow', 'reflect-metadata'];

/** @param folder of the install, as `ensureN8n` gives it */
export function useN8n(folder: string): void {
	const { resolve } = createRequire(join(folder, 'package.json'));
	const urls = new Map(SHARED.map((name) => [name, pathToFileURL(resolve(name)).href]));
	const inside = pathToFileURL(join(folder, 'node_modules')).href;
	registerHooks({
		resolve(specifier, context, next) {
			const url = urls.get(specifier);
			if (url === undefined || context.parentURL?.startsWith(inside)) {
				return next(specifier, context);
			}
			return { url, format: 'commonjs', shortCircuit: true };
		},
	});
}

/** The newest version of one of n8n's own nodes, such as `httpRequest`, from the install. */
export function ownNode(folder: string, name: string): INodeType {
	const base = join(folder, 'node_modules', 'n8n-nodes-base');
	const known = JSON.parse(
		readFileSync(join(base, 'dist', 'known', 'nodes.json'), 'utf8'),
	) as Record<string, { className: string; sourcePath: string } | undefined>;
	const entry = known[name];
	if (!entry) throw new Error(`n8n-nodes-base has no node "${name}"`);
	const classes = createRequire(join(base, 'package.json'))(join(base, entry.sourcePath)) as Record<
		string,
		new () => INodeType | IVersionedNodeType
	>;
	const type = classes[entry.className];
	if (!type) throw new Error(`${entry.sourcePath} has no class ${entry.className}`);
	const node = new type();
	return 'nodeVersions' in node ? node.getNodeType() : node;
}
