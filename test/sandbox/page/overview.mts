import type { LeadRequest } from '../rules/leadRequests.mts';
import type { StoredCampaign } from '../store.mts';
import type { World } from '../world.mts';

/** How many of the latest lead requests of a campaign the page shows. */
const SHOWN = 300;

/** A campaign as the page shows it. */
export interface CampaignOverview {
	id: number;
	name: string;
	/** `deleted` once it has been, while there are requests to show. */
	status: string;
	live: boolean;
	users: number;
	/** Leads that are in it now, and how many of these are not to be called. */
	stored: number;
	inactive: number;
	/** `created`, `duplicates`, `rejected`, `updated`, `not_found` → leads, over all requests. */
	outcomes: Record<string, number>;
	/** Over all requests. */
	requests: number;
	leadsSent: number;
	tooEarly: number;
	overlapped: number;
	/** Smallest pause before a request, in ms; null when there was none. */
	smallestGap: number | null;
	/** The latest ones only. */
	latest: LeadRequest[];
}

/** What the page shows; times in ms on the monotonic clock. */
export interface Overview {
	/** The time of this overview. */
	now: number;
	/** When the first lead request came; null when there was none. */
	origin: number | null;
	/** The pause that the sandbox asks for, in ms. */
	minimumInterval: number;
	/** Requests that the API does not allow. */
	violations: number;
	campaigns: CampaignOverview[];
}

export function overviewOf(world: World): Overview {
	const stored = new Map(world.store.all().map((each) => [each.campaign.id, each]));
	const ids = [...new Set([...stored.keys(), ...world.leadRequests.keys()])].sort((a, b) => a - b);
	const starts = [...world.leadRequests.values()].flatMap(
		({ requests }) => requests[0]?.start ?? [],
	);
	return {
		now: performance.now(),
		origin: starts.length > 0 ? Math.min(...starts) : null,
		minimumInterval: world.options.minimumInterval,
		violations: world.violations.length,
		campaigns: ids.map((id) =>
			campaignOverview(id, stored.get(id), world.leadRequests.get(id)?.requests ?? []),
		),
	};
}

function campaignOverview(
	id: number,
	stored: StoredCampaign | undefined,
	requests: LeadRequest[],
): CampaignOverview {
	const outcomes: Record<string, number> = {};
	for (const request of requests)
		for (const [outcome, leads] of Object.entries(request.outcomes))
			outcomes[outcome] = (outcomes[outcome] ?? 0) + leads;
	const leads = [...(stored?.leads.values() ?? [])];
	const gaps = requests.flatMap(({ gap }) => gap ?? []);
	return {
		id,
		name: stored?.campaign.name ?? `Campaign ${id}`,
		status: stored?.campaign.status ?? 'deleted',
		live: stored?.campaign.live === true,
		users: stored?.users.size ?? 0,
		stored: leads.length,
		inactive: leads.filter(({ active }) => active === false).length,
		outcomes,
		requests: requests.length,
		leadsSent: requests.reduce((total, request) => total + request.leads, 0),
		tooEarly: requests.filter(({ tooEarly }) => tooEarly).length,
		overlapped: requests.filter(({ overlapped }) => overlapped).length,
		smallestGap: gaps.length > 0 ? gaps.reduce((a, b) => Math.min(a, b)) : null,
		latest: requests.slice(-SHOWN),
	};
}
