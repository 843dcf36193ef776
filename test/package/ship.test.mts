import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from '../../scripts/setup/root.mjs';
import { filesIn } from './unpack.mts';

// gulp ship, run on a small package of its own.

let folder: string;

const ICON = `{ light: 'file:../../icons/a.svg', dark: 'file:../../icons/a.dark.svg' }`;
const node = `import { parse } from '../../lib/phone';
export class A { description = { icon: ${ICON} }; parse = parse; }
`;
const package_: Record<string, string> = {
	'package.json': JSON.stringify({
		n8n: { nodes: ['dist/nodes/A/A.node.js'], credentials: ['dist/credentials/B.credentials.js'] },
	}),
	'lib/phone.ts': `import { isSupportedCountry } from 'libphonenumber-js';
export const parse = (code: string) => isSupportedCountry(code);
`,
	'nodes/A/A.node.ts': node,
	'nodes/A/A.node.json': '{}',
	'nodes/A/__schema__/v1.0.0/lead/add.json': '{}',
	'credentials/B.credentials.ts': `import { createHash } from 'node:crypto';
export class B { icon = { light: 'file:../icons/a.svg', dark: 'file:../icons/a.dark.svg' }; hash = createHash; }
`,
	'icons/a.svg': '<svg/>',
	'icons/a.dark.svg': '<svg/>',
	'icons/unused.svg': '<svg/>',
	'docs/picture.png': 'png',
	// What n8n-node build leaves.
	'dist/package.json': '{}',
	'dist/nodes/A/types.js': 'exports.x = 1;',
	'dist/docs/picture.png': 'png',
};

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'voiso-ship-'));
	await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
	await write(package_);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
	for (const [file, text] of Object.entries(files)) {
		await mkdir(dirname(join(folder, file)), { recursive: true });
		await writeFile(join(folder, file), text);
	}
}

/** Runs `gulp ship` there: whether it failed, and all it wrote. */
function ship(): Promise<{ failed: boolean; output: string }> {
	const gulp = join(root, 'node_modules/gulp/bin/gulp.js');
	const args = [gulp, '--gulpfile', join(root, 'gulpfile.js'), '--cwd', folder, 'ship'];
	return new Promise((resolve) => {
		execFile(process.execPath, args, (error, stdout, stderr) => {
			resolve({ failed: error !== null, output: stdout + stderr });
		});
	});
}

it('makes one file for each node and credential, with what n8n shows beside it, and nothing else', async () => {
	expect(await ship()).toMatchObject({ failed: false });
	expect(await filesIn(join(folder, 'dist'))).toEqual([
		'credentials/B.credentials.js',
		'icons/a.dark.svg',
		'icons/a.svg',
		'nodes/A/A.node.js',
		'nodes/A/A.node.json',
		'nodes/A/__schema__/v1.0.0/lead/add.json',
	]);
});

it('bundles a library with its licenses into the files that use it', async () => {
	expect(await ship()).toMatchObject({ failed: false });
	const bundle = await readFile(join(folder, 'dist/nodes/A/A.node.js'), 'utf8');
	expect(bundle.startsWith('/*!\nThis file includes libphonenumber-js ')).toBe(true);
	expect(bundle).toContain('The MIT License');
	expect(bundle).toContain('Apache License');
	expect(bundle).not.toContain('require("libphonenumber-js")');
	// n8n's scanner refuses these in what is published.
	expect(bundle).not.toMatch(/\b(?:globalThis|process|setTimeout|__dirname|console)\b/);
	const other = await readFile(join(folder, 'dist/credentials/B.credentials.js'), 'utf8');
	expect(other).not.toContain('libphonenumber');
});

