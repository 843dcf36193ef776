import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/api/problem';
import {
	agentOf,
	fieldsOf,
	secondsOf,
	simplifyCall,
	timeOf,
	type CallDirection,
	type SimplifiedCall,
} from '../../shared/call/simplifyCall';
import type { Envelope } from './envelope';

type Fields = Record<string, unknown>;

/** The main fields of an event, and the names of the fields in its data that they stand for. */
interface MainFields {
	fields: Fields;
	from: readonly string[];
}

const DIRECTIONS: Partial<Record<string, CallDirection>> = {
	dialer: 'outbound',
	inbound: 'inbound',
	outbound: 'outbound',
};

const CALL_FIELDS = [
	...['id', 'campaign', 'agent', 'disposition', 'wrap_up_code', 'end_reason', 'cdr_url'],
	...['start_time', 'end_time', 'duration', 'recording'],
];

/**
 * What *Simplify* makes of an event: its name and time, the main fields in one level, and whatever else
 * is in its data, under Voiso's own names.
 */
export function simplifyEvent({ event, timestamp, data }: Envelope): IDataObject {
	const { fields, from } = mainFields(event, data);
	const simple: Fields = { event, timestamp: timestamp ?? null, ...fields };
	for (const [name, value] of Object.entries(data)) {
		if (!from.includes(name) && !Object.hasOwn(simple, name)) simple[name] = value;
	}
	return simple as IDataObject;
}

/** The call that an event is about, or undefined for another event. */
export function callOf({ event, data }: Envelope): SimplifiedCall | undefined {
	if (!`.${event}`.includes('.call.')) return undefined;
	const [prefix = ''] = event.split('.', 1);
	// An analysis has an ID of its own and holds the call.
	return simplifyCall(isObject(data.call) ? data.call : data, DIRECTIONS[prefix]);
}

function mainFields(event: string, data: IDataObject): MainFields {
	if (event.startsWith('agent.')) return userFields(data);
	const call = callOf({ event, data });
	if (call === undefined) return { fields: {}, from: [] };
	const { id, email } = agentOf(data);
	const fields = {
		...call,
		ended_at: timeOf(data.end_time),
		duration: secondsOf(data, 'total'),
		hold_time: secondsOf(data, 'hold_time'),
		wrap_up_time: secondsOf(data, 'postcall_time'),
		user_id: id ?? null,
		user_email: email ?? null,
	};
	if (!isObject(data.call)) return { fields, from: CALL_FIELDS };
	const { summary = null, score = null } = data;
	return { fields: { ...fields, summary, score }, from: ['id', 'call'] };
}

/** An agent is a user; Voiso's `{id, name, email, status: {current, previous, previous_duration}, …}`. */
function userFields(data: IDataObject): MainFields {
	const status = fieldsOf(data.status);
	const fields = {
		user_id: data.id ?? null,
		user_name: data.name ?? null,
		user_email: data.email ?? null,
		status: status.current ?? null,
		previous_status: status.previous ?? null,
		previous_duration: status.previous_duration ?? null,
		changed_at: data.activity_timestamp ?? null,
	};
	return { fields, from: ['id', 'name', 'email', 'status', 'activity_timestamp'] };
}
