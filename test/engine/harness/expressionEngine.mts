import { Expression } from 'n8n-workflow';

/**
 * How n8n evaluates expressions: `vm`, in an isolate of its own, is the default since n8n 2; `quickjs`,
 * in WebAssembly, can be chosen instead; `legacy`, in the process itself, is all that n8n 1.123 has.
 * `N8N_EXPRESSION_ENGINE` chooses, as in n8n.
 */
const engines = ['vm', 'quickjs', 'legacy'] as const;
export type ExpressionEngine = (typeof engines)[number];

function chosenEngine(): ExpressionEngine {
	if (!('initExpressionEngine' in Expression)) return 'legacy';
	return engines.find((engine) => engine === process.env.N8N_EXPRESSION_ENGINE) ?? 'vm';
}

export const expressionEngine = chosenEngine();

let started: Promise<void> | undefined;

/** Starts the chosen engine once in this process, with n8n's own defaults. */
export async function startExpressionEngine(): Promise<void> {
	if (expressionEngine === 'legacy') return;
	started ??= Expression.initExpressionEngine({
		engine: expressionEngine,
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
	});
	await started;
}
