/**
 * What ships. `n8n-node build` checks the types; `gulp ship` then makes `dist` anew: one readable file for
 * each node and credential that package.json registers, one with what they share (`nodes/shared`), the
 * libraries and their licenses in the files that use them, and beside a node what n8n shows of it:
 * codex, icons and output schemas. It fails when something is missing, or when a file needs a package that
 * no user has.
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

/** What the nodes and credentials share: a folder of the source, a file of the package. */
const SHARED = 'nodes/shared';
/** What stands for a file `libraries.ts` until its libraries are in their place. */
const LIBRARIES = 'libraries:';
/** The name under which they are known there. */
const LIBRARIES_NAME = 'bundledLibraries';

/** The namespace of what each bundle imports once. */
const ONCE = 'once';
/**
 * A module that hands on each name from outside stands between it and all modules of a bundle. esbuild
 * would keep an import for each of them, and call the second one's `toText` `toText2`.
 */
const importedOnce = {
	name: 'imported-once',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /.*/, namespace: ONCE }, ({ path: file }) => {
			return { path: file, external: true, sideEffects: false };
		});
		onResolve({ filter: /^[^./]/ }, ({ path: name }) => {
			if (!PROVIDED.includes(name)) return undefined;
			return { path: name, namespace: ONCE, pluginData: Object.keys(require(name)) };
		});
		onLoad({ filter: /.*/, namespace: ONCE }, ({ path: file, pluginData: names }) => {
			return { contents: names.map((name) => `export { ${name} } from '${file}';`).join('') };
		});
	},
};

const COMMON = {
	outdir: root,
	absWorkingDir: root,
	bundle: true,
	write: false,
	metafile: true,
	platform: 'node',
	target: 'node20',
	charset: 'utf8',
	external: PROVIDED,
	logLevel: 'error',
};

/**
 * Bundles each entry, a path without its ending, into one file of `folder`, licenses on top, and what they share
 * into another.
 *
 * @param {string[]} entries such as `nodes/VoisoLeads/VoisoLeads.node`
 * @param {string} folder
 */
async function bundle(entries, folder) {
	const shared = await sharedModules();
	const files = await Promise.all(
		entries.map((entry) => {
			const { plugin, uses } = apart(path.posix.dirname(entry), shared.names);
			const entryPoints = [path.join(root, `${entry}.ts`)];
			return made(
				`${entry}.js`,
				{ entryPoints, plugins: [importedOnce, plugin, withoutFormats] },
				uses,
			);
		}),
	);
	if (files.some(({ uses }) => uses.shared)) {
		const contents = shared.modules.map((file) => `export * from './${file}';`).join('\n');
		const stdin = { contents, resolveDir: path.join(root, SHARED), loader: 'ts' };
		files.push(await made(`${SHARED}.js`, { stdin, plugins: [importedOnce] }, {}));
	}
	for (const { file, text } of files) {
		await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
		await writeFile(path.join(folder, file), text);
	}
}

/** One file of the package, with the libraries that its source takes from a `libraries.ts`. */
async function made(file, options, uses) {
	const { metafile, outputFiles } = await esbuild.build({ ...COMMON, ...options, format: 'esm' });
	const inputs = Object.keys(metafile.inputs);
	let text = asScript(outputFiles[0].text, file);
	if (uses.libraries !== undefined) {
		const libraries = await minified(uses.libraries);
		inputs.push(...libraries.inputs);
		text = libraries.text + text;
	}
	return { file, uses, text: (await licenseNotice(librariesIn(inputs))) + text };
}

const IMPORT = /^import \{([^}]*)\} from "([^"]+)";\n/gm;
const IMPORT_OF_JSON = /^import (\w+) from ("[^"]+\.json");$/gm;
const NAMESPACE_COMMENT = new RegExp(`^// ${ONCE}:.*\n\n?`, 'gm');
const EXPORT = /^export \{([^}]*)\};\n?$/m;

/**
 * An ES module of esbuild as the CommonJS module that n8n loads. esbuild's own says `(0, import_text.toText)(x)`
 * for each `toText(x)`, and indents by two characters, which is a tenth of what ships.
 */
function asScript(code, file) {
	const named = new Map();
	const body = code
		.replace(IMPORT, (_, names, from) => {
			named.set(from, [...(named.get(from) ?? []), ...listed(names, ': ')]);
			return '';
		})
		.replace(NAMESPACE_COMMENT, '')
		.replace(IMPORT_OF_JSON, 'const $1 = require($2);')
		.replace(
			EXPORT,
			(_, names) => `module.exports = { ${listed(names, ': ', true).join(', ')} };\n`,
		)
		.replace(/^(?: {2})+/gm, (indent) => '\t'.repeat(indent.length / 2));
	if (/^(?:import|export)\b/m.test(body))
		throw new Error(`${file} has another kind of import or export`);
	const wanted = [...named].map(([from, names]) => {
		const given = from === LIBRARIES ? LIBRARIES_NAME : `require("${from}")`;
		return `const { ${[...new Set(names)].join(', ')} } = ${given};\n`;
	});
	return `"use strict";\n${wanted.join('')}${body}`;
}

