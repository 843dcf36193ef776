import { isObject } from '../shared/api/problem';
import type { Failure, LeadStatus, Outcome } from './types';
import type { Delivery, Shipment } from './send/send';

/** What is known of one lead after its batch: an outcome, or why there is none. */
export type Result = { outcome: Outcome } | { failure: Failure };

type Action = Shipment['action'];

/** Names under which Voiso, old or new, may list numbers; those of v4's import are documented. */
const LISTS: Record<Action, Record<string, LeadStatus | 'ambiguous'>> = {
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
		// In an answer to an update this may mean "is there" or "came twice", but not "was changed".
		duplicates: 'ambiguous',
		duplicate: 'ambiguous',
		existing: 'ambiguous',
	},
};

/** When a number stands in several lists, the first of these counts. */
const PRECEDENCE: Array<LeadStatus | 'ambiguous'> = [
	'created',
	'rejected',
	'not_found',
	'ambiguous',
	'updated',
	'duplicate',
];

const PLAIN: Partial<Record<LeadStatus, Result>> = Object.fromEntries(
	(['created', 'updated', 'duplicate', 'not_found', 'rejected'] as const).map((status) => [
		status,
		{ outcome: { status } },
	]),
);

/** Of a lead that came back as a duplicate after an answer for it was lost. */
export const UNCONFIRMED: { outcome: Outcome } = {
	outcome: {
		status: 'unconfirmed',
		reason:
			'The lead is in the campaign. An answer of Voiso was lost on the way, so it is not known whether this run added it.',
	},
};
const UNREPORTED: Result = {
	outcome: {
		status: 'unreported',
		reason: 'Voiso took the request but did not say what became of this number.',
	},
};
const AMBIGUOUS: Result = {
	outcome: {
		status: 'unreported',
		reason:
			'Voiso listed the number as a duplicate instead of saying whether it changed the lead. Check the lead in Voiso.',
	},
};

/**
 * Says of each lead of a delivery what became of it. Pure.
 *
 * @param phones the numbers that were sent, in the order of the delivery's positions
 * @returns one result per position, in the same order
 */
export function settle(delivery: Delivery, phones: readonly string[], action: Action): Result[] {
	if (delivery.kind === 'failed') return phones.map(() => ({ failure: delivery.failure }));
	if (delivery.kind === 'refused') return phones.map(() => rejectedBecause(delivery.apiMessage));
	const listed = listedNumbers(delivery.body, LISTS[action]);
	return phones.map((phone) => {
		const entry = listed.get(phone);
		if (entry === undefined) return UNREPORTED;
		if (entry.status === 'ambiguous') return AMBIGUOUS;
		if (entry.status === 'duplicate' && delivery.uncertain) return UNCONFIRMED;
		if (entry.reason !== undefined) {
			return { outcome: { status: entry.status, reason: entry.reason } };
		}
		return PLAIN[entry.status] ?? { outcome: { status: entry.status } };
	});
}

interface Entry {
	status: LeadStatus | 'ambiguous';
	reason?: string;
}

/** The answer's lists as one table from number to entry. */
function listedNumbers(
	body: unknown,
	statuses: Record<string, Entry['status']>,
): Map<string, Entry> {
	const listed = new Map<string, Entry>();
	for (const [name, numbers] of Object.entries(envelope(body, statuses))) {
		const status = Object.hasOwn(statuses, name) ? statuses[name] : undefined;
		if (status === undefined || !Array.isArray(numbers)) continue;
		const plain: Entry = { status };
		for (const number of numbers) {
			const digits = digitsOf(number);
			const known = listed.get(digits);
			if (known && PRECEDENCE.indexOf(known.status) <= PRECEDENCE.indexOf(status)) continue;
			const reason = reasonOf(number);
			listed.set(digits, reason === undefined ? plain : { status, reason });
		}
	}
	return listed;
}

/** The object that holds the lists: `leads_import`, `leads_update`, another one, or the body itself. */
function envelope(body: unknown, statuses: Record<string, unknown>): Record<string, unknown> {
	if (!isObject(body)) return {};
	const holdsLists = (value: unknown): value is Record<string, unknown> =>
		isObject(value) &&
		Object.keys(value).some((name) => Object.hasOwn(statuses, name) && Array.isArray(value[name]));
	return [body, ...Object.values(body)].find(holdsLists) ?? {};
}

/** A number comes back as text, perhaps formatted, as a JSON number, or within an object. */
function digitsOf(number: unknown): string {
	const value = isObject(number) ? (number.phone_number ?? number.phone ?? number.number) : number;
	if (typeof value !== 'string' && typeof value !== 'number') return '';
	const text = String(value);
	return /^[1-9]\d*$/.test(text) ? text : text.replace(/\D/g, '').replace(/^00/, '');
}

function reasonOf(number: unknown): string | undefined {
	if (!isObject(number)) return undefined;
	const reason = number.reason ?? number.error ?? number.message;
	return typeof reason === 'string' && reason !== '' ? reason : undefined;
}

function rejectedBecause(apiMessage: string): Result {
	const reason =
		apiMessage === ''
			? 'Voiso refused every request that held this lead.'
			: `Voiso refused this lead: ${apiMessage}`;
	return { outcome: { status: 'rejected', reason } };
}
