import { readHttpResult, type ApiProblem, type ProblemKind } from '../../shared/api/problem';
import type { Throttle } from '../../shared/throttle/throttle';
import type { Batch, CampaignPlan, Failure, FailureCause } from '../types';
import { backOff } from './backOff';
import { classifyFailure, namedLeads, type RetryDecision } from './classifyFailure';
import { split, type SubBatch } from './subBatch';
import type { CampaignEffort, LeadCall, Run } from './send';

type ParcelResult =
	| { kind: 'accepted'; body: unknown }
	| { kind: 'divide'; problem: ApiProblem }
	| { kind: 'failed'; problem: ApiProblem; attempts: number; cause: FailureCause };

type CallResult =
	| { body: unknown }
	| { problem: ApiProblem; verdict: RetryDecision | 'notSent' | 'wrongMethod' };

/** With 1,000 leads a batch some ten bad ones are found; more point to something else. */
const MAX_PARTS_PER_BATCH = 200;
/** An outage that outlasts `maxWait` twice in a row is not going to end for the next batch. */
const MAX_OUT_OF_TIME = 2;
const CONCERNS_ALL_CAMPAIGNS = new Set<ProblemKind>([
	'unauthorized',
	'unknownHost',
	'insecure',
	'redirected',
	'blocked',
	'notSent',
]);

const STOPPED: ApiProblem = { kind: 'stopped', apiMessage: '', fields: {}, maybeApplied: false };
/** An earlier answer asked for a longer wait than the batch may take. */
const EMBARGO: ApiProblem = { ...STOPPED, kind: 'rateLimited' };

/** Sends the batches of one campaign, one after the other. */
export class CampaignSender {
	private readonly run: Run;

	private readonly campaign: CampaignPlan;

	private requests = 0;

	private retries = 0;

	private outOfTimeInARow = 0;

	/** Why PUT did not update leads. */
	private putProblem: ApiProblem | undefined;

	/** Whether leads that refusals named have not turned out to be acceptable. */
	private trustsNames = true;

	constructor(run: Run, campaign: CampaignPlan) {
		this.run = run;
		this.campaign = campaign;
	}

	/** Never rejects; every position of the campaign is reported exactly once. */
	async send(): Promise<CampaignEffort> {
		const start = this.run.outside.now();
		for (const batch of this.campaign.batches) await this.sendBatch(batch);
		return {
			campaignId: this.campaign.campaignId,
			requests: this.requests,
			retries: this.retries,
			duration: this.run.outside.now() - start,
		};
	}

	private async sendBatch(batch: Batch): Promise<void> {
		const parcels: SubBatch[] = [{ positions: batch.positions, uncertain: false, role: 'whole' }];
		let parts = 0;
		for (let parcel = parcels.pop(); parcel !== undefined; parcel = parcels.pop()) {
			const result = await this.sendParcel(parcel);
			if (parcel.role !== 'whole') parts++;
			if (result.kind === 'accepted') this.accept(parcel, result.body);
			else if (result.kind === 'failed') this.fail(parcel, batch, result);
			else if (parcel.positions.length === 1) this.refuse(parcel, result.problem);
			else if (parts < MAX_PARTS_PER_BATCH)
				parcels.push(...split(parcel, this.suspectsIn(parcel, result.problem)));
			else this.giveUp([parcel, ...parcels.splice(0)], batch, result.problem);
		}
	}

	/** Tries a parcel until it is accepted, refused as a whole, or given up. */
	private async sendParcel(parcel: SubBatch): Promise<ParcelResult> {
		const { outside, shipment, signal } = this.run;
		const before = this.requests;
		const failed = (cause: FailureCause, problem: ApiProblem): ParcelResult => ({
			kind: 'failed',
			problem,
			cause,
			attempts: this.requests - before,
		});
		let deadline = Number.POSITIVE_INFINITY;
		const body = shipment.serialise(parcel.positions);
		for (let attempt = 1; ; attempt++) {
			const patience = Math.min(Math.max(0, deadline - outside.now()), shipment.maxWait);
			const isRetry = this.requests > before || parcel.role !== 'whole';
			const result = await this.call(body, isRetry, patience);
			if ('body' in result) return { kind: 'accepted', body: result.body };
			const { problem, verdict } = result;
			if (verdict === 'wrongMethod') continue;
			if (verdict === 'notSent') return failed(verdict, problem);
			parcel.uncertain ||= problem.maybeApplied;
			if (verdict === 'divide') return { kind: 'divide', problem };
			if (verdict === 'stopped') return failed(verdict, problem);
			if (verdict === 'final') {
				this.close(problem);
				if (CONCERNS_ALL_CAMPAIGNS.has(problem.kind)) this.run.circuitBreaker.openedBy ??= problem;
				return failed('final', problem);
			}
			const now = outside.now();
			deadline = Math.min(deadline, now + shipment.maxWait);
			const { minimumInterval } = shipment;
			const timeLeft = deadline - now;
			const pause = backOff(verdict, { attempt, minimumInterval, timeLeft }, outside.random());
			if (now + Math.max(pause, problem.retryAfter ?? 0) > deadline) {
				if (++this.outOfTimeInARow >= MAX_OUT_OF_TIME) this.close(problem);
				return failed('outOfTime', problem);
			}
			if (verdict === 'busy') this.lane().rest(pause);
			if (!(await outside.sleep(pause, signal))) return failed('stopped', STOPPED);
		}
	}

