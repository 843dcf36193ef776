import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignIn, nameOf, statusOf } from '../../../nodes/shared/api/campaigns.ts';
import { explain, explainCredential, toNodeError } from '../../../nodes/shared/api/explain.ts';
import type { HttpResult } from '../../../nodes/shared/api/http.ts';
import { toRows } from '../../../nodes/shared/api/pages.ts';
import { readHttpResult } from '../../../nodes/shared/api/problem.ts';
import { retryAfterMs } from '../../../nodes/shared/api/retryAfter.ts';
import { simplifyCall } from '../../../nodes/shared/call/simplifyCall.ts';
import { campaignLabel } from '../../../nodes/shared/campaign/campaignLabel.ts';
import { simplifyCampaign } from '../../../nodes/shared/campaign/simplifyCampaign.ts';
import { pauser } from '../../../nodes/shared/pauser.ts';
import { hints } from '../../../nodes/VoisoLeads/emit/hints.ts';
import { emit } from '../../../nodes/VoisoLeads/emit/emit.ts';
import { classifyFailure, namedLeads } from '../../../nodes/VoisoLeads/send/classifyFailure.ts';
import { settle } from '../../../nodes/VoisoLeads/settle.ts';
import type { ReadLead } from '../../../nodes/VoisoLeads/types.ts';
import { readEnvelope } from '../../../nodes/VoisoTrigger/events/envelope.ts';
import { isWanted } from '../../../nodes/VoisoTrigger/events/filter.ts';
import { simplifyEvent } from '../../../nodes/VoisoTrigger/events/simplify.ts';
import { emitSettings, node } from '../fixtures.mts';

/** Names that mean something to Voiso, to this package, or to JavaScript. */
const names = [
	...[
		'campaign',
		'campaigns',
		'users',
		'user',
		'id',
		'name',
		'status',
		'live',
		'metadata',
		'total',
	],
	...[
		'error',
		'errors',
		'message',
		'leads_import',
		'created',
		'rejected',
		'duplicates',
		'contacts',
	],
	...['phone_number', 'reason', 'event', 'data', 'secret', 'agent', 'duration', 'disposition'],
	...['toString', 'valueOf', 'toJSON', '__proto__', 'constructor', 'length', 'hasOwnProperty'],
];
const PHONE = '15550000001';
const values = ['', '3', '..', '\ud800', PHONE, 'active', 'dialer.call.ended', 'x'.repeat(500)];

/** Anything that JSON can hold, in the shapes that somebody might look into. */
const json = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 5, depthSize: 'medium' },
		fc.constantFrom(null, true, false, 0, -1, 1.5, 2 ** 60, 1e300),
		fc.constantFrom(...values),
		// What cannot be made text of by `String`.
		fc.constantFrom({ toString: 1 }, { toString: null, valueOf: null }),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
	),
})).value;

/** As it comes from a server: `__proto__` is a key like any other then. */
const parsed = json.map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const context = { action: 'add leads to', campaignId: '3', host: 'cc-ams03.voiso.com' };
const runs = { numRuns: 1000 };

describe('whatever a server answers', () => {
	const result = fc.oneof(
		fc.record(
			{
				kind: fc.constant('response' as const),
				status: fc.integer({ min: 100, max: 599 }),
				body: fc.oneof(
					json.map((value) => JSON.stringify(value)),
					fc.string(),
					fc.json(),
				),
			},
			{ requiredKeys: ['kind', 'status'] },
		),
		fc.record({
			kind: fc.constant('networkError' as const),
			code: fc.string(),
			reason: fc.string(),
		}),
	);

	it('is read, explained and classified', () => {
		fc.assert(
			fc.property(result, (given: HttpResult) => {
				for (const isExpected of [undefined, () => true, Array.isArray]) {
					const reading = readHttpResult(given, isExpected);
					if (reading.ok) continue;
					const { problem } = reading;
					expect(explain(problem, context).message.length).toBeLessThanOrEqual(120);
					expect(explainCredential(problem, context.host)).not.toBe('');
					expect(toNodeError(node, problem, context, 0).message).not.toBe('');
					expect(classifyFailure(problem, true)).not.toBe('');
					expect(Array.isArray(namedLeads(problem, [PHONE]))).toBe(true);
				}
			}),
			runs,
		);
	});

	it('is settled, one result for each lead, and summed up', async () => {
		await fc.assert(
			fc.asyncProperty(parsed, fc.constantFrom('add', 'update'), async (body, action) => {
				const response = { kind: 'accepted', campaignId: '3', positions: [0, 1], body } as const;
				const phones = [PHONE, '15550000002'];
				const settled = settle({ ...response, maybeApplied: true }, phones, action as 'add');
				expect(settled).toHaveLength(2);
				const leads = phones.map((phone_number, item): ReadLead => {
					return { kind: 'good', item, campaignId: '3', lead: { phone_number } };
				});
				const settings = emitSettings({
					rejectedLeadsFail: true,
					textOf: (failure) => explain(failure.problem, context),
				});
				const report = { results: settled, efforts: [] };
				const { items, tally } = await emit(leads, report, [], settings, pauser(undefined));
				expect(items).toHaveLength(2);
				const input = { efforts: [], mapping: undefined, dryRun: false };
				expect((await hints(tally, input, pauser(undefined))).length).toBeGreaterThan(0);
			}),
			runs,
		);
	});

	it('is a list of rows, a campaign or a call, or none', () => {
		fc.assert(
			fc.property(parsed, (value) => {
				const campaign = campaignIn(value);
				for (const row of [...toRows(value), ...toRows([value]), ...(campaign ? [campaign] : [])]) {
					expect(campaignLabel(row)).not.toBe('');
					expect(typeof nameOf(row) + typeof statusOf(row)).toBe('stringstring');
					expect(simplifyCampaign(row)).toBeTypeOf('object');
					expect(simplifyCall(row)).toBeTypeOf('object');
				}
			}),
			runs,
		);
	});

	it('has headers that ask to wait, or not', () => {
		const headers = fc.dictionary(fc.constantFrom('retry-after', 'date'), fc.anything());
		fc.assert(
			fc.property(headers, (given) => {
				const wait = retryAfterMs(given, 0);
				if (wait !== undefined) expect(wait).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});

it('whatever a webhook delivers is an event, or refused', () => {
	const filter = {
		events: ['dialer.call.*', '*'],
		campaignIds: new Set(['3']),
		live: true,
		direction: 'inbound',
	} as const;
	const delivered = fc.oneof(
		parsed,
		fc.record({ event: fc.constantFrom(...values), data: parsed, secret: fc.constant('secret-1') }),
	);
	fc.assert(
		fc.property(delivered, (body) => {
			const reading = readEnvelope(body, 'secret-1');
			if (!reading.ok) return;
			expect(isWanted(reading.envelope, filter)).toBeTypeOf('boolean');
			expect(simplifyEvent(reading.envelope)).toBeTypeOf('object');
		}),
		runs,
	);
});
