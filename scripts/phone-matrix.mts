// Reads the example numbers of every country with every default country, and prints how many are read
// right, as a table for docs/phone-numbers.md: node scripts/phone-matrix.mts [folder of another version]
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';
import type { readPhone } from '../nodes/VoisoLeads/fields/phoneNumber.ts';
import { exampleNumbers, measure } from '../test/phones/matrix.mts';
import { root } from './setup/root.mjs';

/** Loads `readPhone` of a version, which Node cannot run as it is: its imports name no file endings. */
async function load(folder: string): Promise<typeof readPhone> {
	const { outputFiles } = await build({
		entryPoints: [join(folder, 'nodes/VoisoLeads/fields/phoneNumber.ts')],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		write: false,
	});
	const module = { exports: {} as { readPhone: typeof readPhone } };
	const code = `(module, require) => {${outputFiles[0]?.text}\n}`;
	const run = runInThisContext(code) as (own: typeof module, require: NodeJS.Require) => void;
	run(module, createRequire(join(root, 'package.json')));
	return module.exports.readPhone;
}

const folder = process.argv[2];
const rows = measure(await load(folder === undefined ? root : resolve(folder)));
const share = (part: number, total: number) => `${((100 * part) / total).toFixed(2)} %`;
const cells = rows.map(({ name, total, right, refused, wrong, warned }) => [
	name,
	total.toLocaleString('en'),
	...[right, refused, wrong, warned].map((part) => share(part, total)),
]);
const head = ['', 'Readings', 'Right', 'Refused', 'Wrong', 'Wrong, with a warning'];
const line = (row: readonly string[]) => `| ${row.join(' | ')} |\n`;
process.stdout.write(`${exampleNumbers.length} example numbers\n\n`);
process.stdout.write([head, head.map(() => '---'), ...cells].map(line).join(''));