	/**
	 * Makes one call in the campaign's lane.
	 *
	 * @param patience ms for which Voiso may still ask to wait
	 */
	private async call(body: string, isRetry: boolean, patience: number): Promise<CallResult> {
		const { memory, outside, shipment, signal } = this.run;
		const { campaignId } = this.campaign;
		// Nobody needs to wait for a turn that is not going to be used.
		const obstacle = this.obstacle();
		if (obstacle !== undefined) return obstacle;
		const lane = this.lane();
		const entry = await lane.enter(shipment.minimumInterval, patience, signal);
		if (entry === 'embargoed') {
			return { verdict: 'busy', problem: { ...EMBARGO, retryAfter: lane.embargo } };
		}
		// Meanwhile another campaign may have found out that the key is not valid.
		const newObstacle = this.obstacle();
		if (newObstacle !== undefined) {
			if (entry === 'entered') lane.leave(false);
			return newObstacle;
		}
		const method = this.method();
		this.requests++;
		if (isRetry) this.retries++;
		const exchange = await outside.post({ method, campaignId, body }, signal);
		lane.leave(true, exchange.kind === 'response' ? exchange.retryAfter : 0);
		this.run.circuitBreaker.reached ||= exchange.kind === 'response';
		const reading = readHttpResult(exchange);
		if (reading.ok) {
			lane.accepted();
			this.outOfTimeInARow = 0;
			if (method !== 'POST') memory.rememberUpdateMethod(shipment.baseUrl, method);
			return { body: reading.body };
		}
		const problem = this.trueProblem(method, reading.problem);
		if (this.shouldTryPatch(method, problem)) return { problem, verdict: 'wrongMethod' };
		const verdict = classifyFailure(problem, this.run.circuitBreaker.reached);
		if (verdict === 'busy') lane.turnedAway();
		return { problem, verdict };
	}

	/** Why no call is to be made any more, to this campaign or to any. */
	private obstacle(): { problem: ApiProblem; verdict: 'stopped' | 'notSent' } | undefined {
		if (this.run.signal?.aborted) return { verdict: 'stopped', problem: STOPPED };
		const { openedBy, closedCampaigns } = this.run.circuitBreaker;
		const problem = openedBy ?? closedCampaigns.get(this.campaign.campaignId);
		return problem && { verdict: 'notSent', problem };
	}

	private lane(): Throttle {
		return this.run.memory.lane(this.run.shipment.baseUrl, this.campaign.campaignId);
	}

	private method(): LeadCall['method'] {
		const { memory, shipment } = this.run;
		if (shipment.action === 'add') return 'POST';
		if (this.putProblem !== undefined) return 'PATCH';
		return memory.updateMethod(shipment.baseUrl) ?? 'PUT';
	}

	/** No page says with which method leads are updated: PUT first, and PATCH once if there is no PUT. */
	private shouldTryPatch(method: LeadCall['method'], problem: ApiProblem): boolean {
		const { kind } = problem;
		if (method !== 'PUT' || (kind !== 'notFound' && kind !== 'methodNotAllowed')) return false;
		// Another campaign may have found out meanwhile that it is PATCH.
		if (this.run.memory.updateMethod(this.run.shipment.baseUrl) === 'PUT') return false;
		this.putProblem = problem;
		return true;
	}

	/** A path that takes no PATCH takes PUT: what that met with, such as an unknown campaign, is the trouble. */
	private trueProblem(method: LeadCall['method'], problem: ApiProblem): ApiProblem {
		const isWrongMethod = method === 'PATCH' && problem.kind === 'methodNotAllowed';
		return isWrongMethod ? (this.putProblem ?? problem) : problem;
	}

	/** Places of the leads that a refusal names, as long as its names can be trusted. */
	private suspectsIn({ positions }: SubBatch, problem: ApiProblem): number[] {
		return this.trustsNames ? namedLeads(problem, this.run.shipment.phones(positions)) : [];
	}

	private close(problem: ApiProblem): void {
		const { closedCampaigns } = this.run.circuitBreaker;
		const { campaignId } = this.campaign;
		if (!closedCampaigns.has(campaignId)) closedCampaigns.set(campaignId, problem);
	}

	private accept({ positions, uncertain, role }: SubBatch, body: unknown): void {
		// Voiso accepts what it named before: its names do not mean what they seem to.
		if (role === 'suspects') this.trustsNames = false;
		const { campaignId } = this.campaign;
		this.run.onDelivery({ kind: 'answered', campaignId, positions, body, uncertain });
	}

	private refuse({ positions }: SubBatch, { apiMessage }: ApiProblem): void {
		const { campaignId } = this.campaign;
		this.run.onDelivery({ kind: 'refused', campaignId, positions, apiMessage });
	}

	private fail(
		{ positions, uncertain }: SubBatch,
		{ number }: Batch,
		{ problem, attempts, cause }: Pick<Failure, 'problem' | 'attempts' | 'cause'>,
	): void {
		const { campaignId } = this.campaign;
		const failure: Failure = {
			campaignIds: [campaignId],
			problem,
			batch: number,
			attempts,
			maybeApplied: uncertain,
			cause,
		};
		this.run.onDelivery({ kind: 'failed', campaignId, positions, failure });
	}

	private giveUp(parcels: SubBatch[], batch: Batch, problem: ApiProblem): void {
		for (const parcel of parcels) {
			this.fail(parcel, batch, { problem, attempts: 1, cause: 'tooManyRefusals' });
		}
	}
}
