import type { Lead } from '../../../nodes/VoisoLeads/fields/toLead.ts';
import type { Made } from './fakeVoiso.mts';

/** What the last call with a number in it says: its list, `gone` for a campaign that is not there. */
export function lastAnswer(made: Made[], campaignId: string, phone: string): string | undefined {
	const holds = (call: Made) => call.leads.some((lead) => lead.phone_number === phone);
	const calls = made.filter((call) => call.campaignId === campaignId);
	const last = calls.findLast(holds);
	// What was not sent to a campaign was held back because that is not there, if it is a success.
	const { exchange } = last ?? calls.at(-1) ?? {};
	if (exchange?.kind !== 'response' || exchange.status !== 200) {
		const isMissing = (call: Made) =>
			call.exchange.kind === 'response' && call.exchange.status === 404;
		return calls.some(isMissing) ? 'gone' : undefined;
	}
	const body = JSON.parse(exchange.body ?? '{}') as Record<string, unknown>;
	const lists = (body.leads_import ?? body) as Record<string, unknown[]>;
	const names = Object.keys(lists).filter((each) =>
		lists[each]?.some((number) => String(number).endsWith(phone)),
	);
	return ['created', 'rejected', 'not_found', 'duplicates', 'updated'].find((each) =>
		names.includes(each),
	);
}

/** Later leads win field by field; the parts of `source` and each header are fields of their own. */
export function merge(leads: Lead[]): Lead | undefined {
	const [first] = leads;
	if (first === undefined) return undefined;
	const merged: Lead = { phone_number: first.phone_number };
	for (const { source, context_headers: headers, ...rest } of leads) {
		Object.assign(merged, rest);
		if (source) merged.source = { ...merged.source, ...source };
		for (const [name, value] of Object.entries(headers ?? {})) {
			const others = Object.entries(merged.context_headers ?? {}).filter(
				([other]) => other.toLowerCase() !== name.toLowerCase(),
			);
			merged.context_headers = { ...Object.fromEntries(others), [name]: value };
		}
	}
	return merged;
}
