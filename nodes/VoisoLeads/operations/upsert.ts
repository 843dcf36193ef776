import { forEach } from '../../shared/pauser';
import { changesSomething, plan } from '../plan';
import { send } from '../send/send';
import type { SendContext } from '../send/types';
import { isFailure, type ReadLead, type Settled } from '../types';
import { markRepeats, type Report } from './report';

/**
 * Adds leads, then updates exactly those that turned out to be there already. Items with one number for one
 * campaign are merged; the first one carries the outcome.
 */
export async function upsert(context: SendContext, leads: readonly ReadLead[]): Promise<Report> {
	const { limits, pauses, signal } = context;
	const { batchSize } = limits;
	const results: Report['results'] = new Array(leads.length);
	const record = (position: number, _: string, settled: Settled) => {
		results[position] = settled;
	};
	const additions = await plan(leads, { action: 'add', batchSize, repeats: 'all', signal });
	const { leadAt, repeats } = additions;
	const added = await send(context, additions, record);

	const positions: number[] = [];
	await forEach(results.keys(), pauses, (position) => {
		if (isThere(results[position]) && changesSomething(leadAt(position))) positions.push(position);
	});
	const updates = await plan(leads, {
		action: 'update',
		batchSize,
		repeats: 'first',
		positions,
		leadAt,
	});
	const updated = await send(context, updates, record);
	await markRepeats(results, repeats, leads, pauses);
	return { results, efforts: [...added, ...updated] };
}

function isThere(settled: Settled | undefined): boolean {
	if (settled === undefined || isFailure(settled)) return false;
	return settled.status === 'duplicate' || settled.status === 'unconfirmed';
}
