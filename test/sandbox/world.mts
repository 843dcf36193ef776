import type { Campaign, Lead } from '../../nodes/shared/api/generated/voisoApi.types.ts';
import { checker } from './check.mts';
import type { SandboxUser } from './defaultData.mts';
import { Dialer } from './dialer.mts';
import { Faults } from './faults.mts';
import { LeadRequests } from './rules/leadRequests.mts';
import { defaultOptions, optionsSchema, type SandboxOptions } from './options.mts';
import { buildReport, type SandboxReport } from './report.mts';
import { Store } from './store.mts';
import { Webhooks } from './webhooks.mts';

/** A request that the API does not allow: what a sloppy client finds in the report. */
export interface Violation {
	method: string;
	/** With its query. */
	path: string;
	status: number;
	/** The body it was answered with. */
	answer: unknown;
}

/** A request that followed a redirect fault to the other host. */
export interface ElsewhereRequest {
	method: string;
	/** Whether it brought the API key along, which it must not. */
	hadKey: boolean;
}

/** What there is in the sandbox now. */
export interface SandboxState {
	campaigns: (Campaign & { users: number[] })[];
	/** Campaign id → phone number → lead. */
	leads: Record<string, Record<string, Lead>>;
	users: SandboxUser[];
}

const checkOptions: (value: unknown) => asserts value is Partial<SandboxOptions> = checker(
	'options',
	optionsSchema,
);

/** Everything that one sandbox knows, without any HTTP. */
export class World {
	readonly store = new Store();
	readonly options: SandboxOptions;
	/** Where the sandbox is; empty until it listens. */
	url = '';
	readonly faults: Faults;
	readonly webhooks: Webhooks;
	readonly dialer: Dialer;
	/** The time, in ms since 1970. */
	readonly now: () => number;
	/** By campaign. */
	readonly leadRequests = new Map<number, LeadRequests>();
	/** `GET /campaigns/{id}` → number of calls. */
	readonly calls = new Map<string, number>();
	readonly violations: Violation[] = [];
	readonly elsewhere: ElsewhereRequest[] = [];
	private readonly initialOptions: SandboxOptions;

	/**
	 * @param now ms since 1970
	 * @throws WrongInput when an option is not one, or has a value that it cannot have
	 */
	constructor(
		given: Partial<SandboxOptions>,
		closing: AbortSignal,
		now: () => number = () => Date.now(),
	) {
		checkOptions(given);
		this.initialOptions = { ...defaultOptions(), ...given };
		this.options = structuredClone(this.initialOptions);
		this.faults = new Faults(this.options);
		this.now = now;
		this.webhooks = new Webhooks(this.options, now, closing);
		this.dialer = new Dialer(this);
	}

	/** @throws WrongInput, and changes nothing then */
	changeOptions(change: unknown): void {
		checkOptions(change);
		Object.assign(this.options, structuredClone(change));
	}

	/** Back to the data and options of the start: no leads, no faults, an empty report. */
	reset(): void {
		this.store.reset();
		this.changeOptions(this.initialOptions);
		this.faults.clear();
		this.webhooks.reset();
		this.dialer.reset();
		this.leadRequests.clear();
		this.calls.clear();
		this.violations.length = 0;
		this.elsewhere.length = 0;
	}

	leadRequestsOf(campaignId: number): LeadRequests {
		let requests = this.leadRequests.get(campaignId);
		if (!requests) this.leadRequests.set(campaignId, (requests = new LeadRequests()));
		return requests;
	}

	count(endpoint: string): void {
		this.calls.set(endpoint, (this.calls.get(endpoint) ?? 0) + 1);
	}

	report(options?: { leads?: boolean }): SandboxReport {
		return buildReport(this, options);
	}

	state(): SandboxState {
		const campaigns = this.store.all();
		return structuredClone({
			campaigns: campaigns.map(({ campaign, users }) => ({ ...campaign, users: [...users] })),
			leads: Object.fromEntries(
				campaigns.map(({ campaign, leads }) => [campaign.id, Object.fromEntries(leads)]),
			),
			users: [...this.store.users.values()],
		});
	}
}
