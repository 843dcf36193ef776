import type { HttpResult } from '../../nodes/shared/api/http.ts';
import type { Clock } from '../../nodes/shared/throttle/throttle.ts';
import type { LeadCall } from '../../nodes/VoisoLeads/send/types.ts';
import {
	badRequest,
	forbidden,
	notFound,
	unauthorized,
	wrongMethod,
} from '../sandbox/rules/answers.mts';
import { freeIn, isTooEarly, MAX_LEADS, takesMethod } from '../sandbox/rules/leadCalls.mts';
import { compileAnswer, refusalAnswer } from './answers.mts';
import {
	FAULTS,
	stateAnswer,
	type Meaning,
	type Reply,
	type Strike,
	type Turn,
} from './faults.mts';
import { campaignsOf, commit, type CampaignInside } from './inside.mts';
import { numberOf, UNTOLD, type Call, type SentLead } from './ledger.mts';
import { updateMethodIn, type Schedule, type World } from './schedule.mts';
import type { VirtualTime } from './time.mts';
import { BUSY_ANSWERS, type Wording } from './wordings.mts';

/** Virtual time begins here; on a whole second, as HTTP dates are. */
const EPOCH = Date.UTC(2025, 2, 4);
/** ms between two bytes of a response that never ends. */
const DRIP = 5000;

export interface Caller {
	importer: number;
	round: number;
	process: number;
	tenant: number;
	/** Owns the caller's waits, so that a death can end them. */
	owner: object;
	/** Whether faults strike this caller. */
	strikes: boolean;
	/** Whether Voiso has answered this execution. */
	reached: boolean;
}

/** What ends a call. */
interface CallLimits {
	/** Ends the socket. */
	callSignal: AbortSignal;
	/** Whether the user has stopped the execution, rather than the call taken too long. */
	isStopped: () => boolean;
	/** Waits as the caller does: never again when its process is dead. */
	wait: Clock['sleep'];
}

/** A body that never ends, a byte now and then, until the socket is closed. */
async function* drip(
	wait: CallLimits['wait'],
	callSignal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	do yield Buffer.from(' ');
	while (await wait(DRIP, callSignal));
}

/** A model of Voiso's lead calls: it enforces the limits, strikes with faults and keeps a ledger. */
export class Voiso {
	readonly ledger: Call[] = [];

	readonly campaigns: CampaignInside[];

	/** Faults that struck so far. */
	struck = 0;

	/** Starts and ends of calls so far. */
	private order = 0;

	/** By tenant. */
	private readonly keys: Array<'good' | 'revoked' | 'forbidden'> = ['good', 'good'];

	/** The method that updates leads. */
	private updateMethod: World['updateMethod'];

	private readonly schedule: Schedule;

	private readonly time: VirtualTime;

	constructor(schedule: Schedule, time: VirtualTime) {
		this.schedule = schedule;
		this.time = time;
		this.updateMethod = schedule.world.updateMethod;
		this.campaigns = campaignsOf(schedule.world);
	}

	/** Mends what faults broke for good, as the user does before running a workflow again. */
	mend(): void {
		this.keys.fill('good');
		if (this.schedule.world.changesMethod)
			this.updateMethod = updateMethodIn(this.schedule.world, 1);
		for (const [index, campaign] of this.campaigns.entries()) {
			campaign.state = this.schedule.world.campaigns[index] ?? 'live';
		}
	}

	/**
	 * The far end of n8n's request helpers: gives a full response, or fails as a connection does.
	 */
	async answer(
		call: Call,
		caller: Caller,
		{ callSignal, isStopped, wait }: CallLimits,
	): Promise<unknown> {
		const strike = caller.strikes ? this.nextStrike(call, caller) : null;
		return await new Promise<unknown>((resolve, reject) => {
			const fail = (code: string) => reject(Object.assign(new Error(code), { code }));
			const end = ({ exchange, headers, isSilent = false, meaning, retryAfter = 0 }: Reply) => {
				if (call.end !== null) return;
				if (exchange.kind === 'endless') {
					// Whoever made the call has to end it.
					if (exchange.drips)
						resolve({ statusCode: 200, headers: {}, body: drip(wait, callSignal) });
					return;
				}
				callSignal.removeEventListener('abort', onAbort);
				call.end = this.time.now();
				call.endOrder = this.order++;
				call.meaning = meaning;
				call.retryAfter = retryAfter;
				if (isSilent) call.leavesOut = new Set(call.numbers);
				if (exchange.kind === 'networkError') return fail(exchange.code);
				call.status = exchange.status;
				caller.reached = true;
				resolve({ statusCode: exchange.status, headers, body: exchange.body });
			};
			const onAbort = () => {
				const meaning = isStopped() ? 'canceled' : 'lost';
				end({ exchange: { kind: 'networkError', code: 'ERR_CANCELED' }, meaning });
			};
			callSignal.addEventListener('abort', onAbort);
			this.travel(call, strike, end);
		});
	}

