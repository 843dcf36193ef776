import type { OnError } from 'n8n-workflow';
import { people, type Import, type TestVoiso } from './support.mts';

export const BATCHES = 5;
export const BATCH_SIZE = 2;
export const LEADS_IN_ALL = BATCHES * BATCH_SIZE;

export const input = people(LEADS_IN_ALL);
export const indexesOf = (batches: number[]) =>
	input.flatMap((_, index) => (batches.includes(Math.floor(index / BATCH_SIZE)) ? [index] : []));
export const otherThan = (failed: number[]) =>
	input.flatMap((_, index) => (failed.includes(index) ? [] : [index]));

/**
 * A campaign that fails for certain batches. With a `maxWait` of 0 each batch is one request, in order,
 * until one is tried again.
 */
export function failingCampaign({ newCampaign, strike }: TestVoiso, batches: number[]): number {
	const id = newCampaign();
	for (const [place, batch] of batches.entries()) {
		// Those that strike earlier are not seen by the later ones.
		const skip = batch - place;
		strike(id, { kind: 'status', status: 503, times: 1, skip });
	}
	return id;
}

export const run = async (
	{ importLeads }: TestVoiso,
	id: number,
	onError: OnError,
	more: Partial<Import> = {},
) =>
	await importLeads({
		input,
		to: id,
		...more,
		options: { batchSize: BATCH_SIZE, maxWait: 0, ...more.options },
		node: { onError, ...more.node },
	});
