import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { packPackage } from '../../scripts/setup/pack.mjs';
import { root } from '../../scripts/setup/root.mjs';

const run = promisify(execFile);

/** What of package.json the tests look at. */
export interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

export async function readManifest(folder: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The package as npm packs it, unpacked in a new folder outside the project. */
export interface Unpacked {
	/** The folder that holds package.json and dist. */
	folder: string;
	/** Every file, relative to the folder, with `/`, sorted. */
	files: string[];
	/** Bytes on disk. */
	size: number;
	remove: () => Promise<void>;
}

/**
 * Packs what was built and unpacks it where no node_modules is above it.
 *
 * @throws Error when the package was not built, or when a node_modules is above the temporary folder
 */
export async function unpack(): Promise<Unpacked> {
	const { n8n } = await readManifest(root);
	// The build copies the icons after it has compiled, so without them it was cut short.
	for (const file of [...n8n.nodes, ...n8n.credentials, 'dist/icons']) {
		if (!existsSync(join(root, file)))
			throw new Error(`${file} is missing: run npm run build first`);
	}
	const place = await mkdtemp(join(tmpdir(), 'voiso-package-'));
	const inTheWay = parents(place).find((parent) => existsSync(join(parent, 'node_modules')));
	if (inTheWay !== undefined) throw new Error(`there is a node_modules in ${inTheWay}`);
	await run('tar', ['-xzf', await packPackage(place)], { cwd: place });
	const folder = join(place, 'package');
	const files = await filesIn(folder);
	const contents = await Promise.all(files.map((file) => readFile(join(folder, file))));
	return {
		folder,
		files,
		size: contents.reduce((sum, content) => sum + content.length, 0),
		remove: () => rm(place, { recursive: true, force: true }),
	};
}

/** Every file below a folder, relative to it, with `/`, sorted. */
export async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
		.sort();
}

function parents(folder: string): string[] {
	const parent = dirname(folder);
	return parent === folder ? [folder] : [folder, ...parents(parent)];
}
