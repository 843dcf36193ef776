import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { NodeType } from './types.mts';

const run = promisify(execFile);

interface Manifest {
	name: string;
	version: string;
	author?: { name?: string; email?: string };
	/** Types of its nodes, as n8n calls them: `n8n-nodes-voiso.voisoLeads`. */
	nodes: string[];
}

/**
 * Puts a packed community package where n8n's own installer puts it, with the same two traces: the
 * package's `package.json` without development and peer dependencies, and the folder's list.
 * @param nodesFolder `.n8n/nodes` of n8n's user folder
 */
export async function installPackage(tarball: string, nodesFolder: string): Promise<Manifest> {
	const { stdout } = await run('tar', ['-xzOf', tarball, 'package/package.json']);
	const { name, version, author, ...rest } = JSON.parse(stdout) as Omit<Manifest, 'nodes'> & {
		n8n: { nodes: string[] };
		[key: string]: unknown;
	};
	for (const kind of ['devDependencies', 'peerDependencies', 'optionalDependencies'])
		delete rest[kind];

	const folder = join(nodesFolder, 'node_modules', name);
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	await writeJson(join(folder, 'package.json'), { name, version, author, ...rest });
	await writeJson(join(nodesFolder, 'package.json'), {
		name: 'installed-nodes',
		private: true,
		dependencies: { [name]: version },
	});
	const nodes = rest.n8n.nodes.map((file) => {
		const className = basename(file, '.node.js');
		return `${name}.${className.charAt(0).toLowerCase()}${className.slice(1)}`;
	});
	return { name, version, nodes, ...(author ? { author } : {}) };
}

async function writeJson(file: string, content: unknown): Promise<void> {
	await writeFile(file, JSON.stringify(content, null, 2));
}

/**
 * Records the package in n8n's database as its installer does, so that the settings page shows it.
 * The database is SQLite and n8n has made its tables.
 */
export function recordPackage(databaseFile: string, manifest: Manifest, types: NodeType[]): void {
	const database = new DatabaseSync(databaseFile, { timeout: 5000 });
	try {
		database
			.prepare(
				'INSERT OR REPLACE INTO installed_packages (packageName, installedVersion, authorName, authorEmail) VALUES (?, ?, ?, ?)',
			)
			.run(
				manifest.name,
				manifest.version,
				manifest.author?.name ?? null,
				manifest.author?.email ?? null,
			);
		const insertNode = database.prepare(
			'INSERT OR REPLACE INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)',
		);
		for (const { displayName, name, version } of types)
			insertNode.run(displayName, name, Math.max(...[version].flat()), manifest.name);
	} finally {
		database.close();
	}
}
