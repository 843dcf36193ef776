import { readExchange, type Problem, type ProblemKind } from '../../shared/api/problem';
import type { Batch, CampaignPlan, Failure, FailureCause, Positions } from '../types';
import { backOff } from './backOff';
import { judge, namedLeads, type Verdict } from './judge';
import type { CampaignEffort, LeadCall, Run } from './send';

/** Leads that travel together until they are accepted, refused or given up. */
interface Parcel {
	positions: Positions;
	/** Whether an answer for these leads was lost. */
	uncertain: boolean;
	/** The batch itself, a part of a refused one, or the leads that a refusal named. */
	role: 'whole' | 'part' | 'suspects';
}

type ParcelResult =
	| { kind: 'accepted'; body: unknown }
	| { kind: 'divide'; problem: Problem }
	| { kind: 'failed'; problem: Problem; attempts: number; cause: FailureCause };

type CallResult = { body: unknown } | { problem: Problem; verdict: Verdict | 'notSent' };

/** With 1,000 leads a batch some ten bad ones are found; more point to something else. */
const MAX_PARTS_PER_BATCH = 200;
/** An outage that outlasts `maxWait` twice in a row is not going to end for the next batch. */
const MAX_OUT_OF_TIME = 2;
const CONCERNS_ALL_CAMPAIGNS = new Set<ProblemKind>([
	'unauthorized',
	'unknownHost',
	'insecure',
	'redirected',
]);

const STOPPED: Problem = { kind: 'stopped', said: '', fields: {}, mayHaveArrived: false };
/** An earlier answer asked for a longer wait than the batch may take. */
const EMBARGO: Problem = { ...STOPPED, kind: 'rateLimited' };

/** Sends the batches of one campaign, one after the other. */
export class CampaignSender {
	private readonly run: Run;

	private readonly campaign: CampaignPlan;

	private requests = 0;

	private retries = 0;

	/** Why nothing more is sent to this campaign. */
	private closedBy: Problem | undefined;

	private outOfTimeInARow = 0;

