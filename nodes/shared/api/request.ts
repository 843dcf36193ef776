import type { Connection } from './connection';
import type { ApiRequest } from './http';
import { readHttpResult, type ApiProblem, type ProblemKind, type Reading } from './problem';

/** What came of a call, after all its tries. */
export type Result = Reading & {
	/**
	 * An earlier try got no readable answer and may have taken effect: what this answer calls done
	 * already may have been done by this very call.
	 */
	retried: boolean;
};

export interface RetryOptions {
	/** Whether a call that may have arrived does no harm when it arrives again. Reading always is harmless. */
	idempotent?: boolean;
	/** Tells whether the body of a successful answer is of the kind asked for. */
	isExpected?: (body: unknown) => boolean;
}

const MAX_TRIES = 4;
const FIRST_PAUSE = 500;
const TRANSIENT: readonly ProblemKind[] = [
	'rateLimited',
	'serverError',
	'unreadable',
	'noConnection',
	'timedOut',
];

/**
 * Makes one call, and makes it again after a passing fault: at most four tries, with growing pauses
 * that are never shorter than what Voiso asks for and never longer in all than the connection's
 * patience. A problem is a result, not an exception; the user's *Stop* ends the waiting at once.
 */
export async function request(
	connection: Connection,
	apiRequest: ApiRequest,
	{ idempotent = apiRequest.method === 'GET', isExpected }: RetryOptions = {},
): Promise<Result> {
	let patience = connection.maxDelay;
	let retried = false;
	for (let tries = 1; ; tries++) {
		const reading = readHttpResult(await connection.send(apiRequest), isExpected);
		if (reading.ok || tries === MAX_TRIES || !shouldRetry(reading.problem, idempotent)) {
			return { ...reading, retried };
		}
		const pause = delayBefore(tries, reading.problem);
		if (pause > patience) return { ...reading, retried };
		patience -= pause;
		retried ||= reading.problem.maybeApplied;
		if (!(await connection.clock.sleep(pause, connection.signal))) {
			return { ok: false, problem: stopped(retried), retried };
		}
	}
}

function shouldRetry(problem: ApiProblem, harmless: boolean): boolean {
	return TRANSIENT.includes(problem.kind) && (harmless || !problem.maybeApplied);
}

/** Milliseconds; the jitter keeps executions that failed together from trying again together. */
function delayBefore(tries: number, { retryAfter = 0 }: ApiProblem): number {
	const pause = FIRST_PAUSE * 2 ** (tries - 1);
	return Math.ceil(Math.max(retryAfter, pause) + Math.random() * (pause / 2));
}

function stopped(maybeApplied: boolean): ApiProblem {
	return { kind: 'stopped', apiMessage: '', fields: {}, maybeApplied };
}
