import type { components } from '../../shared/api/voisoApi.types';
import { leadFields, type LeadFieldName, type LeadOptions } from './leadFields';
import { describe, isEmpty, type Reading } from './reading';
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
	const reasons: string[] = [];
	const given = (name: LeadFieldName): unknown =>
		Object.hasOwn(raw, name) ? raw[name] : undefined;
	const take = <Value>(name: LeadFieldName, reading: Reading<Value>): Value | undefined => {
		if (reading.ok) return reading.value;
		reasons.push(`${name} ${reading.reason}`);
		return undefined;
	};
	const phone = take('phone_number', leadFields.phone_number.read(given('phone_number'), options));
	const name = take('name', leadFields.name.read(given('name'), options));
	const priority = take('priority', leadFields.priority.read(given('priority'), options));
	const active = take('active', leadFields.active.read(given('active'), options));
	const system = take(
		'source_system',
		leadFields.source_system.read(given('source_system'), options),
	);
	const url = take('source_url', leadFields.source_url.read(given('source_url'), options));
	const headers = take(
		'context_headers',
		leadFields.context_headers.read(given('context_headers'), options),
	);
	if (phone === undefined || reasons.length > 0) {
		return { phone: asGiven(given('phone_number')), reason: reasons.join('; ') };
	}
	const source = {
		...(system === undefined ? {} : { system }),
		...(url === undefined ? {} : { url }),
	};
	return {
		lead: {
			phone_number: phone,
			...(name === undefined ? {} : { name }),
			...(system === undefined && url === undefined ? {} : { source }),
			...(priority === undefined ? {} : { priority }),
			...(active === undefined ? {} : { active }),
			...(headers === undefined ? {} : { context_headers: headers }),
		},
	};
}

/** The number as it was given, for the output; objects are only named. */
function asGiven(value: unknown): string {
	if (typeof value === 'string') return value;
	return isEmpty(value) ? '' : (toText(value) ?? describe(value));
}
