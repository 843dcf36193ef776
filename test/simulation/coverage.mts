import { factsOf, type BatchCalls } from './facts.mts';
import { FAULT_KINDS } from './faults.mts';
import type { Call } from './ledger.mts';
import type { Course } from './play.mts';
import { ECHOES, ENVELOPES, OPERATIONS, REFUSALS } from './schedule.mts';
import { BUSY_ANSWERS, RETRY_AFTERS, STATE_ANSWERS, UNCLEAR_ANSWERS } from './wordings.mts';

const named = (kind: string, names: Iterable<string | number>): string[] =>
	[...names].map((name) => `${kind} ${name}`);

/** What must happen again and again, or a run proves nothing about it. */
export const SOMETIMES: readonly string[] = [
	...named('operation', OPERATIONS),
	...named('fault', FAULT_KINDS),
	...named('fault status', [302, 429, 500, 502, 503, 504]),
	...named('busy answer', BUSY_ANSWERS.keys()),
	...named('state answer', STATE_ANSWERS.keys()),
	...named('unclear answer', UNCLEAR_ANSWERS.keys()),
	...named(
		'Retry-After',
		RETRY_AFTERS.map(({ name }) => name),
	),
	...named('refusal', REFUSALS),
	...named('echo', ECHOES),
	...named('envelope', ENVELOPES),
	...named('status', [200, 201, 202, 204, 400, 401, 403, 404, 405, 409, 413, 422]),
	...named('outcome', [
		'created',
		'updated',
		'duplicate',
		'not_found',
		'rejected',
		'repeated',
		'unconfirmed',
		'unreported',
	]),
	...named('cause', ['final', 'notSent', 'outOfTime', 'tooManyRejections', 'stopped']),
	...named('problem', [
		'unauthorized',
		'forbidden',
		'notFound',
		'conflict',
		'invalid',
		'refused',
		'rateLimited',
		'serverError',
		'redirected',
		'unreadable',
		'noConnection',
		'timedOut',
		'unknownHost',
		'insecure',
		'stopped',
	]),
	...named('stop', ['notStarted', 'inGap', 'inBackOff', 'inCall', 'inQueue', 'onTheMove']),
	...named('kill', ['inGap', 'inBackOff', 'inCall', 'inQueue']),
	...named('split depth', [1, 2, 3, 4]),
	...named('happened', [
		'stop before anything was committed',
		'stop after something was committed',
		'busy by itself',
		'call of another execution in between',
		'call of another process in between',
		'again after stop',
		'again after kill',
		'PATCH was found out',
		'batch not tried because of Retry-After',
		'all campaigns closed by one',
		'timer fired early',
		'update after the method has changed',
		'call with a good key after another was refused',
		'result with campaigns that are off',
		'tool called twice with the same leads',
	]),
];

/** How often each thing has happened. */
export class Coverage {
	readonly counts = new Map<string, number>(SOMETIMES.map((name) => [name, 0]));

	/** Things that happened less often than they should. */
	missing(least: number): string[] {
		return [...this.counts]
			.filter(([, count]) => count < least)
			.map(([name, count]) => `${name}: ${count}`);
	}

	/** Adds the counts of another part of the same run. */
	add(counts: Iterable<[string, number]>): void {
		for (const [name, count] of counts) this.counts.set(name, (this.counts.get(name) ?? 0) + count);
	}

	note(course: Course): void {
		for (const call of course.voiso.ledger) this.noteCall(call, course);
		for (const execution of course.executions) this.noteExecution(execution, course);
		const { batches } = factsOf(course);
		for (const batch of batches) {
			const depth = depthOf(batch);
			if (depth > 0) this.happened(`split depth ${depth}`);
		}
		this.noteNeighbours(course);
		if (course.schedule.world.earlyTimers > 0) this.happened('happened timer fired early');
	}

	private happened(name: string): void {
		const count = this.counts.get(name);
		if (count !== undefined) this.counts.set(name, count + 1);
	}

