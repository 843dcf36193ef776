import { readId } from '../api/ids';
import { Throttle, type Clock } from './throttle';

/** The HTTP method with which a cluster updates leads. */
export type UpdateMethod = 'PUT' | 'PATCH';

/** ms; looking at every throttle for each new campaign would take longer than the calls. */
const SWEEP_EVERY = 60_000;
const MOST_THROTTLES = 10_000;
const MOST_CLUSTERS = 1_000;

/**
 * What one process remembers between executions: the pace of each campaign, and with which method a cluster
 * updated leads. Keys hold the address and the campaign, never the API key, so that two credentials for one
 * campaign share its pace.
 */
export class ProcessMemory {
	private readonly clock: Clock;

	private readonly random: () => number;

	/** By campaign, those used last at the end. */
	private readonly throttles = new Map<string, Throttle>();

	private readonly updateMethods = new Map<string, UpdateMethod>();

	private sweepAt = Number.NEGATIVE_INFINITY;

	constructor(clock: Clock, random: () => number) {
		this.clock = clock;
		this.random = random;
	}

	/** The throttle of a campaign, to ask for anew before each call: one that nobody uses may be forgotten. */
	throttle(baseUrl: string, campaignId: string): Throttle {
		this.sweep();
		// The dot of a full host name (`cc-ams03.voiso.com.`) names the same host.
		const host = baseUrl.toLowerCase().replace(/\.(?=:\d+$|$)/, '');
		const key = `${host}/${readId(campaignId) ?? campaignId}`;
		const throttle = this.throttles.get(key) ?? new Throttle(this.clock, this.random);
		this.throttles.delete(key);
		this.throttles.set(key, throttle);
		return throttle;
	}

	/** A hint only: it may come from another credential, and what it saw may have changed. */
	updateMethod(baseUrl: string): UpdateMethod | undefined {
		return this.updateMethods.get(baseUrl);
	}

	rememberUpdateMethod(baseUrl: string, method: UpdateMethod): void {
		if (this.updateMethods.size >= MOST_CLUSTERS) this.updateMethods.clear();
		this.updateMethods.set(baseUrl, method);
	}

	/** Campaigns remembered at the moment. */
	get size(): number {
		return this.throttles.size;
	}

	/** Forgets idle throttles now and then; of very many also those that are not in use right now. */
	private sweep(): void {
		const now = this.clock.now();
		if (now < this.sweepAt) return;
		this.sweepAt = now + SWEEP_EVERY;
		for (const [key, throttle] of this.throttles) {
			const isOneTooMany = this.throttles.size > MOST_THROTTLES;
			if (throttle.isIdle || (isOneTooMany && !throttle.isInUse)) this.throttles.delete(key);
		}
	}
}
