import type { HttpResult } from '../../shared/api/http';
import { problemWithoutResponse, readHttpResult, type ApiProblem } from '../../shared/api/problem';
import type { Throttle } from '../../shared/throttle/throttle';
import type { Plan } from '../plan';
import type { Batch, CampaignPlan, Failure, Positions } from '../types';
import { backOff } from './backOff';
import { classifyFailure, CONCERNS_ALL_CAMPAIGNS, namedLeads } from './classifyFailure';
import { split, type SubBatch } from './subBatch';
import type { BatchResponse, CallResult, CampaignEffort, LeadCall, SendContext } from './types';
import { CampaignUpdates } from './updateMethod';

type SubBatchResult =
	| { kind: 'accepted'; body: unknown }
	| { kind: 'split'; problem: ApiProblem }
	| ({ kind: 'failed' } & Pick<Failure, 'problem' | 'attempts' | 'cause'>);

/** With 1,000 leads a batch some ten bad ones are found; more point to something else. */
const MAX_PARTS_PER_BATCH = 200;
/** An outage that outlasts `maxWait` twice in a row is not going to end for the next batch. */
const MAX_OUT_OF_TIME = 2;

const STOPPED = problemWithoutResponse('stopped');
/** Of a batch that was not sent, because Voiso or somebody else's request delayed it for too long. */
const DELAYED = problemWithoutResponse('rateLimited');

/** Sends the batches of one campaign, one after the other. */
export class CampaignSender {
	private readonly context: SendContext;

	private readonly plan: Plan;

	private readonly campaign: CampaignPlan;

	private readonly onResponse: (response: BatchResponse) => void;

	private readonly updates: CampaignUpdates;

	private requests = 0;

	private retries = 0;

	/** Whether leads that rejections named have not turned out to be acceptable. */
	private trustsNames = true;

	constructor(
		context: SendContext,
		plan: Plan,
		campaign: CampaignPlan,
		onResponse: (response: BatchResponse) => void,
	) {
		this.context = context;
		this.plan = plan;
		this.campaign = campaign;
		this.onResponse = onResponse;
		this.updates = new CampaignUpdates(context);
	}

	/** Reports every position of the campaign exactly once. */
	async send(): Promise<CampaignEffort> {
		const { dependencies, pauses } = this.context;
		const { now } = dependencies;
		const start = now();
		for (const batch of this.campaign.batches) {
			// Batches that are not sent any more are settled without a wait.
			if (pauses.isDue()) await pauses.take();
			await this.sendBatch(batch);
		}
		return {
			campaignId: this.campaign.campaignId,
			requests: this.requests,
			retries: this.retries,
			duration: now() - start,
		};
	}

	private async sendBatch(batch: Batch): Promise<void> {
		const { campaignId } = this.campaign;
		const rest: SubBatch[] = [{ positions: batch.positions, maybeApplied: false, role: 'whole' }];
		let parts = 0;
		for (let sub = rest.pop(); sub !== undefined; sub = rest.pop()) {
			const result = await this.sendSubBatch(sub);
			if (sub.role !== 'whole') parts++;
			const { positions, maybeApplied } = sub;
			if (result.kind === 'accepted') {
				// Voiso accepts what it named before: its names do not mean what they seem to.
				if (sub.role === 'named') this.trustsNames = false;
				const { body } = result;
				this.onResponse({ kind: 'accepted', campaignId, positions, body, maybeApplied });
			} else if (result.kind === 'failed') {
				this.fail(sub, batch, result);
			} else if (positions.length === 1) {
				const { apiMessage } = result.problem;
				this.onResponse({ kind: 'rejected', campaignId, positions, apiMessage });
			} else if (parts < MAX_PARTS_PER_BATCH) {
				rest.push(...split(sub, this.namedPlaces(positions, result.problem)));
			} else {
				for (const part of [sub, ...rest.splice(0)]) {
					const { problem } = result;
					this.fail(part, batch, { problem, attempts: 1, cause: 'tooManyRejections' });
				}
			}
		}
	}

	/** Tries a sub-batch until it is accepted, rejected as a whole, or given up. */
	private async sendSubBatch(sub: SubBatch): Promise<SubBatchResult> {
		const { dependencies, limits, signal } = this.context;
		const before = this.requests;
		const failed = (cause: Failure['cause'], problem: ApiProblem): SubBatchResult => {
			return { kind: 'failed', problem, cause, attempts: this.requests - before };
		};
		let deadline = Number.POSITIVE_INFINITY;
		let lastProblem = DELAYED;
		for (let attempt = 1; ; attempt++) {
			const timeLeft = Math.min(Math.max(0, deadline - dependencies.now()), limits.maxWait);
			const make = async (method: LeadCall['method']) => {
				const isRetry = this.requests > before || sub.role !== 'whole';
				return await this.call(method, sub.positions, isRetry, timeLeft);
			};
			const result =
				this.plan.action === 'add' ? await make('POST') : await this.updates.call(make);
			if (result.kind === 'accepted') return result;
			const { kind, problem } = result;
			if (kind === 'notSent') return failed('notSent', problem);
			if (kind === 'tooLong') return this.outOfTime(failed, lastProblem);
			sub.maybeApplied ||= problem.maybeApplied;
			if (kind === 'split') return { kind, problem };
			if (kind === 'stopped') return failed('stopped', problem);
			if (kind === 'final') {
				this.close(problem);
				return failed('final', problem);
			}
			lastProblem = problem;
			const now = dependencies.now();
			deadline = Math.min(deadline, now + limits.maxWait);
			const pause = kind === 'busy' ? 0 : backOff(attempt, dependencies.random());
			const delay = Math.max(pause, this.throttle().delay(limits.minimumInterval));
			if (now + delay > deadline) return this.outOfTime(failed, problem);
			if (pause > 0 && !(await dependencies.sleep(pause, signal)))
				return failed('stopped', STOPPED);
		}
	}

