import { deliver, type Job } from '../send/deliver';
import { leadAt, plan } from '../plan';
import { markRepeats, type Report } from './report';

/** New leads. Of a number that comes several times for a campaign, the first lead is sent. */
export async function add(job: Job): Promise<Report> {
	const { leads, settings } = job;
	const { campaigns, merged, repeats } = plan(leads, leads.keys(), {
		batchSize: settings.batchSize,
		repeats: 'firstWins',
	});
	const results: Report['results'] = new Array(leads.length);
	const efforts = await deliver(
		job,
		{ action: 'add', campaigns, leadAt: (position) => leadAt(leads, merged, position) },
		(position, _, result) => (results[position] = result),
	);
	markRepeats(results, repeats, leads);
	return { results, efforts };
}
