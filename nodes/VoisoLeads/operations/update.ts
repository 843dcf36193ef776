import type { Lead } from '../fields';
import { deliver, type Job } from '../send/deliver';
import { leadAt, plan } from '../plan';
import type { Report } from './report';

/**
 * Changes the given fields of leads that are there. Items with one number for one campaign are
 * merged into one lead, and all of them get its outcome.
 */
export async function update(job: Job): Promise<Report> {
	const { leads, settings } = job;
	const { campaigns, merged, repeats } = plan(leads, leads.keys(), {
		batchSize: settings.batchSize,
		repeats: 'merge',
	});
	const results: Report['results'] = new Array(leads.length);
	const efforts = await deliver(
		job,
		{
			action: 'update',
			campaigns,
			leadAt: (position) => changeable(leadAt(leads, merged, position)),
		},
		(position, _, result) => (results[position] = result),
	);
	for (const [position, first] of repeats) results[position] = results[first];
	return { results, efforts };
}

/** The part of a lead that Voiso can change: its headers for virtual agents are set once, by adding. */
export function changeable(lead: Lead): Lead {
	const changes = { ...lead };
	delete changes.context_headers;
	return changes;
}

/** Whether an update of this lead would have anything to say. */
export function changesSomething(lead: Lead): boolean {
	return Object.keys(changeable(lead)).some((field) => field !== 'phone_number');
}