	/** Why PUT did not update leads. */
	private putProblem: Problem | undefined;

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
		const parcels: Parcel[] = [{ positions: batch.positions, uncertain: false, role: 'whole' }];
		let parts = 0;
		for (let parcel = parcels.pop(); parcel !== undefined; parcel = parcels.pop()) {
			const result = await this.sendParcel(parcel);
			if (parcel.role !== 'whole') parts++;
			if (result.kind === 'accepted') this.accept(parcel, result.body);
			else if (result.kind === 'failed') this.fail(parcel, batch, result);
			else if (parcel.positions.length === 1) this.refuse(parcel, result.problem);
			else if (parts < MAX_PARTS_PER_BATCH) parcels.push(...this.divide(parcel, result.problem));
			else this.giveUp([parcel, ...parcels.splice(0)], batch, result.problem);
		}
	}

	/** Tries a parcel until it is accepted, refused as a whole, or given up. */
	private async sendParcel(parcel: Parcel): Promise<ParcelResult> {
		const { outside, shipment, signal } = this.run;
		const before = this.requests;
		const failed = (cause: FailureCause, problem: Problem): ParcelResult => ({
			kind: 'failed',
			problem,
			cause,
			attempts: this.requests - before,
		});
		let deadline = Number.POSITIVE_INFINITY;
		const body = shipment.serialise(parcel.positions);
		for (let attempt = 1; ; attempt++) {
			const result = await this.call(body, attempt > 1 || parcel.role !== 'whole');
			if ('body' in result) return { kind: 'accepted', body: result.body };
			const { problem, verdict } = result;
			parcel.uncertain ||= problem.mayHaveArrived;
			if (verdict === 'divide') return { kind: 'divide', problem };
			if (verdict === 'stopped' || verdict === 'notSent') return failed(verdict, problem);
			if (verdict === 'final') {
				this.close(problem);
				return failed('final', problem);
			}
			const now = outside.now();
			deadline = Math.min(deadline, now + shipment.maxWait);
			const pause = backOff(verdict, attempt, shipment.minimumInterval, outside.random());
			if (now + Math.max(pause, problem.retryAfter ?? 0) > deadline) {
				if (++this.outOfTimeInARow >= MAX_OUT_OF_TIME) this.close(problem);
				return failed('outOfTime', problem);
			}
			if (!(await outside.sleep(pause, signal))) return failed('stopped', STOPPED);
		}
	}

	/** Makes one call in the campaign's lane. */
	private async call(body: string, isRetry: boolean): Promise<CallResult> {
		const { memory, outside, shipment, signal } = this.run;
		const { campaignId } = this.campaign;
		const lane = memory.lane(shipment.baseUrl, campaignId);
		if (lane.embargo > shipment.maxWait) {
			return { verdict: 'busy', problem: { ...EMBARGO, retryAfter: lane.embargo } };
		}
		if (!(await lane.enter(shipment.minimumInterval, signal))) {
			return { verdict: 'stopped', problem: STOPPED };
		}
		// Another campaign may have found out meanwhile that the key is not valid.
		const closedBy = this.run.closedBy ?? this.closedBy;
		if (closedBy !== undefined) {
			lane.leave(false);
			return { verdict: 'notSent', problem: closedBy };
		}
		const method = this.method();
		this.requests++;
		if (isRetry) this.retries++;
		const exchange = await outside.post({ method, campaignId, body }, signal);
		lane.leave(true, exchange.kind === 'answer' ? exchange.retryAfter : 0);
		this.run.reached ||= exchange.kind === 'answer';
		const reading = readExchange(exchange);
		if (reading.ok) {
			lane.relax();
			this.outOfTimeInARow = 0;
			if (method !== 'POST') memory.rememberUpdateMethod(shipment.baseUrl, method);
			return { body: reading.body };
		}
		const problem = this.trueProblem(method, reading.problem);
		if (this.shouldTryPatch(method, problem)) return { problem, verdict: 'again' };
		const verdict = judge(problem, this.run.reached);
		if (verdict === 'busy') lane.slowDown(shipment.minimumInterval);
		return { problem, verdict };
	}

	private method(): LeadCall['method'] {
		const { memory, shipment } = this.run;
		if (shipment.action === 'add') return 'POST';
		return memory.updateMethod(shipment.baseUrl) ?? (this.putProblem ? 'PATCH' : 'PUT');
	}

	/** No page says with which method leads are updated: PUT first, and PATCH once if there is no PUT. */
	private shouldTryPatch(method: LeadCall['method'], problem: Problem): boolean {
		const { kind } = problem;
		if (method !== 'PUT' || (kind !== 'notFound' && kind !== 'methodNotAllowed')) return false;
		if (this.run.memory.updateMethod(this.run.shipment.baseUrl) !== undefined) return false;
		this.putProblem = problem;
		return true;
	}

	/** A path that takes no PATCH takes PUT: what that met with, such as an unknown campaign, is the trouble. */
	private trueProblem(method: LeadCall['method'], problem: Problem): Problem {
		const isWrongMethod = method === 'PATCH' && problem.kind === 'methodNotAllowed';
		return isWrongMethod ? (this.putProblem ?? problem) : problem;
	}

	/**
	 * The parts in which a refused parcel is sent again, the next one last: the leads that the answer
	 * names apart from the rest, or else two halves.
	 */
	private divide({ positions, uncertain }: Parcel, problem: Problem): Parcel[] {
		const { shipment } = this.run;
		const part = (some: Positions, role: Parcel['role']): Parcel => ({
			positions: some,
			uncertain,
			role,
		});
		const named = this.trustsNames ? namedLeads(problem, shipment.phones(positions)) : [];
		if (named.length > 0 && named.length < positions.length) {
			const suspects = new Set(named);
			return [
				part(
					positions.filter((_, place) => !suspects.has(place)),
					'part',
				),
				part(
					positions.filter((_, place) => suspects.has(place)),
					'suspects',
				),
			];
		}
		const middle = Math.ceil(positions.length / 2);
		return [part(positions.slice(middle), 'part'), part(positions.slice(0, middle), 'part')];
	}

	private close(problem: Problem): void {
		this.closedBy ??= problem;
		if (CONCERNS_ALL_CAMPAIGNS.has(problem.kind)) this.run.closedBy ??= problem;
	}

	private accept({ positions, uncertain, role }: Parcel, body: unknown): void {
		// Voiso accepts what it named before: its names do not mean what they seem to.
		if (role === 'suspects') this.trustsNames = false;
		const { campaignId } = this.campaign;
		this.run.onDelivery({ kind: 'answered', campaignId, positions, body, uncertain });
	}

	private refuse({ positions }: Parcel, { said }: Problem): void {
		const { campaignId } = this.campaign;
		this.run.onDelivery({ kind: 'refused', campaignId, positions, said });
	}

	private fail(
		{ positions, uncertain }: Parcel,
		{ number }: Batch,
		{ problem, attempts, cause }: Pick<Failure, 'problem' | 'attempts' | 'cause'>,
	): void {
		const { campaignId } = this.campaign;
		const failure: Failure = {
			campaignIds: [campaignId],
			problem,
			batch: number,
			attempts,
			mayHaveArrived: uncertain,
			cause,
		};
		this.run.onDelivery({ kind: 'failed', campaignId, positions, failure });
	}

	private giveUp(parcels: Parcel[], batch: Batch, problem: Problem): void {
		for (const parcel of parcels) {
			this.fail(parcel, batch, { problem, attempts: 1, cause: 'tooManyRefusals' });
		}
	}
}
