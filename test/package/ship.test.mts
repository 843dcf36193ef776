import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filesIn, root } from './unpack.mts';

// gulp ship, run on a small package of its own.

let folder: string;

const node = `
const { parse } = require("../../lib/phone");
exports.A = class { constructor() { this.description = { icon: { light: 'file:../../icons/a.svg', dark: 'file:../../icons/a.dark.svg' } }; } };
exports.parse = parse;
`;
const phone = `import { isSupportedCountry } from 'libphonenumber-js';
export const parse = (code: string) => isSupportedCountry(code);
`;
const built = {
	'package.json': JSON.stringify({
		n8n: { nodes: ['dist/nodes/A/A.node.js'], credentials: ['dist/credentials/B.credentials.js'] },
	}),
	'lib/phone.ts': phone,
	'dist/lib/phone.js': 'exports.parse = require("libphonenumber-js").isSupportedCountry;',
	'dist/nodes/A/A.node.js': node,
	'dist/nodes/A/A.node.json': '{}',
	'dist/credentials/B.credentials.js':
		'exports.B = class { icon = \'file:../icons/a.svg\'; }; require("node:crypto");',
	'dist/icons/a.svg': '<svg/>',
	'dist/icons/a.dark.svg': '<svg/>',
};
const leftovers = {
	'dist/package.json': '{}',
	'dist/tsconfig.tsbuildinfo': '{}',
	'dist/docs/picture.png': 'png',
	'dist/test/n8n/node_modules/x/icon.svg': '<svg/>',
	'dist/icons/unused.svg': '<svg/>',
	'dist/nodes/A/types.js': 'exports.x = 1;',
	'dist/nodes/Other/Other.node.json': '{}',
};

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'voiso-ship-'));
	await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
	await write({ ...built, ...leftovers });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
	for (const [file, text] of Object.entries(files)) {
		await mkdir(dirname(join(folder, file)), { recursive: true });
		await writeFile(join(folder, file), text);
	}
}

/** Runs `gulp ship` there: its exit status and all it wrote. */
function ship(): Promise<{ failed: boolean; output: string }> {
	const gulp = join(root, 'node_modules/gulp/bin/gulp.js');
	const args = [gulp, '--gulpfile', join(root, 'gulpfile.js'), '--cwd', folder, 'ship'];
	return new Promise((resolve) => {
		execFile(process.execPath, args, (error, stdout, stderr) => {
			resolve({ failed: error !== null, output: stdout + stderr });
		});
	});
}

it('leaves what runs, and removes everything else', async () => {
	expect(await ship()).toMatchObject({ failed: false });
	const expected = Object.keys(built).filter((file) => file.startsWith('dist/'));
	expect((await filesIn(join(folder, 'dist'))).map((file) => `dist/${file}`)).toEqual(
		expected.sort(),
	);
});

it('bundles the library into the file that imports it', async () => {
	expect(await ship()).toMatchObject({ failed: false });
	const bundle = await readFile(join(folder, 'dist/lib/phone.js'), 'utf8');
	expect(bundle).toContain('The MIT License');
	expect(bundle).toContain('Apache License');
	expect(bundle).not.toContain('require("libphonenumber-js")');
	// n8n's scanner refuses these in what is published.
	expect(bundle).not.toMatch(/\b(?:globalThis|process|setTimeout|__dirname|console)\b/);
});

it.each(['dist/nodes/A/A.node.js', 'dist/credentials/B.credentials.js'])(
	'fails without %s',
	async (file) => {
		await rm(join(folder, file));
		const { failed, output } = await ship();
		expect(failed).toBe(true);
		expect(output).toContain(`package.json registers ${file}, but the build did not make it`);
	},
);

it.each(['dist/nodes/A/A.node.json', 'dist/icons/a.svg', 'dist/icons/a.dark.svg'])(
	'fails without %s',
	async (file) => {
		await rm(join(folder, file));
		const { failed, output } = await ship();
		expect(failed).toBe(true);
		expect(output).toContain(`${file} is missing: it is registered or shown by a node`);
	},
);

it.each([
	[
		'a package that users do not have',
		{ 'dist/nodes/A/A.node.js': `${node}require("fast-check");` },
		'dist/nodes/A/A.node.js needs fast-check, which no user of the package has: bundle it',
	],
	[
		'a module that was not compiled',
		{ 'dist/nodes/A/A.node.js': `${node}require("./gone");` },
		'dist/nodes/A/A.node.js requires ./gone, which is not in dist',
	],
	[
		'a second file that imports the library',
		{ 'dist/nodes/A/A.node.js': `${node}require("libphonenumber-js");` },
		'libphonenumber-js must be imported by one file, it is imported by dist/nodes/A/A.node.js, dist/lib/phone.js',
	],
	[
		'no file that imports the library',
		{ 'dist/lib/phone.js': '' },
		'libphonenumber-js must be imported by one file, it is imported by none',
	],
	[
		'a node without an icon',
		{ 'dist/nodes/A/A.node.js': `require("../../lib/phone"); exports.A = class {};` },
		'dist/nodes/A/A.node.js has no icon',
	],
	[
		'a file without a class',
		{ 'dist/nodes/A/A.node.js': 'require("../../lib/phone");' },
		'dist/nodes/A/A.node.js exports no class',
	],
])('fails with %s', async (_, files, message) => {
	await write(files);
	const { failed, output } = await ship();
	expect(failed).toBe(true);
	expect(output).toContain(message);
});
