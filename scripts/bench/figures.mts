import type { BenchPlan } from './plan.mts';
import { inProcess } from './processes/inProcess.mts';
import type { ParameterCosts } from './processes/parameters.mts';
import { SandboxProcess } from './processes/sandbox.mts';
import { inWords, run, type Result, type Scenario } from './run.mts';

/** Everything that one `npm run bench` found out. */
export interface Figures {
	comparison: Result[];
	processor: Result[];
	twenty: Result;
	one: Result;
	ten: Result;
	memory: Result[];
	/** By n8n's default way of evaluating expressions, and by its older one. */
	parameters: ParameterCosts;
	legacyParameters: ParameterCosts;
	/** ms of processor time. */
	planSettle: { hundredThousand: number; million: number };
}

/** Runs all scenarios, each contender in a process of its own, and says how each went. */
export async function measureAll(
	{ comparison, processor, twenty, one, ten, memory }: BenchPlan,
	n8nFolder: string,
	say: (line: string) => void,
): Promise<Figures> {
	const runAll = async (scenarios: Scenario[]): Promise<Result[]> =>
		await withSandbox(async (sandbox) => {
			const results: Result[] = [];
			for (const scenario of scenarios) {
				const tries: Result[] = [];
				while (tries.length < scenario.tries) tries.push(await run(scenario, sandbox, n8nFolder));
				const result = ofTries(tries);
				say(inWords(result));
				results.push(result);
			}
			return results;
		});
	const single = async (scenario: Scenario): Promise<Result> => {
		const [result] = await runAll([scenario]);
		if (!result) throw new Error('A scenario has no result');
		return result;
	};
	const readParameters = async (engine: string) =>
		await inProcess<ParameterCosts>(
			'./parameters.mts',
			{ n8nFolder },
			{ N8N_EXPRESSION_ENGINE: engine },
		);
	const planAndSettle = async (count: number) =>
		await inProcess<number>('./planSettle.mts', { count });

	// These two do little but wait, so they can wait at the same time.
	const [first, [second, third]] = await Promise.all([
		single(twenty),
		single(one).then(async (result) => [result, await single(ten)] as const),
	]);
	return {
		twenty: first,
		one: second,
		ten: third,
		comparison: await runAll(comparison),
		processor: await runAll(processor),
		memory: await runAll(memory),
		parameters: await readParameters('vm'),
		legacyParameters: await readParameters('legacy'),
		planSettle: {
			hundredThousand: await planAndSettle(100_000),
			million: await planAndSettle(1_000_000),
		},
	};
}

/** The median of processor time and memory; of the rest, the worst. */
function ofTries(tries: readonly Result[]): Result {
	const [worst] = tries.toSorted((a, b) => b.lost - a.lost || b.wall - a.wall);
	if (!worst) throw new Error('A scenario was never run');
	return {
		...worst,
		cpu: median(tries.map(({ cpu }) => cpu)),
		peakMemory: median(tries.map(({ peakMemory }) => peakMemory)),
	};
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function withSandbox<Value>(
	work: (sandbox: SandboxProcess) => Promise<Value>,
): Promise<Value> {
	const sandbox = await SandboxProcess.start();
	try {
		return await work(sandbox);
	} finally {
		await sandbox.stop();
	}
}
