// Fills the generated parts of docs/guide.md from the code: npm run generate:guide
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { loadCode } from './guide/code.mts';
import { partsOf } from './guide/parts.mts';
import { runMain } from './setup/progress.mjs';
import { root } from './setup/root.mjs';

export const guideFile = join(root, 'docs', 'guide.md');

/** `<!-- generated: name -->`, what is between, `<!-- end -->`. */
const PART = /(<!-- generated: ([\w ]+) -->\n)[^]*?(<!-- end -->)/g;

/**
 * The guide with its generated parts as the code has them now.
 * @param guide with markers for every part
 * @throws when a marker names no part, or a part has no marker
 */
export async function fillIn(guide: string): Promise<string> {
	const parts = new Map(Object.entries(partsOf(await loadCode())));
	const used = new Set<string>();
	const filled = guide.replace(PART, (_, start: string, name: string, end: string) => {
		const part = parts.get(name);
		if (part === undefined) throw new Error(`The guide asks for "${name}", which there is not`);
		used.add(name);
		// A table that is padded changes as a whole with each of its cells.
		return `${start}\n<!-- prettier-ignore-start -->\n\n${part}\n\n<!-- prettier-ignore-end -->\n\n${end}`;
	});
	const missing = [...parts.keys()].filter((name) => !used.has(name));
	if (missing.length > 0) throw new Error(`The guide has no place for: ${missing.join(', ')}`);
	return await format(filled, { ...(await resolveConfig(guideFile)), parser: 'markdown' });
}

if (import.meta.main) {
	runMain(async () => {
		await writeFile(guideFile, await fillIn(await readFile(guideFile, 'utf8')));
	});
}
