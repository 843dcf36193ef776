import type { LeadRequest } from '../rules/leadRequests.mts';
import { isReached, type PlacedCall, recordingLink } from '../calls.mts';
import type { Store, StoredCampaign } from '../store.mts';
import type { EventDelivery } from '../webhooks.mts';
import type { Violation, World } from '../world.mts';

/** How many of the latest lead requests of a campaign the page shows. */
const SHOWN = 300;
const SHOWN_VIOLATIONS = 10;
const SHOWN_CALLS = 12;

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
	/** Too early, overlapping or both. */
	badRequests: number;
	/** Smallest pause before a request, in ms; null when there was none. */
	smallestGap: number | null;
	/** The latest ones only. */
	latest: LeadRequest[];
	calls: number;
	/** Disposition → calls. */
	dispositions: Record<string, number>;
	/** Leads that an agent has talked with. */
	reached: number;
	/** Leads that the dialer is going to call. */
	due: number;
}

/** A call as the page shows it. */
export interface CallOverview {
	/** Counts from 1. */
	call_number: number;
	campaign: string;
	number: string;
	disposition: string;
	agent: string | null;
	/** Seconds. */
	talk_time: number;
	wrap_up_code: string | null;
	/** A link. */
	recording: string | null;
}

/** A request that the API doesn't allow. */
interface ViolationOverview {
	method: string;
	path: string;
	status: number;
	/** What was wrong with it, such as `0.phone_number must be string`. */
	reason: string;
}

/** What the page shows; times in ms on the monotonic clock. */
export interface Overview {
	/** The time of this overview. */
	now: number;
	/** When the first lead request came; null when there was none. */
	origin: number | null;
	/** The pause that the sandbox asks for, in ms. */
	minimumInterval: number;
	/** The latest requests that the API doesn't allow, the latest first. */
	violations: ViolationOverview[];
	violationCount: number;
	/** Calls a second. */
	dial: number;
	/** Events for webhooks, by status, and why the latest of those given up failed. */
	events: { delivered: number; pending: number; inactive: number; reason: string | null };
	callCount: number;
	/** The latest first. */
	latestCalls: CallOverview[];
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
		violations: world.violations.slice(-SHOWN_VIOLATIONS).reverse().map(violationOverview),
		violationCount: world.violations.length,
		dial: world.options.dial,
		events: eventsOverview(world.webhooks.deliveries),
		callCount: world.store.calls.length,
		latestCalls: world.store.calls
			.slice(-SHOWN_CALLS)
			.reverse()
			.map((call) => callOverview(call, world)),
		campaigns: ids.map((id) => campaignOverview(id, stored.get(id), world)),
	};
}

function campaignOverview(
	id: number,
	stored: StoredCampaign | undefined,
	world: World,
): CampaignOverview {
	const requests = world.leadRequests.get(id)?.requests ?? [];
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
		badRequests: requests.filter(({ tooEarly, overlapped }) => tooEarly || overlapped).length,
		smallestGap: gaps.length > 0 ? gaps.reduce((a, b) => Math.min(a, b)) : null,
		latest: requests.slice(-SHOWN),
		...callsOverview(id, stored, world.store),
	};
}

function callsOverview(id: number, stored: StoredCampaign | undefined, store: Store) {
	const calls = store.calls.filter(({ campaign_id }) => campaign_id === id);
	const dispositions: Record<string, number> = {};
	for (const { disposition } of calls) {
		dispositions[disposition] = (dispositions[disposition] ?? 0) + 1;
	}
	const reached = new Set(calls.filter(isReached).map(({ phone_number }) => phone_number)).size;
	const due = calls.length > 0 && stored ? store.due(stored).length : 0;
	return { calls: calls.length, dispositions, reached, due };
}

function callOverview(call: PlacedCall, world: World): CallOverview {
	const user = call.user_id === null ? undefined : world.store.users.get(call.user_id);
	const campaign = call.campaign_id === null ? undefined : world.store.find(call.campaign_id);
	return {
		call_number: call.number,
		campaign: campaign?.campaign.name ?? '',
		number: call.phone_number,
		disposition: call.disposition,
		agent: user?.name ?? null,
		talk_time: call.duration.talk_time,
		wrap_up_code: call.wrap_up_code,
		recording: call.recorded ? recordingLink(call, world) : null,
	};
}

function eventsOverview(deliveries: EventDelivery[]): Overview['events'] {
	const count = (status: EventDelivery['status']) =>
		deliveries.filter((delivery) => delivery.status === status).length;
	const reason = deliveries.findLast(({ status }) => status === 'inactive')?.reason ?? null;
	return {
		delivered: count('delivered'),
		pending: count('pending'),
		inactive: count('inactive'),
		reason,
	};
}

function violationOverview({ method, path, status, answer }: Violation): ViolationOverview {
	const { error, errors } = answer as { error?: string; errors?: Record<string, string[]> };
	const [[field, [message = ''] = []] = ['', []]] = Object.entries(errors ?? {});
	return { method, path, status, reason: error ?? `${field}: ${message}` };
}
