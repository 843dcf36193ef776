/**
 * What ships. `n8n-node build` compiles into dist and copies every picture of the repository there;
 * `gulp ship` then bundles the one library that the package uses, checks that everything that
 * package.json registers is there and works without node_modules, and removes the rest.
 */
const { existsSync } = require('node:fs');
const { readdir, readFile, rm, rmdir } = require('node:fs/promises');
const { builtinModules } = require('node:module');
const path = require('node:path');
const esbuild = require('esbuild');
const { series } = require('gulp');

const root = process.cwd();
const dist = path.join(root, 'dist');

/** Libraries that are bundled into the one file that imports them, with their licences. */
const BUNDLED = { 'libphonenumber-js': ['LICENSE', 'LICENSE.Apache'] };
/** The place of the formats in the phone library's numbering plans; 0 stands for none. */
const FORMATS = 4;
/** What n8n gives a node at run time. */
const PROVIDED = new Set(['n8n-workflow', ...builtinModules]);

/**
 * Leaves out how each country writes its numbers, three fifths of what the phone library knows of them:
 * that is for showing numbers, which nothing here does.
 */
const withoutFormats = {
	name: 'without-formats',
	setup(build) {
		build.onLoad(
			{ filter: /libphonenumber-js[\\/]metadata\.min\.json\.js$/ },
			async ({ path: file }) => {
				const metadata = JSON.parse(await readFile(file.replace(/\.js$/, ''), 'utf8'));
				for (const plan of Object.values({ ...metadata.countries, ...metadata.nonGeographic })) {
					if (Array.isArray(plan[FORMATS])) plan[FORMATS] = 0;
				}
				return { contents: `export default ${JSON.stringify(metadata)}` };
			},
		);
	},
};

/** Puts each library of BUNDLED into the file that imports it: readable, under its licences. */
async function bundle() {
	const { importers } = await modules(await registered());
	for (const [library, licences] of Object.entries(BUNDLED)) {
		const files = importers.get(library) ?? [];
		if (files.length !== 1) {
			fail(`${library} must be imported by one file, it is imported by ${list(files)}`);
		}
		const [file] = files;
		await esbuild.build({
			// From the source, not from dist: only ES imports let esbuild leave out what is not used.
			entryPoints: [path.join(root, path.relative(dist, file).replace(/\.js$/, '.ts'))],
			outfile: file,
			allowOverwrite: true,
			bundle: true,
			format: 'cjs',
			platform: 'node',
			target: 'node20',
			external: [...PROVIDED],
			plugins: [withoutFormats],
			banner: { js: await licenceNotice(library, licences) },
		});
	}
}

/** Fails when something that package.json registers, or that it needs at run time, is missing. */
async function check() {
	const entries = await registered();
	const { importers } = await modules(entries);
	for (const [name, files] of importers) {
		if (!PROVIDED.has(name.replace(/^node:/, ''))) {
			fail(`${list(files)} needs ${name}, which no user of the package has: bundle it`);
		}
	}
	for (const file of await attachments(entries)) {
		if (!existsSync(file))
			fail(`${relative(file)} is missing: it is registered or shown by a node`);
	}
}

/** Removes from dist all that the registered nodes and credentials do not need. */
async function tidy() {
	const entries = await registered();
	const { files } = await modules(entries);
	const keep = new Set([...files, ...(await attachments(entries))]);
	for (const file of await filesIn(dist)) {
		if (!keep.has(file)) await rm(file);
	}
	await removeEmpty(dist);
}

/** The compiled nodes and credentials that package.json registers. */
async function registered() {
	const { n8n } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
	const entries = [...n8n.credentials, ...n8n.nodes].map((file) => path.join(root, file));
	const missing = entries.filter((file) => !existsSync(file));
	if (missing.length > 0) {
		fail(`package.json registers ${list(missing)}, but the build did not make it`);
	}
	return entries;
}

/** Every module that is reached from the entries, and which of them import which package. */
async function modules(entries) {
	const files = new Set();
	const importers = new Map();
	const queue = [...entries];
	for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
		if (files.has(file)) continue;
		files.add(file);
		if (!file.endsWith('.js')) continue;
		for (const [, name] of (await readFile(file, 'utf8')).matchAll(/\brequire\("([^"]+)"\)/g)) {
			if (name.startsWith('.')) queue.push(resolve(file, name));
			else importers.set(name, [...(importers.get(name) ?? []), file]);
		}
	}
	return { files, importers };
}

function resolve(from, name) {
	const target = path.resolve(path.dirname(from), name);
	const candidates = [`${target}.js`, path.join(target, 'index.js'), target];
	const found = candidates.find((file) => path.extname(file) !== '' && existsSync(file));
	return found ?? fail(`${relative(from)} requires ${name}, which is not in dist`);
}

/** The codex of every node and the pictures that nodes and credentials show, there or not. */
async function attachments(entries) {
	return entries.flatMap((entry) => {
		const pictures = icons(entry).map((icon) => path.resolve(path.dirname(entry), icon));
		return entry.endsWith('.node.js') ? [entry.replace(/\.js$/, '.json'), ...pictures] : pictures;
	});
}

function icons(entry) {
	const exported = Object.values(require(entry)).find((value) => typeof value === 'function');
	if (exported === undefined) fail(`${relative(entry)} exports no class`);
	const instance = new exported();
	const icon = instance.description?.icon ?? instance.icon;
	const names = typeof icon === 'string' ? [icon] : Object.values(icon ?? {});
	const pictures = names.filter((name) => name.startsWith('file:'));
	if (pictures.length === 0) fail(`${relative(entry)} has no icon`);
	return pictures.map((name) => name.slice('file:'.length));
}

async function licenceNotice(library, licences) {
	const folder = path.join(root, 'node_modules', library);
	const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	const texts = await Promise.all(
		licences.map(async (name) => (await readFile(path.join(folder, name), 'utf8')).trimEnd()),
	);
	const head = `This file includes ${library} ${version}, which comes with these licences:`;
	return `/*!\n${[head, ...texts].join('\n\n')}\n*/`;
}

async function filesIn(folder) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => !entry.isDirectory())
		.map((entry) => path.join(entry.parentPath, entry.name));
}

async function removeEmpty(folder) {
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		if (entry.isDirectory()) await removeEmpty(path.join(folder, entry.name));
	}
	if ((await readdir(folder)).length === 0) await rmdir(folder);
}

function relative(file) {
	return path.relative(root, file);
}

function list(files) {
	return files.length === 0 ? 'none' : files.map(relative).join(', ');
}

function fail(message) {
	throw new Error(message);
}

exports.ship = series(bundle, check, tidy);