	/** Notes a call in the ledger. */
	begin(caller: Caller, { method, campaignId, body }: LeadCall): Call {
		const { traits } = this.schedule.world;
		const leads = JSON.parse(body) as SentLead[];
		const numbers = leads.map(({ phone_number }) => numberOf(phone_number));
		const call: Call = {
			...UNTOLD,
			index: this.ledger.length,
			importer: caller.importer,
			round: caller.round,
			process: caller.process,
			tenant: caller.tenant,
			campaign: Number(campaignId),
			method,
			leads,
			numbers,
			start: this.time.now(),
			startOrder: this.order++,
			effects: new Map(),
			leavesOut: new Set(numbers.filter((number) => traits[number] === 'omitted')),
		};
		this.ledger.push(call);
		return call;
	}

	private nextStrike(call: Call, caller: Caller): Strike | null {
		const spec = this.schedule.faults[this.struck++];
		if (spec === undefined) return null;
		call.fault = spec.kind;
		call.variant = spec.variant;
		const epoch = this.epoch();
		return FAULTS[spec.kind]({
			variant: spec.variant,
			epoch,
			compose: this.compose,
			isReached: () => caller.reached,
		});
	}

	/** What Voiso's clock shows. */
	private epoch(): number {
		return EPOCH + this.schedule.world.skew + this.time.now();
	}

	private readonly compose = (
		{ status, body }: Wording,
		meaning: Meaning,
		header?: string,
		wait?: number,
	): Reply => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const exchange: HttpResult = { kind: 'response', status, body: text };
		const headers = { 'retry-after': header, date: new Date(this.epoch()).toUTCString() };
		const reply: Reply = { exchange, headers, meaning };
		return wait === undefined ? reply : { ...reply, retryAfter: wait };
	};

	private travel(call: Call, strike: Strike | null, end: (reply: Reply) => void): void {
		const { latency, uneven } = this.schedule.world;
		const { there, work, back } = latency;
		const more = uneven[call.index % uneven.length] ?? 0;
		if (strike?.at === 'connection') {
			this.time.plan(strike.after, () => end(strike.reply()));
			return;
		}
		const answer = (reply: Reply) => this.time.plan(back, () => end(reply));
		this.time.plan(there + more, () => {
			if (strike?.at === 'before') return answer(strike.reply);
			if (strike?.at === 'turn') this.turn(strike.turn, strike.variant, call);
			const no = this.objection(call);
			if (no !== null) return answer(no);
			const campaign = this.inside(call);
			campaign.isWorking = true;
			const slow = strike?.at === 'slow' ? strike.after : 0;
			return this.time.plan(work + slow, () => {
				campaign.isWorking = false;
				campaign.freeAt = this.time.now() + this.schedule.world.outlasts;
				commit(call, campaign, this.schedule.world);
				if (strike?.at === 'after') answer(strike.reply);
				else answer(this.compose(compileAnswer(call, this.schedule.world), 'acknowledged'));
			});
		});
	}

	private turn(turn: Turn, variant: number, call: Call): void {
		const campaign = this.campaigns[call.campaign];
		if (turn === 'keyRevoked') this.keys[call.tenant] = 'revoked';
		else if (turn === 'keyForbidden') this.keys[call.tenant] = 'forbidden';
		else if (campaign !== undefined) {
			campaign.state = turn === 'campaignDeleted' ? 'deleted' : 'stopped';
			campaign.stateVariant = variant;
		}
	}

	/** Why Voiso does not take a call, or null. */
	private objection(call: Call): Reply | null {
		const { world } = this.schedule;
		const campaign = this.inside(call);
		const key = this.keys[call.tenant];
		if (key === 'revoked') return this.compose(unauthorized(), 'finalForAll');
		if (key === 'forbidden') return this.compose(forbidden(), 'final');
		if (!takesMethod(this.updateMethod, call.method))
			return this.compose(wrongMethod(world.wrongMethodStatus), 'final');
		if (campaign.state === 'deleted') return this.compose(notFound(), 'final');
		if (call.leads.length === 0 || call.leads.length > MAX_LEADS) {
			return this.compose(badRequest(), 'final');
		}
		if (call.leads.length > world.maxLeads)
			return this.compose({ status: 413, body: '<h1>Too large</h1>' }, 'refused');
		if (campaign.state === 'stopped' || campaign.state === 'completed') {
			return this.compose(stateAnswer(campaign.stateVariant), 'final');
		}
		call.isEarly = isTooEarly(campaign, this.time.now());
		if (call.isEarly && !world.countsOnly) return this.busy(campaign);
		const bad = call.numbers.filter((number) => world.traits[number] === 'poison');
		return bad.length === 0 ? null : this.compose(refusalAnswer(call, bad, world), 'refused');
	}

	private busy(campaign: CampaignInside): Reply {
		const { busyAnswer, busyRetryAfter, latency, outlasts } = this.schedule.world;
		const answer = BUSY_ANSWERS[busyAnswer % BUSY_ANSWERS.length] ?? { status: 429, body: '' };
		const meaning = answer.status >= 500 ? 'lost' : 'busy';
		if (!busyRetryAfter) return this.compose(answer, meaning);
		const wait = freeIn(campaign, this.time.now(), latency.work + outlasts);
		const seconds = Math.ceil(wait / 1000);
		// What is said on arrival is heard a little later, and counts from then.
		return this.compose(answer, meaning, String(seconds), seconds * 1000);
	}

	private inside({ campaign }: Call): CampaignInside {
		const inside = this.campaigns[campaign];
		if (inside === undefined) throw new RangeError(`There is no campaign ${campaign}`);
		return inside;
	}
}
