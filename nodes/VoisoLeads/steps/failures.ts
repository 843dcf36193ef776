import { explain } from '../../shared/api/explain';
import type { Failure, ReadLead } from '../types';

/** What happened to a lead's batch, and how to mend it. */
export interface FailureText {
	message: string;
	description: string;
}

const AGAIN =
	'Running it again is safe: Voiso recognises numbers that are already in the campaign.';

/** What the words of a failure need to know of the execution. */
export interface FailureSetting {
	/** Completes "Could not … campaign 3": `add leads to`. */
	doing: string;
	/** The cluster, for messages about the connection. */
	host: string;
	/** Names of campaigns by id, as far as they are known. */
	names: ReadonlyMap<string, string>;
}

/**
 * Puts a failure into words. The text is the same for all leads of a batch, so it is made once per
 * failure.
 */
export function failureText(failure: Failure, { doing, host, names }: FailureSetting): FailureText {
	const [campaignId = ''] = failure.campaignIds;
	const campaignName = names.get(campaignId);
	const { message, description } = explain(failure.problem, {
		doing,
		scope: 'campaigns.manage',
		host,
		campaignId,
		...(campaignName === undefined ? {} : { campaignName }),
	});
	const { attempts, batch, cause, mayHaveArrived } = failure;
	const where = `Batch ${batch} of ${campaigns(failure.campaignIds)}`;
	const happened: Record<Failure['cause'], string> = {
		final: `${where} was refused. ${message}`,
		notSent: `${where} was not sent, because the campaign had failed before. ${message}`,
		outOfTime: `${where} did not get through in ${attempts} ${attempts === 1 ? 'try' : 'tries'} within Max Wait. ${message}`,
		tooManyRefusals: `${where} was refused too often while looking for the leads that Voiso does not accept. ${message}`,
		stopped: `${where} was not finished, because the execution was stopped.`,
	};
	const found =
		failure.foundIn && failure.foundIn.length > 0
			? ` The lead was switched off in ${campaigns(failure.foundIn)}.`
			: '';
	const unsure = mayHaveArrived ? ' Whether these leads arrived is not known.' : '';
	return { message: `${happened[cause]}${found}${unsure}`, description: `${description} ${AGAIN}` };
}

/** Sums up all that failed, for the error with which the node ends. */
export function failureSummary(
	failures: ReadonlyMap<Failure, number[]>,
	leads: readonly ReadLead[],
	accepted: number,
	texts: (failure: Failure) => FailureText,
): FailureText {
	const [first] = failures.keys();
	if (first === undefined) throw new RangeError('There is no failure to sum up');
	const { message, description } = texts(first);
	const [positions = []] = failures.values();
	const others = failures.size - 1;
	const more = others === 0 ? '' : ` ${others} more ${plural(others, 'batch', 'batches')} failed.`;
	const inCampaign = `${accepted.toLocaleString('en')} ${plural(accepted, 'lead is', 'leads are')} already in.`;
	return {
		message: `${message} This concerns ${itemRange(positions, leads)}.${more} ${inCampaign}`,
		description,
	};
}

function itemRange(positions: readonly number[], leads: readonly ReadLead[]): string {
	const items = positions.map((position) => leads[position]?.item ?? 0);
	const low = items.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
	const high = items.reduce((a, b) => Math.max(a, b), 0);
	if (low === high) return `item ${low}`;
	return `${items.length.toLocaleString('en')} leads in items ${low} to ${high}`;
}

function campaigns(ids: readonly string[]): string {
	return ids.length === 1 ? `campaign ${ids[0]}` : `campaigns ${ids.join(', ')}`;
}

function plural(count: number, one: string, many: string): string {
	return count === 1 ? one : many;
}
