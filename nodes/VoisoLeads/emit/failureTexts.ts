import { campaignInWords, explain, sentence, type Explanation } from '../../shared/api/explain';
import type { ApiProblem } from '../../shared/api/problem';
import type { Failure, LeadOperation, ReadLead } from '../types';
import { count } from './count';

/** What the words of a failure need to know of the execution. */
export interface FailureSetting {
	operation: LeadOperation;
	/** The cluster, for messages about the connection. */
	host: string;
	/** Names of campaigns by id, as far as they are known. */
	names: ReadonlyMap<string, string>;
}

interface Words {
	/** Completes "Could not … campaign 3". */
	action: string;
	/** Completes "2,000 leads are already …". */
	done: string;
	again: string;
}

const ADDED_AGAIN =
	'Running it again is safe: Voiso recognises numbers that are already in the campaign.';
const CHANGED_AGAIN = 'Running it again is safe: a change that was made already does no harm.';

const WORDS: Record<LeadOperation, Words> = {
	add: { action: 'add leads to', done: 'in the campaign', again: ADDED_AGAIN },
	update: { action: 'update leads of', done: 'updated', again: CHANGED_AGAIN },
	upsert: { action: 'add or update leads of', done: 'in the campaign', again: ADDED_AGAIN },
	deactivate: { action: 'stop calling leads of', done: 'switched off', again: CHANGED_AGAIN },
};

const LIVE_ONLY = 'Leads can be sent to live campaigns only.';

/**
 * Puts a failure into words, first what happened, then to which batch. The text is the same for all
 * leads of a batch, so it is made once per failure.
 */
export function failureText(failure: Failure, setting: FailureSetting): Explanation {
	const { operation, host, names } = setting;
	const { action, again } = WORDS[operation];
	const [campaignId = ''] = failure.campaignIds;
	const campaignName = names.get(campaignId);
	const { message, description } = explain(failure.problem, {
		action,
		scope: 'campaigns.manage',
		host,
		campaignId,
		...(campaignName === undefined ? {} : { campaignName }),
	});
	const sentences = [
		sentence(message),
		takesNoLeads(failure.problem) ? LIVE_ONLY : '',
		batchInWords(failure),
		whereItStands(failure, setting),
		failure.maybeApplied ? 'Whether these leads arrived is not known.' : '',
	];
	return {
		message: sentences.filter((each) => each !== '').join(' '),
		description: `${description} ${again}`,
	};
}

/** 400 is all that Voiso answers for a campaign that takes no leads; other refusals say more. */
function takesNoLeads({ kind, status }: ApiProblem): boolean {
	return kind === 'refused' && status === 400;
}

function batchInWords({ attempts, batch, cause }: Failure): string {
	switch (cause) {
		case 'final':
			return `Batch ${batch} was not delivered.`;
		case 'notSent':
			return `Batch ${batch} was therefore not sent.`;
		case 'outOfTime':
			return attempts === 0
				? `Batch ${batch} was not sent: that wait is longer than the option Max Wait.`
				: `Batch ${batch} did not get through in ${attempts} ${plural(attempts, 'try', 'tries')} within the time of the option Max Wait.`;
		case 'tooManyRejections':
			return `Batch ${batch} was refused again and again while looking for the leads that Voiso does not accept.`;
		case 'stopped':
			return `Batch ${batch} was not finished.`;
	}
}

/** With all campaigns searched: a number must not count as switched off while one may still call it. */
function whereItStands(
	{ campaignIds, foundIn }: Failure,
	{ names }: Pick<FailureSetting, 'names'>,
): string {
	if (foundIn === undefined) return '';
	const inWords = (ids: readonly string[]) =>
		ids.map((id) => campaignInWords(id, names.get(id))).join(', ');
	const open = `The lead may still be called by ${inWords(campaignIds)}.`;
	return foundIn.length === 0 ? open : `${open} It was switched off in ${inWords(foundIn)}.`;
}

/** Sums up all that failed, for the error with which the node ends. */
export function failureSummary(
	failures: ReadonlyMap<Failure, number[]>,
	leads: readonly ReadLead[],
	accepted: number,
	operation: LeadOperation,
	textOf: (failure: Failure) => Explanation,
): Explanation {
	const [first] = failures;
	if (first === undefined) throw new RangeError('There is no failure to sum up');
	const [failure, positions] = first;
	const { message, description } = textOf(failure);
	const failed = [...failures.values()].reduce((sum, each) => sum + each.length, 0);
	const others = failed - positions.length;
	const more = others === 0 ? '' : ` and ${leadCount(others)} of other batches`;
	const areDone = `${leadCount(accepted)} ${plural(accepted, 'is', 'are')} already ${WORDS[operation].done}.`;
	return {
		message: `${message} This concerns ${itemRange(positions, leads)}${more}. ${areDone}`,
		description,
	};
}

function itemRange(positions: readonly number[], leads: readonly ReadLead[]): string {
	const items = positions.map((position) => leads[position]?.item ?? 0);
	const low = items.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
	const high = items.reduce((a, b) => Math.max(a, b), 0);
	const where = low === high ? `item ${low}` : `items ${low} to ${high}`;
	return items.length === 1 ? where : `${leadCount(items.length)} in ${where}`;
}

function leadCount(leads: number): string {
	return `${count(leads)} ${plural(leads, 'lead', 'leads')}`;
}

function plural(count: number, one: string, many: string): string {
	return count === 1 ? one : many;
}
