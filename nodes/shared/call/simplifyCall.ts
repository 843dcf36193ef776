import { isObject } from '../api/problem';

/**
 * The main fields of a call, as *Call → Get Many* and the trigger's events simplify it. Each is always
 * there; null where Voiso doesn't say.
 */
export interface SimplifiedCall {
	call_id: string | number | null;
	campaign_id: string | number | null;
	campaign_name: string | null;
	/** The contact's number: the one that was called, or of an inbound call the one that called. */
	phone_number: string | null;
	direction: CallDirection | null;
	/** Voiso's word for how the call ended up, e.g. `Answered`. */
	disposition: string | null;
	/** What the agent chose after the call. */
	wrap_up_code: string | null;
	/** E.g. `Contact disconnect`. */
	end_reason: string | null;
	user_name: string | null;
	/** ISO 8601. */
	started_at: string | null;
	/** Seconds. */
	talk_time: number | null;
	/** A link that works for 24 hours. */
	recording_url: string | null;
	cdr_url: string | null;
}

/** Calls of the dialer are outbound. */
export type CallDirection = 'inbound' | 'outbound';

type Fields = Record<string, unknown>;

/**
 * Brings a call into one level.
 *
 * Takes the `data` of an event (`{id, calling_number, campaign: {id, name, is_live}, …}`) and a record of
 * the list of calls (`{id, type, started_at, data: {…}}`). Voiso documents neither in full, so a field
 * is looked for under each name that is documented or was seen.
 *
 * @param direction when it is known from elsewhere, such as the name of an event
 * @see https://developers.voiso.com/reference-link/listcdrs
 */
export function simplifyCall(record: Fields, direction?: CallDirection): SimplifiedCall {
	const call = { ...toFields(record.data), ...record };
	const campaign = toFields(call.campaign);
	const agent = agentOf(call);
	const known = direction ?? directionOf(record);
	return {
		call_id: toId(call.id ?? call.call_id),
		campaign_id: toId(campaign.id ?? call.campaign_id),
		campaign_name: toText(campaign.name ?? call.campaign_name),
		phone_number: contactNumber(call, known),
		direction: known,
		disposition: toText(call.disposition),
		wrap_up_code: toText(call.wrap_up_code),
		end_reason: toText(call.end_reason),
		user_name: toText(agent.name ?? call.user_name ?? call.agent_name),
		started_at: toText(call.started_at ?? call.start_time),
		talk_time: secondsOf(call, 'talk_time'),
		recording_url: recordingUrl(call),
		cdr_url: toText(call.cdr_url),
	};
}

/** The agent of a call, `{id, name, email, extension}`; empty when it had none. */
export function agentOf(call: Fields): Fields {
	return toFields(call.agent ?? call.user);
}

/** One of a call's times, in seconds: it stands in the call's `duration`, or beside it. */
export function secondsOf(call: Fields, name: string): number | null {
	const value = toFields(call.duration)[name] ?? call[name];
	return typeof value === 'number' ? value : null;
}

/** Text or a number as text, and of an object its name: `{code: 'Sale'}`, `{id: 4, name: 'Sale'}`. */
export function toText(value: unknown): string | null {
	const text = isObject(value) ? (value.name ?? value.code) : value;
	if (typeof text === 'number') return String(text);
	return typeof text === 'string' && text !== '' ? text : null;
}

/** An ID as Voiso gives it. */
export function toId(value: unknown): string | number | null {
	return typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : null;
}

/** The fields of what should be an object; none when it isn't. */
export function toFields(value: unknown): Fields {
	return isObject(value) ? value : {};
}

/** @returns null where neither direction nor type tells */
function directionOf(record: Fields): CallDirection | null {
	const data = toFields(record.data);
	// A record of the list has the type `call` itself.
	const candidates = [record, data].flatMap(({ direction, subtype, type }) => [
		direction,
		subtype,
		type,
	]);
	if (candidates.includes('inbound')) return 'inbound';
	return candidates.includes('outbound') || candidates.includes('dialer') ? 'outbound' : null;
}

function contactNumber(call: Fields, direction: CallDirection | null): string | null {
	const other = call.contact_number ?? call.phone_number;
	if (direction === null) return toText(other);
	return toText((direction === 'inbound' ? call.calling_number : call.called_number) ?? other);
}

/**
 * The first link under a name such as `recording` or `recording_url`; it may be in an object or a list.
 * Voiso's documentation leaves the name and shape open.
 */
function recordingUrl(call: Fields): string | null {
	const candidates = Object.keys(call)
		.filter((name) => name.includes('record'))
		.flatMap((name) => [call[name]].flat())
		.flatMap((value) => (isObject(value) ? Object.values(value) : value));
	return candidates.find(isLink) ?? null;
}

function isLink(value: unknown): value is string {
	return typeof value === 'string' && /^https?:\/\//.test(value);
}
