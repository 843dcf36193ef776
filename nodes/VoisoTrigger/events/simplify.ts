import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/api/problem';
import type { Envelope } from './envelope';

/** What *Simplify* leaves of an event: of a call the main fields in one level, of others all data. */
export function simplifyEvent({ event, timestamp, data }: Envelope): IDataObject {
	const simple: Record<string, unknown> = { event, timestamp: timestamp ?? null };
	if (!event.includes('.call.')) return { ...simple, ...data } as IDataObject;
	const campaign = isObject(data.campaign) ? data.campaign : {};
	const agent = isObject(data.agent) ? data.agent : {};
	const duration = isObject(data.duration) ? data.duration : {};
	const fields: Record<string, unknown> = {
		...simple,
		call_id: data.id,
		campaign_id: campaign.id,
		campaign_name: campaign.name,
		campaign_is_live: campaign.is_live,
		agent_id: agent.id,
		agent_name: agent.name,
		calling_number: data.calling_number,
		called_number: data.called_number,
		start_time: data.start_time,
		duration_total: duration.total,
		duration_dialing: duration.dialing_time,
		duration_waiting: duration.dialer_waiting,
	};
	const flat = Object.entries(fields).map(([name, value]) => [name, value ?? null]);
	const disposition = data.disposition === undefined ? {} : { disposition: data.disposition };
	return { ...Object.fromEntries(flat), ...disposition } as IDataObject;
}
