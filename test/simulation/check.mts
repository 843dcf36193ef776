import fc, { type RunDetails } from 'fast-check';
import type { SendCode } from './load.mts';
import type { Coverage } from './coverage.mts';
import { schedules } from './generate.mts';
import { firstViolation, type Violation } from './invariants/index.mts';
import { play, type Course } from './play.mts';
import type { Schedule } from './schedule.mts';

/** Plays a schedule twice and judges it by every invariant. */
export async function judgeSchedule(
	schedule: Schedule,
	code: SendCode,
	coverage?: Coverage,
): Promise<Violation | undefined> {
	const course = await play(schedule, code);
	const violation = firstViolation(course);
	if (violation !== undefined) return violation;
	coverage?.note(course);
	const second = await play(schedule, code);
	if (traceOf(course) === traceOf(second)) return undefined;
	return { invariant: 'sameSeedSameTrace', detail: 'The second time it took another course' };
}

/** All that happened, as text. */
export function traceOf({ endedAt, executions, voiso }: Course): string {
	const lines = voiso.ledger.map(
		({ campaign, end, importer, meaning, method, numbers, start, status }) =>
			`${start}–${end} ${importer} ${method} ${campaign} [${numbers.join()}] ${status} ${meaning}`,
	);
	const results = executions.map(({ report, settledAt }) => [settledAt, report?.results]);
	return `${lines.join('\n')}\n${JSON.stringify(results)}\n${endedAt}`;
}

/** Thrown for a schedule that breaks an invariant. */
export class Broken extends Error {
	readonly violation: Violation;

	constructor(violation: Violation) {
		super(`${violation.invariant}: ${violation.detail}`);
		this.violation = violation;
	}
}

export interface RunSettings {
	runs: number;
	seed: number;
	/** fast-check's path to one schedule, from the report of a failure. */
	path?: string;
	/** Whether to look for a smaller schedule that breaks the same. */
	shrink?: boolean;
	coverage?: Coverage;
	/** Called before each schedule. */
	onSchedule?: () => void;
}

/** Plays generated schedules until one breaks an invariant. */
export async function run(code: SendCode, settings: RunSettings): Promise<RunDetails<[Schedule]>> {
	const { coverage, onSchedule, path, runs, seed, shrink = true } = settings;
	const property = fc.asyncProperty(schedules, async (schedule) => {
		onSchedule?.();
		const violation = await judgeSchedule(schedule, code, coverage);
		if (violation !== undefined) throw new Broken(violation);
	});
	return await fc.check(property, {
		numRuns: runs,
		seed,
		endOnFailure: !shrink,
		...(path !== undefined && { path }),
	});
}

/** What to tell about a failure: what broke, the schedule, and how to play it again. */
export function failureText({
	counterexample,
	counterexamplePath,
	errorInstance,
	seed,
}: RunDetails<[Schedule]>): string {
	const reason =
		errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : '';
	return [
		errorInstance instanceof Broken ? errorInstance.message : reason,
		JSON.stringify(counterexample?.[0]),
		`Play it again: npm run soak -- --seed ${seed} --path ${counterexamplePath}`,
	].join('\n');
}
