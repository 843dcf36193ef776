import { effectOf, IDLE, type Work } from '../sandbox/rules/leadCalls.mts';
import type { Call, SentLead } from './ledger.mts';
import type { World } from './schedule.mts';

/** A campaign as Voiso holds it. */
export interface CampaignInside extends Work {
	state: World['campaigns'][number];
	/** Chooses among the ways of saying that it takes no leads. */
	stateVariant: number;
	/** By number. */
	leads: Map<number, StoredLead>;
}

interface StoredLead {
	name: string | null;
	active: boolean;
}

/** The campaigns at the start. */
export function campaignsOf({ campaigns, traits }: World): CampaignInside[] {
	const present = [...traits.entries()].filter(([, trait]) => trait === 'present');
	return campaigns.map((state) => ({
		state,
		stateVariant: 0,
		leads: new Map(present.map(([number]) => [number, { name: null, active: true }])),
		...IDLE,
	}));
}

/** Does what a call asks for, and notes in the call what that was. */
export function commit(call: Call, { leads }: CampaignInside, { traits }: World): void {
	for (const [place, number] of call.numbers.entries()) {
		const stored = leads.get(number);
		const isRejected = traits[number] === 'rejected';
		const effect = effectOf(call.method, stored !== undefined, isRejected);
		if (effect === 'created') leads.set(number, changed(undefined, call.leads[place]));
		if (effect === 'updated') leads.set(number, changed(stored, call.leads[place]));
		call.effects.set(number, effect);
	}
}

function changed(stored: StoredLead | undefined, sent: SentLead | undefined): StoredLead {
	return {
		name: sent?.name ?? stored?.name ?? null,
		active: sent?.active ?? stored?.active ?? true,
	};
}
