import { Throttle, type Clock } from './throttle';

/** The HTTP method with which a cluster updates leads. */
export type UpdateMethod = 'PUT' | 'PATCH';

/**
 * What one process remembers between executions: the pace of each campaign, and which method each
 * cluster takes for updates. Keys hold the address and the campaign, never the API key, so that
 * two credentials for one campaign share its pace.
 */
export class ProcessMemory {
	private readonly clock: Clock;

	private readonly lanes = new Map<string, Throttle>();

	private readonly updateMethods = new Map<string, UpdateMethod>();

	constructor(clock: Clock) {
		this.clock = clock;
	}

	/** The lane of a campaign. Lanes that nobody needs any more are forgotten on the way. */
	lane(baseUrl: string, campaignId: string): Throttle {
		const key = `${baseUrl}/${campaignId}`;
		for (const [other, lane] of this.lanes) {
			if (other !== key && lane.isIdle) this.lanes.delete(other);
		}
		const known = this.lanes.get(key) ?? new Throttle(this.clock);
		this.lanes.set(key, known);
		return known;
	}

	updateMethod(baseUrl: string): UpdateMethod | undefined {
		return this.updateMethods.get(baseUrl);
	}

	rememberUpdateMethod(baseUrl: string, method: UpdateMethod): void {
		this.updateMethods.set(baseUrl, method);
	}

	/** Campaigns remembered at the moment. */
	get size(): number {
		return this.lanes.size;
	}
}
