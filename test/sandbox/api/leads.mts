import { setTimeout as sleep } from 'node:timers/promises';
import type { Lead, LeadUpdate } from '../../../nodes/shared/api/generated/voisoApi.types.ts';
import type { LeadLane } from '../leadLane.mts';
import type { SandboxOptions } from '../options.mts';
import { echo, isPhoneNumber } from '../phoneNumbers.mts';
import type { StoredCampaign } from '../store.mts';
import {
	type Answer,
	badRequest,
	fieldErrors,
	methodNotAllowed,
	notFound,
	tooManyRequests,
} from './answers.mts';
import type { Operation } from './call.mts';

function busyAnswer(lane: LeadLane, options: SandboxOptions): Answer {
	const answer =
		options.busyStatus === 429
			? tooManyRequests()
			: fieldErrors(options.busyStatus, {
					base: ['The previous leads import is still being processed'],
				});
	if (options.busyRetryAfter === 'none') return answer;
	const wait = lane.freeIn(options.minimumInterval, options.processingTime);
	// An HTTP date has whole seconds only: round up, so that it is not too early.
	const retryAfter =
		options.busyRetryAfter === 'seconds'
			? String(Math.max(1, Math.ceil(wait / 1000)))
			: new Date(Math.ceil((Date.now() + options.clockSkew + wait) / 1000) * 1000).toUTCString();
	return { ...answer, headers: { 'retry-after': retryAfter } };
}

/** The 422 for the leads that are to fail the whole call, or undefined when there are none. */
function poisonAnswer(leads: LeadUpdate[], options: SandboxOptions): Answer | undefined {
	const numbers = new Set(options.poisonNumbers);
	const name = options.poisonName === '' ? undefined : new RegExp(options.poisonName);
	if (numbers.size === 0 && !name) return undefined;
	const errors: Record<string, string[]> = {};
	leads.forEach((lead, index) => {
		const field = numbers.has(lead.phone_number)
			? 'phone_number'
			: name?.test(lead.name ?? '') && 'name';
		if (!field) return;
		const key = { lead: `${index}.${field}`, field, nothing: 'base' }[options.poisonDetail];
		errors[key] = ['is invalid'];
	});
	return Object.keys(errors).length > 0 ? fieldErrors(422, errors) : undefined;
}

type Outcomes = Record<string, string[]>;

const countOf = (numbers: string[]) => numbers.length;

function mapValues<Value>(outcomes: Outcomes, map: (numbers: string[]) => Value) {
	const entries = Object.entries(outcomes).map(([outcome, numbers]) => [outcome, map(numbers)]);
	return Object.fromEntries(entries) as Record<string, Value>;
}

function add(stored: StoredCampaign, leads: Lead[]): Outcomes {
	const created: string[] = [];
	const rejected: string[] = [];
	const duplicates: string[] = [];
	for (const lead of leads) {
		const number = lead.phone_number;
		if (!isPhoneNumber(number)) {
			rejected.push(number);
			stored.rejected.push(number);
		} else if (stored.leads.has(number)) {
			duplicates.push(number);
		} else {
			stored.leads.set(number, lead);
			created.push(number);
		}
	}
	return { created, rejected, duplicates };
}

function update(stored: StoredCampaign, leads: LeadUpdate[]): Outcomes {
	const updated: string[] = [];
	const rejected: string[] = [];
	const notFoundNumbers: string[] = [];
	for (const lead of leads) {
		const number = lead.phone_number;
		const known = stored.leads.get(number);
		if (known) {
			const source = lead.source && { source: { ...known.source, ...lead.source } };
			stored.leads.set(number, { ...known, ...lead, ...source });
			updated.push(number);
		} else if (isPhoneNumber(number)) {
			notFoundNumbers.push(number);
		} else {
			rejected.push(number);
			stored.rejected.push(number);
		}
	}
	return { updated, rejected, not_found: notFoundNumbers };
}

/** A call with leads: refused while another one is worked on, else worked on to its end. */
function leadCall(
	envelope: string,
	work: (stored: StoredCampaign, leads: Lead[]) => Outcomes,
	status: (options: SandboxOptions) => number,
): Operation {
	return async ({ request: { params, requestBody } }, { world, closing }, { lead }) => {
		const { options } = world;
		const stored = world.store.find(Number(params.id));
		if (!stored || !lead) return notFound();
		if (!stored.campaign.live) return badRequest();
		const { lane, request } = lead;
		if (lane.isBusyFor(request, options.minimumInterval)) {
			request.outcome = 'busy';
			return busyAnswer(lane, options);
		}
		const poisoned = poisonAnswer(requestBody, options);
		if (poisoned) return poisoned;
		lane.begin(request);
		if (options.processingTime > 0) {
			await sleep(options.processingTime, undefined, { signal: closing });
		}
		const outcomes = work(stored, requestBody);
		lane.finish(request, mapValues(outcomes, countOf), options.processingOutlasts);
		const answer = mapValues(outcomes, (numbers) => numbers.map((each) => echo(each, options)));
		return { status: status(options), body: { [envelope]: answer } };
	};
}

export const addLeads = leadCall('leads_import', add, ({ leadsStatus }) => leadsStatus);

const update200 = leadCall('leads_update', update, () => 200);

const updateBy =
	(method: 'PUT' | 'PATCH'): Operation =>
	(context, surroundings, call) => {
		const { updateMethod, wrongMethodStatus } = surroundings.world.options;
		if (updateMethod === method || updateMethod === 'both') {
			return update200(context, surroundings, call);
		}
		return wrongMethodStatus === 404 ? notFound() : methodNotAllowed();
	};

export const updateLeads = updateBy('PUT');
export const patchLeads = updateBy('PATCH');
