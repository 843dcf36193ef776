import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add } from '../../../nodes/VoisoLeads/operations/add.ts';
import { deactivateEverywhere } from '../../../nodes/VoisoLeads/operations/deactivate.ts';
import type { Report } from '../../../nodes/VoisoLeads/operations/report.ts';
import { update } from '../../../nodes/VoisoLeads/operations/update.ts';
import { upsert } from '../../../nodes/VoisoLeads/operations/upsert.ts';
import type { SendContext } from '../../../nodes/VoisoLeads/send/types.ts';
import { emit } from '../../../nodes/VoisoLeads/emit/emit.ts';
import type { ItemSettings } from '../../../nodes/VoisoLeads/emit/items.ts';
import type { ResultSettings } from '../../../nodes/VoisoLeads/emit/results.ts';
import { failureText } from '../../../nodes/VoisoLeads/emit/failureTexts.ts';
import { isFailure, type LeadOperation, type ReadLead } from '../../../nodes/VoisoLeads/types.ts';
import { behaviors, CAMPAIGNS, emitSettings, readLeads } from './arbitraries.mts';
import { fakeVoiso, contextFor } from './fakeVoiso.mts';
import { lastAnswer, merge } from './model.mts';

const everywhere = async (context: SendContext, leads: readonly ReadLead[]) =>
	await deactivateEverywhere(
		context,
		leads,
		CAMPAIGNS.map((id) => ({ id, mayCall: true })),
		{ unreachableFails: false },
	);

const operations: Array<{
	name: string;
	words: LeadOperation;
	campaigns: string[];
	run: (context: SendContext, leads: readonly ReadLead[]) => Promise<Report>;
}> = [
	{ name: 'add', words: 'add', campaigns: CAMPAIGNS, run: add },
	{ name: 'update', words: 'update', campaigns: CAMPAIGNS, run: update },
	{ name: 'upsert', words: 'upsert', campaigns: CAMPAIGNS, run: upsert },
	{ name: 'stop calling everywhere', words: 'deactivate', campaigns: [''], run: everywhere },
];

const failureWords = (operation: LeadOperation) => ({
	operation,
	host: 'voiso.test',
	names: new Map(),
});

function itemsFor(leads: readonly ReadLead[]) {
	const count = (leads.at(-1)?.item ?? -1) + 1;
	return Array.from({ length: count }, (_, item) => ({ json: { of: item, status: 'theirs' } }));
}

const pauses = { isDue: () => false, take: async () => {} };

/** What the node emits for a report. */
async function emitted(
	leads: readonly ReadLead[],
	report: Report,
	given: ItemSettings & Partial<ResultSettings> & Pick<ResultSettings, 'textOf'>,
) {
	const all = { rejectedLeadsFail: false, dryRun: false, operation: 'add', ...given } as const;
	const settings = { ...all, isCounted: given.output === 'summary' };
	const { items } = await emit(leads, report, itemsFor(leads), settings, pauses);
	return items;
}

/** Statuses that only a lead which was sent can have. */
const SENT = new Set<string>([
	'created',
	'updated',
	'duplicate',
	'not_found',
	'rejected',
	'unconfirmed',
	'unreported',
]);

