import type { Lead } from '../../nodes/shared/api/generated/voisoApi.types.ts';
import type { LeadRequest } from './rules/leadRequests.mts';
import type { StoredCampaign } from './store.mts';
import type { ElsewhereRequest, Violation, World } from './world.mts';

/** Counts of lead requests, of one campaign or of all. */
export interface LeadTotals {
	requests: number;
	accepted: number;
	busy: number;
	refused: number;
	faults: number;
	overlapped: number;
	tooEarly: number;
	/** Leads in all these requests. */
	leadsSent: number;
	/** Leads that are in the campaign now. */
	leadsStored: number;
}

export interface CampaignReport extends LeadTotals {
	leadRequests: LeadRequest[];
	/** Of the gaps between accepted requests and the next, in ms; null when there are none. */
	smallestGap: number | null;
	/** Phone number → the lead as stored now; empty when the report was asked for without leads. */
	leads: Record<string, Lead>;
	/** Numbers that were refused, in the order they came. */
	rejected: string[];
}

/** What clients have done since the start or the last reset. */
export interface SandboxReport {
	/** By id: the campaigns that lead requests came for. */
	campaigns: Record<string, CampaignReport>;
	/** `requests` counts lead requests only; `calls` has all. */
	totals: LeadTotals;
	/** Endpoint, such as `GET /campaigns/{id}`, or `unknown` → number of calls. */
	calls: Record<string, number>;
	/** Requests that the API does not allow. */
	violations: Violation[];
	/** Requests that followed a redirect to another host. */
	elsewhere: ElsewhereRequest[];
}

const empty: LeadTotals = {
	requests: 0,
	accepted: 0,
	busy: 0,
	refused: 0,
	faults: 0,
	overlapped: 0,
	tooEarly: 0,
	leadsSent: 0,
	leadsStored: 0,
};

export function buildReport(world: World, { leads = true } = {}): SandboxReport {
	const campaigns = [...world.leadRequests].map(([id, { requests }]) => {
		const report = campaignReport(requests, world.store.find(id), leads);
		return [String(id), report] as const;
	});
	return {
		campaigns: Object.fromEntries(campaigns),
		totals: sum(campaigns.map(([, report]) => report)),
		calls: Object.fromEntries(world.calls),
		violations: structuredClone(world.violations),
		elsewhere: structuredClone(world.elsewhere),
	};
}

function campaignReport(
	leadRequests: LeadRequest[],
	stored: StoredCampaign | undefined,
	withLeads: boolean,
): CampaignReport {
	const count = (test: (request: LeadRequest) => boolean) => leadRequests.filter(test).length;
	const gaps = leadRequests.flatMap(({ gap }) => gap ?? []);
	return {
		requests: leadRequests.length,
		accepted: count(({ outcome }) => outcome === 'accepted'),
		busy: count(({ outcome }) => outcome === 'busy'),
		refused: count(({ outcome }) => outcome === 'refused'),
		faults: count(({ outcome }) => outcome === 'fault'),
		overlapped: count(({ overlapped }) => overlapped),
		tooEarly: count(({ tooEarly }) => tooEarly),
		leadsSent: leadRequests.reduce((total, request) => total + request.leads, 0),
		leadsStored: stored?.leads.size ?? 0,
		leadRequests: structuredClone(leadRequests),
		smallestGap: gaps.length > 0 ? gaps.reduce((a, b) => Math.min(a, b)) : null,
		leads: withLeads && stored ? structuredClone(Object.fromEntries(stored.leads)) : {},
		rejected: [...(stored?.rejected ?? [])],
	};
}

function sum(reports: LeadTotals[]): LeadTotals {
	const totals = { ...empty };
	for (const report of reports) {
		for (const key of Object.keys(empty) as (keyof LeadTotals)[]) totals[key] += report[key];
	}
	return totals;
}
