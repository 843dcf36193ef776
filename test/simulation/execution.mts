import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Report } from '../../nodes/VoisoLeads/operations/report.ts';
import type { BatchResponse, SendContext } from '../../nodes/VoisoLeads/send/types.ts';
import type { ReadLead } from '../../nodes/VoisoLeads/types.ts';
import type { Clock } from '../../nodes/shared/throttle/throttle.ts';
import type { ProcessMemory } from '../../nodes/shared/throttle/processMemory.ts';
import type { SendCode } from './load.mts';
import type { Call } from './ledger.mts';
import { readLead } from './input.mts';
import { mayCall, type Importer, type Schedule } from './schedule.mts';
import type { VirtualTime } from './time.mts';
import type { Caller, Voiso } from './voiso.mts';

/** Where an execution was when it was stopped or killed. */
export type Whereabouts =
	'notStarted' | 'inGap' | 'inBackOff' | 'inCall' | 'inQueue' | 'onTheMove' | 'done';

/** ms that a call may take, as in the node. */
const CALL_LIMIT = 120_000;

export const BASE_URL = 'https://cc-ams03.voiso.com';

/** The execution whose code runs. */
const current = new AsyncLocalStorage<Execution>();

/** What a dead process waits for. A promise of its own each time: a shared one would keep all who wait for it. */
const never = () => new Promise<never>(() => undefined);

/** What of the real world an execution meets in the simulation. */
export interface Surroundings {
	schedule: Schedule;
	code: SendCode;
	time: VirtualTime;
	voiso: Voiso;
	memoryOf(process: number): ProcessMemory;
}

/** One run of an importer, and all that is seen of it. */
export class Execution {
	readonly caller: Caller;

	readonly controller: AbortController;

	readonly responses: BatchResponse[] = [];

	report: Report | undefined;

	/** An exception, which there must never be. */
	thrown: unknown;

	startedAt: number | null = null;

	settledAt: number | null = null;

	/** The user's Stop or the death of the process. */
	endedAt: number | null = null;

	killed = false;

	/** How many calls it had begun when it was stopped or killed. */
	callsAtEnd = Number.POSITIVE_INFINITY;

	whereabouts: Whereabouts | null = null;

	/** Waits of the back-off, as they were asked for. */
	readonly pauses: number[] = [];

	/** Waits for a turn, as they were asked for. */
	readonly gapWaits: number[] = [];

	private inGap = 0;

	private inBackOff = 0;

	private inCall = 0;

	readonly importer: Importer;

	readonly leads: readonly ReadLead[];

	private readonly around: Surroundings;

	/** @param parent the execution of which this is another tool call */
	constructor(
		around: Surroundings,
		index: number,
		round: number,
		process: number,
		parent?: Execution,
	) {
		const importer = around.schedule.importers[index];
		if (importer === undefined) throw new RangeError(`There is no importer ${index}`);
		this.around = around;
		this.importer = importer;
		this.controller = parent?.controller ?? new AbortController();
		this.leads = importer.leads.map((lead, item) => readLead(lead, item, importer));
		const caller = {
			importer: index,
			round,
			process,
			tenant: importer.tenant,
			strikes: round === 0,
			reached: false,
		};
		this.caller = { ...caller, owner: this };
	}

	get isOver(): boolean {
		return this.killed || this.settledAt !== null;
	}

	/** Listeners that are still on the execution's signal. */
	get listeners(): number {
		return getEventListeners(this.controller.signal, 'abort').length;
	}

	start(): void {
		const { time } = this.around;
		this.startedAt = time.now();
		current
			.run(this, async () => await this.operate())
			.then((report) => (this.report = report))
			.catch((error: unknown) => (this.thrown = error))
			.finally(() => (this.settledAt = time.now()))
			.catch(() => undefined);
	}

	stop(): void {
		this.end();
		this.controller.abort();
	}

	/** The process is gone: nothing of this execution ever goes on. */
	kill(): void {
		this.end();
		this.killed = true;
		this.around.time.cancelAllOf(this);
	}

	/** The clock that throttles wait by. All waits of one process are its executions' own. */
	gapSleep(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
		this.inGap++;
		this.gapWaits.push(ms);
		return this.sleep(ms, signal, () => this.inGap--);
	}

