import { isObject } from '../shared/api/problem';
import { shorten, toText } from '../shared/text';
import type { Plan } from './plan';
import type { BatchResponse } from './send/types';
import type { LeadStatus, Settled } from './types';

/** What a list of numbers in a response means for each of them. */
type Meaning =
	| LeadStatus
	/** Voiso worked on the number: it is done, unless another list says something else. */
	| 'processed'
	/** In the response to an update: "is there" or "came twice", but not "was changed". */
	| 'ambiguous';

/**
 * Names under which Voiso, old or new, may list numbers. Those of the v4 import are documented, and `contacts`,
 * `invalid_numbers` and `duplicate_numbers` in the legacy response to an update.
 *
 * @see https://docs.voiso.com/apidocs/update-contacts
 */
const LISTS: Record<Plan['action'], Record<string, Meaning>> = {
	add: {
		created: 'created',
		added: 'created',
		imported: 'created',
		updated: 'updated',
		duplicates: 'duplicate',
		duplicate: 'duplicate',
		existing: 'duplicate',
		rejected: 'rejected',
		invalid: 'rejected',
		failed: 'rejected',
		contacts: 'processed',
	},
	update: {
		updated: 'updated',
		created: 'created',
		not_found: 'not_found',
		missing: 'not_found',
		unknown: 'not_found',
		rejected: 'rejected',
		invalid: 'rejected',
		failed: 'rejected',
		duplicates: 'ambiguous',
		duplicate: 'ambiguous',
		existing: 'ambiguous',
		contacts: 'processed',
	},
};

/** Older names have the kind of entry at their end: `invalid_numbers`. */
const KIND_OF_ENTRY = /_(?:phone_)?(?:numbers|contacts|leads)$/;

const LONGEST_REASON = 300;

/** When a number stands in several lists, the first of these counts. */
const PRECEDENCE: Meaning[] = [
	'created',
	'rejected',
	'not_found',
	'ambiguous',
	'updated',
	'duplicate',
	'processed',
];

/** One object for all leads with the same outcome: there can be a million. */
const PLAIN: Partial<Record<LeadStatus, Settled>> = Object.fromEntries(
	(['created', 'updated', 'duplicate', 'not_found'] as const).map((status) => [status, { status }]),
);
const UNCONFIRMED: Settled = {
	status: 'unconfirmed',
	reason:
		"The lead is in the campaign. Voiso's response was lost, so this run may or may not have added it.",
};
const UNREPORTED: Settled = {
	status: 'unreported',
	reason: 'Voiso accepted the request, but its response did not name this number.',
};
const AMBIGUOUS: Settled = {
	status: 'unreported',
	reason:
		'Voiso listed the number as a duplicate without saying whether it changed the lead. Check the lead in Voiso.',
};
const NO_REASON: Settled = {
	status: 'rejected',
	reason:
		'Voiso rejected the lead without giving a reason. Check that the number is complete, valid in its country, and not on a do-not-call list in Voiso.',
};

/**
 * The result of each lead of a response. Pure.
 *
 * @param phones the numbers that were sent, in the order of the response's positions
 * @returns one result per position, in the same order
 */
export function settle(
	response: BatchResponse,
	phones: readonly string[],
	action: Plan['action'],
): Settled[] {
	if (response.kind === 'failed') return phones.map(() => response.failure);
	if (response.kind === 'rejected') {
		const { apiMessage } = response;
		const rejected = apiMessage === '' ? NO_REASON : rejectedBecause(apiMessage);
		return phones.map(() => rejected);
	}
	const listed = listedNumbers(response.body, LISTS[action]);
	const done = action === 'add' ? 'created' : 'updated';
	return phones.map((phone) => {
		const entry = listed.get(phone);
		if (entry === undefined) return UNREPORTED;
		const { meaning, reason } = entry;
		if (meaning === 'ambiguous') return AMBIGUOUS;
		if (meaning === 'duplicate' && response.maybeApplied) return UNCONFIRMED;
		if (meaning === 'rejected')
			return reason === undefined ? NO_REASON : { status: meaning, reason };
		const status = meaning === 'processed' ? done : meaning;
		return (reason === undefined && PLAIN[status]) || { status, ...(reason && { reason }) };
	});
}

interface Entry {
	meaning: Meaning;
	reason?: string;
}

/** All lists of a response, in its body or in an object there (`leads_import`, …), as one table by number. */
function listedNumbers(body: unknown, meanings: Record<string, Meaning>): Map<string, Entry> {
	const listed = new Map<string, Entry>();
	if (!isObject(body)) return listed;
	const objects = [body, ...Object.values(body)].filter(isObject);
	for (const [name, numbers] of objects.flatMap((object) => Object.entries(object))) {
		const meaning = meaningOf(name, meanings);
		if (meaning === undefined || !Array.isArray(numbers)) continue;
		const plain: Entry = { meaning };
		for (const number of numbers) {
			const digits = digitsOf(number);
			const known = listed.get(digits);
			if (known && PRECEDENCE.indexOf(known.meaning) <= PRECEDENCE.indexOf(meaning)) continue;
			const reason = reasonOf(number);
			listed.set(digits, reason === undefined ? plain : { meaning, reason });
		}
	}
	return listed;
}

function meaningOf(name: string, meanings: Record<string, Meaning>): Meaning | undefined {
	const known = [name, name.replace(KIND_OF_ENTRY, '')].find((each) =>
		Object.hasOwn(meanings, each),
	);
	return known === undefined ? undefined : meanings[known];
}

/** A number comes back as text, perhaps formatted, as a JSON number, or within an object. */
export function digitsOf(number: unknown): string {
	const value = isObject(number)
		? (number.phone_number ?? number.contact_number ?? number.phone ?? number.number)
		: number;
	if (typeof value !== 'string' && typeof value !== 'number') return '';
	const text = String(value);
	if (/^[1-9]\d*$/.test(text)) return text;
	// "+44 (0)7911 123456": the zero is dialed within the country only.
	return text.replace('(0)', '').replace(/\D/g, '').replace(/^0+/, '');
}

function reasonOf(number: unknown): string | undefined {
	if (!isObject(number)) return undefined;
	const texts = (value: unknown) => (Array.isArray(value) ? value : [value]).map(toText).join(', ');
	const reasons = [number.reason, number.error, number.message].map(texts);
	const reason = reasons.find((text) => text.trim() !== '');
	return reason === undefined ? undefined : shorten(reason, LONGEST_REASON);
}

function rejectedBecause(apiMessage: string): Settled {
	return { status: 'rejected', reason: `Voiso rejected this lead: ${apiMessage}` };
}
