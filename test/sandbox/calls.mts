import type {
	CallEventData,
	Campaign,
	Cdr,
	ContactStatus,
} from '../../nodes/shared/api/generated/voisoApi.types.ts';
import { type SandboxUser, uuidOf } from './defaultData.mts';
import type { SandboxOptions } from './options.mts';
import { isDue } from './rules/dialing.mts';
import type { Store, StoredCampaign } from './store.mts';

/** A call (or another interaction) as the sandbox keeps it. */
export interface PlacedCall {
	/** A UUID. */
	id: string;
	/** Counts from 1: its ID where CDRs have numbers as IDs. */
	number: number;
	/** Type of its CDR. */
	type: 'call' | 'conversation' | 'hlr_lookup' | 'sms';
	direction: 'dialer' | 'inbound' | 'outbound';
	campaign_id: number | null;
	/** The contact's number. */
	phone_number: string;
	caller_id: string;
	/** The agent; null when nobody talked. */
	user_id: number | null;
	/** In Voiso's older words: `answered`, `no_answer`, `busy`, … */
	disposition: string;
	end_reason: string | null;
	wrap_up_code: string | null;
	/** ISO 8601, as all times. */
	started_at: string;
	agent_started_at: string | null;
	ended_at: string;
	/** Seconds. */
	duration: {
		total: number;
		dialing_time: number;
		dialer_waiting: number;
		talk_time: number;
		hold_time: number;
		postcall_time: number;
	};
	/** Whether there is a recording. */
	recorded: boolean;
}

/** A call as tests put it in: what is not given is made up. */
export type NewCall = Partial<Omit<PlacedCall, 'number' | 'duration'>> & {
	duration?: Partial<PlacedCall['duration']>;
};

const durations = {
	total: 62,
	dialing_time: 6,
	dialer_waiting: 2,
	talk_time: 50,
	hold_time: 4,
	postcall_time: 12,
};

/** Whether an agent talked with the contact. */
export const isReached = ({ disposition }: Pick<PlacedCall, 'disposition'>): boolean =>
	disposition === 'answered';

/** A whole call: answered in campaign 3 by user 1 unless it says otherwise. */
export function makeCall(number: number, { duration, ...given }: NewCall = {}): PlacedCall {
	const disposition = given.disposition ?? 'answered';
	const answered = isReached({ disposition });
	const started = Date.parse(given.started_at ?? '2025-03-04T10:30:00.000Z');
	const after = (seconds: number) => new Date(started + seconds * 1000).toISOString();
	const talk = answered ? {} : { talk_time: 0, hold_time: 0, postcall_time: 0 };
	const seconds = { ...durations, ...talk, ...duration };
	return {
		id: uuidOf(`call ${number}`),
		number,
		type: 'call',
		direction: 'dialer',
		campaign_id: 3,
		phone_number: '447911123456',
		caller_id: '442071838750',
		user_id: answered ? 1 : null,
		disposition,
		end_reason: answered ? 'Contact disconnect' : null,
		wrap_up_code: answered ? 'interested' : null,
		agent_started_at: answered ? after(seconds.dialing_time + seconds.dialer_waiting) : null,
		duration: seconds,
		recorded: answered,
		...given,
		// In one notation, so that times are compared as texts.
		started_at: after(0),
		ended_at: given.ended_at ? new Date(given.ended_at).toISOString() : after(seconds.total),
	};
}

/** What the shape of a call depends on. */
export interface CallContext {
	store: Store;
	options: SandboxOptions;
	/** Where the sandbox is, for links. */
	url: string;
	/** The time, in ms since 1970. */
	now: () => number;
}

/** `data` of an event about a call. */
export function callEventData(call: PlacedCall, context: CallContext): CallEventData {
	const { options, store } = context;
	const campaign = call.campaign_id === null ? undefined : store.find(call.campaign_id)?.campaign;
	const user = call.user_id === null ? undefined : store.users.get(call.user_id);
	return {
		id: call.id,
		type: call.direction,
		start_time: call.started_at,
		agent_start_time: call.agent_started_at,
		end_time: call.ended_at,
		duration: call.duration,
		disposition: shownDisposition(call, options),
		end_reason: call.end_reason,
		wrap_up_code: call.wrap_up_code === null ? null : { code: call.wrap_up_code },
		calling_number: call.direction === 'inbound' ? call.phone_number : call.caller_id,
		called_number: call.direction === 'inbound' ? call.caller_id : call.phone_number,
		cdr_url: cdrUrl(call, context),
		agent: user ? agentOf(user, options) : null,
		campaign: campaign ? campaignOf(campaign, options) : null,
	};
}

