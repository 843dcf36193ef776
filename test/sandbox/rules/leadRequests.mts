import { freeIn, IDLE, isTooEarly, type Work } from './leadCalls.mts';

/** The result of a lead request; times in ms on the monotonic clock (`performance.now()`). */
export interface LeadRequest {
	method: string;
	/** When its head arrived. */
	start: number;
	/** When it was answered or its connection was closed; null while it is open. */
	end: number | null;
	/** When the work on it ended; null when it was not accepted. */
	processedAt: number | null;
	/** How many leads it carried; 0 when its body could not be read. */
	leads: number;
	/** The results of its leads: `created`, `duplicates`, … → how many; empty unless it was accepted. */
	outcomes: Record<string, number>;
	/** The status it was answered with; null when it got no answer. */
	status: number | null;
	/** `fault`: a fault on demand answered in place of Voiso, before anything was done. */
	outcome: 'open' | 'accepted' | 'busy' | 'refused' | 'fault';
	/** It started before another lead request of the campaign had been answered. */
	overlapped: boolean;
	/** It started before the end of the previous accepted one, or sooner after it than is allowed. */
	tooEarly: boolean;
	/** From the end of the previous accepted one to its start; null when it has not ended. */
	gap: number | null;
}

/** The lead requests of one campaign, of which Voiso works on one at a time. */
export class LeadRequests {
	readonly requests: LeadRequest[] = [];
	private readonly open = new Set<LeadRequest>();
	private latestEnd = -Infinity;
	private readonly work: Work = { ...IDLE };
	private readonly now: () => number;

	/** @param now ms on a monotonic clock */
	constructor(now: () => number = () => performance.now()) {
		this.now = now;
	}

	/** Records a request, and what is wrong about when it comes. */
	arrive(method: string, start: number, leads: number, minimumInterval: number): LeadRequest {
		const { isWorking, freeAt } = this.work;
		const gap = isWorking || freeAt === IDLE.freeAt ? null : start - freeAt;
		const request: LeadRequest = {
			method,
			start,
			end: null,
			processedAt: null,
			leads,
			outcomes: {},
			status: null,
			outcome: 'open',
			overlapped: this.open.size > 0 || start < this.latestEnd,
			tooEarly: isTooEarly(this.work, start, minimumInterval),
			gap,
		};
		this.requests.push(request);
		this.open.add(request);
		return request;
	}

	/** Whether Voiso has to reject the request: it works on another, or did so a moment ago. */
	isBusyFor(request: LeadRequest, minimumInterval: number): boolean {
		return isTooEarly(this.work, request.start, minimumInterval);
	}

	/** Milliseconds from now until a request would be accepted. */
	freeIn(minimumInterval: number, processingTime: number): number {
		return freeIn(this.work, this.now(), processingTime, minimumInterval);
	}

	begin(request: LeadRequest): void {
		this.work.isWorking = true;
		request.outcome = 'accepted';
	}

	/** Ends the work on a request, now or in `outlasts` ms. */
	finish(request: LeadRequest, outcomes: Record<string, number>, outlasts: number): void {
		this.work.isWorking = false;
		request.outcomes = outcomes;
		this.work.freeAt = this.now() + outlasts;
		request.processedAt = this.work.freeAt;
	}

	/** Records the end of a request; a second call for the same request changes nothing. */
	close(request: LeadRequest, status: number | null): void {
		if (!this.open.delete(request)) return;
		request.end = this.now();
		request.status = status;
		if (request.outcome === 'open') request.outcome = 'refused';
		this.latestEnd = Math.max(this.latestEnd, request.end);
	}
}
