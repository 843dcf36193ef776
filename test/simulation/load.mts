import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The code that a schedule is played with: the package's own, or a mutant of it. */
export type SendCode = typeof import('./code.mts');

/** Loads the package's code where nothing else does: Node itself doesn't find its imports without extension. */
export async function loadCode(): Promise<SendCode> {
	const { outputFiles } = await build({
		entryPoints: [fileURLToPath(new URL('code.mts', import.meta.url))],
		bundle: true,
		write: false,
		format: 'esm',
		platform: 'node',
		target: 'node24',
		logLevel: 'silent',
	});
	const code = outputFiles[0]?.text ?? '';
	return (await import(
		`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
	)) as SendCode;
}
