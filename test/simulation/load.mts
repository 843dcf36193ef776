import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { DeliveryCode } from './code.mts';

/** A deliberate defect: a piece of text of one source file, and what takes its place. */
export interface Mutation {
	/** Path below `nodes/`. */
	file: string;
	/** Must occur exactly once in the file. */
	from: string;
	to: string;
}

const NODES = new URL('../../nodes/', import.meta.url);

const ENTRY = `
export { add } from './VoisoLeads/operations/add';
export { update } from './VoisoLeads/operations/update';
export { upsert } from './VoisoLeads/operations/upsert';
export { deactivateEverywhere } from './VoisoLeads/operations/deactivate';
export { PreviousAttempts } from './VoisoLeads/send/previousAttempts';
export { ProcessMemory } from './shared/throttle/processMemory';
export { retryAfterMs } from './shared/api/retryAfter';
`;

/**
 * Loads the package's delivery code into modules of its own, with defects put in or without.
 *
 * @throws Error when a mutation does not fit the source any more
 */
export async function loadCode(...mutations: readonly Mutation[]): Promise<DeliveryCode> {
	const changed = new Map<string, string>();
	for (const { file, from, to } of mutations) {
		const path = fileURLToPath(new URL(file, NODES));
		const source = changed.get(path) ?? (await readFile(path, 'utf8'));
		const parts = source.split(from);
		if (parts.length !== 2) {
			throw new Error(`${parts.length - 1} places of ${file} hold the text to change:\n${from}`);
		}
		changed.set(path, parts.join(to));
	}
	const { outputFiles } = await build({
		stdin: { contents: ENTRY, resolveDir: fileURLToPath(NODES), loader: 'ts' },
		bundle: true,
		write: false,
		format: 'esm',
		platform: 'node',
		target: 'node24',
		logLevel: 'silent',
		plugins: [
			{
				name: 'mutations',
				setup({ onLoad }) {
					onLoad({ filter: /\.ts$/ }, ({ path }) => {
						const contents = changed.get(path);
						return contents === undefined ? null : { contents, loader: 'ts' };
					});
				},
			},
		],
	});
	const code = outputFiles[0]?.text ?? '';
	// A data URL is a module of its own each time its text differs.
	const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
	return (await import(url)) as DeliveryCode;
}
