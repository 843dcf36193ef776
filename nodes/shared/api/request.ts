import type { Connection } from './connection';
import type { ApiRequest } from './http';
import {
	problemWithoutResponse,
	readHttpResult,
	type ApiProblem,
	type ProblemKind,
	type Reading,
} from './problem';

/** The result of a call, after all its attempts. */
export type RequestResult = Reading & {
	/**
	 * An earlier attempt got no readable response and may have taken effect: what this response calls done
	 * already may have been done by this very call.
	 */
	retried: boolean;
};

export interface RetryOptions {
	/** Whether a call that may have arrived does no harm when it arrives again. Reading never does. */
	idempotent?: boolean;
	/** Tells whether the body of a successful response is of the kind asked for. */
	isExpected?: (body: unknown) => boolean;
}

const MAX_ATTEMPTS = 4;
const FIRST_PAUSE = 500;
const TRANSIENT: readonly ProblemKind[] = [
	'rateLimited',
	'serverError',
	'unreadable',
	'noConnection',
	'timedOut',
];

/**
 * Makes one call, and makes it again after a transient failure: at most four attempts, with growing pauses
 * that are never shorter than what Voiso asks for. No attempt begins later than the connection's
 * `maxDelay`. A problem is a result, not an exception; the user's *Stop* ends the waiting at once.
 */
export async function request(
	connection: Connection,
	apiRequest: ApiRequest,
	{ idempotent = apiRequest.method === 'GET', isExpected }: RetryOptions = {},
): Promise<RequestResult> {
	const { clock, maxDelay, signal } = connection;
	const deadline = clock.now() + maxDelay;
	let retried = false;
	for (let attempt = 1; ; attempt++) {
		const reading = readHttpResult(await connection.send(apiRequest), isExpected);
		if (reading.ok || attempt === MAX_ATTEMPTS || !shouldRetry(reading.problem, idempotent)) {
			return { ...reading, retried };
		}
		const pause = delayAfter(attempt, reading.problem);
		if (clock.now() + pause > deadline) return { ...reading, retried };
		retried ||= reading.problem.maybeApplied;
		if (!(await clock.sleep(pause, signal))) {
			return { ok: false, problem: problemWithoutResponse('stopped', retried), retried };
		}
	}
}

function shouldRetry(problem: ApiProblem, idempotent: boolean): boolean {
	return TRANSIENT.includes(problem.kind) && (idempotent || !problem.maybeApplied);
}

/** Milliseconds; the jitter keeps executions that failed together from trying again together. */
function delayAfter(attempt: number, { retryAfter = 0 }: ApiProblem): number {
	const pause = FIRST_PAUSE * 2 ** (attempt - 1);
	return Math.ceil(Math.max(retryAfter, pause) + Math.random() * (pause / 2));
}
