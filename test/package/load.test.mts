import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { root } from '../../scripts/setup/root.mjs';
import { type Manifest, readManifest, unpack, type Unpacked } from './unpack.mts';

/** The categories that n8n's codex knows. Source: docs.n8n.io, "Codex files". */
const CATEGORIES = [
	'Analytics',
	'Communication',
	'Cybersecurity',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

let unpacked: Unpacked;
let manifest: Manifest;
let load: NodeJS.Require;

beforeAll(async () => {
	unpacked = await unpack();
	manifest = await readManifest(unpacked.folder);
	load = createRequire(join(unpacked.folder, 'package.json'));
}, 60_000);

afterAll(() => unpacked?.remove());

/** The class that n8n takes from a file: the export with the file's name. */
function create<Instance>(file: string): Instance {
	const name = file.replace(/^.*\/(\w+)\.\w+\.js$/, '$1');
	const exported = load(`./${file}`) as Record<string, new () => Instance>;
	const Class = exported[name];
	if (Class === undefined) throw new Error(`${file} exports no ${name}`);
	return new Class();
}

describe('where no node_modules is', () => {
	it('the library is not found, so it must have come with the package', () => {
		expect(() => load.resolve('libphonenumber-js')).toThrow(/Cannot find module/);
		expect(() => load.resolve('n8n-workflow')).toThrow(/Cannot find module/);
	});
});

describe('where n8n-workflow alone is', () => {
	beforeAll(async () => {
		const modules = join(dirname(unpacked.folder), 'node_modules');
		await mkdir(modules);
		await symlink(join(root, 'node_modules/n8n-workflow'), join(modules, 'n8n-workflow'), 'dir');
	});

	it('every node loads and shows an icon of the package', () => {
		expect(manifest.n8n.nodes.length).toBeGreaterThan(0);
		for (const file of manifest.n8n.nodes) {
			const { description } = create<INodeType>(file);
			expect(file.toLowerCase()).toContain(`/${description.name.toLowerCase()}.node.js`);
			expectIcons(file, description.icon);
		}
	});

	it('every credential loads and shows an icon of the package', () => {
		expect(manifest.n8n.credentials.length).toBeGreaterThan(0);
		for (const file of manifest.n8n.credentials) {
			const credential = create<ICredentialType>(file);
			expect(file.toLowerCase()).toContain(`/${credential.name.toLowerCase()}.credentials.js`);
			expectIcons(file, credential.icon);
		}
	});

	it('every node has a codex that n8n takes', async () => {
		for (const file of manifest.n8n.nodes) {
			const text = await readFile(join(unpacked.folder, file.replace(/\.js$/, '.json')), 'utf8');
			const codex = JSON.parse(text) as { categories: string[]; resources: object };
			expect(codex).toMatchObject({ node: manifest.name, nodeVersion: '1.0', codexVersion: '1.0' });
			expect(codex.categories.length).toBeGreaterThan(0);
			expect(CATEGORIES).toEqual(expect.arrayContaining(codex.categories));
			expect(codex).not.toHaveProperty('subcategories');
			expect(Object.keys(codex.resources)).toContain('primaryDocumentation');
		}
	});
});

/** Both themes, each with a file that came with the package. */
function expectIcons(file: string, icon: INodeType['description']['icon']): void {
	expect(icon).toEqual({
		light: expect.stringMatching(/^file:.+\.svg$/),
		dark: expect.stringMatching(/^file:.+\.dark\.svg$/),
	});
	for (const picture of Object.values(icon ?? {})) {
		const path = join(unpacked.folder, dirname(file), picture.slice('file:'.length));
		expect(existsSync(path), path).toBe(true);
	}
}