/** `a, b as c` as properties: `a`, `b: c`; of an export the other way round. */
function listed(names, between, isExport = false) {
	return names
		.split(',')
		.map((name) => name.trim().split(' as '))
		.filter(([name]) => name !== '')
		.map(([name, alias]) => {
			if (alias === undefined) return name;
			return isExport ? `${alias}${between}${name}` : `${name}${between}${alias}`;
		});
}

/**
 * Leaves out of the bundle of a folder what ships as a file of its own, and notes what is made apart.
 *
 * @param {string} folder
 * @param {string[]} sharedNames what the shared folder exports
 */
function apart(folder, sharedNames) {
	const uses = { shared: false, libraries: undefined };
	const sharedFolder = path.join(root, SHARED, path.sep);
	const shipped = (file) => {
		const from = path.posix.relative(folder, file);
		return from.startsWith('.') ? from : `./${from}`;
	};
	const plugin = {
		name: 'apart',
		setup({ onResolve }) {
			onResolve({ filter: /^\./ }, ({ path: name, resolveDir }) => {
				const wanted = path.join(resolveDir, name);
				if (path.basename(wanted) === 'libraries') {
					uses.libraries = `${wanted}.ts`;
					return { path: LIBRARIES, external: true };
				}
				if (wanted.includes(`${path.sep}__schema__${path.sep}`))
					return {
						path: shipped(path.relative(root, wanted).replaceAll(path.sep, '/')),
						external: true,
					};
				if (!wanted.startsWith(sharedFolder)) return undefined;
				uses.shared = true;
				return { path: shipped(`${SHARED}.js`), namespace: ONCE, pluginData: sharedNames };
			});
		},
	};
	return { plugin, uses };
}

/**
 * The libraries of a `libraries.ts`, minified: nobody reads them here, and they are half of what ships. Our own
 * code stays as it is.
 */
async function minified(file) {
	const { metafile, outputFiles } = await esbuild.build({
		...COMMON,
		entryPoints: [file],
		format: 'iife',
		globalName: LIBRARIES_NAME,
		minify: true,
		legalComments: 'none',
		plugins: [withoutFormats],
	});
	return { inputs: Object.keys(metafile.inputs), text: outputFiles[0].text };
}

/** The modules of the shared folder. In one file, two that export the same name would hide each other. */
async function sharedModules() {
	const folder = path.join(root, SHARED);
	const all = existsSync(folder) ? await readdir(folder, { recursive: true }) : [];
	const modules = all.filter((file) => file.endsWith('.ts') && !file.endsWith('.types.ts')).sort();
	const names = new Set();
	for (const file of modules) {
		const source = await readFile(path.join(root, SHARED, file), 'utf8');
		for (const [, name] of source.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)) {
			if (names.has(name)) throw new Error(`${SHARED} exports ${name} twice`);
			names.add(name);
		}
	}
	return {
		modules: modules.map((file) => file.replaceAll(path.sep, '/').replace(/\.ts$/, '')),
		names: [...names],
	};
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

/** Copies what n8n shows beside every file, and loads the file, which shows what it needs. */
async function attach() {
	for (const entry of await registered()) {
		const file = path.join(dist, `${entry}.js`);
		await copy(entry, await besideNode(entry));
		const missing = (await neededBy(file)).filter((name) => !PROVIDED.includes(name));
		if (missing.length > 0) throw new Error(`${entry} needs ${missing}, which no user has`);
		await copy(entry, icons(entry, file));
	}
	await shrink();
}

async function copy(entry, files) {
	for (const file of files) {
		if (!existsSync(path.join(root, file)))
			throw new Error(`${file} is missing: ${entry} shows it`);
		await cp(path.join(root, file), path.join(dist, file), { recursive: true });
	}
}

/** Takes the blanks out of the JSON that only n8n reads. */
async function shrink() {
	for (const name of await readdir(dist, { recursive: true })) {
		if (!name.endsWith('.json')) continue;
		const file = path.join(dist, name);
		await writeFile(file, JSON.stringify(JSON.parse(await readFile(file, 'utf8'))));
	}
}

/** The packages that a file needs, itself or by a file of ours. */
async function neededBy(file) {
	const code = await readFile(file, 'utf8');
	const names = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
	const needed = names.map((name) =>
		name.startsWith('.') ? neededBy(path.join(path.dirname(file), name)) : [name],
	);
	return (await Promise.all(needed)).flat();
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
