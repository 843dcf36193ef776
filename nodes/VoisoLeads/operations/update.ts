import { plan } from '../plan';
import { send } from '../send/send';
import type { SendContext } from '../send/types';
import type { ReadLead } from '../types';
import type { Report } from './report';

/**
 * Changes the given fields of leads that are there. Items with one number for one campaign are merged into
 * one lead, and all of them get its outcome.
 */
export async function update(context: SendContext, leads: readonly ReadLead[]): Promise<Report> {
	const { limits, signal } = context;
	const { batchSize } = limits;
	const updates = await plan(leads, { action: 'update', batchSize, repeats: 'all', signal });
	const results: Report['results'] = new Array(leads.length);
	const efforts = await send(context, updates, (position, _, settled) => {
		results[position] = settled;
	});
	for (const [position, first] of updates.repeats) results[position] = results[first];
	return { results, efforts };
}
