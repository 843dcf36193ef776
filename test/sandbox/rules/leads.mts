import type { Lead, LeadUpdate } from '../../../nodes/shared/api/generated/voisoApi.types.ts';
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
export function addLeads(book: LeadBook, leads: Lead[]): LeadOutcomes {
	const created: string[] = [];
	const rejected: string[] = [];
	const duplicates: string[] = [];
	for (const lead of leads) {
		const number = lead.phone_number;
		if (!isPhoneNumber(number)) {
			rejected.push(number);
		} else if (book.leads.has(number)) {
			duplicates.push(number);
		} else {
			book.leads.set(number, lead);
			created.push(number);
		}
	}
	book.rejected.push(...rejected);
	book.revision++;
	return { created, rejected, duplicates };
}

/** Changes the fields that are given of leads that are there. */
export function updateLeads(book: LeadBook, leads: LeadUpdate[]): LeadOutcomes {
	const updated: string[] = [];
	const rejected: string[] = [];
	const notFound: string[] = [];
	for (const lead of leads) {
		const number = lead.phone_number;
		const known = book.leads.get(number);
		if (known) {
			const source = lead.source && { source: { ...known.source, ...lead.source } };
			book.leads.set(number, { ...known, ...lead, ...source });
			updated.push(number);
		} else {
			(isPhoneNumber(number) ? notFound : rejected).push(number);
		}
	}
	book.rejected.push(...rejected);
	book.revision++;
	return { updated, rejected, not_found: notFound };
}
