import type { Connection } from './connection';
import type { ApiRequest } from './http';
import { readExchange, type Problem, type ProblemKind, type Reading } from './problem';

/** What came of a call, after all its tries. */
export type Result = Reading & {
	/**
	 * An earlier try got no readable answer and may have taken effect: what this answer calls done
	 * already may have been done by this very call.
	 */
	repeated: boolean;
};

export interface Retrying {
	/** Whether a call that may have arrived does no harm when it arrives again. Reading always is harmless. */
	harmless?: boolean;
	/** Tells whether the body of a successful answer is of the kind asked for. */
	isExpected?: (body: unknown) => boolean;
}

const MAX_TRIES = 4;
const FIRST_PAUSE = 500;
const PASSING: readonly ProblemKind[] = [
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
	{ harmless = apiRequest.method === 'GET', isExpected }: Retrying = {},
): Promise<Result> {
	let patience = connection.patience;
	let repeated = false;
	for (let tries = 1; ; tries++) {
		const reading = readExchange(await connection.exchange(apiRequest), isExpected);
		if (reading.ok || tries === MAX_TRIES || !isWorthRepeating(reading.problem, harmless)) {
			return { ...reading, repeated };
		}
		const pause = pauseBefore(tries, reading.problem);
		if (pause > patience) return { ...reading, repeated };
		patience -= pause;
		repeated ||= reading.problem.mayHaveArrived;
		if (!(await connection.clock.sleep(pause, connection.signal))) {
			return { ok: false, problem: stopped(repeated), repeated };
		}
	}
}

function isWorthRepeating(problem: Problem, harmless: boolean): boolean {
	return PASSING.includes(problem.kind) && (harmless || !problem.mayHaveArrived);
}

/** Milliseconds; the jitter keeps executions that failed together from trying again together. */
function pauseBefore(tries: number, { retryAfter = 0 }: Problem): number {
	const pause = FIRST_PAUSE * 2 ** (tries - 1);
	return Math.ceil(Math.max(retryAfter, pause) + Math.random() * (pause / 2));
}

function stopped(mayHaveArrived: boolean): Problem {
	return { kind: 'stopped', said: '', fields: {}, mayHaveArrived };
}
