import type { Campaign, CampaignStatus } from '../../nodes/shared/api/generated/voisoApi.types.ts';
import { attemptsOf, isReached, makeCall, type NewCall, type PlacedCall } from './calls.mts';
import { WrongInput } from './check.mts';
import {
	campaignTemplate,
	defaultCampaigns,
	defaultUsers,
	type NewCampaign,
	type SandboxUser,
} from './defaultData.mts';
import type { SandboxOptions } from './options.mts';
import { dialingOrder } from './rules/dialing.mts';
import type { LeadBook } from './rules/leads.mts';

/** A campaign with everything that belongs to it. */
export interface StoredCampaign extends LeadBook {
	campaign: Campaign & { id: number };
	users: Set<number>;
	/** A status that it is going to have, and when (ms, monotonic). */
	next?: { status: CampaignStatus; at: number };
}

const emptyBook = (): LeadBook => ({ leads: new Map(), rejected: [], revision: 0 });

/** Campaigns, leads and users in memory. */
export class Store {
	readonly campaigns = new Map<number, StoredCampaign>();
	readonly users = new Map<number, SandboxUser>();
	/** In the order in which they were made. */
	readonly calls: PlacedCall[] = [];
	/** Campaign and number → the calls to it. */
	private readonly callsByNumber = new Map<string, PlacedCall[]>();

	constructor() {
		this.reset();
	}

	/** Goes back to the default data. */
	reset(): void {
		this.campaigns.clear();
		this.users.clear();
		for (const user of defaultUsers()) this.users.set(user.id, user);
		this.addCampaigns(defaultCampaigns);
		this.calls.length = 0;
		this.callsByNumber.clear();
	}

	/** Adds calls, as if they had been made. */
	addCalls(calls: NewCall[]): PlacedCall[] {
		const added = calls.map((call, index) => makeCall(this.calls.length + index + 1, call));
		this.calls.push(...added);
		for (const call of added) {
			const key = `${call.campaign_id}/${call.phone_number}`;
			this.callsByNumber.set(key, [...(this.callsByNumber.get(key) ?? []), call]);
		}
		return added;
	}

	/** The calls to a number of a campaign, the oldest first. */
	callsTo(campaignId: number, number: string): PlacedCall[] {
		return this.callsByNumber.get(`${campaignId}/${number}`) ?? [];
	}

	/**
	 * Adds campaigns; those without an id get the next ones.
	 *
	 * @throws WrongInput when an id is taken
	 */
	addCampaigns(campaigns: NewCampaign[]): Campaign[] {
		let last = Math.max(0, ...this.campaigns.keys());
		return campaigns.map(({ users = [1], ...given }) => {
			const id = given.id ?? last + 1;
			last = Math.max(last, id);
			if (this.campaigns.has(id)) throw new WrongInput(`There is a campaign ${id} already`);
			const name = `Campaign ${id}`;
			const campaign = { id, name, ...structuredClone(campaignTemplate), ...given };
			campaign.id = id;
			this.campaigns.set(id, { campaign, users: new Set(users), ...emptyBook() });
			return campaign;
		});
	}

	/** @throws WrongInput when there is no such campaign */
	changeCampaign(id: number, { users, ...change }: Omit<NewCampaign, 'id'>): Campaign {
		const stored = this.existing(id);
		Object.assign(stored.campaign, change);
		stored.revision++;
		if (change.status !== undefined) delete stored.next;
		if (users) stored.users = new Set(users);
		return stored.campaign;
	}

	/** Moves a campaign to a status, at once or through another one, as the options say. */
	moveTo(
		stored: StoredCampaign,
		transitional: CampaignStatus,
		final: CampaignStatus,
		{ transitions, transitionTime }: SandboxOptions,
	): void {
		if (transitions === 'atOnce') setStatus(stored, final);
		else setStatus(stored, transitional, { status: final, at: performance.now() + transitionTime });
	}

	/** @throws WrongInput when there is no such campaign */
	deleteCampaign(id: number): void {
		this.existing(id);
		this.campaigns.delete(id);
	}

	/** The campaign in the status it has by now, or undefined. */
	find(id: number): StoredCampaign | undefined {
		const stored = this.campaigns.get(id);
		if (stored?.next && stored.next.at <= performance.now()) {
			setStatus(stored, stored.next.status);
		}
		return stored;
	}

	/** The numbers of a campaign that the dialer is going to call, in order. */
	due({ campaign, leads }: StoredCampaign): string[] {
		const historyOf = (number: string) => {
			const calls = this.callsTo(campaign.id, number);
			return { attempts: calls.length, reached: calls.some(isReached) };
		};
		return dialingOrder(leads, historyOf, attemptsOf(campaign));
	}

	private existing(id: number): StoredCampaign {
		const stored = this.find(id);
		if (!stored) throw new WrongInput(`There is no campaign ${id}`);
		return stored;
	}

	/** All campaigns by id, each in the status it has by now. */
	all(): StoredCampaign[] {
		return [...this.campaigns.keys()].sort((a, b) => a - b).flatMap((id) => this.find(id) ?? []);
	}
}

/** Gives a campaign a status for good, or for the time until `next`. */
function setStatus(
	stored: StoredCampaign,
	status: CampaignStatus,
	next?: { status: CampaignStatus; at: number },
): void {
	stored.campaign.status = status;
	stored.campaign.updated_at = new Date().toISOString();
	delete stored.next;
	if (next) stored.next = next;
}
