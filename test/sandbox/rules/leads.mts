import type { Lead, LeadUpdate } from '../../../nodes/shared/api/generated/voisoApi.types.ts';
import { effectOf, listsOf, type Effect } from './leadCalls.mts';
import { isPhoneNumber } from './phoneNumbers.mts';

/** The leads of one campaign. */
export interface LeadBook {
	/** Phone number → the lead as it is now. */
	leads: Map<string, Lead>;
	/** Numbers that were rejected, in the order they came. */
	rejected: string[];
	/** Goes up with each change of a lead. */
	revision: number;
}

/** Name of a list in an answer → the numbers in it. */
export type LeadOutcomes = Record<string, string[]>;

/** Adds leads: a number that is there already is a duplicate and changes nothing. */
export const addLeads = (book: LeadBook, leads: Lead[]): LeadOutcomes => work(book, 'POST', leads);

/** Changes the fields that are given of leads that are there. */
export const updateLeads = (book: LeadBook, leads: LeadUpdate[]): LeadOutcomes =>
	work(book, 'PUT', leads);

function work(book: LeadBook, method: string, leads: LeadUpdate[]): LeadOutcomes {
	const effects = leads.map((lead): [Effect, string] => {
		const number = lead.phone_number;
		const known = book.leads.get(number);
		const effect = effectOf(method, known !== undefined, !known && !isPhoneNumber(number));
		if (effect === 'created') book.leads.set(number, lead);
		if (effect === 'updated') {
			const source = lead.source && { source: { ...known?.source, ...lead.source } };
			book.leads.set(number, { ...known, ...lead, ...source });
		}
		if (effect === 'rejected') book.rejected.push(number);
		return [effect, number];
	});
	book.revision++;
	return listsOf(method, effects);
}
