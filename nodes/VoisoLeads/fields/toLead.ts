import type { components } from '../../shared/api/generated/voisoApi.types';
import { leadFields, type LeadFieldName } from './leadFields';
import { describe, isEmpty, type LeadOptions, type Reading } from './reading';
import { toText } from './values';

/** A lead's values as they came, by field; an empty or missing one is left out of the lead. */
export type RawLead = { [name in LeadFieldName]?: unknown } & {
	/** Calling code such as `44`, or ISO code such as `GB`, that stands beside the number. */
	country_code?: unknown;
	/** Numbers to take instead when the first can't be used, in this order. */
	other_phone_numbers?: readonly unknown[] | undefined;
};

/** A lead with no value, to which some are added: with all fields of its own, it has none from a prototype. */
export const NO_VALUES: Readonly<RawLead> = {
	phone_number: undefined,
	name: undefined,
	priority: undefined,
	active: undefined,
	source_system: undefined,
	source_url: undefined,
	context_headers: undefined,
	country_code: undefined,
	other_phone_numbers: undefined,
};

/** A lead as `POST /campaigns/{id}/leads` takes it. */
export type Lead = components['schemas']['Lead'];

/** A lead that can be sent. */
export interface SendableLead {
	lead: Lead;
	/** What was assumed or left out, one sentence for each. */
	warning?: string;
}

/** A lead that is not sent: its number as it was given, and why. */
export interface RefusedLead {
	phone: string;
	/** Names each refused field, such as `priority must be a whole number from 1 to 1000, got "abc"`. */
	reason: string;
	warning?: string;
}

/**
 * Reads one lead. Never throws; all that is wrong with the lead is in one reason. Without a usable
 * number there is no lead. Another field that can't be read is left out with a warning, unless the user
 * mapped it by hand: there it is a mistake of the workflow, and the lead is refused.
 *
 * @param mappedByHand the fields that the user mapped, as against those that were found by their names
 */
export function toLead(
	given: RawLead,
	options: LeadOptions,
	mappedByHand: ReadonlySet<LeadFieldName>,
): SendableLead | RefusedLead {
	// Nothing from a prototype, as far as it isn't every object's: see `NO_VALUES`.
	const raw = Object.getPrototypeOf(given) === Object.prototype ? given : { ...given };
	const phone = readPhones(raw, options);
	const name = leadFields.name.read(raw.name, options);
	const priority = leadFields.priority.read(raw.priority, options);
	const active = leadFields.active.read(raw.active, options);
	const system = leadFields.source_system.read(raw.source_system, options);
	const url = leadFields.source_url.read(raw.source_url, options);
	const headers = leadFields.context_headers.read(raw.context_headers, options);
	const areOptionalOk = name.ok && priority.ok && active.ok && system.ok && url.ok && headers.ok;
	const isPlain = areOptionalOk && phone.ok && !(phone.warning ?? name.warning ?? system.warning);
	let remarks = NO_REMARKS;
	if (!isPlain) {
		const rest = { name, priority, active, source_system: system, source_url: url };
		remarks = remarksOn({ phone_number: phone, ...rest, context_headers: headers }, mappedByHand);
	}
	if (!phone.ok || phone.value === undefined || remarks.reason !== undefined) {
		return { phone: asGiven(raw.phone_number), reason: '', ...remarks };
	}
	// Put together by hand: with spread objects a million leads take twice the time.
	const lead: Lead = { phone_number: phone.value };
	if (name.ok && name.value !== undefined) lead.name = name.value;
	if (system.ok && system.value !== undefined) lead.source = { system: system.value };
	if (url.ok && url.value !== undefined) lead.source = { ...lead.source, url: url.value };
	if (priority.ok && priority.value !== undefined) lead.priority = priority.value;
	if (active.ok && active.value !== undefined) lead.active = active.value;
	if (headers.ok && headers.value !== undefined) lead.context_headers = headers.value;
	return remarks.warning === undefined ? { lead } : { lead, warning: remarks.warning };
}

/** The number to call: the first that can be used. */
function readPhones(raw: RawLead, options: LeadOptions): Reading<string> {
	const { read } = leadFields.phone_number;
	const code = toText(raw.country_code);
	const ofLead = code === undefined ? options : { ...options, countryCode: code };
	const first = read(raw.phone_number, ofLead);
	if (first.ok || raw.other_phone_numbers === undefined) return first;
	for (const value of raw.other_phone_numbers) {
		const other = read(value, ofLead);
		if (!other.ok) continue;
		const warning = `Another number of this lead is called, because ${first.reason}`;
		return {
			...other,
			warning: [`${warning.replace(/\.$/, '')}.`, other.warning].filter(Boolean).join(' '),
		};
	}
	return first;
}

/** Several reasons in one line; a single one can be two sentences. */
function joined(reasons: readonly string[]): string {
	if (reasons.length === 1) return reasons.join();
	return reasons.map((reason) => reason.replace(/\.$/, '')).join('; ');
}

/** What there is to say of a lead's fields. */
interface Remarks {
	reason?: string;
	warning?: string;
}

const NO_REMARKS: Remarks = {};

function remarksOn(
	readings: Record<LeadFieldName, Reading<unknown>>,
	mappedByHand: ReadonlySet<LeadFieldName>,
): Remarks {
	const reasons: string[] = [];
	const warnings: string[] = [];
	for (const name of Object.keys(readings) as LeadFieldName[]) {
		const reading = readings[name];
		if (reading.ok) warnings.push(...(reading.warning === undefined ? [] : [reading.warning]));
		else if (name === 'phone_number' || mappedByHand.has(name)) {
			reasons.push(`${name} ${reading.reason}`);
		} else warnings.push(`${name} was left out: it ${reading.reason.replace(/\.$/, '')}.`);
	}
	return {
		...(reasons.length > 0 && { reason: joined(reasons) }),
		...(warnings.length > 0 && { warning: warnings.join(' ') }),
	};
}

/** The number as it was given, for the output; objects are only named. */
function asGiven(value: unknown): string {
	if (typeof value === 'string') return value;
	return isEmpty(value) ? '' : (toText(value) ?? describe(value));
}