	private end(): void {
		this.whereabouts ??= this.locate();
		if (this.endedAt !== null) return;
		this.endedAt = this.around.time.now();
		const { importer, round } = this.caller;
		const { ledger } = this.around.voiso;
		const isMine = (call: Call) => call.importer === importer && call.round === round;
		this.callsAtEnd = ledger.filter(isMine).length;
	}

	private locate(): Whereabouts {
		if (this.startedAt === null) return 'notStarted';
		if (this.isOver) return 'done';
		if (this.inCall > 0) return 'inCall';
		if (this.inBackOff > 0) return 'inBackOff';
		if (this.inGap > 0) return this.isBehindSomebody() ? 'inQueue' : 'inGap';
		return 'onTheMove';
	}

	/** Whether somebody else of the process has a call open, to any campaign. */
	private isBehindSomebody(): boolean {
		const { process } = this.caller;
		return this.around.voiso.ledger.some((call) => call.process === process && call.end === null);
	}

	private async operate(): Promise<Report> {
		const { schedule, code } = this.around;
		const { operation } = this.importer;
		const context = this.context();
		if (operation === 'deactivate') return await code.update(context, this.leads);
		if (operation !== 'deactivateEverywhere') return await code[operation](context, this.leads);
		const campaigns = schedule.world.campaigns.map((state, id) => ({
			id: String(id),
			mayCall: mayCall(state, schedule.world.listed[id]),
		}));
		return await code.deactivateEverywhere(context, this.leads, campaigns, {
			unreachableFails: false,
		});
	}

	private context(): SendContext {
		const { schedule, code, time, voiso, memoryOf } = this.around;
		const { batchSize, minimumInterval, maxWait } = this.importer;
		const { importer: index, round, process } = this.caller;
		return code.newSendContext({
			baseUrl: BASE_URL,
			limits: { batchSize, minimumInterval, maxWait },
			dependencies: {
				now: time.now,
				sleep: (ms, signal) => {
					this.pauses.push(ms);
					this.inBackOff++;
					return this.sleep(ms, signal, () => this.inBackOff--);
				},
				random: chanceOf(schedule.seed + 7919 * index + 104_729 * round),
				post: async (leadCall, signal) => {
					if (this.killed) return await never();
					this.inCall++;
					const isStopped = () => signal?.aborted === true;
					const call = voiso.begin(this.caller, leadCall);
					const wait = this.waitForCall;
					const send = async (callSignal: AbortSignal) =>
						await voiso.answer(call, this.caller, { callSignal, isStopped, wait });
					const result = await code.makeCall(send, CALL_LIMIT, {
						clock: { now: time.now, sleep: wait },
						signal,
					});
					this.inCall--;
					// A stop can come in the instant of the response, before anybody has read it, or of the limit.
					if (result.kind === 'networkError') {
						if (result.code === 'ERR_CANCELED') {
							call.meaning = 'canceled';
							call.retryAfter = 0;
						} else if (call.meaning === 'canceled') call.meaning = 'lost';
					}
					return this.killed ? await never() : result;
				},
			},
			memory: memoryOf(process),
			signal: this.controller.signal,
			// Real time, which a schedule must not depend on.
			pauses: { isDue: () => false, take: async () => {} },
			onProgress: (_, response) => this.responses.push(response),
		});
	}

	private readonly waitForCall: Clock['sleep'] = (ms, signal) =>
		this.sleep(ms, signal, () => undefined);

	private async sleep(
		ms: number,
		signal: AbortSignal | undefined,
		done: () => void,
	): Promise<boolean> {
		const { schedule, time } = this.around;
		if (this.killed) return await never();
		const early = schedule.world.earlyTimers;
		const passed = await time.sleep(ms, signal, { early, owner: this });
		done();
		return passed;
	}
}

/** Random numbers from 0 up to 1 that are the same in every run. */
export function chanceOf(seed: number): () => number {
	const generator = xoroshiro128plus(seed);
	// The first numbers after seeds that are alike are alike, too.
	for (let skipped = 0; skipped < 16; skipped++) generator.next();
	return () => uniformFloat64(generator);
}

/** A clock for a process whose waits belong to whichever execution waits. */
export function processClock(time: VirtualTime): Clock {
	return {
		now: time.now,
		sleep: (ms, signal) => {
			const execution = current.getStore();
			if (execution === undefined) throw new RangeError('Somebody waits without an execution');
			return execution.gapSleep(ms, signal);
		},
	};
}
