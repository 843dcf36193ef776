import { vi } from 'vitest';
import type { CampaignSender } from '../../nodes/VoisoLeads/send/campaignSender.ts';
import type { SendContext } from '../../nodes/VoisoLeads/send/types.ts';
import type { CampaignUpdates } from '../../nodes/VoisoLeads/send/updateMethod.ts';
import type { Settled } from '../../nodes/VoisoLeads/types.ts';
import type { HttpResult } from '../../nodes/shared/api/http.ts';
import type { ProcessMemory } from '../../nodes/shared/throttle/processMemory.ts';
import type { Clock, Throttle, TurnRequest } from '../../nodes/shared/throttle/throttle.ts';
import type { SendCode } from './load.mts';

// Defects that somebody could make, as wrappers around the real modules: they say what the code does wrong,
// not where, and so outlive its being written anew.

/** The modules that can be wrapped, by their path below `nodes/`. */
interface Modules {
	'VoisoLeads/plan': typeof import('../../nodes/VoisoLeads/plan.ts');
	'VoisoLeads/settle': typeof import('../../nodes/VoisoLeads/settle.ts');
	'VoisoLeads/send/backOff': typeof import('../../nodes/VoisoLeads/send/backOff.ts');
	'VoisoLeads/send/campaignSender': typeof import('../../nodes/VoisoLeads/send/campaignSender.ts');
	'VoisoLeads/send/classifyFailure': typeof import('../../nodes/VoisoLeads/send/classifyFailure.ts');
	'VoisoLeads/send/send': typeof import('../../nodes/VoisoLeads/send/send.ts');
	'VoisoLeads/send/subBatch': typeof import('../../nodes/VoisoLeads/send/subBatch.ts');
	'VoisoLeads/send/updateMethod': typeof import('../../nodes/VoisoLeads/send/updateMethod.ts');
	'shared/api/http': typeof import('../../nodes/shared/api/http.ts');
	'shared/api/problem': typeof import('../../nodes/shared/api/problem.ts');
	'shared/api/retryAfter': typeof import('../../nodes/shared/api/retryAfter.ts');
	'shared/throttle/processMemory': typeof import('../../nodes/shared/throttle/processMemory.ts');
	'shared/throttle/throttle': typeof import('../../nodes/shared/throttle/throttle.ts');
}

/** Loads the package's code with one module changed. */
export type Mutant = () => Promise<SendCode>;

const mutant =
	<Path extends keyof Modules>(
		path: Path,
		change: (real: Modules[Path]) => Partial<Modules[Path]>,
	): Mutant =>
	async () => {
		const file = new URL(`../../nodes/${path}.ts`, import.meta.url).pathname;
		vi.resetModules();
		vi.doMock(file, async (original) => {
			const real = await original<Modules[Path]>();
			return { ...real, ...change(real) };
		});
		try {
			return await import('./code.mts');
		} finally {
			vi.doUnmock(file);
			vi.resetModules();
		}
	};

const throttle = (change: (Real: typeof Throttle) => typeof Throttle): Mutant =>
	mutant('shared/throttle/throttle', (real) => ({ Throttle: change(real.Throttle) }));

/** A throttle that is asked for something else. */
const asked = (change: (request: TurnRequest) => TurnRequest): Mutant =>
	throttle(
		(Real) =>
			class extends Real {
				override async acquire(request: TurnRequest) {
					return await super.acquire(change(request));
				}
			},
	);

/** A sender in another context. */
const sender = (change: (context: SendContext) => SendContext): Mutant =>
	mutant('VoisoLeads/send/campaignSender', ({ CampaignSender: Real }) => ({
		CampaignSender: class extends Real {
			constructor(...[context, ...rest]: ConstructorParameters<typeof CampaignSender>) {
				super(change(context), ...rest);
			}
		},
	}));

const settling = (change: (settled: Settled) => Settled): Mutant =>
	mutant('VoisoLeads/settle', (real) => ({
		settle: (...given) => real.settle(...given).map(change),
	}));

/** A map that keeps nothing. */
class Forgetful<K, V> extends Map<K, V> {
	override set(): this {
		return this;
	}
}

const limits = (context: SendContext, maxWait: (ms: number) => number): SendContext => ({
	...context,
	limits: { ...context.limits, maxWait: maxWait(context.limits.maxWait) },
});

const responses = new WeakMap<ProcessMemory, Map<string, HttpResult>>();

