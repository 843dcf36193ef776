import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The code that a schedule is played with: the package's own, or a mutant of it. */
export type SendCode = typeof import('./code.mts');

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Loads the package's code where nothing else does: Node itself doesn't find its imports without extension. */
export async function loadCode(): Promise<SendCode> {
	const { outputFiles } = await build({
		entryPoints: [pathOf('code.mts')],
		alias: { 'n8n-workflow': pathOf('n8nWorkflow.mts') },
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
