import { deliver, type Job } from '../send/deliver';
import { leadAt, plan } from '../plan';
import { newCircuitBreaker } from '../send/send';
import type { Result } from '../settle';
import { markRepeats, type Report } from './report';
import { changeable, changesSomething } from './update';

/**
 * Adds leads, then updates exactly those that turned out to be there already. Items with one number
 * for one campaign are merged; the first one carries the outcome.
 */
export async function upsert(job: Job): Promise<Report> {
	const { leads, settings } = job;
	const { campaigns, merged, repeats } = plan(leads, leads.keys(), {
		batchSize: settings.batchSize,
		repeats: 'merge',
	});
	const results: Report['results'] = new Array(leads.length);
	const record = (position: number, _: string, result: Result) => (results[position] = result);
	const leadFor = (position: number) => leadAt(leads, merged, position);
	// After a key was refused in the first pass, the second one need not ask again.
	const circuitBreaker = newCircuitBreaker();
	const added = await deliver(
		job,
		{ action: 'add', campaigns, leadAt: leadFor },
		record,
		circuitBreaker,
	);

	const there = [...results.keys()].filter(
		(position) => isThere(results[position]) && changesSomething(leadFor(position)),
	);
	const updates = plan(leads, there, { batchSize: settings.batchSize, repeats: 'firstWins' });
	const updated = await deliver(
		job,
		{
			action: 'update',
			campaigns: updates.campaigns,
			leadAt: (position) => changeable(leadFor(position)),
		},
		record,
		circuitBreaker,
	);
	markRepeats(results, repeats, leads);
	return { results, efforts: [...added, ...updated] };
}

function isThere(result: Result | undefined): boolean {
	if (result === undefined || 'failure' in result) return false;
	return result.outcome.status === 'duplicate' || result.outcome.status === 'unconfirmed';
}
