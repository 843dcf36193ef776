import { setTimeout as sleep } from 'node:timers/promises';
import type { Lead, LeadUpdate } from '../../../nodes/shared/api/generated/voisoApi.types.ts';
import type { LeadRequests } from '../rules/leadRequests.mts';
import type { SandboxOptions } from '../options.mts';
import { takesMethod } from '../rules/leadCalls.mts';
import * as rules from '../rules/leads.mts';
import type { LeadBook, LeadOutcomes } from '../rules/leads.mts';
import { echo } from '../rules/phoneNumbers.mts';
import {
	type Answer,
	badRequest,
	fieldErrors,
	notFound,
	tooManyRequests,
	wrongMethod,
} from '../rules/answers.mts';
import type { World } from '../world.mts';
import type { Operation } from './call.mts';

function busyAnswer(requests: LeadRequests, { options, now }: World): Answer {
	const answer =
		options.busyStatus === 429
			? tooManyRequests()
			: fieldErrors(options.busyStatus, {
					base: ['The previous leads import is still being processed'],
				});
	if (options.busyRetryAfter === 'none') return answer;
	const wait = requests.freeIn(options.minimumInterval, options.processingTime);
	// An HTTP date has whole seconds only: round up, so that it is not too early.
	const retryAfter =
		options.busyRetryAfter === 'seconds'
			? String(Math.max(1, Math.ceil(wait / 1000)))
			: new Date(Math.ceil((now() + options.clockSkew + wait) / 1000) * 1000).toUTCString();
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

function mapValues<Value>(outcomes: LeadOutcomes, map: (numbers: string[]) => Value) {
	const entries = Object.entries(outcomes).map(([outcome, numbers]) => [outcome, map(numbers)]);
	return Object.fromEntries(entries) as Record<string, Value>;
}

/** A call with leads: refused while another one is worked on, else worked on to its end. */
function leadCall(
	envelope: string,
	work: (book: LeadBook, leads: Lead[]) => LeadOutcomes,
	status: (options: SandboxOptions) => number,
): Operation {
	return async ({ request: { params, requestBody } }, { world, closing }, { lead }) => {
		const { options } = world;
		const stored = world.store.find(Number(params.id));
		if (!stored || !lead) return notFound();
		if (!stored.campaign.live) return badRequest();
		const { of: requests, request } = lead;
		if (requests.isBusyFor(request, options.minimumInterval)) {
			request.outcome = 'busy';
			return busyAnswer(requests, world);
		}
		const poisoned = poisonAnswer(requestBody, options);
		if (poisoned) return poisoned;
		requests.begin(request);
		if (options.processingTime > 0) {
			await sleep(options.processingTime, undefined, { signal: closing });
		}
		const outcomes = work(stored, requestBody);
		requests.finish(
			request,
			mapValues(outcomes, ({ length }) => length),
			options.processingOutlasts,
		);
		const answer = mapValues(outcomes, (numbers) => numbers.map((each) => echo(each, options)));
		return { status: status(options), body: { [envelope]: answer } };
	};
}

export const addLeads = leadCall('leads_import', rules.addLeads, ({ leadsStatus }) => leadsStatus);

const update200 = leadCall('leads_update', rules.updateLeads, () => 200);

const updateBy =
	(method: 'PUT' | 'PATCH'): Operation =>
	(context, surroundings, call) => {
		const { updateMethod, wrongMethodStatus } = surroundings.world.options;
		if (takesMethod(updateMethod, method)) return update200(context, surroundings, call);
		return wrongMethod(wrongMethodStatus);
	};

export const updateLeads = updateBy('PUT');
export const patchLeads = updateBy('PATCH');