/** What the calls of a process came to. */
function responsesOf(memory: ProcessMemory): Map<string, HttpResult> {
	const known = responses.get(memory) ?? new Map<string, HttpResult>();
	responses.set(memory, known);
	return known;
}

/** A context whose breaker lets something pass. */
const breaker = (context: SendContext, change: Partial<SendContext['breaker']>): SendContext => ({
	...context,
	breaker: Object.defineProperties(
		Object.create(context.breaker) as SendContext['breaker'],
		Object.getOwnPropertyDescriptors(change),
	),
});

export const MUTANTS: Readonly<Record<string, Mutant>> = {
	// Pacing
	'counts the gap from the start of a call': throttle(
		(Real) =>
			class extends Real {
				private readonly real: Clock;

				private readonly shown: { time: number | undefined };

				private start = 0;

				constructor(real: Clock, random: () => number) {
					const shown: { time: number | undefined } = { time: undefined };
					super({ ...real, now: () => shown.time ?? real.now() }, random);
					this.real = real;
					this.shown = shown;
				}

				override async acquire(request: TurnRequest) {
					const grant = await super.acquire(request);
					this.start = this.real.now();
					return grant;
				}

				override release(...given: Parameters<Throttle['release']>) {
					this.shown.time = this.start;
					super.release(...given);
					this.shown.time = undefined;
				}
			},
	),
	'keeps half of the interval': asked((request) => ({
		...request,
		interval: request.interval / 2,
	})),
	'forgets the gap after a call without a response': throttle(
		(Real) =>
			class extends Real {
				override release(...[slots, end]: Parameters<Throttle['release']>) {
					super.release(slots, end.outcome === 'failed' ? { outcome: 'unused' } : end);
				}
			},
	),
	'ignores Retry-After': throttle(
		(Real) =>
			class extends Real {
				override release(...[slots, end]: Parameters<Throttle['release']>) {
					super.release(slots, { ...end, retryAfter: 0 });
				}
			},
	),
	'takes Retry-After for milliseconds': mutant('shared/api/retryAfter', (real) => ({
		retryAfterMs: (...given) => {
			const ms = real.retryAfterMs(...given);
			return ms === undefined ? undefined : ms / 1000;
		},
	})),
	'waits out any Retry-After in the queue': asked((request) => ({ ...request, maxDelay: 1e9 })),
	'has nobody wait in the queue': asked((request) => ({ ...request, maxDelay: -1e9 })),
	'lets two into a turn': throttle(
		(Real) =>
			class extends Real {
				override async acquire(request: TurnRequest) {
					const grant = await super.acquire(request);
					if (grant === 'acquired') super.release(request.slots, { outcome: 'unused' });
					request.slots.tryTake();
					return grant;
				}
			},
	),
	'has a throttle for each call': mutant('shared/throttle/processMemory', (real) => ({
		ProcessMemory: class extends real.ProcessMemory {
			private calls = 0;

			override throttle(...[baseUrl, id]: Parameters<ProcessMemory['throttle']>) {
				return super.throttle(`${baseUrl}/${this.calls++}`, id);
			}
		},
	})),
	'never forgets a throttle': throttle(
		(Real) =>
			class extends Real {
				override get isIdle() {
					return false;
				}
			},
	),
	'pauses without jitter': mutant('VoisoLeads/send/backOff', (real) => ({
		backOff: (attempt) => real.backOff(attempt, 0.5),
	})),
	'does not back off more and more': mutant('VoisoLeads/send/backOff', (real) => ({
		backOff: (_, random) => real.backOff(1, random),
	})),

	// Stopping
	'calls once more after Stop': sender((context) => ({ ...context, signal: undefined })),
	'does not hear Stop in the queue': asked((request) => ({ ...request, signal: undefined })),
	'leaves a listener on the signal': asked((request) => {
		request.signal?.addEventListener('abort', () => undefined);
		return request;
	}),
	'keeps its turn when it is stopped': throttle(
		(Real) =>
			class extends Real {
				override release(...[slots, end]: Parameters<Throttle['release']>) {
					if (end.outcome !== 'unused') super.release(slots, end);
				}
			},
	),

	// Retrying
	'goes on after a final response': sender((context) =>
		breaker(context, { closedCampaigns: new Forgetful() }),
	),
	'goes on in other campaigns with a bad key': sender((context) =>
		breaker(context, {
			get openedBy() {
				return undefined;
			},
			set openedBy(_) {
				// Lost.
			},
		}),
	),
	'never runs out of time': sender((context) => limits(context, () => 1e9)),
	'gives up at half of Max Wait': sender((context) => limits(context, (ms) => ms / 2)),
	'counts every request as a retry': mutant(
		'VoisoLeads/send/campaignSender',
		({ CampaignSender: Real }) => ({
			CampaignSender: class extends Real {
				override async send(...args: Parameters<InstanceType<typeof Real>['send']>) {
					const effort = await super.send(...args);
					return { ...effort, retries: effort.requests };
				}
			},
		}),
	),
	'does not try PATCH': mutant('VoisoLeads/send/updateMethod', (real) => ({
		CampaignUpdates: class extends real.CampaignUpdates {
			override async call(make: Parameters<CampaignUpdates['call']>[0]) {
				return await make('PUT');
			}
		},
	})),
	'trusts the update method that another execution found': mutant(
		'VoisoLeads/send/send',
		(real) => ({
			newSendContext: (given) => {
				const context = real.newSendContext(given);
				context.breaker.updateMethod = given.memory.updateMethod(given.baseUrl);
				return context;
			},
		}),
	),
	'has the second pass of an upsert ask again': mutant('VoisoLeads/send/send', (real) => ({
		send: async (context, ...rest) =>
			await real.send({ ...context, breaker: real.newSendContext(context).breaker }, ...rest),
	})),
	'takes a server error for final': mutant('VoisoLeads/send/classifyFailure', (real) => ({
		classifyFailure: (problem, reached) =>
			problem.kind === 'serverError' ? 'final' : real.classifyFailure(problem, reached),
	})),
	'takes an unknown campaign for a transient failure': mutant(
		'VoisoLeads/send/classifyFailure',
		(real) => ({
			classifyFailure: (problem, reached) =>
				problem.kind === 'notFound' ? 'retry' : real.classifyFailure(problem, reached),
		}),
	),
	'drops leads on an unclear response': mutant('VoisoLeads/send/classifyFailure', (real) => ({
		classifyFailure: (problem, reached) =>
			problem.apiMessage === '' && problem.kind === 'invalid'
				? 'split'
				: real.classifyFailure(problem, reached),
	})),
	'takes busy at a field of a lead for a bad lead': mutant(
		'VoisoLeads/send/classifyFailure',
		(real) => ({
			classifyFailure: (problem, reached) =>
				'phone_number' in problem.fields ? 'split' : real.classifyFailure(problem, reached),
		}),
	),

	// Ending calls and keeping tenants and tools apart
	'waits ten times as long for a response': mutant('shared/api/http', (real) => ({
		makeCall: async (send, limit, limits) => await real.makeCall(send, 10 * limit, limits),
	})),
	'limits a call only while nothing has come': mutant('shared/api/http', (real) => ({
		makeCall: async (send, limit, limits) => {
			let hasCome = false;
			const sleep: Clock['sleep'] = async (...given) => {
				const isOver = await limits.clock.sleep(...given);
				return isOver && hasCome ? await new Promise<never>(() => undefined) : isOver;
			};
			const watched = async (signal: AbortSignal) => {
				const response = await send(signal);
				hasCome = true;
				return response;
			};
			return await real.makeCall(watched, limit, { ...limits, clock: { ...limits.clock, sleep } });
		},
	})),
	'leaves the socket of a call that took too long open': mutant('shared/api/http', (real) => ({
		makeCall: async (send, limit, limits) =>
			await real.makeCall(async () => await send(new AbortController().signal), limit, limits),
	})),
	'answers a call with what the same call came to before': sender((context) => {
		const known = responsesOf(context.memory);
		return {
			...context,
			dependencies: {
				...context.dependencies,
				post: async (call, signal) => {
					const key = JSON.stringify(call);
					const result = known.get(key) ?? (await context.dependencies.post(call, signal));
					if (result.kind === 'response' && result.status < 300) known.set(key, result);
					return result;
				},
			},
		};
	}),

	// Splitting
	'loses a lead when it splits': mutant('VoisoLeads/send/subBatch', (real) => ({
		split: (...given) => {
			const [rest, ...others] = real.split(...given);
			return rest ? [{ ...rest, positions: rest.positions.slice(1) }, ...others] : others;
		},
	})),
	'sends a lead in both halves': mutant('VoisoLeads/send/subBatch', (real) => ({
		split: (sub, named) => {
			const [rest, ...others] = real.split(sub, named);
			if (rest === undefined) return others;
			const twice = [...new Set([...rest.positions, ...sub.positions.slice(0, 1)])];
			return [{ ...rest, positions: twice }, ...others];
		},
	})),
	'forgets in the parts that a response was lost': mutant('VoisoLeads/send/subBatch', (real) => ({
		split: (...given) => real.split(...given).map((part) => ({ ...part, maybeApplied: false })),
	})),
	'splits without end': mutant('VoisoLeads/send/subBatch', (real) => ({
		split: (...given) => real.split(...given).map((part) => ({ ...part, role: 'whole' })),
	})),
	'counts places from one': mutant('VoisoLeads/send/classifyFailure', (real) => ({
		namedLeads: (...given) => real.namedLeads(...given).map((place) => place + 1),
	})),

	// Telling
	'forgets that a response was lost': mutant('shared/api/problem', (real) => ({
		readHttpResult: (...given) => {
			const reading = real.readHttpResult(...given);
			return reading.ok
				? reading
				: { ...reading, problem: { ...reading.problem, maybeApplied: false } };
		},
	})),
	'takes any failed connection for a lost response': mutant('shared/api/problem', (real) => ({
		readHttpResult: (...given) => {
			const reading = real.readHttpResult(...given);
			if (reading.ok || reading.problem.kind !== 'noConnection') return reading;
			return { ...reading, problem: { ...reading.problem, maybeApplied: true } };
		},
	})),
	'counts a lost response as accepted': mutant('shared/api/problem', (real) => ({
		readHttpResult: (...given) => {
			const reading = real.readHttpResult(...given);
			return !reading.ok && reading.problem.kind === 'timedOut' ? { ok: true, body: {} } : reading;
		},
	})),
	'takes a page of HTML for a response': mutant('shared/api/problem', (real) => ({
		readHttpResult: (...given) => {
			const reading = real.readHttpResult(...given);
			const isPage = !reading.ok && reading.problem.kind === 'unreadable';
			return isPage ? { ok: true, body: undefined } : reading;
		},
	})),
	'says duplicate where it may be its own': settling((settled) =>
		'status' in settled && settled.status === 'unconfirmed' ? { status: 'duplicate' } : settled,
	),
	'counts a number that is not named as created': settling((settled) =>
		'status' in settled && settled.status === 'unreported' ? { status: 'created' } : settled,
	),
	'rejects without a reason': settling((settled) =>
		'status' in settled && settled.status === 'rejected' ? { status: 'rejected' } : settled,
	),
	'says of an unsent batch that it may have arrived': settling((settled) =>
		'cause' in settled && settled.cause === 'notSent'
			? { ...settled, maybeApplied: true }
			: settled,
	),
	'says nothing of campaigns that it did not reach': mutant('VoisoLeads/send/send', (real) => ({
		send: async (context, plan, onResult) =>
			await real.send(context, plan, (position, campaignId, settled) => {
				if (!('cause' in settled)) onResult(position, campaignId, settled);
			}),
	})),

	// Planning
	'puts one lead too many into a batch': mutant('VoisoLeads/plan', (real) => ({
		plan: async (leads, options) =>
			await real.plan(leads, { ...options, batchSize: options.batchSize + 1 }),
	})),
	'sends repeated numbers': mutant('VoisoLeads/plan', (real) => ({
		plan: async (leads, options) => {
			const plan = await real.plan(leads, options);
			const [repeat] = plan.repeats.keys();
			const batch = plan.campaigns[0]?.batches[0];
			if (batch && repeat !== undefined) batch.positions = [...batch.positions, repeat];
			const { leadAt } = await real.plan(leads, { ...options, repeats: 'first' });
			return { ...plan, leadAt };
		},
	})),
	'merges repeated numbers when the first is to be sent': mutant('VoisoLeads/plan', (real) => ({
		plan: async (leads, options) => await real.plan(leads, { ...options, repeats: 'all' }),
	})),
	'sends the first of repeated numbers when they are to be merged': mutant(
		'VoisoLeads/plan',
		(real) => ({
			plan: async (leads, options) => await real.plan(leads, { ...options, repeats: 'first' }),
		}),
	),
};
