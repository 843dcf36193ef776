import { plan } from '../plan';
import { send } from '../send/send';
import type { SendContext } from '../send/types';
import type { ReadLead } from '../types';
import { markRepeats, type Report } from './report';

/** New leads. Of a number that comes several times for a campaign, the first lead is sent. */
export async function add(context: SendContext, leads: readonly ReadLead[]): Promise<Report> {
	const { limits, pauses, signal } = context;
	const { batchSize } = limits;
	const additions = await plan(leads, { action: 'add', batchSize, repeats: 'first', signal });
	const results: Report['results'] = new Array(leads.length);
	const efforts = await send(context, additions, (position, _, settled) => {
		results[position] = settled;
	});
	await markRepeats(results, additions.repeats, leads, pauses);
	return { results, efforts };
}