/** The ID of the record of a call. */
export const cdrId = ({ id, number }: PlacedCall, { cdrIds }: SandboxOptions) =>
	cdrIds === 'number' ? number : id;

/** The record of a call, with as much as the options say. */
export function cdrOf(call: PlacedCall, context: CallContext): Cdr {
	const { options } = context;
	const { type, started_at, ended_at } = call;
	const id = cdrId(call, options);
	if (options.resultFields === 'short') return { id, type, started_at };
	const data = callEventData(call, context);
	const recording = call.recorded ? recordingIn(call, context) : {};
	return {
		id,
		type,
		subtype: call.direction,
		started_at,
		ended_at,
		data:
			options.cdrData === 'nested' ? { ...data, ...recording } : { ...flat(data), ...recording },
	};
}

/** The same in one level, the other way in which APIs show such a record. */
function flat({ campaign, agent, duration, wrap_up_code, type, ...rest }: CallEventData) {
	return {
		...rest,
		...duration,
		direction: type,
		wrap_up_code: wrap_up_code?.code ?? null,
		campaign_id: campaign?.id ?? null,
		campaign_name: campaign?.name ?? null,
		user_id: agent?.id ?? null,
		user_name: agent?.name ?? null,
	};
}

/** What the dialer did with a number of a campaign, or undefined when the number is left out. */
export function contactStatusOf(
	number: string,
	{ campaign, leads }: StoredCampaign,
	{ store, options }: CallContext,
): ContactStatus | undefined {
	const calls = store.callsTo(campaign.id, number);
	const lead = leads.get(number);
	const known = { campaign_id: campaign.id, contact_number: number };
	if (!lead && calls.length === 0) {
		if (options.unknownContacts === 'leaveOut') return undefined;
		return { ...known, dialed: options.unknownContacts === 'null' ? null : false };
	}
	const latest = calls.at(-1);
	const short = { ...known, dialed: latest !== undefined };
	if (options.resultFields === 'short') return short;
	const history = { attempts: calls.length, reached: calls.some(isReached) };
	return {
		...short,
		disposition: latest ? shownDisposition(latest, options) : null,
		attempts: calls.length,
		last_dialed_at: latest?.started_at ?? null,
		will_be_dialed: lead !== undefined && isDue(lead, history, attemptsOf(campaign)),
	};
}

/** How often a contact that isn't reached is dialed in all. */
export const attemptsOf = ({ max_dial_attempts }: Campaign): number => max_dial_attempts ?? 1;

/** `no_answer`, or "No answer" where outcomes come as labels. */
function shownDisposition({ disposition }: PlacedCall, { dispositions }: SandboxOptions): string {
	if (dispositions === 'code') return disposition;
	return `${disposition.charAt(0).toUpperCase()}${disposition.slice(1).replaceAll('_', ' ')}`;
}

export const cdrUrl = ({ id }: PlacedCall, { url }: CallContext) => `${url}/cdr/${id}`;

/** A link to the recording of a call, which expires. */
export function recordingLink({ id }: PlacedCall, { options, url, now }: CallContext): string {
	return `${url}/_sandbox/recordings/${id}.wav?expires=${now() + options.recordingLifetime}`;
}

/** That link under the key that the options say. */
export function recordingIn(call: PlacedCall, context: CallContext): object {
	const { options } = context;
	const link = recordingLink(call, context);
	return options.recordingKey === 'recording.url'
		? { recording: { url: link } }
		: { [options.recordingKey]: link };
}

const agentOf = (user: SandboxUser, options: SandboxOptions) => ({
	id: nestedId(options.userIds === 'uuid' ? user.uuid : user.id, options),
	name: user.name,
	email: user.email,
	extension: user.extension,
});

const campaignOf = ({ id, name, live }: Campaign, options: SandboxOptions) => ({
	id: nestedId(id, options),
	name: name ?? null,
	is_live: live ?? null,
});

const nestedId = (id: number | string, { nestedIds }: SandboxOptions) =>
	nestedIds === 'text' ? String(id) : id;
