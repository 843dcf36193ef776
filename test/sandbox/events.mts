import { randomUUID } from 'node:crypto';
import type {
	AgentStatusEventData,
	AnalyticsEventData,
} from '../../nodes/shared/api/generated/voisoApi.types.ts';
import {
	type CallContext,
	callEventData,
	cdrUrl,
	makeCall,
	type PlacedCall,
	recordingIn,
} from './calls.mts';
import { type SandboxUser, uuidOf } from './defaultData.mts';

/** The status that an agent has now and the one before, with the time in that one in seconds. */
export interface StatusChange {
	current: string;
	previous: string;
	previous_duration: number;
}

/** `data` of an event about a call: of what happens at its end only what Voiso tells with that event. */
export function dataOfCall(event: string, call: PlacedCall, context: CallContext): object {
	const { id } = call;
	const data = callEventData(call, context);
	if (event === 'call.analytics.available') {
		return {
			id: uuidOf(`analytics of ${id}`),
			summary: `The call with ${call.phone_number} lasted ${call.duration.talk_time} seconds.`,
			score: 50 + (call.number % 50),
			call: { id, cdr_url: cdrUrl(call, context) },
		} satisfies AnalyticsEventData;
	}
	if (event === 'call.recording.available') {
		const { campaign: _campaign, ...rest } = data;
		return { ...rest, ...recordingIn(call, context) };
	}
	if (event.endsWith('.answered')) {
		const { end_time: _end, disposition: _disposition, end_reason: _reason, ...rest } = data;
		const { wrap_up_code: _code, ...open } = rest;
		const { total, dialing_time, dialer_waiting } = call.duration;
		return { ...open, duration: { total, dialing_time, dialer_waiting } };
	}
	return data;
}

/** `data` of `agent.status.update`. */
export function dataOfAgent(
	{ id, uuid, name, email, extension }: SandboxUser,
	status: StatusChange,
	at: string,
	{ options }: CallContext,
): AgentStatusEventData {
	const shownId = options.userIds === 'uuid' ? uuid : id;
	return { id: shownId, name, email, extension, status: { ...status }, activity_timestamp: at };
}

/** `data` of an event to post on demand: about a call (with this ID), or user 1; empty for other events. */
export function sampleData(event: string, context: CallContext, id: string = randomUUID()): object {
	if (event === 'agent.status.update') {
		const [user] = context.store.users.values();
		const change = { current: 'On Break', previous: 'Available', previous_duration: 3600 };
		return user ? dataOfAgent(user, change, new Date(context.now()).toISOString(), context) : {};
	}
	if (!`.${event}`.includes('.call.')) return {};
	const direction = (['inbound', 'outbound'] as const).find((each) => event.startsWith(each));
	const call = makeCall(1, { id, ...(direction && { direction }) });
	return dataOfCall(event, call, context);
}
