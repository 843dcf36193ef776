import type { ProcessMemory } from '../../nodes/shared/throttle/processMemory.ts';
import type { SendCode } from './load.mts';
import { BASE_URL, chanceOf, Execution, processClock, type Surroundings } from './execution.mts';
import type { Schedule } from './schedule.mts';
import { NeverEnds, VirtualTime } from './time.mts';
import { Voiso } from './voiso.mts';

/** What happened in one schedule, for the invariants to judge. */
export interface Course {
	schedule: Schedule;
	voiso: Voiso;
	/** All executions: those of the schedule, then those of the second round. */
	executions: Execution[];
	/** Why it did not come to an end, if it did not. */
	neverEnds: NeverEnds | undefined;
	unhandled: unknown[];
	/** Waits that nobody waits for any more. */
	timersLeft: number;
	/** Throttles that are still remembered a day after the end. */
	throttlesLeft: number;
	endedAt: number;
}

/** Long enough for any wait that the code may choose, and for all of them one after the other. */
const HORIZON = 30 * 24 * 3_600_000;
/** Longer than Voiso can ask anybody to wait. */
const NEXT_DAY = 25 * 3_600_000;

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

/** Plays a schedule to its end. */
export async function play(schedule: Schedule, code: SendCode): Promise<Course> {
	const time = new VirtualTime();
	const voiso = new Voiso(schedule, time);
	const executions: Execution[] = [];
	const memories = new Map<number, ProcessMemory>();
	const around: Surroundings = {
		schedule,
		code,
		time,
		voiso,
		memoryOf: (process) => {
			const memory =
				memories.get(process) ??
				new code.ProcessMemory(processClock(time), chanceOf(schedule.seed + 15_485_863 * process));
			memories.set(process, memory);
			return memory;
		},
	};
	const course: Course = {
		schedule,
		voiso,
		executions,
		neverEnds: undefined,
		unhandled: [],
		timersLeft: 0,
		throttlesLeft: 0,
		endedAt: 0,
	};
	for (const [index, { process, toolCallOf }] of schedule.importers.entries()) {
		executions.push(new Execution(around, index, 0, process, executions[toolCallOf ?? -1]));
	}
	try {
		await playRound(time, executions);
		if (schedule.again) await playAgain(around, executions);
	} catch (error) {
		if (!(error instanceof NeverEnds)) throw error;
		course.neverEnds = error;
	}
	course.endedAt = time.now();
	course.unhandled = unhandled.splice(0);
	for (const execution of executions) course.timersLeft += time.openOf(execution);
	for (const { caller } of executions.filter(({ killed }) => killed))
		memories.delete(caller.process);
	if (course.neverEnds === undefined) {
		course.throttlesLeft = await throttlesLeftLater(time, [...memories.values()]);
	}
	return course;
}

async function playRound(time: VirtualTime, executions: readonly Execution[]): Promise<void> {
	for (const execution of executions) {
		time.plan(execution.importer.startsAt, () => {
			if (!execution.killed) execution.start();
		});
	}
	// The ends of a schedule count the appointments of the first round.
	const isFirst = executions.every(({ caller }) => caller.round === 0);
	const isOver = () => executions.every((execution) => execution.isOver);
	await time.passUntil(isOver, HORIZON, () => {
		if (isFirst) bringEnds(time.kept, executions);
	});
}

function bringEnds(event: number, executions: readonly Execution[]): void {
	for (const execution of executions) {
		const { end } = execution.importer;
		if (end?.event !== event) continue;
		const isMeant = (other: Execution) =>
			end.kind === 'stop'
				? other.controller === execution.controller
				: other.caller.process === execution.caller.process;
		void afterReactions(end.reactions, () => {
			for (const each of executions.filter(isMeant)) {
				if (each.isOver) continue;
				if (end.kind === 'stop') each.stop();
				else each.kill();
			}
		});
	}
}

async function afterReactions(count: number, act: () => void): Promise<void> {
	for (let step = 0; step < count; step++) await null;
	act();
}

/** Runs every importer once more, without faults: a killed one in a new process. */
async function playAgain(around: Surroundings, executions: Execution[]): Promise<void> {
	const { time, voiso } = around;
	const killed = new Set(
		executions.filter((one) => one.killed).map(({ caller }) => caller.process),
	);
	const asksToWait = voiso.ledger.some(({ retryAfter }) => retryAfter > 0);
	voiso.mend();
	if (asksToWait) {
		let isNextDay = false;
		time.plan(NEXT_DAY, () => (isNextDay = true));
		await time.passUntil(() => isNextDay, HORIZON);
	}
	const second: Execution[] = [];
	for (const { caller, importer } of executions) {
		const process = killed.has(caller.process) ? caller.process + 100 : caller.process;
		const parent = second[importer.toolCallOf ?? -1];
		second.push(new Execution(around, caller.importer, 1, process, parent));
	}
	executions.push(...second);
	await playRound(time, second);
}

/** How many throttles are remembered a day later, when somebody asks for one more. */
async function throttlesLeftLater(
	time: VirtualTime,
	memories: readonly ProcessMemory[],
): Promise<number> {
	let isNextDay = false;
	time.plan(NEXT_DAY, () => (isNextDay = true));
	await time.passUntil(() => isNextDay);
	return memories.reduce((left, memory) => {
		memory.throttle(BASE_URL, 'another');
		return left + memory.size - 1;
	}, 0);
}
