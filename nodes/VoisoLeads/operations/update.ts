import { plan } from '../plan';
import { send } from '../send/send';
import type { SendContext } from '../send/types';
import type { ReadLead } from '../types';
import { copyRepeats, type Report } from './report';

/**
 * Changes the given fields of leads that are there. Items with one number for one campaign are merged into
 * one lead, and all of them get its outcome.
 */
export async function update(context: SendContext, leads: readonly ReadLead[]): Promise<Report> {
	const { limits, pauses, signal } = context;
	const { batchSize } = limits;
	const updates = await plan(leads, { action: 'update', batchSize, repeats: 'all', signal });
	const results: Report['results'] = new Array(leads.length);
	const efforts = await send(context, updates, (position, _, settled) => {
		results[position] = settled;
	});
	await copyRepeats(results, updates.repeats, pauses);
	return { results, efforts };
}
