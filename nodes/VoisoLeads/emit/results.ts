import { asOneText, type Explanation } from '../../shared/api/explain';
import {
	isFailure,
	type Failure,
	type LeadStatus,
	type Outcome,
	type ReadLead,
	type Settled,
} from '../types';

/** What comes out for one lead. Computed once; items, summary, hints and errors all use it. */
export interface LeadResult extends Omit<Outcome, 'status'> {
	/** Nothing where the request failed or the item could not be read. */
	status?: LeadStatus;
	/** Set when the lead fails, as n8n items do: what happened, and what to do about it. */
	error?: string;
}

export interface ResultSettings {
	/** Whether leads that Voiso or the node did not accept fail, as n8n items do. */
	rejectedLeadsFail: boolean;
	/** The text of a failed batch. */
	textOf(failure: Failure): Explanation;
}

/** Statuses of leads that are not in the campaign as the user meant it. */
export const NOT_ACCEPTED: ReadonlySet<LeadStatus | undefined> = new Set<LeadStatus>([
	'rejected',
	'invalid',
	'not_found',
	'unreported',
]);

/**
 * The result of a lead from the lead as it was read and from what came of it, if it was to be sent. Every lead has one.
 *
 * @param failed the results of the leads of failed batches, which this adds to
 */
export function resultOf(
	lead: ReadLead,
	settled: Settled | undefined,
	settings: ResultSettings,
	failed: Map<Failure, LeadResult>,
): LeadResult {
	if (lead.kind === 'unread') return { error: asOneText(lead.error) };
	if (settled !== undefined && isFailure(settled)) {
		// Leads of a batch share their failure, so that it is put into words once.
		const known = failed.get(settled) ?? failureResult(settled, settings);
		failed.set(settled, known);
		return withWarning(known, lead.warning);
	}
	const outcome: LeadResult | undefined =
		lead.kind === 'invalid' ? { status: 'invalid', reason: lead.reason } : settled;
	if (outcome === undefined) throw new RangeError(`The lead of item ${lead.item} has no result`);
	const result = withWarning(outcome, lead.warning);
	if (!settings.rejectedLeadsFail || !NOT_ACCEPTED.has(result.status)) return result;
	const why = result.reason === undefined ? '' : `: ${result.reason}`;
	return { ...result, error: `The lead is ${words(result.status)}${why}` };
}

function failureResult(failure: Failure, { textOf }: ResultSettings): LeadResult {
	const { foundIn, notSwitchedOffIn } = failure;
	return {
		error: asOneText(textOf(failure)),
		...(foundIn && { foundIn }),
		...(notSwitchedOffIn && { notSwitchedOffIn }),
	};
}

/** The same object where there is nothing to add: most leads share theirs. */
function withWarning(result: LeadResult, warning: string | undefined): LeadResult {
	if (warning === undefined) return result;
	const all = result.warning === undefined ? warning : `${warning} ${result.warning}`;
	return { ...result, warning: all };
}

/** A status as people read it: `not found`. */
export function words(status: LeadStatus | undefined): string {
	return (status ?? 'failed').replaceAll('_', ' ');
}
