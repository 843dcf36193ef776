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

/**
 * Starts the chosen engine once in this process, with n8n's own defaults but for settings that only save
 * time, since an isolate costs some 50 ms: it is made with the first expression that needs one, and what
 * runs in all of them is compiled once. With `EXPRESSION_ISOLATES=shared` all executions of a file of
 * tests have the same one; n8n makes one for each execution. With `EXPRESSION_ISOLATES=n8n` all is as in n8n:
 * every execution gets one that was made before it, whether it needs one or not.
 */
export async function startExpressionEngine(): Promise<void> {
	if (expressionEngine === 'legacy') return;
	const isolates = process.env.EXPRESSION_ISOLATES;
	started ??= Expression.initExpressionEngine({
		engine: expressionEngine,
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
		lazyAcquire: isolates !== 'n8n',
		compileCache: isolates !== 'n8n',
		sharedCaller: isolates === 'shared',
	});
	await started;
}

/** Ends it; the next execution starts it again. */
export async function stopExpressionEngine(): Promise<void> {
	if (started === undefined) return;
	started = undefined;
	await Expression.disposeExpressionEngine();
}
