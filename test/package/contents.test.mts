import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/root.mjs';
import { filesIn, readManifest, unpack, type Unpacked } from './unpack.mts';

/** What a package of this kind may weigh, in bytes unpacked; the schemas of the outputs take 11,000. */
const MOST_BYTES = 600_000;

let unpacked: Unpacked;

beforeAll(async () => {
	unpacked = await unpack();
}, 60_000);

afterAll(() => unpacked?.remove());

/** The schemas of the nodes' outputs, which n8n finds beside a node. */
async function schemas(): Promise<string[]> {
	const files = await filesIn(join(root, 'nodes'));
	return files.filter((file) => file.includes('/__schema__/')).map((file) => `dist/nodes/${file}`);
}

describe('the tarball', () => {
	it('holds what runs, what n8n shows and the license, and nothing else', async () => {
		const { n8n } = await readManifest(root);
		expect(unpacked.files).toEqual(
			[
				'LICENSE',
				'README.md',
				'package.json',
				'dist/icons/voiso.svg',
				'dist/icons/voiso.dark.svg',
				'dist/nodes/shared.js',
				...n8n.credentials,
				...n8n.nodes,
				...n8n.nodes.map((file) => file.replace(/\.js$/, '.json')),
				...(await schemas()),
			].sort(),
		);
	});

	it('stays small', () => {
		expect(unpacked.size).toBeLessThan(MOST_BYTES);
	});

	it('names no folder of the machine that built it', async () => {
		for (const file of unpacked.files) {
			expect(await readFile(join(unpacked.folder, file), 'utf8')).not.toContain(root);
		}
	});

	it('carries the licenses of the library that is bundled in it', async () => {
		const file = 'dist/nodes/VoisoLeads/VoisoLeads.node.js';
		const bundle = await readFile(join(unpacked.folder, file), 'utf8');
		const notice = bundle.slice(0, bundle.indexOf('*/'));
		for (const license of ['LICENSE', 'LICENSE.Apache']) {
			const text = await readFile(join(root, 'node_modules/libphonenumber-js', license), 'utf8');
			expect(notice).toContain(text.trim());
		}
		expect(notice).toMatch(/^\/\*!\nThis file includes libphonenumber-js \d+\.\d+\.\d+,/);
	});

	it('can be read: our own code is not minified', async () => {
		const { n8n } = await readManifest(root);
		for (const file of [...n8n.nodes, ...n8n.credentials, 'dist/nodes/shared.js']) {
			const code = await readFile(join(unpacked.folder, file), 'utf8');
			expect(code).toMatch(/^\/\/ (?:nodes|credentials)\/.*\.ts$/m);
		}
	});
});