describe.each(operations)(
	'$name, whatever comes in and whatever Voiso answers',
	({ name, words, campaigns, run }) => {
		const scenario = fc.record({
			leads: readLeads(campaigns),
			batchSize: fc.integer({ min: 1, max: 6 }),
			answers: behaviors,
			settings: emitSettings,
		});

		it('emits every lead exactly once, in order, paired with its item', async () => {
			await fc.assert(
				fc.asyncProperty(scenario, async ({ leads, batchSize, answers, settings }) => {
					const report = await run(contextFor(fakeVoiso(answers).dependencies, batchSize), leads);
					const items = await emitted(leads, report, {
						...settings,
						output: 'perLead',
						textOf: (failure) => failureText(failure, failureWords(words)),
					});

					expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
						leads.map(({ item }) => ({ item })),
					);
					for (const [position, { json }] of items.entries()) {
						const lead = leads[position];
						const isError = json.error !== undefined;
						expect(isError || typeof json.status === 'string').toBe(true);
						const own = isError && settings.hasErrorOutput ? json.message : json;
						if (lead?.kind === 'good')
							expect(own).toMatchObject({ phone_number: lead.lead.phone_number });
						if (isError && settings.hasErrorOutput)
							expect(Object.keys(json)).toEqual(['error', 'message']);
					}
				}),
				{ numRuns: 300 },
			);
		});

		it('sends what it emits as sent, and nothing else', async () => {
			await fc.assert(
				fc.asyncProperty(scenario, async ({ leads, batchSize, answers }) => {
					const { dependencies, made } = fakeVoiso(answers);
					const { results } = await run(contextFor(dependencies, batchSize), leads);

					const sent = new Set(
						made.flatMap(({ leads: each }) => each.map((lead) => lead.phone_number)),
					);
					const sentTo = (campaignId: string) =>
						campaignId === ''
							? sent
							: new Set(
									made.flatMap((call) =>
										call.campaignId === campaignId
											? call.leads.map((lead) => lead.phone_number)
											: [],
									),
								);
					const mayBeSent = new Map<string, Set<string>>();
					for (const [position, lead] of leads.entries()) {
						const result = results[position];
						if (lead.kind !== 'good') {
							expect(result).toBeUndefined();
							continue;
						}
						const { phone_number: phone } = lead.lead;
						const group = mayBeSent.get(lead.campaignId) ?? new Set();
						mayBeSent.set(lead.campaignId, group.add(phone));
						const outcome = result !== undefined && !isFailure(result) ? result : undefined;
						// A campaign that turns out to be gone is not asked about the rest.
						const isGone = lead.campaignId === '' && outcome?.status === 'not_found';
						const wasSent = outcome !== undefined && SENT.has(outcome.status) && !isGone;
						if (wasSent) expect(sentTo(lead.campaignId)).toContain(phone);
					}
					for (const { campaignId, leads: call } of made) {
						expect(call.length).toBeLessThanOrEqual(batchSize);
						const phones = call.map(({ phone_number: phone }) => phone);
						expect(new Set(phones).size).toBe(phones.length);
						const group = mayBeSent.get(campaigns[0] === '' ? '' : campaignId);
						for (const phone of phones) expect(group).toContain(phone);
					}
				}),
				{ numRuns: 300 },
			);
		});

		it('sends the fields that were given: of a repeated number those of the first, or all merged', async () => {
			await fc.assert(
				fc.asyncProperty(scenario, async ({ leads, batchSize, answers }) => {
					const { dependencies, made } = fakeVoiso(answers);
					await run(contextFor(dependencies, batchSize), leads);

					for (const { method, campaignId, leads: call } of made) {
						for (const lead of call) {
							const same = leads.flatMap((each) =>
								each.kind === 'good' &&
								(each.campaignId === '' || each.campaignId === campaignId) &&
								each.lead.phone_number === lead.phone_number
									? [each.lead]
									: [],
							);
							const whole = name === 'update' || name === 'upsert' ? merge(same) : same[0];
							const expected = { ...whole };
							if (method !== 'POST') delete expected.context_headers;
							expect(lead).toEqual(expected);
						}
					}
				}),
				{ numRuns: 200 },
			);
		});

		it('gives the same counts as a summary, and problems without what went well', async () => {
			await fc.assert(
				fc.asyncProperty(scenario, async ({ leads, batchSize, answers, settings }) => {
					const report = await run(contextFor(fakeVoiso(answers).dependencies, batchSize), leads);
					const outputAs = async (output: 'perLead' | 'problems' | 'summary') =>
						await emitted(leads, report, {
							...settings,
							hasErrorOutput: false,
							output,
							textOf: () => ({ message: 'failed', description: '' }),
						});
					const all = await outputAs('perLead');
					const isFine = (status: unknown) =>
						['created', 'updated', 'duplicate', 'repeated'].includes(String(status));
					expect(await outputAs('problems')).toEqual(
						all.filter(({ json }) => json.error !== undefined || !isFine(json.status)),
					);

					const summaries = (await outputAs('summary')).filter(
						({ json }) => json.error === undefined,
					);
					const read = leads.filter(({ kind }) => kind !== 'unread').length;
					const total = (key: string) =>
						summaries.reduce((sum, { json }) => sum + Number(json[key] ?? 0), 0);
					expect(total('leads')).toBe(read);
					for (const status of ['created', 'updated', 'duplicate', 'repeated', 'unconfirmed']) {
						expect(total(status)).toBe(all.filter(({ json }) => json.status === status).length);
					}
					const errors = (await outputAs('summary')).filter(({ json }) => json.error !== undefined);
					expect(errors).toEqual(all.filter(({ json }) => json.error !== undefined));
				}),
				{ numRuns: 200 },
			);
		});
	},
);

describe('stop calling everywhere', () => {
	it('reports success for a number only when every campaign has answered for it', async () => {
		await fc.assert(
			fc.asyncProperty(
				readLeads(['']),
				fc.integer({ min: 1, max: 6 }),
				behaviors,
				async (leads, batchSize, answers) => {
					const { dependencies, made } = fakeVoiso(answers);
					const { results } = await everywhere(contextFor(dependencies, batchSize), leads);
					for (const [position, lead] of leads.entries()) {
						const result = results[position];
						if (lead.kind !== 'good' || result === undefined || isFailure(result)) continue;
						const { status, foundIn = [] } = result;
						if (status !== 'updated' && status !== 'not_found') continue;
						expect(status).toBe(foundIn.length > 0 ? 'updated' : 'not_found');
						for (const id of CAMPAIGNS) {
							const last = lastAnswer(made, id, lead.lead.phone_number);
							const words = foundIn.includes(id) ? ['updated', 'created'] : ['not_found', 'gone'];
							expect(words).toContain(last);
						}
					}
				},
			),
			{ numRuns: 500 },
		);
	});
});
