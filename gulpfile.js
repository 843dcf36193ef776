/**
 * What ships. `n8n-node build` checks the types; `gulp ship` then makes `dist` anew: one readable file for
 * each node and credential that package.json registers, with the libraries it uses and their licenses
 * in it, and beside it what n8n shows of a node: codex, icons and output schemas. It fails when
 * something is missing, or when a file needs a package that no user has.
 */
const { existsSync } = require('node:fs');
const { cp, mkdir, readdir, readFile, rm, writeFile } = require('node:fs/promises');
const { builtinModules } = require('node:module');
const path = require('node:path');
const esbuild = require('esbuild');
const { series } = require('gulp');

const root = process.cwd();
const dist = path.join(root, 'dist');

/** What n8n gives a node at run time. */
const PROVIDED = [
	'n8n-workflow',
	...builtinModules,
	...builtinModules.map((name) => `node:${name}`),
];
/** The place of the formats in the phone library's numbering plans; 0 stands for none. */
const FORMATS = 4;

/**
 * Leaves out how each country writes its numbers, a third of what the phone library knows of them:
 * that is for showing numbers, which nothing here does.
 */
const withoutFormats = {
	name: 'without-formats',
	setup({ onLoad }) {
		onLoad({ filter: /libphonenumber-js[\\/]metadata\.max\.json\.js$/ }, async ({ path: file }) => {
			const metadata = JSON.parse(await readFile(file.replace(/\.js$/, ''), 'utf8'));
			for (const plan of Object.values({ ...metadata.countries, ...metadata.nonGeographic })) {
				if (Array.isArray(plan[FORMATS])) plan[FORMATS] = 0;
			}
			return { contents: `export default ${JSON.stringify(metadata)}` };
		});
	},
};

/**
 * Bundles each entry, a path without its ending, into one file of `folder`, licenses on top.
 *
 * @param {string[]} entries such as `nodes/VoisoLeads/VoisoLeads.node`
 * @param {string} folder
 */
async function bundle(entries, folder) {
	const { metafile, outputFiles } = await esbuild.build({
		entryPoints: entries.map((entry) => ({ in: path.join(root, `${entry}.ts`), out: entry })),
		outdir: folder,
		absWorkingDir: root,
		bundle: true,
		write: false,
		metafile: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		external: PROVIDED,
		plugins: [withoutFormats],
		logLevel: 'error',
	});
	for (const { path: file, text } of outputFiles) {
		const { inputs } = metafile.outputs[path.relative(root, file).replaceAll(path.sep, '/')];
		const notice = await licenseNotice(librariesIn(Object.keys(inputs)));
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, notice + text);
	}
}

/** The folders of the packages that bundled files belong to. */
function librariesIn(files) {
	const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
	return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

async function licenseNotice(libraries) {
	const notices = libraries.map(async (library) => {
		const folder = path.resolve(root, library);
		const { name, version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
		const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file)).sort();
		if (files.length === 0)
			throw new Error(`${name} comes without a license, so it can't be bundled`);
		const texts = await Promise.all(
			files.map(async (file) => (await readFile(path.join(folder, file), 'utf8')).trimEnd()),
		);
		const head = `This file includes ${name} ${version}, which comes with:`;
		return `/*!\n${[head, ...texts].join('\n\n')}\n*/\n`;
	});
	return (await Promise.all(notices)).join('');
}

/** The registered files as entries, such as `nodes/VoisoLeads/VoisoLeads.node`. */
async function registered() {
	const { n8n } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
	return [...n8n.credentials, ...n8n.nodes].map((file) => {
		const entry = file.replace(/^dist\//, '').replace(/\.js$/, '');
		if (existsSync(path.join(root, `${entry}.ts`))) return entry;
		throw new Error(`package.json registers ${file}, but there is no ${entry}.ts`);
	});
}

async function compile() {
	// The folder itself stays, for those who watch it.
	await mkdir(dist, { recursive: true });
	for (const each of await readdir(dist)) await rm(path.join(dist, each), { recursive: true });
	await bundle(await registered(), dist);
}

/** Loads every file, which shows what it needs, and copies what n8n shows beside it. */
async function attach() {
	for (const entry of await registered()) {
		const file = path.join(dist, `${entry}.js`);
		const needed = [...(await readFile(file, 'utf8')).matchAll(/\brequire\("([^"]+)"\)/g)];
		const missing = needed.map(([, name]) => name).filter((name) => !PROVIDED.includes(name));
		if (missing.length > 0) throw new Error(`${entry} needs ${missing}, which no user has`);
		for (const each of [...icons(entry, file), ...(await besideNode(entry))]) {
			if (!existsSync(path.join(root, each)))
				throw new Error(`${each} is missing: ${entry} shows it`);
			await cp(path.join(root, each), path.join(dist, each), { recursive: true });
		}
	}
}

/** The icons of a node or credential, in both themes. */
function icons(entry, file) {
	delete require.cache[require.resolve(file)];
	const Class = Object.values(require(file)).find((value) => typeof value === 'function');
	if (Class === undefined) throw new Error(`${entry} exports no class`);
	const instance = new Class();
	const { light, dark } = instance.description?.icon ?? instance.icon ?? {};
	return [light, dark].map((icon) => {
		if (!icon?.startsWith('file:')) throw new Error(`${entry} needs a light and a dark icon`);
		return path.posix.join(path.posix.dirname(entry), icon.slice('file:'.length));
	});
}

/** A node's codex, and the schemas of its outputs where it has some. */
async function besideNode(entry) {
	if (!entry.endsWith('.node')) return [];
	const schemas = path.posix.join(path.posix.dirname(entry), '__schema__');
	return [`${entry}.json`, ...(existsSync(path.join(root, schemas)) ? [schemas] : [])];
}

exports.bundle = bundle;
exports.ship = series(compile, attach);