it('puts what nodes share into one file, and minifies the libraries of a libraries.ts', async () => {
	await write({
		'nodes/shared/api/call.ts': `export function callTheApi(longName: string) { return longName; }`,
		'nodes/shared/text.ts': `export const text = 'shared'; export const unused = 1;`,
		'nodes/A/again.ts': `import { callTheApi } from '../shared/api/call';
export const again = () => callTheApi('again');`,
		'nodes/A/libraries.ts': `export { isSupportedCountry } from 'libphonenumber-js';`,
		'nodes/A/A.node.ts': `import { isSupportedCountry } from './libraries';
import { callTheApi } from '../shared/api/call';
import { again } from './again';
${node.replace("import { parse } from '../../lib/phone';", 'const parse = isSupportedCountry;')}
export const call = callTheApi;
export const called = again();
`,
		'credentials/B.credentials.ts': `import { text } from '../nodes/shared/text';
${package_['credentials/B.credentials.ts']}export const shared = text;
`,
	});
	expect(await ship()).toMatchObject({ failed: false });
	const read = (file: string) => readFile(join(folder, 'dist', file), 'utf8');
	expect(await read('nodes/shared.js')).toContain('function callTheApi(longName)');
	const bundle = await read('nodes/A/A.node.js');
	expect(bundle).toContain('const { callTheApi } = require("../shared.js");');
	expect(bundle).not.toContain('function callTheApi');
	expect(bundle).toContain('The MIT License');
	const own = bundle.slice(bundle.indexOf('// nodes/A/A.node.ts'));
	expect(own).not.toContain('country_calling_codes');
	const load = createRequire(join(folder, 'dist/nodes/A/A.node.js'));
	const loaded = load('./A.node.js') as { A: new () => { parse(code: string): boolean } };
	expect(new loaded.A().parse('GB')).toBe(true);
	expect(load('../../credentials/B.credentials.js')).toMatchObject({ shared: 'shared' });
});

it('requires the schema of an output, which ships beside the node', async () => {
	await write({
		'nodes/A/__schema__/v1.0.0/lead/add.json': '{ "type": "Straße" }',
		'nodes/A/hints/hint.ts': `import add from '../__schema__/v1.0.0/lead/add.json';
export const hint = add.type + ' → Straße';`,
		'nodes/A/A.node.ts': `import { hint as text } from './hints/hint'; ${node} export const hint = text;`,
	});
	expect(await ship()).toMatchObject({ failed: false });
	const file = join(folder, 'dist/nodes/A/A.node.js');
	expect(await readFile(file, 'utf8')).toContain(' → Straße');
	expect(createRequire(file)('./A.node.js')).toMatchObject({ hint: 'Straße → Straße' });
});

it('fails when two shared modules export one name', async () => {
	await write({
		'nodes/shared/one.ts': 'export const text = 1;',
		'nodes/shared/two.ts': 'export const text = 2;',
		'nodes/A/A.node.ts': `import { text } from '../shared/one'; ${node} export const a = text;`,
	});
	const { failed, output } = await ship();
	expect(failed).toBe(true);
	expect(output).toContain('exports text twice');
});

it.each([
	'nodes/A/A.node.ts',
	'credentials/B.credentials.ts',
	'nodes/A/A.node.json',
	'icons/a.svg',
	'icons/a.dark.svg',
	'lib/phone.ts',
])('fails without %s', async (file) => {
	await rm(join(folder, file));
	const { failed, output } = await ship();
	expect(failed).toBe(true);
	expect(output).toContain(file.replace(/^lib\/|\.ts$/g, ''));
});

it.each([
	[
		// What is caught is left to run time, where no user has it.
		'a package that is not bundled',
		`${node} try { require('no-such-package'); } catch {}`,
		'needs no-such-package',
	],
	['an unknown package', `import 'no-such-package'; ${node}`, 'no-such-package'],
	['a node without an icon', 'export class A { description = {}; }', 'icon'],
	['a file without a class', 'export const a = 1;', 'exports no class'],
])('fails with %s', async (_, code, word) => {
	await write({ 'nodes/A/A.node.ts': code });
	const { failed, output } = await ship();
	expect(failed).toBe(true);
	expect(output).toContain(word);
});
