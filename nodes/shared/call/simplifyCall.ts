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
	const call = { ...fieldsOf(record.data), ...record };
	const campaign = fieldsOf(call.campaign);
	const agent = agentOf(call);
	const known = direction ?? directionOf(record);
	return {
		call_id: idIn(call.id ?? call.call_id),
		campaign_id: idIn(campaign.id ?? call.campaign_id),
		campaign_name: textOf(campaign.name ?? call.campaign_name),
		phone_number: contactNumber(call, known),
		direction: known,
		disposition: textOf(call.disposition),
		wrap_up_code: textOf(call.wrap_up_code),
		end_reason: textOf(call.end_reason),
		user_name: textOf(agent.name ?? call.user_name ?? call.agent_name),
		started_at: timeOf(call.started_at ?? call.start_time),
		talk_time: secondsOf(call, 'talk_time'),
		recording_url: recordingUrl(call),
		cdr_url: textOf(call.cdr_url),
	};
}

/** The agent of a call, `{id, name, email, extension}`; empty when it had none. */
export function agentOf(call: Fields): Fields {
	return fieldsOf(call.agent ?? call.user);
}

/** One of a call's durations, in seconds. It is in the call's `duration`, or beside it. */
export function secondsOf(call: Fields, name: string): number | null {
	const value = fieldsOf(call.duration)[name] ?? call[name];
	if (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)) return Number(value);
	return typeof value === 'number' ? value : null;
}

/** A time as ISO 8601. A number counts seconds or milliseconds since 1970. */
export function timeOf(value: unknown): string | null {
	if (typeof value !== 'number') return textOf(value);
	const date = new Date(value < 1e11 ? value * 1000 : value);
	return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}

/** Text or a number as text, and of an object its name: `{code: 'Sale'}`, `{id: 4, name: 'Sale'}`. */
export function textOf(value: unknown): string | null {
	const text = isObject(value) ? (value.name ?? value.code) : value;
	if (typeof text === 'number') return String(text);
	return typeof text === 'string' && text !== '' ? text : null;
}

/** An ID as Voiso gives it. */
export function idIn(value: unknown): string | number | null {
	return typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : null;
}

/** The fields of what should be an object; none when it isn't. */
export function fieldsOf(value: unknown): Fields {
	return isObject(value) ? value : {};
}

/** @returns null where neither direction nor type tells */
function directionOf(record: Fields): CallDirection | null {
	const data = fieldsOf(record.data);
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
	if (direction === null) return textOf(other);
	return textOf((direction === 'inbound' ? call.calling_number : call.called_number) ?? other);
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
