import type { PlacedCall } from './calls.mts';
import type { SandboxUser } from './defaultData.mts';
import { dataOfAgent, dataOfCall, type StatusChange } from './events.mts';
import { drawOutcome } from './rules/dialing.mts';
import type { StoredCampaign } from './store.mts';
import type { World } from './world.mts';

/** After so many of their calls an agent takes a break. */
const CALLS_BEFORE_BREAK = 20;

/** The numbers that a campaign is going to dial, as long as none of its leads changes. */
interface Round {
	/** The next one is the last, so that taking it is quick. */
	numbers: string[];
	revision: number;
	/** Whether one of them has been taken. */
	isTouched: boolean;
}

/**
 * Places the calls of active campaigns that have users and leads to call: each as if it had just ended,
 * with its CDR, its events and the status of its agent.
 */
export class Dialer {
	private readonly world: World;
	private rounds = new WeakMap<StoredCampaign, Round>();
	private agents = new Map<number, { status: string; since: number; calls: number }>();
	/** Calls that are due by the speed. */
	private credit = 0;
	private ticked: number | undefined;

	constructor(world: World) {
		this.world = world;
	}

	/** Forgets what it was about to do. */
	reset(): void {
		this.rounds = new WeakMap();
		this.agents = new Map();
		this.credit = 0;
	}

	/**
	 * Places the calls that are due since it was last called, by the option `dial`.
	 *
	 * @param now ms on a monotonic clock
	 */
	tick(now: number): void {
		const { dial: speed } = this.world.options;
		const seconds = (now - (this.ticked ?? now)) / 1000;
		this.ticked = now;
		// What nobody was there to call is not caught up on.
		this.credit = Math.min(this.credit + seconds * speed, speed);
		const calls = Math.floor(this.credit);
		if (calls > 0) this.credit -= this.dial(calls);
	}

	/**
	 * Places calls at once, campaigns taking turns, until there is nobody left to call.
	 *
	 * @param limit calls at most
	 * @returns how many it placed
	 */
	dial(limit = Infinity): number {
		let placed = 0;
		let before: number;
		do {
			before = placed;
			for (const stored of this.world.store.all()) {
				if (placed < limit && this.dialNext(stored)) placed++;
			}
		} while (placed > before && placed < limit);
		return placed;
	}

	/** @returns whether there was anybody to call */
	private dialNext(stored: StoredCampaign): boolean {
		const { store, options } = this.world;
		const { campaign, leads, users } = stored;
		// A campaign without leads has not begun yet.
		const isOn = campaign.status === 'active' || campaign.status === 'auto_paused';
		if (!isOn || leads.size === 0) return false;
		const number = users.size > 0 ? this.nextNumber(stored) : undefined;
		if (number === undefined) {
			if (campaign.status === 'active')
				store.moveTo(stored, 'auto_pausing', 'auto_paused', options);
			return false;
		}
		if (campaign.status === 'auto_paused') store.moveTo(stored, 'processing', 'active', options);
		// It can be on its way to that.
		if (store.find(campaign.id)?.campaign.status !== 'active') return false;
		this.takeNumber(stored);
		this.place(stored, number);
		return true;
	}

	private nextNumber(stored: StoredCampaign): string | undefined {
		return this.round(stored).numbers.at(-1);
	}

	private takeNumber(stored: StoredCampaign): void {
		const round = this.round(stored);
		round.numbers.pop();
		round.isTouched = true;
	}

	/** The round that is under way; a new one when a lead has changed or all have been dialed. */
	private round(stored: StoredCampaign): Round {
		const known = this.rounds.get(stored);
		const isOver = known?.numbers.length === 0 && known.isTouched;
		if (known?.revision === stored.revision && !isOver) return known;
		const { revision } = stored;
		const numbers = this.world.store.due(stored).reverse();
		const round = { numbers, revision, isTouched: false };
		this.rounds.set(stored, round);
		return round;
	}

	private place({ campaign, users }: StoredCampaign, phone_number: string): void {
		const { store, options, webhooks, now } = this.world;
		const attempt = store.callsTo(campaign.id, phone_number).length;
		const agents = [...users].flatMap((id) => store.users.get(id) ?? []);
		const { seed, reachedShare } = options;
		const identity = { seed, campaign: campaign.id, number: phone_number, attempt };
		const outcome = drawOutcome(identity, agents.length, reachedShare);
		const user = outcome.agent === null ? undefined : agents[outcome.agent];
		const { duration, disposition } = outcome;
		const end = now() - duration.postcall_time * 1000;
		const talkStart = end - (duration.talk_time + duration.hold_time) * 1000;
		const [call] = store.addCalls([
			{
				campaign_id: campaign.id,
				phone_number,
				user_id: user?.id ?? null,
				disposition,
				end_reason: outcome.endReason,
				wrap_up_code: outcome.wrapUpCode,
				started_at: new Date(end - duration.total * 1000).toISOString(),
				agent_started_at: user ? new Date(talkStart).toISOString() : null,
				ended_at: new Date(end).toISOString(),
				duration,
				recorded: user !== undefined,
			},
		]);
		if (!call) return;
		if (user) this.postAnswered(call, user, { talkStart, end });
		else if (options.callEvents === 'all') {
			for (const event of ['dialer.call.hangup', 'dialer.call.ended']) {
				webhooks.post(event, () => dataOfCall(event, call, this.world));
			}
		}
	}

	/** The events of a call that an agent took, in the order in which Voiso posts them. */
	private postAnswered(
		call: PlacedCall,
		user: SandboxUser,
		{ talkStart, end }: { talkStart: number; end: number },
	): void {
		const now = this.world.now();
		const post = (event: string) =>
			this.world.webhooks.post(event, () => dataOfCall(event, call, this.world));
		this.changeStatus(user, 'On Call', talkStart);
		post('dialer.call.answered');
		post('dialer.call.hangup');
		this.changeStatus(user, 'Wrap Up', end);
		post('dialer.call.ended');
		const agent = this.changeStatus(user, 'Available', now);
		post('call.recording.available');
		post('call.analytics.available');
		if (++agent.calls % CALLS_BEFORE_BREAK === 0) {
			this.changeStatus(user, 'On Break', now);
		}
	}

	private changeStatus(user: SandboxUser, current: string, at: number) {
		const agent = this.agents.get(user.id) ?? { status: 'Available', since: at, calls: 0 };
		this.agents.set(user.id, agent);
		const change: StatusChange = {
			current,
			previous: agent.status,
			previous_duration: Math.max(0, Math.round((at - agent.since) / 1000)),
		};
		agent.status = current;
		agent.since = at;
		const time = new Date(at).toISOString();
		this.world.webhooks.post('agent.status.update', () =>
			dataOfAgent(user, change, time, this.world),
		);
		return agent;
	}
}
