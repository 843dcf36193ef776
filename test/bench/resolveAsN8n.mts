/**
 * Lets Node run the nodes' source and the engine harness without vitest: like vitest's
 * configuration, it gives everyone the one copy of n8n-workflow that n8n-core uses, and it finds the
 * files that the CommonJS source of the nodes imports without their extension.
 */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const n8nWorkflow = pathToFileURL(createRequire(import.meta.url).resolve('n8n-workflow')).href;

registerHooks({
	resolve(specifier, context, next) {
		const isImport = context.conditions.includes('import');
		if (specifier === 'n8n-workflow' && isImport) return next(n8nWorkflow, context);
		const isFile = /^\.{1,2}\//.test(specifier) && context.parentURL?.endsWith('.ts');
		return next(isFile && !/\.\w+$/.test(specifier) ? `${specifier}.ts` : specifier, context);
	},
});
