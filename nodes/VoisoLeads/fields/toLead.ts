import type { components } from '../../shared/api/generated/voisoApi.types';
import { leadFields, type LeadFieldName } from './leadFields';
import { describe, isEmpty, type LeadOptions, type Reading } from './reading';
import { toText } from './values';

/** A lead's values as they came, by field; an empty or missing one is left out of the lead. */
export type RawLead = { [name in LeadFieldName]?: unknown };

/** A lead as `POST /campaigns/{id}/leads` takes it. */
export type Lead = components['schemas']['Lead'];

/** A lead that is not sent: its number as it was given, and why. */
export interface RefusedLead {
	phone: string;
	/** Names each refused field, such as `priority must be a whole number from 1 to 1000, got "abc"`. */
	reason: string;
}

/** Reads one lead. Never throws; all that is wrong with the lead is in one reason. */
export function toLead(raw: RawLead, options: LeadOptions): { lead: Lead } | RefusedLead {
	const given = (name: LeadFieldName): unknown =>
		Object.hasOwn(raw, name) ? raw[name] : undefined;
	const phone = leadFields.phone_number.read(given('phone_number'), options);
	const name = leadFields.name.read(given('name'), options);
	const priority = leadFields.priority.read(given('priority'), options);
	const active = leadFields.active.read(given('active'), options);
	const system = leadFields.source_system.read(given('source_system'), options);
	const url = leadFields.source_url.read(given('source_url'), options);
	const headers = leadFields.context_headers.read(given('context_headers'), options);
	const isGood = phone.ok && name.ok && priority.ok && active.ok && system.ok && url.ok;
	if (!isGood || !headers.ok || phone.value === undefined) {
		const reason = reasonsIn({
			phone_number: phone,
			name,
			priority,
			active,
			source_system: system,
			source_url: url,
			context_headers: headers,
		});
		return { phone: asGiven(given('phone_number')), reason };
	}
	// Put together by hand: with spread objects a million leads take twice the time.
	const lead: Lead = { phone_number: phone.value };
	if (name.value !== undefined) lead.name = name.value;
	if (system.value !== undefined) lead.source = { system: system.value };
	if (url.value !== undefined) lead.source = { ...lead.source, url: url.value };
	if (priority.value !== undefined) lead.priority = priority.value;
	if (active.value !== undefined) lead.active = active.value;
	if (headers.value !== undefined) lead.context_headers = headers.value;
	return { lead };
}

function reasonsIn(readings: Record<LeadFieldName, Reading<unknown>>): string {
	return Object.entries(readings)
		.flatMap(([name, reading]) => (reading.ok ? [] : `${name} ${reading.reason}`))
		.join('; ');
}

/** The number as it was given, for the output; objects are only named. */
function asGiven(value: unknown): string {
	if (typeof value === 'string') return value;
	return isEmpty(value) ? '' : (toText(value) ?? describe(value));
}