	private outOfTime(
		failed: (cause: Failure['cause'], problem: ApiProblem) => SubBatchResult,
		problem: ApiProblem,
	): SubBatchResult {
		const { outOfTimeInARow } = this.context.breaker;
		const { campaignId } = this.campaign;
		const inARow = (outOfTimeInARow.get(campaignId) ?? 0) + 1;
		outOfTimeInARow.set(campaignId, inARow);
		if (inARow >= MAX_OUT_OF_TIME) this.close(problem);
		return failed('outOfTime', problem);
	}

	/**
	 * Makes one request when it is the campaign's turn.
	 *
	 * @param timeLeft ms for which the request may still be delayed
	 */
	private async call(
		method: LeadCall['method'],
		positions: Positions,
		isRetry: boolean,
		timeLeft: number,
	): Promise<CallResult> {
		const { breaker, limits, pauses, signal, slots } = this.context;
		// Nobody needs to wait for a turn that is not going to be used.
		const obstacle = this.obstacle();
		if (obstacle !== undefined) return obstacle;
		const throttle = this.throttle();
		const grant = await throttle.acquire({
			interval: limits.minimumInterval,
			maxDelay: timeLeft,
			slots,
			signal,
		});
		if (grant === 'aborted') return { kind: 'stopped', problem: STOPPED };
		if (grant === 'tooLong') return { kind: 'tooLong', problem: DELAYED };
		let end: Parameters<Throttle['release']>[1] = { outcome: 'unused' };
		try {
			// Very many campaigns can find out at once that nothing is sent any more.
			if (pauses.isDue()) await pauses.take();
			// Meanwhile another campaign may have found out that the key is not valid.
			const newObstacle = this.obstacle();
			if (newObstacle !== undefined) return newObstacle;
			end = { outcome: 'failed' };
			this.requests++;
			if (isRetry) this.retries++;
			const httpResult = await this.post(method, positions);
			if (httpResult.kind === 'response') {
				breaker.reached = true;
				end.retryAfter = httpResult.retryAfter;
			}
			// Any JSON, or none: the lists in it have the results of the leads.
			const reading = readHttpResult(httpResult, () => true);
			if (reading.ok) {
				breaker.outOfTimeInARow.delete(this.campaign.campaignId);
				end.outcome = 'accepted';
				return { kind: 'accepted', body: reading.body };
			}
			const { problem } = reading;
			const kind = classifyFailure(problem, breaker.reached);
			// Before the turn is given back: nobody may begin another request.
			if (kind === 'final' && CONCERNS_ALL_CAMPAIGNS.has(problem.kind))
				breaker.openedBy ??= problem;
			if (kind === 'busy') end = { ...end, outcome: 'rejected', timeLeft };
			return { kind, problem };
		} finally {
			throttle.release(slots, end);
		}
	}

	private async post(method: LeadCall['method'], positions: Positions): Promise<HttpResult> {
		const { dependencies, signal } = this.context;
		const { campaignId } = this.campaign;
		const body = JSON.stringify(positions.map((position) => this.plan.leadAt(position)));
		try {
			return await dependencies.post({ method, campaignId, body }, signal);
		} catch {
			return { kind: 'networkError', code: signal?.aborted ? 'ERR_CANCELED' : 'UNKNOWN' };
		}
	}

	/** Why no request is to be made any more, to this campaign or to any. */
	private obstacle(): CallResult | undefined {
		const { breaker, signal } = this.context;
		if (signal?.aborted) return { kind: 'stopped', problem: STOPPED };
		const problem = breaker.closedCampaigns.get(this.campaign.campaignId) ?? breaker.openedBy;
		return problem && { kind: 'notSent', problem };
	}

	private throttle(): Throttle {
		const { baseUrl, memory } = this.context;
		return memory.throttle(baseUrl, this.campaign.campaignId);
	}

	/** Places of the leads that a rejection names, as long as its names can be trusted. */
	private namedPlaces(positions: Positions, problem: ApiProblem): number[] {
		if (!this.trustsNames) return [];
		return namedLeads(
			problem,
			positions.map((position) => this.plan.leadAt(position).phone_number),
		);
	}

	private close(problem: ApiProblem): void {
		const { closedCampaigns } = this.context.breaker;
		const { campaignId } = this.campaign;
		if (!closedCampaigns.has(campaignId)) closedCampaigns.set(campaignId, problem);
	}

	private fail(
		{ positions, maybeApplied }: SubBatch,
		{ number }: Batch,
		{ problem, attempts, cause }: Pick<Failure, 'problem' | 'attempts' | 'cause'>,
	): void {
		const { campaignId } = this.campaign;
		const campaignIds = [campaignId];
		const failure = { campaignIds, problem, batch: number, attempts, maybeApplied, cause };
		this.onResponse({ kind: 'failed', campaignId, positions, failure });
	}
}
