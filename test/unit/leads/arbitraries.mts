import fc from 'fast-check';
import { NodeOperationError } from 'n8n-workflow';
import type { Lead } from '../../../nodes/VoisoLeads/fields/toLead.ts';
import type { ItemSettings } from '../../../nodes/VoisoLeads/emit/items.ts';
import type { ReadLead } from '../../../nodes/VoisoLeads/types.ts';
import { node } from '../fixtures.mts';

/** Few numbers and campaigns, so that they repeat. */
export const PHONES = Array.from({ length: 8 }, (_, place) => String(15_550_000_000 + place));
export const CAMPAIGNS = ['3', '5', '7'];

const optional = <T,>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** A lead as the fields give it: what is not there is left out. */
const lead: fc.Arbitrary<Lead> = fc
	.record({
		phone_number: fc.constantFrom(...PHONES),
		name: optional(fc.string({ minLength: 1 })),
		priority: optional(fc.integer({ min: 1, max: 1000 })),
		active: optional(fc.boolean()),
		source: optional(
			fc.oneof(fc.record({ system: fc.string({ minLength: 1 }) }), fc.record({ url: fc.webUrl() })),
		),
		context_headers: optional(
			fc.constantFrom({ 'X-A': '1' }, { 'X-A': '2', 'X-B': '3' }, { 'x-a': '4' }),
		),
	})
	.map((fields) => JSON.parse(JSON.stringify(fields)) as Lead);

type Kind = 'good' | 'invalid' | 'unread';

/** Leads as the first step gives them: mostly good ones, one or several per item. */
export const readLeads = (campaigns: string[]): fc.Arbitrary<ReadLead[]> =>
	fc
		.array(
			fc.record({
				kind: fc.constantFrom<Kind>('good', 'good', 'good', 'good', 'invalid', 'unread'),
				campaignId: fc.constantFrom(...campaigns),
				lead,
				newItem: fc.boolean(),
			}),
			{ maxLength: 30 },
		)
		.chain((entries) =>
			fc.boolean().map((severalPerItem) => {
				let item = -1;
				return entries.map((entry, place): ReadLead => {
					if (place === 0 || !severalPerItem || entry.newItem) item++;
					const { kind, campaignId } = entry;
					const given = severalPerItem ? { given: { note: `lead ${place}` } } : {};
					if (kind === 'good') return { kind, item, campaignId, lead: entry.lead, ...given };
					if (kind === 'invalid') {
						return { kind, item, campaignId, phone: 'none', reason: 'phone_number …', ...given };
					}
					return { kind, item, error: new NodeOperationError(node, 'No campaign selected') };
				});
			}),
		);

/** How a call goes: what list each number stands in, or what goes wrong. */
export type Behavior =
	| { kind: 'response'; lists: string[][]; echo: number; envelope: boolean }
	| { kind: 'status'; status: number; body: string }
	| { kind: 'silence'; code: string };

const LISTS = ['created', 'updated', 'duplicates', 'rejected', 'not_found', 'surprise'];

const answer: fc.Arbitrary<Behavior> = fc.record({
	kind: fc.constant('response' as const),
	lists: fc.array(fc.subarray(LISTS, { maxLength: 2 }), { minLength: 1, maxLength: 8 }),
	echo: fc.nat(2),
	envelope: fc.boolean(),
});
const failure: fc.Arbitrary<Behavior> = fc.oneof(
	fc.record({
		kind: fc.constant('status' as const),
		status: fc.constantFrom(400, 401, 403, 404, 405, 409, 422, 429, 500, 503),
		body: fc.constantFrom(
			'{"error":"Not found"}',
			'{"errors":{"base":["is being processed"]}}',
			'{"errors":{"phone_number":["is invalid"]}}',
			'{"errors":{"1.name":["is invalid"]}}',
			'<html>',
		),
	}),
	fc.record({
		kind: fc.constant('silence' as const),
		code: fc.constantFrom(
			'ECONNRESET',
			'ECONNREFUSED',
			'ETIMEDOUT',
			'ENOTFOUND',
			'CERT_HAS_EXPIRED',
		),
	}),
);

/** What the calls meet, in turn; mostly answers. */
export const behaviors: fc.Arbitrary<Behavior[]> = fc.array(
	fc.oneof({ weight: 3, arbitrary: answer }, { weight: 1, arbitrary: failure }),
	{ minLength: 1, maxLength: 12 },
);

export const emitSettings: fc.Arbitrary<Omit<ItemSettings, 'failureText' | 'output'>> = fc.record({
	includeInputFields: fc.boolean(),
	rejectedLeadsFail: fc.boolean(),
	hasErrorOutput: fc.boolean(),
});
