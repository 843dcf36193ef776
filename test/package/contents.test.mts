import { transform } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesIn, readManifest, root, unpack, type Unpacked } from './unpack.mts';

/** A fifth more than is shipped, far less than a second library would add. */
const MOST_BYTES = 500_000;

let unpacked: Unpacked;

beforeAll(async () => {
	unpacked = await unpack();
}, 60_000);

afterAll(() => unpacked?.remove());

/** The compiled file of every source file with code in it; one of types only compiles to nothing. */
async function compiled(): Promise<string[]> {
	const sources = await Promise.all(
		['nodes', 'credentials'].map(async (top) =>
			(await filesIn(join(root, top))).map((file) => `${top}/${file}`),
		),
	);
	const withCode = sources
		.flat()
		.filter((file) => file.endsWith('.ts'))
		.map(async (file) => {
			const { code } = await transform(await readFile(join(root, file), 'utf8'), { loader: 'ts' });
			return code.trim() === '' ? [] : [`dist/${file.replace(/\.ts$/, '.js')}`];
		});
	return (await Promise.all(withCode)).flat();
}

describe('the tarball', () => {
	it('holds what runs, what n8n shows and the licence, and nothing else', async () => {
		const { n8n } = await readManifest(root);
		expect(unpacked.files).toEqual(
			[
				'LICENSE',
				'README.md',
				'package.json',
				'dist/icons/voiso.svg',
				'dist/icons/voiso.dark.svg',
				...n8n.nodes.map((file) => file.replace(/\.js$/, '.json')),
				...(await compiled()),
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

	it('carries the licences of the library that is bundled in it', async () => {
		const file = 'dist/nodes/VoisoLeads/fields/nationalNumber.js';
		const bundle = await readFile(join(unpacked.folder, file), 'utf8');
		const notice = bundle.slice(0, bundle.indexOf('*/'));
		for (const licence of ['LICENSE', 'LICENSE.Apache']) {
			const text = await readFile(join(root, 'node_modules/libphonenumber-js', licence), 'utf8');
			expect(notice).toContain(text.trim());
		}
		expect(notice).toMatch(/^\/\*!\nThis file includes libphonenumber-js \d+\.\d+\.\d+,/);
	});
});