	private noteCall(call: Call, { schedule: { world }, voiso }: Course): void {
		const { fault, meaning, method, round, status, variant } = call;
		this.happened(`fault ${fault}`);
		this.happened(`status ${status}`);
		if (fault === 'busy') this.happened(`busy answer ${variant % BUSY_ANSWERS.length}`);
		if (fault === 'unclear') this.happened(`unclear answer ${variant % UNCLEAR_ANSWERS.length}`);
		if (fault === 'stopCampaign') this.happened(`state answer ${variant % STATE_ANSWERS.length}`);
		if (fault === 'rateLimited') {
			this.happened(`Retry-After ${RETRY_AFTERS[variant % RETRY_AFTERS.length]?.name}`);
		}
		if (fault !== 'none') this.happened(`fault status ${status}`);
		else if (meaning === 'busy') this.happened('happened busy by itself');
		if (meaning === 'acknowledged') {
			this.happened(`echo ${world.echo}`);
			this.happened(`envelope ${world.envelope}`);
			if (method === 'PATCH') this.happened('happened PATCH was found out');
			if (method !== 'POST' && round === 1 && world.changesMethod) {
				this.happened('happened update after the method has changed');
			}
			const isRefused = ({ end, status, tenant }: Call) =>
				status === 401 && tenant !== call.tenant && (end ?? 0) < call.start;
			if (voiso.ledger.some(isRefused)) {
				this.happened('happened call with a good key after another was refused');
			}
		}
		if (status === 422 && meaning === 'refused') this.happened(`refusal ${world.refusal}`);
	}

	private noteExecution(execution: Course['executions'][number], course: Course): void {
		const { caller, endedAt, importer, killed, report, responses, whereabouts } = execution;
		this.happened(`operation ${importer.operation}`);
		if (importer.toolCallOf !== null && report !== undefined)
			this.happened('happened tool called twice with the same leads');
		for (const result of report?.results ?? []) {
			if (result === undefined) continue;
			if ('status' in result) this.happened(`outcome ${result.status}`);
			if (result.notSwitchedOffIn) this.happened('happened result with campaigns that are off');
		}
		for (const response of responses) {
			if (response.kind !== 'failed') continue;
			const { attempts, cause, problem } = response.failure;
			this.happened(`cause ${cause}`);
			this.happened(`problem ${problem.kind}`);
			if (cause === 'outOfTime' && attempts === 0) {
				this.happened('happened batch not tried because of Retry-After');
			}
			const isOwn = course.voiso.ledger.some(
				(call) =>
					call.importer === caller.importer && String(call.campaign) === response.campaignId,
			);
			if (cause === 'notSent' && !isOwn) this.happened('happened all campaigns closed by one');
		}
		if (endedAt !== null) {
			this.happened(`${killed ? 'kill' : 'stop'} ${whereabouts}`);
			const isCommitted = course.voiso.ledger.some(
				(call) => call.importer === caller.importer && call.effects.size > 0,
			);
			this.happened(
				`happened stop ${isCommitted ? 'after something' : 'before anything'} was committed`,
			);
		}
		if (caller.round === 0) return;
		const first = course.executions[caller.importer];
		if (first?.endedAt !== null)
			this.happened(`happened again after ${first?.killed ? 'kill' : 'stop'}`);
	}

	private noteNeighbours({ voiso }: Course): void {
		const last = new Map<number, Call>();
		for (const call of voiso.ledger) {
			const previous = last.get(call.campaign);
			last.set(call.campaign, call);
			if (previous === undefined || previous.round !== call.round) continue;
			if (previous.process !== call.process) {
				this.happened('happened call of another process in between');
			} else if (previous.importer !== call.importer) {
				this.happened('happened call of another execution in between');
			}
		}
	}
}

/** How many times in a row a batch was divided. */
function depthOf({ calls }: BatchCalls): number {
	const refused = calls.filter(
		({ meaning, numbers }) => meaning === 'refused' && numbers.length > 1,
	);
	// The calls of a batch with very many parts say nothing more about depth.
	if (refused.length === 0 || refused.length > 20) return 0;
	const sets = refused.map(({ numbers }) => new Set(numbers));
	const above = (call: Call) =>
		sets.filter(
			(set) => set.size > call.numbers.length && call.numbers.every((one) => set.has(one)),
		).length;
	return Math.max(...calls.map(above));
}
